"""The plan of a case in its editions, their activities, and measures taken before any plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, object_session

from data.base import Base, Travels, add_dictionary_columns

PLAN_NAMESPACE = UUID("c1f0a6d4-2b8e-4f37-9c55-7e4d3a90b612")
PROGRESS = frozenset({"activity_status", "done_on", "result"})
"""What is told of an activity after its plan was approved."""
DONE = ("done", "dropped")
"""States of an activity after which nothing is expected of it."""


class CasePlan(Travels, Base):
    """One edition of the plan of care (Mẫu 04); what was approved is never written over."""

    __tablename__ = "case_plan"

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        edition: Mapped[int | None]
        plan_status: Mapped[str | None]
        goals: Mapped[str | None]
        risks: Mapped[str | None]
        review_on: Mapped[str | None]
        change_reason: Mapped[str | None]
        approved_on: Mapped[str | None]
        approved_by: Mapped[str | None]


class PlanActivity(Travels, Base):
    """One activity of an edition; without a plan it is a measure of the emergency path (Đ.6 k.1a)
    that the first edition takes in."""

    __tablename__ = "plan_activity"

    plan_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("case_plan.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        activity: Mapped[str | None]
        urgent: Mapped[bool | None]
        start_on: Mapped[str | None]
        due_on: Mapped[str | None]
        responsible: Mapped[str | None]
        provider: Mapped[str | None]
        resource: Mapped[str | None]
        cost: Mapped[int | None]
        activity_status: Mapped[str | None]
        done_on: Mapped[str | None]
        result: Mapped[str | None]


add_dictionary_columns(CasePlan, "case_plan")
add_dictionary_columns(PlanActivity, "plan_activity")
Index("case_plan_review", CasePlan.review_on)  # type: ignore[arg-type]
Index("plan_activity_due", PlanActivity.due_on)  # type: ignore[arg-type]


def left_over(work: Sequence[PlanActivity], plans: Sequence[CasePlan]) -> list[PlanActivity]:
    """Urgent activities that were not done when their case ended and was reopened: no edition
    after theirs took them over, and they count until a person ends or carries them."""
    latest = max(plans, key=lambda one: one.edition or 0, default=None)
    if latest is None or latest.plan_status != "replaced":
        return []
    theirs = [one for one in work if one.plan_id == latest.id and one.urgent]
    return [one for one in theirs if one.activity_status not in DONE]


def counts(plan: type[CasePlan], activity: type[PlanActivity]) -> ColumnElement[bool]:
    """For a join: whether an activity of a plan is to be carried out now. That of a plan in force
    is; an urgent one also while its plan is written or waits, and when its case was reopened."""
    other = aliased(CasePlan)
    later = or_(other.plan_status == "approved", other.edition > plan.edition)  # type: ignore[operator]
    after = exists().where(other.case_id == plan.case_id, other.deleted_at.is_(None), later)
    urgent = and_(activity.urgent.is_(True), ~after)  # type: ignore[union-attr]
    return or_(activity.plan_id.is_(None), plan.plan_status == "approved", urgent)


def settled(row: object) -> bool:
    """Whether the words of a plan, or of an activity's plan, were laid before the head or more."""
    plan = row if isinstance(row, CasePlan) else None
    if isinstance(row, PlanActivity) and row.plan_id:
        session = object_session(row)
        plan = session.get(CasePlan, row.plan_id) if session is not None else None
    return plan is not None and plan.plan_status != "draft"


def edition_id(case_id: str, edition: int) -> str:
    """The id of an edition of a case's plan: the same on every PC, so that two who begin it apart
    write one."""
    return str(uuid5(PLAN_NAMESPACE, f"{case_id}/{edition}"))


def taken_over_id(plan_id: str, activity_id: str) -> str:
    """The id under which an edition takes over an activity of the one before."""
    return str(uuid5(PLAN_NAMESPACE, f"{plan_id}/{activity_id}"))


def of_case(session: Session, case_id: str) -> list[CasePlan]:
    """The editions of the plan of a case, the latest first."""
    found = select(CasePlan).where(CasePlan.case_id == case_id, CasePlan.deleted_at.is_(None))
    latest = func.coalesce(CasePlan.edition, 0).desc()
    return list(session.scalars(found.order_by(latest, CasePlan.id.desc())))


def of_status(session: Session, case_id: str, *statuses: str) -> CasePlan | None:
    """The latest edition of a case that has one of these statuses."""
    return next((one for one in of_case(session, case_id) if one.plan_status in statuses), None)


def activities(session: Session, case_id: str) -> list[PlanActivity]:
    """The activities of all editions of a case, and its measures: urgent first, then by day due."""
    found = select(PlanActivity).where(
        PlanActivity.case_id == case_id, PlanActivity.deleted_at.is_(None)
    )
    urgent = func.coalesce(PlanActivity.urgent, False).desc()
    due = func.coalesce(PlanActivity.due_on, "9999")
    return list(session.scalars(found.order_by(urgent, due, PlanActivity.id)))


def ids_of_plans(session: Session, plan_ids: Collection[str]) -> dict[str, str]:
    """The plan of each activity of some plans, taken off ones too, by the activity's id."""
    query = select(PlanActivity.id, PlanActivity.plan_id).where(PlanActivity.plan_id.in_(plan_ids))
    return {one: plan_id for one, plan_id in session.execute(query) if plan_id is not None}
