"""The questions of screening instruments, word for word and by edition: nobody edits them here."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the instrument's own English and in Vietnamese, which is not official."""

    valid_from: str
    instrument: str
    number: str
    domain: str
    answers: str
    asked_if: str
    counts: str
    en: str
    vi: str
    source: str


def edition(instrument: str, day: str) -> str:
    """The edition of an instrument on an ISO day, named by its first day; "" when there is none."""
    held = {one.valid_from for one in _all() if one.instrument == instrument}
    return max((one for one in held if one <= day), default="")


def of(instrument: str, named: str) -> tuple[Line, ...]:
    """The questions of an edition in their order."""
    return tuple(one for one in _all() if (one.instrument, one.valid_from) == (instrument, named))


@cache
def _all() -> tuple[Line, ...]:
    text = resources.files("data").joinpath("catalogues/screening.csv").read_text("utf-8")
    lines = csv.DictReader(text.splitlines(), delimiter="|")
    return tuple(Line(**one) for one in lines)
