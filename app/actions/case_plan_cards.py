"""Rows of plans, assessments and reviews turned into cards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.values.case_plan import (
    ActivityCard,
    AssessmentCard,
    PlanCard,
    PlanPage,
    ReviewCard,
)
from data.records import case_plan
from data.records.care_case import CareCase
from data.records.case_assessment import CaseAssessment
from data.records.case_plan import CasePlan, PlanActivity
from data.records.case_review import CaseReview
from data.records.person import Person

FINDINGS = ("outcome", "needs_met", "independence", "fit", "linkage", "other_finding")


def page(session: Session, case: CareCase, who: Person) -> PlanPage:
    """Every edition of a case with its activities."""
    work = case_plan.activities(session, case.id)
    editions = case_plan.of_case(session, case.id)
    plans = tuple(plan(one, work) for one in editions)
    known = {one.id for one in plans}
    return PlanPage(
        case_id=case.id,
        person_id=who.id,
        person_name=who.name or "",
        status=case.case_status or "open",
        plans=plans,
        measures=tuple(activity(one) for one in work if one.plan_id not in known),
        left=tuple(one.id for one in case_plan.left_over(work, editions)),
    )


def plan(row: CasePlan, work: Sequence[PlanActivity]) -> PlanCard:
    """One edition with those of these activities that are its own."""
    return PlanCard(
        id=row.id,
        edition=row.edition or 1,
        status=row.plan_status or "draft",
        goals=row.goals or "",
        risks=row.risks or "",
        review_on=row.review_on or "",
        change_reason=row.change_reason or "",
        approved_on=row.approved_on or "",
        approved_by=row.approved_by or "",
        by=row.created_by,
        activities=tuple(activity(one) for one in work if one.plan_id == row.id),
    )


def activity(row: PlanActivity) -> ActivityCard:
    """One activity."""
    return ActivityCard(
        id=row.id,
        plan_id=row.plan_id or "",
        activity=row.activity or "",
        urgent=bool(row.urgent),
        start_on=row.start_on or "",
        due_on=row.due_on or "",
        responsible=row.responsible or "",
        provider=row.provider or "",
        resource=row.resource or "",
        cost=row.cost,
        status=row.activity_status or "planned",
        done_on=row.done_on or "",
        result=row.result or "",
        by=row.created_by,
    )


def assessment(row: CaseAssessment) -> AssessmentCard:
    """What was found in one domain."""
    return AssessmentCard(
        id=row.id,
        domain=row.domain or "",
        situation=row.situation or "",
        need=row.need or "",
        priority=row.priority,
        assessed_on=row.assessed_on or "",
        by=row.created_by,
    )


def review(row: CaseReview) -> ReviewCard:
    """One review with those of its six findings that are filled."""
    return ReviewCard(
        id=row.id,
        plan_id=row.plan_id or "",
        reviewed_on=row.reviewed_on or "",
        findings={name: getattr(row, name) for name in FINDINGS if getattr(row, name)},
        verdict=row.verdict or "",
        next_review_on=row.next_review_on or "",
        by=row.created_by,
    )
