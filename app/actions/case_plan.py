"""The plan of a case: its editions, their activities, and measures taken before any plan."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import access, case_moves, case_opening, case_plan_cards, field_values
from app.actions.case_moves import Step
from app.errors import Problem, Refused
from app.rules import care_case as moves
from app.rules import case_plan as rules
from app.values.case_plan import ActivityDraft, PlanPage
from app.workspace import Workspace
from data.base import instant_text
from data.records import care_case
from data.records import case_plan as records
from data.records.care_case import CareCase
from data.records.case_plan import DONE, PROGRESS, CasePlan, PlanActivity
from data.records.person import Person

TYPED = frozenset({"goals", "risks", "review_on", "change_reason"})
COPIED = ("activity", "urgent", "start_on", "due_on", "responsible", "provider", "resource", "cost")
WORDS = ("goals", "risks", "review_on")


def page(ws: Workspace, case_id: str) -> PlanPage:
    """Every edition of a case's plan with its activities; the look is logged.

    Raises Refused (`case_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        case = case_moves.found(session, case_id)
        who = care_case.standing(session, session.get_one(Person, case.person_id))
        answer = case_plan_cards.page(session, case, who)
    access.seen(ws, answer.person_id, "view", f"case {case_id}")
    return answer


def save(ws: Workspace, case_id: str, typed: Mapping[str, object]) -> str:
    """Write goals, risks, the day of review or the reason of a change into the edition being
    written; where there is none, one is begun. Answers the edition's id.

    A case under way goes back to planning (Đ.7 k.3): then `change_reason` is needed. Raises
    Refused: case_unknown, case_ended, case_plan_waits, case_plan_not_now, change_reason_needed,
    review_day_past.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        case = case_moves.living(session, case_id)
        values = _values(ws, "case_plan", typed, TYPED)
        plan = _draft(ws, session, case, str(values.get("change_reason") or ""))
        day = str(values.get("review_on") or "")
        if rules.day_past(day, plan.review_on or "", ws.today().isoformat(), case.origin or ""):
            raise Refused.one("review_day_past", "review_on", day)
        for name, value in values.items():
            setattr(plan, name, value)
        session.flush()
        return plan.id


def save_activity(ws: Workspace, draft: ActivityDraft) -> str:
    """Add an activity or change one; answers its id.

    Where no edition is being written it is a measure of the emergency path (Đ.6 k.1a) and urgent:
    taken at once, also while a plan waits or is in force, and approved with the edition that
    follows; there it must be said to be urgent. Of what was approved only progress is told.
    Raises Refused: activity_unknown, activity_empty, activity_outside_plan, activity_settled,
    activity_days, and those of `save`.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        case = case_moves.living(session, draft.case_id)
        values = _values(ws, "plan_activity", draft.fields, None)
        row = _activity(session, draft.id) if draft.id else None
        if row is not None and row.case_id != case.id:
            raise Refused.one("activity_unknown", "id", row.id)
        if row is None:
            plan = records.of_status(session, case.id, "draft")
            if plan is None and records.of_case(session, case.id) and not values.get("urgent"):
                raise Refused.one("activity_outside_plan", "urgent")
            if plan is None:
                values = {"urgent": True} | values
            row = PlanActivity(
                office_id=ws.office.id,
                case_id=case.id,
                person_id=case.person_id,
                plan_id=plan.id if plan else None,
                activity_status="planned",
            )
            session.add(row)
        elif records.settled(row) and not PROGRESS.issuperset(_changed(row, values)):
            raise Refused.one("activity_settled", "id", row.id)
        _put(ws, row, values)
        case_opening.refuse_before(case, "plan_activity", values)
        session.flush()
        return row.id


def withdraw_activity(ws: Workspace, activity_id: str, reason: str) -> None:
    """Take an activity that was written by mistake out of the edition being written."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = _activity(session, activity_id)
        case_moves.living(session, row.case_id)
        if records.settled(row):
            raise Refused.one("activity_settled", "id", row.id)
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = why


def _draft(ws: Workspace, session: Session, case: CareCase, reason: str) -> CasePlan:
    """The edition that is being written; a new one that takes over what stands, where none is."""
    plan = records.of_status(session, case.id, "draft")
    if case.case_status == moves.PLANNING and plan is not None:
        return plan
    if case.case_status == moves.WAITING:
        raise Refused.one("case_plan_waits", "id", case.id)
    known = records.of_case(session, case.id)
    if case.case_status in (moves.APPROVED, moves.REVIEWING) and not reason.strip():
        raise Refused.one("change_reason_needed", "change_reason")
    if case.case_status == moves.APPROVED:
        case_moves.within(ws, session, case, Step("review", reason))
    if case.case_status != moves.PLANNING:
        case_moves.within(ws, session, case, Step("plan"))
    return plan or _new_edition(ws, session, case, known)


def _new_edition(
    ws: Workspace, session: Session, case: CareCase, known: list[CasePlan]
) -> CasePlan:
    """A first edition takes in the measures taken so far; a later one what is not done yet of the
    one before, so that what was approved stays as it was."""
    edition = 1 + max((one.edition or 0 for one in known), default=0)
    while session.get(CasePlan, records.edition_id(case.id, edition)) is not None:
        edition += 1  # one that was taken off keeps its number
    plan = CasePlan(office_id=ws.office.id, case_id=case.id, person_id=case.person_id)
    plan.id, plan.edition = records.edition_id(case.id, edition), edition
    plan.plan_status = "draft"
    session.add(plan)
    session.flush()
    before = known[0] if known else None
    for name in WORDS if before else ():
        setattr(plan, name, getattr(before, name))
    if rules.day_past(plan.review_on or "", "", ws.today().isoformat(), case.origin or ""):
        plan.review_on = None  # a plan looks ahead: a day that is over is asked for anew
    for row in records.activities(session, case.id):
        if row.plan_id is None:
            row.plan_id = plan.id
        elif before and row.plan_id == before.id and row.activity_status not in DONE:
            values = {name: getattr(row, name) for name in COPIED}
            copy = PlanActivity(
                office_id=ws.office.id, case_id=case.id, person_id=case.person_id, plan_id=plan.id
            )
            copy.id = records.taken_over_id(plan.id, row.id)
            for name, value in (values | {"activity_status": row.activity_status}).items():
                setattr(copy, name, value)
            session.add(copy)
    session.flush()
    return plan


def _values(
    ws: Workspace, record: str, typed: Mapping[str, object], only: frozenset[str] | None
) -> dict[str, object]:
    strange = [name for name in typed if only is not None and name not in only]
    cleaned = field_values.clean(ws, record, typed)
    names = sorted(only or ())
    problems = [field_values.unknown(names, one, typed[one]) for one in strange]
    problems += cleaned.problems
    if problems:
        raise Refused(problems)
    return cleaned.values


def _put(ws: Workspace, row: PlanActivity, values: Mapping[str, object]) -> None:
    """The values into the row once they are sound as a whole."""
    judged = {name: getattr(row, name) for name in rules.JUDGED} | dict(values)
    if judged["activity_status"] == "done" and not judged["done_on"]:
        judged["done_on"] = ws.today().isoformat()
        values = dict(values) | {"done_on": judged["done_on"]}
    problems = [Problem.of(code, name) for name, code in rules.problems(judged)]
    if problems:
        raise Refused(problems)
    for name, value in values.items():
        setattr(row, name, value)


def _changed(row: PlanActivity, values: Mapping[str, object]) -> set[str]:
    return {name for name, value in values.items() if getattr(row, name) != value}


def _activity(session: Session, activity_id: str) -> PlanActivity:
    row = session.get(PlanActivity, activity_id)
    if row is None or row.deleted_at:
        raise Refused.one("activity_unknown", "id", activity_id)
    return row
