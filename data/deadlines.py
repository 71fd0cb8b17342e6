"""After how many months something comes due: dated data with a source, never a constant."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple


class Deadline(NamedTuple):
    """So many months after what began it; `source` says who asks for it."""

    what: str
    valid_from: str
    months: int
    source: str


def months(what: str, day: str) -> int:
    """The months that hold on an ISO day. LookupError when nothing was said for it."""
    known = [one for one in _all() if one.what == what and one.valid_from <= day]
    if not known:
        raise LookupError(what)
    return max(known, key=lambda one: one.valid_from).months


@cache
def _all() -> tuple[Deadline, ...]:
    text = resources.files("data").joinpath("catalogues/deadlines.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(
        Deadline(one["what"], one["valid_from"], int(one["months"]), one["source"]) for one in lines
    )
