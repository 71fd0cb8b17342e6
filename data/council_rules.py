"""How the council is made up and decides: dated data with its source, never a constant."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

ROLE = "role:"
REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule from a day on: `value` is what it says, `source` who says so."""

    what: str
    valid_from: str
    value: str
    source: str


def on(what: str, day: str) -> Line:
    """The rule that holds on an ISO day. What was before the oldest line goes by that: minutes of
    earlier years are entered too."""
    known = sorted((one for one in _all() if one.what == what), key=lambda one: one.valid_from)
    if not known:
        raise LookupError(what)
    holding = [one for one in known if one.valid_from <= day]
    return holding[-1] if holding else known[0]


def roles(day: str) -> dict[str, bool]:
    """The roles the law names on a day, and whether the council needs each of them."""
    names = dict.fromkeys(one.what for one in _all() if one.what.startswith(ROLE))
    return {name.removeprefix(ROLE): on(name, day).value == REQUIRED for name in names}


def quorum(day: str) -> tuple[int, int]:
    """The share of members that must be there, as two whole numbers."""
    share = on("quorum", day).value.split("/")
    return int(share[0]), int(share[1])


@cache
def _all() -> tuple[Line, ...]:
    text = resources.files("data").joinpath("catalogues/council.csv").read_text("utf-8")
    return tuple(Line(**one) for one in csv.DictReader(text.splitlines(), delimiter="|"))
