"""Deadlines in working days ("ngày làm việc"): day one is the next working day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a span, and every day that was passed over with the reason."""

    due: date
    skipped: tuple[tuple[date, str], ...]


def after(start: date, working_days: int, why_off: Callable[[date], str]) -> Deadline:
    """The day that is `working_days` working days after `start`; 0 is `start` itself.

    `why_off` says why a day is none, "" for a working day. BLDS 2015 Đ.147: the day on which a
    span begins is not counted.
    """
    day, left, skipped = start, working_days, []
    while left > 0:
        day += timedelta(days=1)
        why = why_off(day)
        if why:
            skipped.append((day, why))
        else:
            left -= 1
    return Deadline(day, tuple(skipped))


def passed(start: date, end: date, why_off: Callable[[date], str]) -> int:
    """How many working days lie after `start` up to and with `end`."""
    days = range(1, max((end - start).days, 0) + 1)
    return sum(not why_off(start + timedelta(days=one)) for one in days)
