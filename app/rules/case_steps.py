"""The five steps of a case (TT 02/2020/TT-BLĐTBXH Đ.3): what is done, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from app.rules import care_case as moves

ASSESS, PLAN, CARRY_OUT, REVIEW, CLOSE = "assess", "plan", "carry_out", "review", "close"

REACHED = {
    moves.OPEN: 0,
    moves.ASSESSING: 0,
    moves.PLANNING: 1,
    moves.WAITING: 1,
    moves.APPROVED: 2,
    moves.REVIEWING: 3,
    moves.CLOSING: 4,
    moves.CLOSED: 5,
    moves.REFUSED: 0,
    moves.CANCELLED: 0,
}
"""How many steps lie behind a case in each status."""


@dataclass(frozen=True, slots=True)
class Stands:
    """What there is of a case; days are ISO dates or empty."""

    status: str
    paper: bool = False
    emergency: bool = False
    reporter: bool = False
    domains: int = 0
    criteria: int = 0
    goals: bool = False
    activities: int = 0
    unplanned: int = 0
    """Activities that lack who is responsible or by when."""
    measures: int = 0
    review_on: str = ""
    overdue: int = 0
    contacts: int = 0
    reviews: int = 0
    meeting: bool = False
    attendees: bool = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `state` is done, now or ahead; `missing` are codes of what it still lacks."""

    name: str
    source: str
    state: str
    missing: tuple[str, ...]


def steps(stands: Stands) -> tuple[Step, ...]:
    """The five steps in order. A case from paper is never told to lack what the paper has; one that
    was turned away or cancelled took none of them and lacks nothing."""
    taken_on = stands.status not in (moves.REFUSED, moves.CANCELLED)
    reached = REACHED[stands.status]
    found = (
        (ASSESS, "Đ.4, Đ.5", _of_assessment(stands)),
        (PLAN, "Đ.6, Đ.7 k.1", _of_plan(stands)),
        (CARRY_OUT, "Đ.7", _of_work(stands)),
        (REVIEW, "Đ.7 k.2, k.3", _of_review(stands)),
        (CLOSE, "Đ.8", _of_ending(stands)),
    )
    made = []
    for place, (name, source, missing) in enumerate(found):
        state = "done" if place < reached else "now" if place == reached else "ahead"
        asked = taken_on and place <= reached and not (stands.paper and place < reached)
        state = state if taken_on else "ahead"
        made.append(Step(name, source, state, missing if asked else ()))
    return tuple(made)


def lacks_plan(stands: Stands) -> tuple[str, ...]:
    """What keeps a plan from being laid before the head (Đ.6 k.2): goals and activities."""
    if stands.paper and not stands.activities and not stands.goals:
        return ()  # it lies on paper
    missing = () if stands.goals else ("goals",)
    return missing if stands.activities else (*missing, "activities")


def _of_assessment(stands: Stands) -> tuple[str, ...]:
    missing = [] if stands.reporter else ["reporter"]
    if stands.emergency and not stands.measures:
        missing.append("measures")
    if not stands.domains:
        missing.append("domains")
    if not stands.criteria:
        missing.append("criteria")
    return tuple(missing)


def _of_plan(stands: Stands) -> tuple[str, ...]:
    missing = list(lacks_plan(stands))
    if stands.unplanned:
        missing.append("unplanned")
    if not stands.review_on and not stands.paper:
        missing.append("review_day")
    return tuple(missing)


def _of_work(stands: Stands) -> tuple[str, ...]:
    missing = [] if stands.contacts else ["contacts"]
    return (*missing, "overdue") if stands.overdue else tuple(missing)


def _of_review(stands: Stands) -> tuple[str, ...]:
    if stands.status == moves.REVIEWING:
        return ("new_edition",)
    late = bool(stands.review_on) and stands.review_on < stands.day
    return ("review_late",) if late else ()


def _of_ending(stands: Stands) -> tuple[str, ...]:
    missing = [] if stands.meeting else ["meeting"]
    return tuple(missing) if stands.attendees else (*missing, "attendees")
