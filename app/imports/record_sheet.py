"""Reads a sheet of one kind of records (services, supports, targets): heads, rows, persons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from app.errors import Refused
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


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row: where it stands, its values by field of the record, and who it is about."""

    sheet: str
    row: int
    values: Mapping[str, str]
    who: Mapping[str, str]


def rows(record: str, path: Path) -> Iterator[RecordRow]:
    """The rows of every sheet that has the record's heads.

    Raises Refused: what a file that is no list refuses, and sheet_without_heads.
    """
    heads = _heads(record)
    found = False
    for sheet in reading.open_list(path).sheets():
        first = list(islice(sheet.rows, SAMPLE_ROWS))
        decoder = Decoder(first)
        columns: dict[int, str] = {}
        for number, row in enumerate(chain(first, sheet.rows)):
            told = decoder.row(row)
            if columns:
                yield from _row(sheet.name, told, columns)
            elif number < HEAD_ROWS_MAX:
                columns = _columns(told, heads)
                found = found or bool(columns)
    if not found:
        wanted = ", ".join(field.vi for field in fields.of(record)[:3])
        raise Refused.one("sheet_without_heads", "file", path.name, heads=wanted)


def _heads(record: str) -> dict[str, str]:
    """Folded head of a column to the field it fills; a person's column is marked by a dot."""
    known: dict[str, str] = {}
    for name, spellings in OWN.get(record, {}).items():
        known |= dict.fromkeys(spellings, name)
    if record not in OF_NOBODY:
        for name, spellings in PERSON.items():
            known |= dict.fromkeys(spellings, f".{name}")
    for field in fields.of(record):
        for spelling in (*field.aliases, fold(field.vi), fold(field.en)):
            known.setdefault(spelling, field.name)
    return known


def _columns(row: TextRow, heads: Mapping[str, str]) -> dict[int, str]:
    """Which column fills which field, when the row is one of heads."""
    chosen: dict[int, str] = {}
    for at, words in enumerate(row.texts):
        name = heads.get(fold(words))
        if name and name not in chosen.values():
            chosen[at] = name
    return chosen if len(chosen) >= HEADS_MIN else {}


def _row(sheet: str, row: TextRow, columns: Mapping[int, str]) -> Iterator[RecordRow]:
    told = {
        name: row.texts[at].strip()
        for at, name in columns.items()
        if at < len(row.texts) and row.texts[at].strip()
    }
    values = {name: value for name, value in told.items() if not name.startswith(".")}
    who = {name[1:]: value for name, value in told.items() if name.startswith(".")}
    if values and not _is_total(row):
        yield RecordRow(sheet, row.number, values, who)


def _is_total(row: TextRow) -> bool:
    """A line that sums up, or where people sign."""
    words = [fold(one) for one in row.texts if one.strip()]
    return any(one in ("tong", "tong cong", "cong", "nguoi lap", "nguoi lap bieu") for one in words)
