"""Frozen values about assessments, plans, activities and reviews that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """One finding as typed: dictionary names of `case_assessment`; `id` corrects an older one."""

    case_id: str
    fields: Mapping[str, object]
    id: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """What was found in one domain (Mẫu 02); `priority` 1 is the most pressing."""

    id: str
    domain: str
    situation: str
    need: str
    priority: int | None
    assessed_on: str
    by: str


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """One activity as typed: dictionary names of `plan_activity`; `id` changes one.

    It goes into the edition that is being written; a case that has none takes it as a measure of
    the emergency path, which is urgent.
    """

    case_id: str
    fields: Mapping[str, object]
    id: str = ""


@dataclass(frozen=True, slots=True)
class ActivityCard:
    """One activity of a plan; `plan_id` is empty for a measure taken before any plan."""

    id: str
    plan_id: str
    activity: str
    urgent: bool
    start_on: str
    due_on: str
    responsible: str
    provider: str
    resource: str
    cost: int | None
    status: str
    done_on: str
    result: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One edition of the plan (Mẫu 04) with its activities, urgent first, then by day due."""

    id: str
    edition: int
    status: str
    goals: str
    risks: str
    review_on: str
    change_reason: str
    approved_on: str
    approved_by: str
    by: str
    activities: tuple[ActivityCard, ...]


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A review as typed: dictionary names of `case_review`."""

    case_id: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One review: its six findings by field name, what follows, and when the next one is due."""

    id: str
    plan_id: str
    reviewed_on: str
    findings: Mapping[str, str]
    verdict: str
    next_review_on: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The editions of a case, the latest first, and measures that no edition took in yet."""

    case_id: str
    person_id: str
    person_name: str
    status: str
    plans: tuple[PlanCard, ...]
    measures: tuple[ActivityCard, ...]
    left: tuple[str, ...] = ()
    """Ids of urgent activities that were not done before the case was reopened."""

    @property
    def draft(self) -> PlanCard | None:
        """The edition that is being written."""
        return next((one for one in self.plans if one.status == "draft"), None)

    @property
    def approved(self) -> PlanCard | None:
        """The edition that is in force."""
        return next((one for one in self.plans if one.status == "approved"), None)
