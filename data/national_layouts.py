"""Which columns the national system's sheets have and how codes stand in them: dated data.

Nobody compared them with the system itself (`chưa kiểm chứng`); a new edition is lines of
`national_editions.csv` and `national_columns.csv`, no code.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from data import codes, fields

ORDINAL, MOVEMENT, GONE, DAY = "#ordinal", "#movement", "#gone", "#day"
PLACES = ("#province", "#district", "#commune", "#commune_code")
ABOUT_THE_ROW = frozenset((ORDINAL, MOVEMENT, GONE, DAY))
"""Columns that say something of the line, not of the person."""
WORDS = "="
"""Before the name of a code list: its words stand there, not its official codes."""


class Column(NamedTuple):
    """One column: its heading, the person's field (or `#…`), whether the system demands it, and
    the code list by which it is written ("" for plain text)."""

    heading: str
    field: str
    needed: bool
    codes: str
    source: str

    @property
    def personal(self) -> bool:
        """Whether it says something of the person."""
        return self.field not in ABOUT_THE_ROW

    def official(self, code: str) -> str | None:
        """A code as the system writes it; None where the system has none for it."""
        if not codes.has(self.codes.lstrip(WORDS), code):
            return None
        if self.codes.startswith(WORDS):
            return codes.label(self.codes[1:], code)
        return self._numbers().get(code)

    def code(self, written: str) -> str | None:
        """What a code of the system means here; None when it is none."""
        return {number: code for code, number in self._numbers().items()}.get(written)

    def _numbers(self) -> Mapping[str, str]:
        items = () if self.codes.startswith(WORDS) else codes.get(self.codes).items
        return {each.code: each.official for each in items if each.official}


class Edition(NamedTuple):
    """One layout: since when it holds, by which system of units, and its columns."""

    name: str
    valid_from: str
    units: str
    vi: str
    en: str
    source: str
    columns: tuple[Column, ...]

    def label(self, lang: str = "vi") -> str:
        """What it is called in `vi` or `en`."""
        return self.en if lang == "en" else self.vi


@cache
def all_of() -> Mapping[str, Edition]:
    """Every edition by its name, the oldest first. ValueError for a column that may never go out
    of the office."""
    columns: dict[str, list[Column]] = {}
    for line in _lines("national_columns"):
        if line["field"] in fields.restricted("person"):
            raise ValueError(f"restricted field in a national layout: {line['field']}")
        made = Column(line["heading"], line["field"], bool(line["needed"]), line["codes"],
                      line["source"])  # fmt: skip
        columns.setdefault(line["edition"], []).append(made)
    found = [
        Edition(name, line["valid_from"], line["units"], line["vi"], line["en"], line["source"],
                tuple(columns[name]))
        for line in _lines("national_editions")
        for name in (line["edition"],)
    ]  # fmt: skip
    return {each.name: each for each in sorted(found, key=lambda each: each.valid_from)}


def on(day: str) -> Edition:
    """The edition that holds on an ISO day; the first one before all."""
    every = list(all_of().values())
    return next((each for each in reversed(every) if each.valid_from <= day), every[0])


def _lines(name: str) -> Iterator[dict[str, str]]:
    content = resources.files("data").joinpath(f"catalogues/{name}.csv").read_text("utf-8")
    return iter(csv.DictReader(content.splitlines(), delimiter="|"))
