"""What speaks against ending a case for a reason, by what the record says: told, not forbidden.

TT 02/2020/TT-BLĐTBXH Đ.8 k.3a gives twelve reasons and leaves to people whether one holds. Where
the record says otherwise, who closes is told and goes on knowingly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rules import dates

OF_AGE_YEARS = 18
LEARNER_YEARS = 22
NO_CONTACT_MONTHS = 1
NEEDS_NO_YES = frozenset({"no_meeting"})
"""What is told and kept, but asks for no word of its own: the minutes say it themselves."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a case on the day it is to end; days are partial ISO dates."""

    closed_on: date
    opened_on: str = ""
    birth: str = ""
    learning: bool = False
    life_state: str = "living"
    last_contact_on: str = ""
    met_on: str = ""
    open_urgent: int = 0
    open_activities: int = 0
    open_referrals: int = 0
    open_supports: int = 0
    unsent: int = 0
    planned: bool = True
    """Whether the head approved a plan, here or on the paper the case was taken over from."""
    open_needs: int = 0
    overdue_tasks: int = 0
    alone: bool = False
    """Whether who works on the case ends it, for the office has nobody else who may."""


def doubts(reason: str, known: Known) -> tuple[str, ...]:
    """Codes (list `close_doubt`) of what speaks against the ending, the gravest first."""
    found = []
    if known.open_urgent:
        found.append("urgent_open")
    if known.life_state != "dead":
        still = (
            ("activity_open", known.open_activities),
            ("referral_open", known.open_referrals),
            ("support_open", known.open_supports),
            ("need_open", known.open_needs),
            ("task_overdue", known.overdue_tasks),
        )
        found += [code for code, count in still if count]
    found += _of_reason(reason, known)
    if known.alone:
        found.append("own_work")
    if not known.met_on:
        found.append("no_meeting")
    if known.unsent:
        found.append("unsent")
    return tuple(found)


def proposed(known: Known) -> tuple[str, ...]:
    """Reasons that the record itself suggests; a person decides."""
    found = []
    if known.life_state in ("dead", "missing"):
        found.append("dead_or_missing")
    if known.life_state == "left":
        found.append("moved_away")
    if not _of_age(known) and _was_a_child(known):
        found.append("of_age")
    if known.last_contact_on and not _recent(known):
        found.append("no_contact")
    return tuple(found)


def _of_reason(reason: str, known: Known) -> list[str]:
    if reason == "goal_reached":
        return [] if known.planned else ["no_plan"]
    if reason == "of_age":
        return _of_age(known)
    if reason == "no_contact":
        return ["recent_contact"] if known.last_contact_on and _recent(known) else []
    if reason == "dead_or_missing":
        return ["says_living"] if known.life_state not in ("dead", "missing") else []
    if reason == "moved_away":
        return ["says_here"] if known.life_state != "left" else []
    return []


def _of_age(known: Known) -> list[str]:
    """Reason 4: 18 years; who learns until the first diploma, at most 22."""
    grown = dates.reached(known.birth, OF_AGE_YEARS, known.closed_on) if known.birth else None
    if grown is None:
        return ["age_unknown"]
    if not grown:
        return ["too_young"]
    if known.learning and not dates.reached(known.birth, LEARNER_YEARS, known.closed_on):
        return ["still_learning"]
    return []


def _was_a_child(known: Known) -> bool:
    """Whether somebody was below 18 when the case was opened: an adult's never ends for age."""
    opened = dates.bounds(known.opened_on)[0] if known.opened_on else known.closed_on
    return dates.reached(known.birth, OF_AGE_YEARS, opened) is False


def _recent(known: Known) -> bool:
    """Whether there was contact within a month before the day (Đ.8 k.3a, reason 6)."""
    return dates.bounds(known.last_contact_on)[1] > months_before(
        known.closed_on, NO_CONTACT_MONTHS
    )


def months_before(day: date, months: int) -> date:
    """The same day so many months ago; the last day of a month that is too short for it."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))
