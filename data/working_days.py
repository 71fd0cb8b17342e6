"""Days off that offices in Vietnam have: public holidays, and what is decided from year to year.

The library knows the holidays of the Labour Code (Điều 112), the lunar ones among them, their days
in lieu and the swapped days of past years; `working_days.csv` adds decisions that it does not know.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """A day that was swapped with another one: it is worked on, or it is off."""

    works: bool
    instead_of: date
    source: str


def holiday(day: date) -> str:
    """The name of the holiday in Vietnamese; empty on every other day."""
    return _of_year(day.year).get(day) or ""


def decided(day: date) -> Decided | None:
    """What was decided for this very day, when something was."""
    return _decided().get(day)


def worked_weekend(day: date) -> bool:
    """Whether offices work on this Saturday or Sunday in the place of another day."""
    return day in _of_year(day.year).weekend_workdays


@cache
def _of_year(year: int) -> Any:
    import holidays  # reads for long, and most days nobody asks for a deadline

    return holidays.country_holidays("VN", years=year, language="vi")


@cache
def _decided() -> dict[date, Decided]:
    text = resources.files("data").joinpath("catalogues/working_days.csv").read_text("utf-8")
    return {
        date.fromisoformat(one["day"]): Decided(
            one["works"] == "x", date.fromisoformat(one["instead_of"]), one["source"]
        )
        for one in csv.DictReader(text.splitlines(), delimiter="|")
    }
