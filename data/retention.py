"""How long the book keeps what has lost its purpose: dated data with a source, never a constant."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Retention:
    """So many years from the day on which the purpose ended; `source` says who asks for it."""

    what: str
    valid_from: str
    years: int
    source: str

    def ends(self, since: str) -> str:
        """The ISO day from which nothing is to be kept any more; 29 February ends on the 28th."""
        year, rest = int(since[:4]) + self.years, since[4:10]
        return f"{year}{'-02-28' if rest == '-02-29' and year % 4 else rest}"


def on(what: str, day: str) -> Retention:
    """What holds on an ISO day. LookupError when nothing was said for it."""
    known = [one for one in _all() if one.what == what and one.valid_from <= day]
    if not known:
        raise LookupError(what)
    return max(known, key=lambda one: one.valid_from)


@cache
def _all() -> tuple[Retention, ...]:
    text = resources.files("data").joinpath("catalogues/retention.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(
        Retention(one["what"], one["valid_from"], int(one["years"]), one["source"]) for one in lines
    )
