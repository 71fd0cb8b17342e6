"""Reads a sheet of one kind of records (services, supports, targets): heads, rows, persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from app.errors import Problem, Refused
from app.imports import reading
from app.imports.decoding import Decoder, TextRow
from data import fields
from data.text import fold

HEAD_ROWS_MAX = 30
SAMPLE_ROWS = 200
HEADS_MIN = 2
PERSON = {
    "person_id": ("ma ho so", "ma nguoi", "id"),
    "id_number": (
        "so dinh danh",
        "so cccd",
        "cccd",
        "cmnd",
        "so cmnd",
        "so giay to",
        "so cccd cmnd",
        "so cccd dinh danh",
    ),
    "name": (
        "ho va ten",
        "ho ten",
        "ten",
        "ho va ten nguoi nhan",
        "ho ten nguoi nhan",
        "doi tuong",
    ),
    "birth": ("ngay sinh", "nam sinh", "ngay thang nam sinh", "sinh nam"),
    "commune": ("xa", "xa phuong", "phuong", "dia chi xa"),
}
"""How lists head the columns that say whose line it is."""
OF_NOBODY = ("provider", "target")
"""Records that are about no person."""
OWN = {
    "target": {
        "unit_key": ("ma don vi",),
        "unit": ("don vi", "ten don vi", "don vi duoc giao", "xa", "xa phuong"),
        "figure_code": ("ma chi tieu",),
        "figure": ("chi tieu", "chi tieu ve", "ten chi tieu"),
        "period": ("ky", "ma ky", "ky bao cao"),
        "number": ("so giao", "so luong", "so duoc giao"),
    }
}
"""Further heads of a record's columns; those that are no field of it are its reader's affair."""
WHOLE = ("int", "money")
"""Types of fields that are whole numbers."""

Columns = dict[int, tuple[str, str]]
"""By column the field that it fills and its head as written."""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row: where it stands, its values by field of the record, and who it is about.

    `formulas` are the heads of cells whose formula has no result in the file; `broken` the fields
    whose cell holds a number that is not whole: 1.5 there is no 1.500 that somebody wrote.
    """

    sheet: str
    row: int
    values: Mapping[str, str]
    who: Mapping[str, str]
    formulas: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()

    def demand_results(self) -> None:
        """Raises Refused (`formula_without_value`) for cells that cannot be known."""
        wrong = [
            Problem.of("formula_without_value", name.removeprefix("."), label=head)
            for name, head in self.formulas.items()
        ]
        if wrong:
            raise Refused(wrong)

    def demand_whole(self, record: str) -> None:
        """Raises Refused (`whole_number_needed`) where a count or an amount is not whole."""
        named = [fields.get(record, name) for name in self.values if fields.has(record, name)]
        wrong = [
            Problem.of("whole_number_needed", one.name, self.values[one.name], label=one.vi)
            for one in named
            if one.name in self.broken and one.type in WHOLE
        ]
        if wrong:
            raise Refused(wrong)


def rows(record: str, path: Path) -> Iterator[RecordRow]:
    """The rows of every sheet that has the record's heads.

    Raises Refused: what a file that is no list refuses, and sheet_without_heads.
    """
    heads = _heads(record)
    found = False
    for sheet in reading.open_list(path).sheets():
        first = list(islice(sheet.rows, SAMPLE_ROWS))
        decoder = Decoder(first)
        columns: Columns = {}
        for number, row in enumerate(chain(first, sheet.rows)):
            told = decoder.row(row)
            if columns:
                yield from _row(sheet.name, told, columns)
            elif number < HEAD_ROWS_MAX:
                columns = _columns(told, heads)
                found = found or bool(columns)
    if not found:
        wanted = ", ".join(one.vi for one in fields.of(record)[:3])
        raise Refused.one("sheet_without_heads", "file", path.name, heads=wanted)


def _heads(record: str) -> dict[str, str]:
    """Folded head of a column to the field it fills; a person's column is marked by a dot."""
    known: dict[str, str] = {}
    for name, spellings in OWN.get(record, {}).items():
        known |= dict.fromkeys(spellings, name)
    if record not in OF_NOBODY:
        for name, spellings in PERSON.items():
            known |= dict.fromkeys(spellings, f".{name}")
    for one in fields.of(record):
        for spelling in (*one.aliases, fold(one.vi), fold(one.en)):
            known.setdefault(spelling, one.name)
    return known


def _columns(row: TextRow, heads: Mapping[str, str]) -> Columns:
    """Which column fills which field, when the row is one of heads."""
    chosen: Columns = {}
    for at, words in enumerate(row.texts):
        name = heads.get(fold(words))
        if name and name not in [known for known, _head in chosen.values()]:
            chosen[at] = name, words.strip()
    return chosen if len(chosen) >= HEADS_MIN else {}


def _row(sheet: str, row: TextRow, columns: Columns) -> Iterator[RecordRow]:
    told = {
        name: row.texts[at].strip()
        for at, (name, _head) in columns.items()
        if at < len(row.texts) and row.texts[at].strip()
    }
    formulas = {name: head for at, (name, head) in columns.items() if row.kind(at) == "formula"}
    broken = frozenset(name for at, (name, _head) in columns.items() if _is_broken(row, at))
    values = {name: value for name, value in told.items() if not name.startswith(".")}
    who = {name[1:]: value for name, value in told.items() if name.startswith(".")}
    if (values or formulas) and not _is_total(row):
        yield RecordRow(sheet, row.number, values, who, formulas, broken)


def _is_broken(row: TextRow, at: int) -> bool:
    if row.kind(at) != "number":
        return False
    number = row.cells[at].value
    return isinstance(number, float) and not number.is_integer()


def _is_total(row: TextRow) -> bool:
    """A line that sums up, or where people sign."""
    words = [fold(one) for one in row.texts if one.strip()]
    return any(one in ("tong", "tong cong", "cong", "nguoi lap", "nguoi lap bieu") for one in words)
