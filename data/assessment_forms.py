"""Signs, activities and bands of the forms that decide type and degree: dated data with sources."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form: a sign of a type or degree, an activity, or the least total of a band.

    `part` is type, degree, activity or band; `gives` the type or degree it speaks for; `exempt`
    marks a sign whose certificate need not be made anew at six (TT 01/2019/TT-BLĐTBXH Đ.9).
    """

    valid_from: str
    form: str
    part: str
    number: str
    gives: str
    exempt: bool
    vi: str
    source: str


def on(day: str) -> tuple[Line, ...]:
    """The lines of all forms as they hold on an ISO day, in their order; none before the first."""
    newest = edition(day)
    return tuple(one for one in _all() if one.valid_from == newest)


def edition(day: str) -> str:
    """The edition that holds on an ISO day, named by its first day; "" before the first one."""
    return max((one.valid_from for one in _all() if one.valid_from <= day), default="")


@cache
def _all() -> tuple[Line, ...]:
    text = resources.files("data").joinpath("catalogues/assessment_forms.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(Line(**(one | {"exempt": one["exempt"] == "x"})) for one in lines)  # type: ignore[arg-type]
