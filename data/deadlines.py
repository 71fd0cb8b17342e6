"""After how many months or working days something comes due: dated data, never a constant."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

MONTHS, WORKING_DAYS = "months", "working_days"


class Deadline(NamedTuple):
    """So many months or working days after what began it; `source` says who asks for it."""

    what: str
    valid_from: str
    amount: int
    unit: str
    source: str


def months(what: str, day: str) -> int:
    """The months that hold on an ISO day. LookupError when nothing was said for it."""
    return _on(what, day, MONTHS).amount


def working_days(what: str, day: str) -> Deadline:
    """The working days that hold on an ISO day. LookupError when nothing was said for it.

    What began before the oldest line goes by that: an old file of paper has a clock too.
    """
    return _on(what, day, WORKING_DAYS)


def _on(what: str, day: str, unit: str) -> Deadline:
    known = sorted(
        (one for one in _all() if one.what == what and one.unit == unit),
        key=lambda one: one.valid_from,
    )
    holding = [one for one in known if one.valid_from <= day]
    if not holding and not (known and unit == WORKING_DAYS):
        raise LookupError(what)
    return holding[-1] if holding else known[0]


@cache
def _all() -> tuple[Deadline, ...]:
    text = resources.files("data").joinpath("catalogues/deadlines.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(
        Deadline(one["what"], one["valid_from"], int(one["amount"]), one["unit"], one["source"])
        for one in lines
    )
