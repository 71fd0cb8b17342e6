"""The days of a usual period: from the 15th to the 14th, or whole months of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

LATE_SHOWN_DAYS = 31


def days_of(year: int, month: int, months: int, first_day: int, last_day: int) -> tuple[date, date]:
    """First and last day of a period of so many months that ends in a month of a year.

    A period that begins on a day after the first begins in the month before its own months:
    December 15 to June 14 is the first half of a year.
    """
    last = date(year, month, min(last_day, monthrange(year, month)[1]))
    back = months if first_day > 1 else months - 1
    place = year * 12 + (month - 1) - back
    return date(place // 12, place % 12 + 1, first_day), last


def due(last: date, days: int) -> date:
    """The day the report of a period is to be there."""
    return last + timedelta(days=days)


def looked_at(last: str, today: str) -> bool:
    """Whether a period that has begun is still looked at: until some weeks after its last day
    (ISO, "" without one), so that who is late is seen when he is late."""
    if not last:
        return True
    return (date.fromisoformat(last) + timedelta(days=LATE_SHOWN_DAYS)).isoformat() >= today


def standing(done: int, number: int | None, entered: int, over: bool) -> str:
    """How a unit stands: `unset` (nobody set a target), `reached`, `empty` (nothing was entered at
    all), `late` (the report's day is over) or `going`."""
    if number is None:
        return "unset"
    if done >= number:
        return "reached"
    if not entered:
        return "empty"
    return "late" if over else "going"


def percent(done: int, number: int | None) -> float | None:
    """Done of what was set, in percent with one digit; None where nothing or zero was set."""
    return round(done * 100 / number, 1) if number else None
