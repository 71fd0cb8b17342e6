"""The field dictionary: every field that people fill, described once and read by all floors."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

STORED_AS_INTEGER = ("int", "money")
STORED_AS_BOOLEAN = ("bool",)

MERGE_CLASSES = ("free", "guarded", "set", "state", "lww")
"""What becomes of two edits that did not see each other: both values are shown to a person
(free; guarded ones together), members are added and taken out, a state goes on where that is
legal, the last to arrive wins. Records written once (ledgers) have no class by field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of `catalogues/fields.csv`.

    `type` is one of text, name, note, date, int, money, bool, code, codes, unit, idno, phone, geo;
    `codes` names the code list of code and codes fields; `sensitivity` is basic, sensitive or
    restricted (restricted values are kept under the second key); `merge` is the class of
    concurrent edits, one of `MERGE_CLASSES`.
    """

    record: str
    section: str
    name: str
    type: str
    codes: str
    vi: str
    en: str
    sensitivity: str
    purpose: str
    source: str
    merge: str
    aliases: tuple[str, ...]

    @property
    def restricted(self) -> bool:
        """Whether the value is kept under the second key."""
        return self.sensitivity == "restricted"

    @property
    def guarded(self) -> bool:
        """Whether a change of an approved person's value awaits approval."""
        return self.merge == "guarded"

    def label(self, lang: str = "vi") -> str:
        """The field's label in `vi` or `en`."""
        return self.en if lang == "en" else self.vi


@cache
def _all() -> dict[str, dict[str, Field]]:
    text = resources.files("data").joinpath("catalogues/fields.csv").read_text("utf-8")
    records: dict[str, dict[str, Field]] = {}
    for line in csv.DictReader(text.splitlines(), delimiter="|"):
        aliases = tuple(part for part in (line.pop("aliases") or "").split(";") if part)
        field = Field(aliases=aliases, **line)
        records.setdefault(field.record, {})[field.name] = field
    return records


@cache
def moves() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """By record and state field the steps (from, to) that stay right although their author did
    not see the first state. Approving is none: nobody approves what he did not see."""
    text = resources.files("data").joinpath("catalogues/moves.csv").read_text("utf-8")
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for line in csv.DictReader(text.splitlines(), delimiter="|"):
        step = (line["from"], line["to"])
        found.setdefault((line["record"], line["field"]), set()).add(step)
    return {key: frozenset(steps) for key, steps in found.items()}


def records() -> tuple[str, ...]:
    """The names of the records that the dictionary describes."""
    return tuple(_all())


@cache
def of(record: str) -> tuple[Field, ...]:
    """All fields of a record in the order of the forms; KeyError for an unknown record."""
    return tuple(_all()[record].values())


def get(record: str, name: str) -> Field:
    """One field by its name; KeyError when the dictionary does not know it."""
    return _all()[record][name]


def has(record: str, name: str) -> bool:
    """Whether the dictionary knows the field."""
    return name in _all().get(record, {})


@cache
def sections(record: str) -> tuple[str, ...]:
    """The sections of a record in the order of the forms."""
    return tuple(dict.fromkeys(field.section for field in of(record)))


@cache
def restricted(record: str) -> frozenset[str]:
    """Names of the fields kept under the second key."""
    return frozenset(field.name for field in _all().get(record, {}).values() if field.restricted)


@cache
def guarded(record: str) -> frozenset[str]:
    """Names of the fields whose change on an approved person awaits approval."""
    return frozenset(field.name for field in _all().get(record, {}).values() if field.guarded)
