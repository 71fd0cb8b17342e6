"""When a case is to be looked at again: one rule, for the list of what comes and for its page.

The last word counts, the plan's when it was approved or the one of a later review, until the case
was reviewed on that day or after it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from data.records.case_plan import CasePlan
from data.records.case_review import CaseReview

APPROVED = "approved"
Conditions = tuple[ColumnElement[bool], ...]


def of_plans() -> Conditions:
    """Which plans have the last word."""
    plan, review = CasePlan, aliased(CaseReview)
    approved = func.coalesce(plan.approved_on, "")
    told = and_(review.next_review_on.is_not(None), _day(review) >= approved)  # type: ignore[union-attr]
    over = exists().where(
        review.case_id == plan.case_id,
        review.deleted_at.is_(None),
        or_(told, review.reviewed_on >= plan.review_on),  # type: ignore[operator]
    )
    return _in_force(plan), ~over


def of_reviews() -> Conditions:
    """Which reviews have the last word."""
    last, review, plan = CaseReview, aliased(CaseReview), aliased(CasePlan)
    later = or_(_day(review) > _day(last), and_(_day(review) == _day(last), review.id > last.id))
    told = and_(review.next_review_on.is_not(None), later)  # type: ignore[union-attr]
    over = exists().where(
        review.case_id == last.case_id,
        review.deleted_at.is_(None),
        or_(told, review.reviewed_on >= last.next_review_on),  # type: ignore[operator]
    )
    newer = and_(_in_force(plan), plan.approved_on > _day(last))
    planned = exists().where(plan.case_id == last.case_id, newer)
    told_here = last.next_review_on.is_not(None)  # type: ignore[union-attr]
    return last.deleted_at.is_(None), told_here, ~over, ~planned


def of_case(session: Session, case_id: str) -> str:
    """The day (ISO, may be partial) on which a case is to be looked at again; "" when none is."""
    planned = select(CasePlan.review_on).where(CasePlan.case_id == case_id, *of_plans())
    further = select(CaseReview.next_review_on).where(CaseReview.case_id == case_id, *of_reviews())
    return session.scalar(union_all(planned, further)) or ""


def _in_force(plan: Any) -> ColumnElement[bool]:
    approved = and_(plan.deleted_at.is_(None), plan.plan_status == APPROVED)
    return and_(approved, plan.review_on.is_not(None))


def _day(review: Any) -> ColumnElement[Any]:
    return func.coalesce(review.reviewed_on, "")
