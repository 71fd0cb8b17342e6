"""Opening a case: who reports and why, or as the paper file stands that it is taken over from."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import case_number, cold_start, field_values, person, worker
from app.errors import Problem, Refused
from app.rules import care_case as rules
from app.rules import dates
from app.values.care_case import CaseDraft
from app.wording import language
from app.workspace import Workspace
from data import fields
from data.base import new_id
from data.records import care_case as records
from data.records.care_case import CareCase
from data.records.person import Person

PAPER = "paper"
INTAKE = frozenset(
    "reporter reporter_kind reported_how emergency emergency_note criteria criteria_note".split()
)
"""Fields that are typed beside the reason, when a case is opened or later."""
OF_THE_CASE = ("noted_on", "assessed_on", "done_on", "reviewed_on", "meeting_on")
"""Days of what is done while a case goes on: none lies before it was opened."""


def open_within(
    ws: Workspace, session: Session, person_id: str, draft: CaseDraft, source: str = ""
) -> str:
    """Open a case within somebody's transaction; see `care_case.open`.

    A case from paper enters where its paper stands and is told to lack nothing that the paper has;
    where the paper says that the head approved its plan, the case waits for one look of the head.
    Its worker may be a name that only the paper knows; work begun here goes to who works here.
    """
    cold_start.demand_rows(session)
    who = person.found(session, person_id)
    if records.live_of(session, person_id) is not None:
        raise Refused.one("case_already_open", "person_id", person_id, name=who.name)
    typed = {
        **known(draft.intake),
        "open_reason": draft.reason,
        "worker": draft.worker or ws.user.login,
        "opened_on": draft.opened_on or ws.today().isoformat(),
        "origin": draft.origin,
        "case_number": draft.case_number,
        "paper_step": draft.step,
    }
    values = checked(ws, session, typed, None)
    refuse_unborn(who, values, str(values.get("origin") or ""))
    case = CareCase(id=new_id(), office_id=ws.office.id, person_id=person_id, **values)
    case.case_status = rules.enters_at(str(values.get("paper_step") or ""))
    if not case.case_number and draft.origin != PAPER:
        case.case_number = case_number.take(ws, session)
    if source:
        session.info.setdefault("sources", {})[case.id] = source
    session.add(case)
    session.flush()
    return case.id


def checked(
    ws: Workspace, session: Session, typed: Mapping[str, object], case: CareCase | None
) -> dict[str, object]:
    """The typed values of a case as columns hold them. Raises Refused with all problems."""
    cleaned = field_values.clean(ws, "care_case", typed)
    values, problems = cleaned.values, list(cleaned.problems)
    if values.get("worker"):
        login = worker.login_of(session, str(values["worker"]))
        values["worker"] = login
        origin = values.get("origin", case.origin if case is not None else None)
        unchanged = case is not None and case.worker == login
        if origin != PAPER and not unchanged and not worker.works(session, login):
            problems.append(Problem.of("worker_unknown", "worker", typed["worker"]))
    if "open_reason" in typed and not values.get("open_reason"):
        problems.append(Problem.of("case_reason_needed", "open_reason"))
    opened = values.get("opened_on")
    if "opened_on" in typed and not opened and not problems:
        problems.append(Problem.of("case_day_needed", "opened_on"))
    number = values.get("case_number")
    other = records.with_number(session, str(number)) if number else None
    if other is not None and (case is None or other.id != case.id):
        whose = records.standing(session, session.get_one(Person, other.person_id))
        facts = {"name": whose.name or "", "opened": dates.show(other.opened_on or "")}
        problems.append(Problem.of("case_number_taken", "case_number", number, **facts))
    step = values.get("paper_step")
    if step and values.get("origin") != PAPER:
        problems.append(Problem.of("case_step_of_paper", "paper_step", typed["paper_step"]))
    elif step in rules.ENDED:
        problems.append(Problem.of("case_step_ended", "paper_step", typed["paper_step"]))
    if problems:
        raise Refused(problems)
    return values


def before_birth(who: Person, opened_on: str | None) -> bool:
    """Whether a (partial) day of opening lies before the person was born."""
    return dates.before(opened_on or "", who.birth or "")


def refuse_unborn(who: Person, values: Mapping[str, object], origin: str) -> None:
    """Raise Refused (`case_before_birth`); a paper is taken over as it stands, and its page tells
    it."""
    opened = str(values.get("opened_on") or "")
    if origin != PAPER and before_birth(who, opened):
        raise Refused.one(
            "case_before_birth", "opened_on", opened, birth=dates.show(who.birth or "")
        )


def refuse_before(case: CareCase, record: str, values: Mapping[str, object]) -> None:
    """Raise Refused (`case_day_before`) for a day on which this case was not open yet; what a paper
    tells is taken over as it stands."""
    opened = case.opened_on or ""
    early = [
        name
        for name in OF_THE_CASE
        if case.origin != PAPER and dates.before(str(values.get(name) or ""), opened)
    ]
    if early:
        raise Refused([_too_early(record, name, str(values[name]), opened) for name in early])


def _too_early(record: str, name: str, day: str, opened: str) -> Problem:
    label = fields.get(record, name).label(language())
    facts = {"label": label, "day": dates.show(day), "opened": dates.show(opened)}
    return Problem.of("case_day_before", name, day, **facts)


def known(intake: Mapping[str, object]) -> dict[str, object]:
    """The further fields of a case as typed. Raises Refused (`unknown_field`)."""
    strange = [name for name in intake if name not in INTAKE]
    if strange:
        names = sorted(INTAKE)
        raise Refused([field_values.unknown(names, one, intake[one]) for one in strange])
    return dict(intake)
