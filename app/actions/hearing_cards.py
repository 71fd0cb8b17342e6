"""A hearing as a frozen value: the sheet as it was filled in and what its form proposes for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.actions import assessment, field_values
from app.errors import Problem
from app.rules import assessment as rules
from app.rules import dates
from app.rules.assessment import Form, Proposal, Recorded
from app.rules.council import DEGREES, DETERMINED, INCONCLUSIVE, NOT_DISABLED, Proposed, Votes
from app.values.council import HearingCard, HearingLine
from app.workspace import Workspace
from data import council_rules
from data.records import hearing as records
from data.records.hearing import Hearing
from data.records.person import Person

NO_SCORE = "-"


def card(ws: Workspace, row: Hearing, who: Person) -> HearingCard:
    """One hearing with what its form proposes."""
    told = _Told(ws, row)
    form = form_of(row)
    return HearingCard(
        id=row.id,
        person_id=who.id,
        application_id=row.application_id or "",
        session_id=row.session_id or "",
        person_name=who.name or "",
        sex=who.sex or "",
        birth=who.birth or "",
        commune=who.commune,
        hamlet=who.hamlet or "",
        on=row.heard_on or "",
        at=row.heard_at or "",
        place=row.heard_place or "",
        order=row.hearing_order or 0,
        state=row.hearing_state or records.SCHEDULED,
        form=row.assessment_form or "",
        edition=row.form_edition or "",
        birth_used=(row.birth_used or "") if records.settled(row) else _used(row, who),
        form_reason=row.form_reason or "",
        type_signs=words(row.type_signs),
        degree_signs=words(row.degree_signs),
        scores=scores_of(row, form),
        observed=told("observed"),
        proposal=proposal(row, who),
        opinions=told("opinions"),
        chaired_by=row.chaired_by or "",
        minuted_by=row.minuted_by or "",
        members_present=row.members_present or "",
        related=words(row.related_ids),
        related_members=row.related_members or "",
        voting=row.members_voting or 0,
        votes=votes(row),
        chair_decided=bool(row.chair_decided),
        conclusion=row.conclusion or "",
        types=words(row.types),
        degree=row.degree or "",
        departs_reason=told("departs_reason"),
        adjourn_reason=told("adjourn_reason"),
        minutes_number=row.minutes_number or "",
        minutes_on=row.minutes_on or "",
        notice_shows=row.notice_shows or "",
        origin=row.hearing_origin or "",
        minor=minor(row, who),
        form_due=stale_form(row, who),
        by=row.updated_by,
        at_written=row.updated_at,
    )


def line(session: Session, row: Hearing, who: Person) -> HearingLine:
    """One person of a session, as a line."""
    return HearingLine(
        id=row.id,
        person_id=who.id,
        application_id=row.application_id or "",
        order=row.hearing_order or 0,
        at=row.heard_at or "",
        name=who.name or "",
        sex=who.sex or "",
        birth=who.birth or "",
        commune=who.commune,
        hamlet=who.hamlet or "",
        state=row.hearing_state or records.SCHEDULED,
        conclusion=row.conclusion or "",
        types=words(row.types),
        degree=row.degree or "",
        sheet=bool(row.assessment_form) and not bare(row),
        minor=minor(row, who),
        minutes_number=row.minutes_number or "",
        notice_shows=row.notice_shows or "",
        elsewhere=_elsewhere(session, row),
    )


def proposal(row: Hearing, who: Person) -> Proposal:
    """What the form proposes for what was recorded, by the edition the sheet was filled in under.

    For a sheet on which nothing was written nothing is proposed, not even "not disabled".
    """
    form = form_of(row)
    if form is not None and not bare(row):
        return rules.propose(form, recorded_of(row, form))
    number = unknown_form(row.heard_on or "", who.birth or "")
    code = number or "sheet_missing"
    return Proposal(None, (), INCONCLUSIVE, None, None, False, "form_unknown",
                    f"{rules.LAW} Đ.3", ((code, "birth", who.birth or ""),))  # fmt: skip


def bare(row: Hearing) -> bool:
    """Whether a sheet says nothing: who saw no sign scores the activities, or writes what was
    seen. An untouched sheet never tells that somebody is not disabled."""
    return not (row.type_signs or row.degree_signs or row.scores or row.observed)


def unknown_form(on: str, birth: str) -> str:
    """The code of why no form can be chosen by a birth; "" when one can."""
    if not birth or not on:
        return "age_six_unclear"
    if birth > on[: len(birth)]:
        return "birth_after_assessment"
    unclear = rules.form_for(birth, date.fromisoformat(on)) is None
    return "age_six_unclear" if unclear else ""


def birth_of(row: Hearing, who: Person) -> str:
    """The birth a sheet is chosen by: the one written beside it or the record's, whichever says
    more; where they speak against each other, see `chosen_birth`."""
    return chosen_birth(row, who, row.birth_used or "", row.form_reason or "")


def chosen_birth(row: Hearing, who: Person, typed: str, reason: str) -> str:
    """Of a typed birth and the record's the one that says more. One that speaks against the record
    stands only with a reason, and where it tells the form itself: an unclear one never outdoes a
    record that tells it."""
    known = who.birth or ""
    if agree(typed, known):
        return max(typed, known, key=len)
    on = row.heard_on or ""
    stands = reason and (not unknown_form(on, typed) or unknown_form(on, known))
    return typed if stands else known


def agree(one: str, other: str) -> bool:
    """Whether two (partial) births may be the same day; an unknown one agrees with any."""
    return one.startswith(other) or other.startswith(one)


def _used(row: Hearing, who: Person) -> str:
    return birth_of(row, who) if row.birth_used else ""


def stale_form(row: Hearing, who: Person) -> str:
    """The form a sheet should have been filled in on, where it is on another one: the day of the
    session moved, or the birth was corrected. "" where the sheet is right."""
    birth, on = birth_of(row, who), row.heard_on or ""
    if not row.assessment_form or unknown_form(on, birth):
        return ""
    due = rules.form_for(birth, date.fromisoformat(on)) or ""
    return due if due != row.assessment_form else ""


def stale_problem(due: str, row: Hearing, who: Person) -> Problem:
    """What is wrong with such a sheet, in words."""
    return Problem.of("form_changed", "assessment_form", row.assessment_form, due=due,
                      name=who.name or "", birth=dates.show(birth_of(row, who)),
                      day=dates.show(row.heard_on or ""))  # fmt: skip


def form_of(row: Hearing) -> Form | None:
    """The form of the sheet, in its own edition."""
    if not row.assessment_form or not row.form_edition:
        return None
    return assessment.form_on(date.fromisoformat(row.form_edition), row.assessment_form)


def proposed(row: Hearing, who: Person) -> Proposed:
    """The proposal as the rules of concluding ask for it."""
    found, form = proposal(row, who), form_of(row)
    kind = found.degree if found.degree in (NOT_DISABLED, INCONCLUSIVE) else DETERMINED
    signs = recorded_of(row, form)
    whole = form is not None and (
        bool(signs.degree_signs)
        or not form.activities
        or (
            all(signs.scores.get(one) is not None for one in form.activities)
            and found.rule != "unknown_scores_decide"
        )
    )  # where "cannot tell" decides the degree, nothing was recorded that it could rest on
    recorded = bool(found.types) and whole
    degree = found.degree if found.degree in DEGREES else ""
    types = frozenset(found.types) if degree else frozenset()
    return Proposed(kind, types, degree, recorded, _reach(found, form))


def _reach(found: Proposal, form: Form | None) -> frozenset[str]:
    """The degrees that the scores can come to, where they decide at all."""
    if form is None or found.rule not in ("score_total", "unknown_scores_decide"):
        return frozenset()
    lowest, highest = found.score_min or 0, found.score_max or 0
    return frozenset(rules.band(form, total) for total in range(lowest, highest + 1))


def recorded_of(row: Hearing, form: Form | None) -> Recorded:
    """What was observed, as the rules of the form read it."""
    return Recorded(words(row.type_signs), words(row.degree_signs), scores_of(row, form))


def scores_of(row: Hearing, form: Form | None) -> dict[str, object]:
    """Scores by activity; what nobody scored is not in it."""
    given = words(row.scores)
    if form is None or not given:
        return {}
    paired = zip(form.activities, given, strict=False)
    return {one: int(score) if score.isdecimal() else score
            for one, score in paired if score != NO_SCORE}  # fmt: skip


def scores_text(scores: Mapping[str, object], form: Form) -> str | None:
    """Scores as they are kept: one word for each activity in the order of the form."""
    if not any(scores.get(one) is not None for one in form.activities):
        return None
    return " ".join(str(scores[one]) if scores.get(one) is not None else NO_SCORE
                    for one in form.activities)  # fmt: skip


def votes(row: Hearing) -> Votes:
    """The vote table."""
    return Votes(
        row.votes_types or 0,
        row.votes_types_other or 0,
        row.votes_degree or 0,
        row.votes_degree_other or 0,
        row.votes_not_disabled or 0,
        row.votes_no_conclusion or 0,
    )


def minor(row: Hearing, who: Person) -> bool:
    """Whether somebody may be under age on the day: who may be is treated as such, so also who was
    assessed on the form of children, and of whom no birth is known."""
    used, known, day = row.birth_used or "", who.birth or "", row.heard_on or ""
    if len(day) != len("2026-01-01"):
        return False
    births = {max(used, known, key=len)} if agree(used, known) else {used, known}
    young = row.assessment_form == rules.UNDER_SIX
    return young or any(_may_be_minor(one, day) for one in births)


def _may_be_minor(birth: str, day: str) -> bool:
    if not birth or birth > day[: len(birth)]:
        return True
    years = int(council_rules.on("minor_under", day).value)
    return dates.ages(birth, date.fromisoformat(day))[0] < years


def words(kept: str | None) -> tuple[str, ...]:
    """A kept set or list of words."""
    return tuple((kept or "").split())


def _elsewhere(session: Session, row: Hearing) -> str:
    if not row.application_id or row.hearing_state != records.SCHEDULED:
        return ""
    others = records.of_application(session, row.application_id)
    waits = [one for one in others if one.id != row.id and one.hearing_state == records.SCHEDULED]
    return waits[0].heard_on or "" if waits else ""


class _Told:
    """Words of a row as this reader may read them."""

    def __init__(self, ws: Workspace, row: Hearing) -> None:
        self._ws, self._row = ws, row

    def __call__(self, name: str) -> str:
        value = getattr(self._row, name)
        return str(field_values.named(self._ws, "hearing", name, value) or "")
