"""Working days of an office: why a day is none, and when a span of them ends."""

from __future__ import annotations

from datetime import date

from app.rules import deadlines
from app.rules.deadlines import Deadline
from app.wording import translate
from data import working_days as calendar


def due(start: date, working_days: int) -> Deadline:
    """The deadline so many working days after a day, and every day that was passed over."""
    return deadlines.after(start, working_days, why_off)


def passed(start: date, end: date) -> int:
    """How many working days lie after a day up to and with another."""
    return deadlines.passed(start, end, why_off)


def why_off(day: date) -> str:
    """Why an office does not work on a day, in the user's language; "" when it works.

    A decision about this very day comes before the holidays, these before the week.
    """
    decided = calendar.decided(day)
    if decided is not None:
        swapped = f"{decided.instead_of:%d/%m/%Y}"
        return "" if decided.works else translate("nghỉ hoán đổi với ngày {day}", day=swapped)
    name = calendar.holiday(day)
    if name:
        return name
    if day.weekday() < calendar.SATURDAY or calendar.worked_weekend(day):
        return ""
    if day.weekday() == calendar.SATURDAY:
        return translate("thứ Bảy")
    return translate("Chủ nhật")
