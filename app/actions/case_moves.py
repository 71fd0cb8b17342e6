"""One legal move of a case: who may, what must be there first, and what moves with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.actions import case_note, case_standing, cold_start
from app.errors import Problem, Refused
from app.rules import care_case as rules
from app.rules import case_steps
from app.workspace import Workspace
from data import history, text
from data.records import care_case as records
from data.records import case_plan
from data.records.care_case import CareCase
from data.records.case_plan import CasePlan
from data.records.person import Person


@dataclass(frozen=True, slots=True)
class Step:
    """A move with its reason, and values of the case that change with it."""

    move: str
    reason: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def found(session: Session, case_id: str) -> CareCase:
    """The case's row; Refused (`case_unknown`) when absent or removed."""
    case = session.get(CareCase, case_id)
    if case is None or case.deleted_at:
        raise Refused.one("case_unknown", "id", case_id)
    return case


def living(session: Session, case_id: str) -> CareCase:
    """As `found`, and Refused (`case_ended`) when the case has ended."""
    case = found(session, case_id)
    if case.case_status in rules.ENDED:
        raise Refused.one("case_ended", "id", case_id)
    return case


def hands(session: Session, case: CareCase) -> frozenset[str]:
    """Logins of who wrote the case, and the edition of its plan that waits, since last approved;
    of an ending that waits for the head, who proposed it."""
    steps = records.steps(session, case.id) if case.case_status == rules.CLOSING else ()
    proposers = [one.created_by for one in steps if one.note_kind == "proposed"]
    if proposers:
        return frozenset(proposers[:1])
    written = history.writers_of(session, "care_case", [case.id]).get(case.id, frozenset())
    plan = case_plan.of_status(session, case.id, "waiting")
    if plan is None:
        return written
    return written | history.writers_of(session, "case_plan", [plan.id]).get(plan.id, frozenset())


def within(ws: Workspace, session: Session, case: CareCase, step: Step) -> None:
    """Make one move within somebody's transaction: the case, its plan, the decision beside it.

    Raises Refused: not_allowed, case_..._not_now, reason_needed, own_case, own_work,
    case_lacks_goals, case_lacks_activities, case_already_open.
    """
    move = step.move
    ws.demand(rules.MOVES[move].right)
    cold_start.demand_history(session, "care_case", case.id)
    refuse_barred(ws, session, case, step)
    _demand(ws, session, case, move)
    for name, value in step.values.items():
        setattr(case, name, value)
    case.case_status = _target(session, case, move)
    _plan_follows(ws, session, case, move)
    if move in case_note.DECISION_OF:
        case_note.decided(ws, session, case, move, text.nfc(step.reason).strip())


def refuse_barred(ws: Workspace, session: Session, case: CareCase, step: Step) -> None:
    """Raise Refused when the move is not legal from here, or not by this user."""
    status = case.case_status or rules.OPEN
    code = rules.refusal(step.move, status, step.reason, ws.user.login, hands(session, case))
    code = code or _too_late(session, case, step.move)
    if code is not None:
        raise Refused.one(code, "reason" if code == "reason_needed" else "id", case.id)
    others = _closers_instead(ws, session, case, step.move)
    if others:
        raise Refused.one("own_work", "id", case.id, names=", ".join(others))


def possible(ws: Workspace, session: Session, case: CareCase) -> tuple[str, ...]:
    """The moves this user could make now."""
    status = case.case_status or rules.OPEN
    written = hands(session, case)
    return tuple(
        move
        for move in rules.possible(status)
        if ws.can(rules.MOVES[move].right)
        and rules.refusal(move, status, "x", ws.user.login, written) is None
        and _too_late(session, case, move) is None
        and not _closers_instead(ws, session, case, move)
    )


def _closers_instead(ws: Workspace, session: Session, case: CareCase, move: str) -> tuple[str, ...]:
    """Who is to end the case in place of its own worker; nobody where he is no worker of it, or
    where the office has no other: then the ending says so itself."""
    if not rules.ends_own(move, ws.user.login, case.worker or ""):
        return ()
    return case_standing.other_closers(ws, session)


def _too_late(session: Session, case: CareCase, move: str) -> str | None:
    """The code of why a case is not simply taken back any more, or None: one that the head ever
    approved ends with his word, also while it is planned anew or was reopened."""
    barred = move in rules.UNAPPROVED_ONLY and case_standing.ever_approved(session, case)
    return f"case_{move}_not_now" if barred else None


def _demand(ws: Workspace, session: Session, case: CareCase, move: str) -> None:
    if move == "submit":
        lacking = case_steps.lacks_plan(case_standing.of(ws, session, case))
        if lacking:
            raise Refused([Problem.of(f"case_lacks_{one}", one, case.id) for one in lacking])
    if move == "reopen":
        other = records.live_of(session, case.person_id)
        if other is not None:
            who = records.standing(session, session.get_one(Person, case.person_id))
            raise Refused.one("case_already_open", "id", other.id, name=who.name)


def _target(session: Session, case: CareCase, move: str) -> str:
    if move == "decline":
        return rules.taken_back_to(case_standing.was_approved(session, case))
    return rules.MOVES[move].target


def _plan_follows(ws: Workspace, session: Session, case: CareCase, move: str) -> None:
    """The edition that is laid before the head goes where the case goes; what was in force before
    stays readable as what it was."""
    if move == "submit":
        _put(case_plan.of_status(session, case.id, "draft"), "waiting")
    elif move in ("return", "propose", "close", "cancel", "reopen"):
        _put(case_plan.of_status(session, case.id, "waiting"), "draft")
        if move == "reopen":
            _put(case_plan.of_status(session, case.id, "approved"), "replaced")
    elif move == "approve":
        plan = case_plan.of_status(session, case.id, "waiting")
        if plan is None:
            return
        _put(case_plan.of_status(session, case.id, "approved"), "replaced")
        _put(plan, "approved")
        plan.approved_on, plan.approved_by = ws.today().isoformat(), ws.user.login


def _put(plan: CasePlan | None, status: str) -> None:
    if plan is not None:
        plan.plan_status = status
