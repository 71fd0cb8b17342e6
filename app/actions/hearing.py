"""One person before the council: the sheet (Mẫu 02, 03) as it is filled in on the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.actions import access, assessment, council_calendar, hearing_cards, kept_rows
from app.errors import Problem, Refused
from app.rules import assessment as rules
from app.rules import dates, words
from app.rules.assessment import Form
from app.values.council import HearingCard, SheetDraft
from app.workspace import Workspace
from data import assessment_forms
from data.records import care_case
from data.records import hearing as records
from data.records.council_session import CLOSED, CouncilSession
from data.records.hearing import Hearing
from data.records.person import Person

CONTENT_OF_A_FORM = ("type_signs", "degree_signs", "scores")


def record(ws: Workspace, draft: SheetDraft) -> HearingCard:
    """Write down what was observed; answers the hearing with what the form proposes for it.

    The form follows from the exact age on the day; where the known part of the birth does not tell,
    `birth` or, with a reason, `form` is needed. Raises Refused: hearing_unknown, hearing_settled,
    session_over, age_six_unclear, birth_after_assessment, form_reason_needed, no_form_then,
    birth_reason_needed, form_changed, sheet_bare (nothing stands on it, and no form was asked
    for), and every sign and score the form does not take.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = council_calendar.waiting(session, draft.hearing_id)
        meeting = session.get(CouncilSession, row.session_id) if row.session_id else None
        if meeting is not None and meeting.session_state == CLOSED:
            raise Refused.one("session_over", "id", meeting.id)
        who = _person(session, row)
        form, chosen = _choose(ws, row, who, draft)
        if chosen["birth_used"] == (hearing_cards.birth_of(row, who) or None):
            _ask_form(form, row, who, draft)
        told = dict(chosen)
        if row.assessment_form not in (None, form.number):
            told |= dict.fromkeys(CONTENT_OF_A_FORM)  # another form: its signs are others
        told |= _content(form, draft)
        if draft.observed is not None:
            told |= kept_rows.checked(ws, "hearing", {"observed": draft.observed})
        kept_rows.put(session, row, told)
        if hearing_cards.bare(row) and draft.type_signs is not None:
            raise Refused.one("sheet_bare", "type_signs", who.name)
        return hearing_cards.card(ws, row, who)


def show(ws: Workspace, hearing_id: str) -> HearingCard:
    """One hearing; the look at the person is logged. Raises Refused (`hearing_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, Hearing, hearing_id, "hearing_unknown")
        found = hearing_cards.card(ws, row, _person(session, row))
    access.looked(ws, [found.person_id], "view")
    return found


def of_session(ws: Workspace, session_id: str) -> tuple[HearingCard, ...]:
    """Everybody's hearing of a session, in order; the looks are logged."""
    ws.demand("view")
    with ws.db.read() as session:
        kept_rows.found(session, CouncilSession, session_id, "session_unknown")
        found = records.of_session(session, session_id)
        cards = tuple(hearing_cards.card(ws, row, who) for row, who in found)
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def of_person(ws: Workspace, person_id: str) -> tuple[HearingCard, ...]:
    """The hearings of a person, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id)
        return tuple(hearing_cards.card(ws, row, _person(session, row)) for row in rows)


def _person(session: Session, row: Hearing) -> Person:
    return care_case.standing(session, session.get_one(Person, row.person_id))


def _choose(
    ws: Workspace, row: Hearing, who: Person, draft: SheetDraft
) -> tuple[Form, Mapping[str, object]]:
    """The form that is right, and what it was chosen by."""
    on = row.heard_on or ""
    told = {"birth_used": draft.birth or hearing_cards.birth_of(row, who), "form_reason": None}
    values = kept_rows.checked(ws, "hearing", told)
    birth, why = str(values["birth_used"] or ""), draft.form_reason or row.form_reason or ""
    if not hearing_cards.agree(birth, who.birth or ""):
        if not words.sentence(why):
            raise Refused.one("birth_reason_needed", "form_reason", dates.show(birth),
                              known=dates.show(who.birth or ""))  # fmt: skip
        values |= kept_rows.checked(ws, "hearing", {"form_reason": why})
    birth = hearing_cards.chosen_birth(row, who, birth, why)
    values |= {"birth_used": birth or None}
    code = hearing_cards.unknown_form(on, birth)
    if code == "birth_after_assessment":
        raise Refused.one(code, "birth", birth)
    if not code:
        number = rules.form_for(birth, date.fromisoformat(on))
    else:
        number = draft.form or (row.assessment_form if row.form_reason else None)
        values |= kept_rows.checked(ws, "hearing", {"form_reason": why or None})
        if number is None:
            raise Refused.one(code, "birth", birth)
        if not values["form_reason"]:
            raise Refused.one("form_reason_needed", "form_reason", birth)
    form = assessment.form_on(date.fromisoformat(on), str(number))
    if form is None:
        raise Refused.one("no_form_then", "on", on)
    edition = assessment_forms.edition(on)
    return form, values | {"assessment_form": form.number, "form_edition": edition}


def _ask_form(form: Form, row: Hearing, who: Person, draft: SheetDraft) -> None:
    """A sheet is not turned into another form by itself: numbers of signs mean other things there.
    Whoever names the form begins it anew; the former one stays in the history."""
    filled = any(getattr(row, name) for name in CONTENT_OF_A_FORM)
    stale = hearing_cards.stale_form(row, who)
    if filled and stale == form.number and draft.form != stale:
        raise Refused([hearing_cards.stale_problem(stale, row, who)])


def _content(form: Form, draft: SheetDraft) -> dict[str, object]:
    """Signs and scores as columns hold them. Raises Refused naming each that does not fit."""
    problems, told = [], dict[str, object]()
    for name, given, known in (
        ("type_signs", draft.type_signs, form.types),
        ("degree_signs", draft.degree_signs, form.degrees),
    ):
        if given is None:
            continue
        problems += [Problem.of("not_on_form", name, one) for one in given if one not in known]
        told[name] = " ".join(one for one in known if one in given) or None
    if draft.scores is not None:
        read = {str(one): assessment.score(value) for one, value in draft.scores.items()}
        problems += [Problem.of("not_on_form", "scores", one) for one in read
                     if one not in form.activities]  # fmt: skip
        problems += [
            Problem.of("score_unreadable", "scores", f"{one}: {value}")
            for one, value in read.items()
            if value not in (None, "") and not rules.is_score(value)
        ]
        given_scores = {one: value for one, value in read.items() if value not in (None, "")}
        told["scores"] = hearing_cards.scores_text(given_scores, form)
    if problems:
        raise Refused(problems)
    return told
