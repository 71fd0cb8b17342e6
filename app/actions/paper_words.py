"""Stored values in the words that papers have: always Vietnamese, sets parted by ";"."""

from __future__ import annotations

from collections.abc import Iterator

from app.actions.field_values import readable
from app.values.papers import PaperRow
from data import codes, fields
from data.base import Travels
from data.fields import Field

INFORMANT = frozenset("reporter reporter_kind reported_how emergency_note victim_informant".split())
"""Fields that say who told, or by which he is guessed: they are for the office alone."""


def rows(row: Travels, record: str, outside: bool = False) -> Iterator[PaperRow]:
    """The filled fields of a record that belongs to a person, restricted ones left out.

    A paper for `outside` does not say who told.
    """
    for field in fields.of(record):
        value = getattr(row, field.name)
        if outside and field.name in INFORMANT:
            continue
        if value not in (None, "") and not field.restricted and field.section != "unregistered":
            yield PaperRow(field.vi, words(field, value))


def words(field: Field, value: object) -> str:
    """A value in words; the codes of a set are parted by ";" because labels hold commas."""
    if field.type == "codes":
        return "; ".join(codes.label(field.codes, code) for code in str(value).split())
    return readable(field, value)


def of(row: object | None, record: str, name: str) -> str:
    """One field of a record in words; empty where there is no record or no value.

    A restricted field is never read here.
    """
    field = fields.get(record, name)
    value = getattr(row, name) if row is not None and not field.restricted else None
    return words(field, value) if value not in (None, "") else ""


def label(list_name: str, code: str | None) -> str:
    """The word for a code; empty for none."""
    return codes.label(list_name, code) if code else ""


def choices(list_name: str, chosen: str | None) -> tuple[tuple[str, bool], ...]:
    """Every choice of a list in words, and whether it is among the chosen codes."""
    picked = (chosen or "").split()
    return tuple((item.vi, item.code in picked) for item in codes.get(list_name).items)


def lettered(list_name: str, chosen: str | None) -> tuple[tuple[str, bool], ...]:
    """As `choices`, with the letter or number that the circular gives each."""
    picked = (chosen or "").split()
    return tuple(
        (f"{item.official}) {item.vi}" if item.official else item.vi, item.code in picked)
        for item in codes.get(list_name).items
    )
