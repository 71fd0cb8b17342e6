"""What there is of a case: for the five steps, and for whether it may end."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.rules import care_case as rules
from app.rules import case_ending, case_steps, dates
from app.workspace import RIGHTS, Workspace
from data.records import care_case as records
from data.records import (
    case_assessment,
    case_plan,
    case_review,
    need,
    office,
    referral,
    review_day,
    support,
    task,
)
from data.records.care_case import CareCase
from data.records.case_plan import DONE, CasePlan, PlanActivity
from data.records.coming import NEEDS_ENDED
from data.records.person import Person

PAPER = "paper"


def of(ws: Workspace, session: Session, case: CareCase) -> case_steps.Stands:
    """The case as the rules of the five steps see it."""
    plan, work = current_plan(session, case), counting(session, case)
    today = ws.today().isoformat()
    return case_steps.Stands(
        status=case.case_status or "open",
        paper=case.origin == PAPER,
        emergency=bool(case.emergency),
        reporter=bool(case.reporter or case.reporter_kind),
        domains=len({one.domain for one in case_assessment.of_case(session, case.id)}),
        criteria=len((case.criteria or "").split()),
        goals=bool(plan and plan.goals),
        activities=len(work),
        unplanned=sum(1 for one in work if not (one.responsible and one.due_on)),
        measures=sum(1 for one in work if one.urgent),
        review_on=review_due(session, case),
        overdue=sum(1 for one in work if _late(one, today)),
        contacts=len(_contacts(session, case)),
        reviews=len(case_review.of_case(session, case.id)),
        meeting=bool(case.meeting_on),
        attendees=bool(case.attendees),
        day=today,
    )


def for_ending(
    ws: Workspace, session: Session, case: CareCase, days: tuple[str, str]
) -> case_ending.Known:
    """The case as the rules of its ending see it; `days` are those of the ending (may be partial)
    and of the meeting about it."""
    closed_on, met_on = days
    who = records.standing(session, session.get_one(Person, case.person_id))
    pending = [one for one in counting(session, case) if one.activity_status not in DONE]
    day = dates.bounds(closed_on)[1] if dates.valid(closed_on) else ws.today()
    return case_ending.Known(
        closed_on=min(day, ws.today()),
        opened_on=case.opened_on or "",
        birth=who.birth or "",
        learning=bool(getattr(who, "school")),  # noqa: B009 - from the dictionary
        life_state=who.life_state or "living",
        last_contact_on=max(_contacts(session, case), default=""),
        met_on=met_on,
        open_urgent=sum(1 for one in pending if one.urgent),
        open_activities=len(pending),
        open_referrals=sum(
            1
            for one in referral.of_person(session, who.id)
            if one.referral_status in referral.OPEN and one.case_id in (case.id, None)
        ),
        open_supports=support.count_planned(session, case.id),
        unsent=records.unsent(session, case.id) if ws.office.enrolled_at else 0,
        planned=was_approved(session, case),
        open_needs=sum(
            1 for one in need.of_person(session, who.id) if one.need_status not in NEEDS_ENDED
        ),
        overdue_tasks=task.count_overdue(session, case.id, who.id, ws.today().isoformat()),
        alone=rules.ends_own("close", ws.user.login, case.worker or "")
        and ws.can("approve")
        and not other_closers(ws, session),
    )


def current_plan(session: Session, case: CareCase) -> CasePlan | None:
    """The edition that counts now: the one in force, else the latest that was not replaced."""
    known = case_plan.of_case(session, case.id)
    for status in ("waiting", "draft") if case.case_status in ("planning", "waiting") else ():
        found = next((one for one in known if one.plan_status == status), None)
        if found is not None:
            return found
    force = next((one for one in known if one.plan_status == "approved"), None)
    return force or next((one for one in known if one.plan_status != "replaced"), None)


def counting(session: Session, case: CareCase) -> list[PlanActivity]:
    """As `current`, of a case."""
    plans, work = case_plan.of_case(session, case.id), case_plan.activities(session, case.id)
    return current(work, current_plan(session, case), plans)


def current(
    work: Sequence[PlanActivity], plan: CasePlan | None, plans: Sequence[CasePlan]
) -> list[PlanActivity]:
    """The activities of the edition that counts, measures that none took in, and urgent ones left
    over from before the case was reopened."""
    left = case_plan.left_over(work, plans)
    chosen = (None, plan.id if plan is not None else None)
    return [one for one in work if one.plan_id in chosen or one in left]


def urgent(session: Session, case: CareCase) -> tuple[str, ...]:
    """The urgent activities that are to be carried out now, in words."""
    pending = [one for one in counting(session, case) if one.activity_status not in DONE]
    return tuple(one.activity or "" for one in pending if one.urgent)


def other_closers(ws: Workspace, session: Session) -> tuple[str, ...]:
    """Names of who else works here and may end a case."""
    others = [one for one in office.users(session) if one.active and one.login != ws.user.login]
    may = [one for one in others if "approve" in RIGHTS.get(one.role, ())]
    return tuple(one.full_name or one.login for one in may)


def activities(session: Session, case: CareCase) -> tuple[tuple[str, str], ...]:
    """(id, words) of the activities that a note may be about: those that count now, then others
    that an earlier note is about."""
    work = case_plan.activities(session, case.id)
    now = counting(session, case)
    told = {one.activity_id for one in records.notes(session, case.id)}
    earlier = [one for one in work if one not in now and one.id in told]
    return tuple((one.id, one.activity or "") for one in (*now, *earlier))


def review_due(session: Session, case: CareCase) -> str:
    """When the next review is due (ISO, may be partial); before anything is approved, as the
    draft of the plan says."""
    plan = current_plan(session, case)
    due = review_day.of_case(session, case.id)
    return due or (plan.review_on or "" if plan and plan.plan_status != review_day.APPROVED else "")


def was_approved(session: Session, case: CareCase) -> bool:
    """Whether the head approved the case since it was opened or last reopened, here or on the
    paper that it was taken over from."""
    for note in records.steps(session, case.id):
        if note.note_kind == "reopened":
            return False
        if note.note_kind in ("approved", "resumed"):
            return True
    return case.paper_step in rules.AFTER_APPROVAL


def ever_approved(session: Session, case: CareCase) -> bool:
    """Whether the head approved the case at any time, or it came from a paper that was beyond its
    approval."""
    told = {note.note_kind for note in records.steps(session, case.id)}
    beyond = rules.enters_at(case.paper_step or "") in rules.AFTER_APPROVAL
    return beyond or not told.isdisjoint(("approved", "resumed"))


def _late(one: PlanActivity, today: str) -> bool:
    return bool(one.due_on) and one.activity_status not in DONE and str(one.due_on) < today


def _contacts(session: Session, case: CareCase) -> list[str]:
    told = records.notes(session, case.id)
    return [one.noted_on for one in told if one.note_kind in records.CONTACT_KINDS and one.noted_on]
