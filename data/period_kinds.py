"""The usual periods of reporting: dated data with a source, never days in code."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple


class PeriodKind(NamedTuple):
    """One line of `catalogues/periods.csv`: a period of so many months that ends in certain ones.

    It begins on `first_day` of the month before (the 15th) or, with the first, of its own first
    month; `due_days` after its end the report is to be there.
    """

    kind: str
    vi: str
    code: str
    months: int
    ends_in: tuple[int, ...]
    first_day: int
    last_day: int
    due_days: int
    valid_from: str
    valid_to: str
    source: str


@cache
def all_kinds() -> tuple[PeriodKind, ...]:
    """Every line of the table."""
    text = resources.files("data").joinpath("catalogues/periods.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(
        PeriodKind(
            kind=one["kind"],
            vi=one["vi"],
            code=one["code"],
            months=int(one["months"]),
            ends_in=tuple(int(month) for month in one["ends_in"].split()),
            first_day=int(one["first_day"]),
            last_day=int(one["last_day"]),
            due_days=int(one["due_days"]),
            valid_from=one["valid_from"],
            valid_to=one["valid_to"] or "9999",
            source=one["source"],
        )
        for one in lines
    )


def kinds_on(day: str) -> tuple[PeriodKind, ...]:
    """The kinds that hold for a period ending on an ISO day."""
    return tuple(one for one in all_kinds() if one.valid_from <= day <= one.valid_to)
