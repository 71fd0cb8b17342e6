"""A sheet of accidents: one row is one victim; rows with the same "Vụ số" are one accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path

from app.errors import Refused
from app.imports import reading
from app.imports.decoding import Decoder, TextRow
from app.imports.labels import label
from data import fields
from data.text import fold

REF, PERSON, ID_NUMBER = "ref", "person", "id_number"
OWN = {REF: "Vụ số", PERSON: "Mã hồ sơ", ID_NUMBER: "Số định danh/CCCD"}
"""Columns beside those of the dictionary: which accident, and who of the book the victim is."""
HEAD_ROWS_MAX = 15
HEADINGS_MIN = 3
SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class AccidentRow:
    """One row as it stands in the file: fields of `accident` and `victim` by name, as text."""

    sheet: str
    number: int
    ref: str
    person: str
    id_number: str
    accident: Mapping[str, object]
    victim: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Read:
    """The rows of a file, and headings that mean no field we know."""

    rows: tuple[AccidentRow, ...]
    unknown: tuple[str, ...]


def read(path: Path) -> Read:
    """Every row of every sheet that has headings of accidents.

    Raises Refused: accidents_without_header, and what `reading.open_list` raises.
    """
    rows: list[AccidentRow] = []
    unknown: dict[str, None] = {}
    found = False
    for sheet in reading.open_list(path).sheets():
        every = iter(sheet.rows)
        sample = list(islice(every, SAMPLE_ROWS))
        decoder = Decoder(sample)
        texts = (decoder.row(row) for row in chain(sample, every))
        head = _head(texts)
        if head is None:
            continue
        found = True
        columns = {at: _field(text) for at, text in enumerate(head.texts) if text}
        unknown |= {head.texts[at]: None for at, name in columns.items() if not name}
        rows += [_row(sheet.name, row, columns) for row in texts if any(row.texts)]
    if not found:
        raise Refused.one("accidents_without_header", "file", path.name)
    return Read(tuple(rows), tuple(unknown))


def headings() -> tuple[str, ...]:
    """The columns of the blank sheet, in the order of the forms."""
    return (*OWN.values(), *(one.vi for name in ("accident", "victim") for one in fields.of(name)))


def _head(rows: Iterator[TextRow]) -> TextRow | None:
    for row in islice(rows, HEAD_ROWS_MAX):
        known = [name for text in row.texts if text and (name := _field(text))]
        if len(set(known)) >= HEADINGS_MIN:
            return row
    return None


def _row(sheet: str, row: TextRow, columns: Mapping[int, str]) -> AccidentRow:
    told: dict[str, str] = {}
    for at, name in columns.items():
        text = row.texts[at].strip() if at < len(row.texts) else ""
        if name and text:
            told.setdefault(name, text)
    own = {name: told.pop(name, "") for name in OWN}
    return AccidentRow(
        sheet=sheet,
        number=row.number,
        accident={name: text for name, text in told.items() if fields.has("accident", name)},
        victim={name: text for name, text in told.items() if fields.has("victim", name)},
        **own,
    )


def _field(heading: str) -> str:
    known, short = _known()
    return known.get(fold(heading)) or short.get(label(heading), "")


@cache
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """Headings in full (labels, names of fields, names of mine action), and without brackets
    where that is no other's."""
    full: dict[str, str] = {fold(words): name for name, words in OWN.items()} | {"cccd": ID_NUMBER}
    short: dict[str, str | None] = {label(words): name for name, words in OWN.items()}
    for record in ("accident", "victim"):
        for one in fields.of(record):
            for words in (one.vi, one.en, one.name, *one.source.replace("IMSMA", "").split(",")):
                full.setdefault(fold(words), one.name)
            bare = label(one.vi)
            short[bare] = one.name if short.get(bare, one.name) == one.name else None
    return full, {words: name for words, name in short.items() if name}
