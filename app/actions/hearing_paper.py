"""Minutes of earlier sessions as they stand on paper: conclusions, and no invented scores."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import cold_start, council_member, file_of_paper, kept_rows, person
from app.errors import Problem, Refused
from app.rules import council as rules
from app.rules import dates
from app.values.council import PaperHearing
from app.workspace import Workspace
from data.records import council_session as sessions
from data.records import hearing as records
from data.records.hearing import Hearing

PAPER = "paper"
REQUIRED = ("heard_on", "conclusion")
TAKEN = frozenset(
    "heard_on heard_at heard_place assessment_form observed opinions chaired_by minuted_by "
    "members_present related_members conclusion types degree minutes_number minutes_on".split()
)
"""What is taken over. Signs, scores and votes are not: nobody counts them after the day."""


def save(ws: Workspace, draft: PaperHearing, hearing_id: str = "") -> str:
    """Enter minutes of paper, or correct such an entry; answers the id.

    Raises Refused: person_unknown, hearing_unknown, hearing_not_paper, hearing_not_from_paper,
    conclusion_types_missing, conclusion_degree_missing, conclusion_has_no_degree,
    minutes_number_taken, day_not_whole, hearing_paper_now, and what the fields refuse.
    """
    ws.demand("enter")
    strange = [name for name in draft.fields if name not in TAKEN]
    if strange:
        raise Refused([Problem.of("hearing_not_from_paper", one) for one in strange])
    with ws.db.write(ws.author()) as session:
        person.found(session, draft.person_id)
        row = kept_rows.of_the_person(
            session, Hearing, draft.person_id, hearing_id or None, "hearing_unknown"
        )
        if row is not None and row.hearing_origin != PAPER:
            raise Refused.one("hearing_not_paper", "id", hearing_id)
        if row is None:
            cold_start.demand_rows(session)
        values = kept_rows.checked(ws, "hearing", draft.fields, row, REQUIRED)
        council_member.whole_days("hearing", values, ("heard_on", "minutes_on"))
        made = row or Hearing(office_id=ws.office.id, person_id=draft.person_id)
        _check(made, values)
        number = values.get("minutes_number")
        year = str(values.get("minutes_on") or values.get("heard_on") or made.heard_on or "")[:4]
        other = records.with_minutes(session, str(number), year) if number else None
        if other is not None and other.id != made.id:
            raise Refused.one("minutes_number_taken", "minutes_number", number)
        state = {"hearing_state": records.CONCLUDED, "hearing_origin": PAPER}
        kept_rows.put(session, made, values | state)
        _demand_earlier(ws, session, made)
        file_of_paper.tie(ws, session, made.person_id)
        return made.id


def remove(ws: Workspace, hearing_id: str, reason: str) -> None:
    """Take off an entry of paper written by mistake. Raises Refused: hearing_not_paper."""
    ws.demand("enter")
    with ws.paper().db.read() as session:
        row = kept_rows.found(session, Hearing, hearing_id, "hearing_unknown")
        if row.hearing_origin != PAPER:
            raise Refused.one("hearing_not_paper", "id", hearing_id)
    kept_rows.withdraw(ws, Hearing, hearing_id, reason, "hearing_unknown")


def _demand_earlier(ws: Workspace, session: Session, row: Hearing) -> None:
    """Minutes of paper are of before the council began to sit here; later ones are for who may
    approve, else anybody could write a conclusion with no votes and no second pair of hands."""
    day = row.heard_on or ""
    began = sessions.began(session) or ws.today().isoformat()
    if not dates.before(day, began) and not ws.can("approve"):
        raise Refused.one("hearing_paper_now", "heard_on", day, began=dates.show(began))


def _check(row: Hearing, values: dict[str, object]) -> None:
    whole = {
        name: values.get(name, getattr(row, name)) for name in ("conclusion", "types", "degree")
    }
    determined = whole["conclusion"] == rules.DETERMINED
    problems = []
    if determined and not whole["types"]:
        problems.append(Problem.of("conclusion_types_missing", "types"))
    if determined and whole["degree"] not in rules.DEGREES:
        problems.append(Problem.of("conclusion_degree_missing", "degree"))
    if not determined and (whole["types"] or whole["degree"]):
        problems.append(Problem.of("conclusion_has_no_degree", "degree"))
    if problems:
        raise Refused(problems)
