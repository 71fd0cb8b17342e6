"""The half-years that reports on determining disability cover: dated data with its source."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

NAMED = re.compile(r"(\d{4})-([12])")
BEFORE, AFTER = "-", "+"


@dataclass(frozen=True, slots=True)
class Period:
    """A half-year with whole ISO days: what it covers, and by when who sends the report."""

    name: str
    begins: str
    ends: str
    due_commune: str
    due_district: str
    due_province: str
    source: str


def half_year(name: str) -> Period:
    """`2026-1` is 15 December 2025 to 14 June 2026. LookupError when the name is none."""
    meant = NAMED.fullmatch(name.strip())
    if meant is None:
        raise LookupError(name)
    year = int(meant[1])
    lines = [one for one in _all() if one["name"] == f"half_{meant[2]}"]
    known = [one for one in lines if one["valid_from"] <= f"{year}-12-31"]
    if not known:
        raise LookupError(name)
    told = max(known, key=lambda one: one["valid_from"])
    days = {key: _day(told[key], year) for key in _DAYS}
    return Period(name=name.strip(), source=told["source"], **days)


def at(day: str) -> str:
    """The name of the half-year that an ISO day lies in."""
    year = int(day[:4])
    for name in (f"{year}-1", f"{year}-2", f"{year + 1}-1"):
        one = half_year(name)
        if one.begins <= day <= one.ends:
            return name
    raise LookupError(day)


_DAYS = ("begins", "ends", "due_commune", "due_district", "due_province")


def _day(written: str, year: int) -> str:
    """`06-14` in the year, `-12-15` in the one before, `+01-15` in the one after."""
    if written.startswith(BEFORE):
        return f"{year - 1}-{written[1:]}"
    if written.startswith(AFTER):
        return f"{year + 1}-{written[1:]}"
    return f"{year}-{written}"


@cache
def _all() -> tuple[dict[str, str], ...]:
    text = resources.files("data").joinpath("catalogues/report_periods.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="|"))
