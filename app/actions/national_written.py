"""How a person stands in the national system's sheet, and what would stand there differently now.

Only columns of the layout leave: none of them is a restricted field, and a text that tells of HIV
stays out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from app.rules import dates
from app.rules.masking import masked
from app.values.national import Rewritten
from data import codes, fields, telling, units
from data.national_layouts import PLACES, Column, Edition
from data.records.national_file import KNOWN

CODE = "national_code"
TYPES, JOINT = "types", ", "
WHERE = "place"
"""What is kept beside the columns: the present unit, by which layouts of both systems compare."""


class Written(NamedTuple):
    """Texts by field, and the columns that cannot be filled, each with the code of why."""

    texts: dict[str, str]
    lacks: tuple[tuple[Column, str], ...]


Filled = tuple[Column, str, bool, Callable[[Any], str | None]]
"""A column, its field, whether it is a place, and how a value is written there."""


class Writer:
    """Writes persons by one layout; what says the same of many is worked out once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._columns = tuple(
            (column, column.field, column.field in PLACES, _cell(column))
            for column in edition.columns
            if column.personal
        )
        self._needed = tuple(one for one in self._columns if one[0].needed)
        self._places: dict[tuple[object, ...], Mapping[str, str]] = {}

    def written(self, values: Mapping[str, Any]) -> Written:
        """What stands in each column about a person; values as columns of the store hold them."""
        here = self._place(values)
        made = self._filled(self._columns, values, here)
        made.texts[WHERE] = here[WHERE]
        return made

    def demanded(self, values: Mapping[str, Any]) -> Written:
        """The same of the columns that the system demands, for whoever only asks what is lacking:
        the texts of a whole office fill the memory."""
        return self._filled(self._needed, values, self._place(values))

    def _filled(
        self, columns: tuple[Filled, ...], values: Mapping[str, Any], here: Mapping[str, str]
    ) -> Written:
        texts: dict[str, str] = {}
        lacks: list[tuple[Column, str]] = []
        for column, name, place, cell in columns:
            text = here.get(name, "") if place else cell(values.get(name))
            texts[name] = text or ""
            if column.needed and not text:
                given = values.get("commune" if place else name) not in (None, "", ())
                code = "national_no_place" if place else "national_no_code"
                lacks.append((column, code if given else "national_lacks"))
        return Written(texts, tuple(lacks))

    def _place(self, values: Mapping[str, Any]) -> Mapping[str, str]:
        where = tuple(values.get(name) for name in ("commune", "current_commune", "hamlet"))
        found = self._places.get(where)
        if found is None:
            found = self._places[where] = _place(self.edition, values) | {WHERE: _now(values)}
        return found


def differences(
    edition: Edition, now: Mapping[str, str], base: Mapping[str, str], before: Edition, move: str
) -> tuple[Rewritten, ...]:
    """The columns in which a person would be written otherwise than she was.

    Of what came from the system (`known`) only what it told counts. Layouts by other systems of
    units name one place differently: there the unit of today decides.
    """
    return tuple(_compared(edition, now, base, before.units == edition.units, move))


def _compared(
    edition: Edition, now: Mapping[str, str], base: Mapping[str, str], alike: bool, move: str
) -> Iterator[Rewritten]:
    moved = base.get(WHERE, "") != now.get(WHERE, "")
    for column in edition.columns:
        name = column.field
        if not column.personal or name == CODE or (name not in base and move == KNOWN):
            continue
        if name in PLACES and not alike and not moved:
            continue
        old, new = base.get(name, ""), now.get(name, "")
        if old != new:
            yield Rewritten(column.heading, _worded(column, old), _worded(column, new))


def _worded(column: Column, text: str) -> str:
    """What a cell says, as people read it: the words with the system's number behind; numbers of
    papers and telephones are masked."""
    if column.field in telling.number_fields("person"):
        return masked(text)
    if not text or not column.codes or column.codes.startswith("="):
        return text
    parts = text.split(JOINT) if column.field == TYPES else [text]
    told = [codes.label(column.codes, column.code(one) or one) for one in parts]
    return f"{JOINT.join(told)} ({text})"


def _cell(column: Column) -> Callable[[Any], str | None]:
    """How the layout writes a value of a column; the answer None where the system has no code."""
    if column.field == TYPES and column.codes:
        return _once(lambda value: _types(column, value))
    if column.codes:
        yes = fields.has("person", column.field) and _type(column) == "bool"
        return _once(lambda value: column.official(_yes(value) if yes else str(value)))
    if not column.field.startswith("#") and _type(column) == "date":
        return _once(lambda value: dates.show(str(value)))
    return _plain


def _once(tell: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    """Each value is put into words once; nothing is an empty text."""
    known: dict[Any, str | None] = {None: "", "": ""}

    def told(value: Any) -> str | None:
        if value not in known:
            known[value] = tell(value)
        return known[value]

    return told


def _types(column: Column, value: object) -> str | None:
    chosen = value if isinstance(value, tuple) else str(value or "").split()
    told = [column.official(code) for code in chosen]
    return JOINT.join(one for one in told if one) if all(told) else None


def _type(column: Column) -> str:
    return fields.get("person", column.field).type


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _plain(value: object) -> str:
    if value is None or value == "":
        return ""
    text = str(value)
    return "" if telling.says(text) or text == telling.BLOT else text


def _place(edition: Edition, values: Mapping[str, Any]) -> dict[str, str]:
    """Province, district, commune and its code, in the layout's system of units."""
    key = str(values.get("commune") or "")
    if edition.units == "34":
        key = _now(values)
    if not key or not units.has(key) or units.get(key).system != edition.units:
        return {}
    named = {f"#{unit.level}": unit.name for unit in units.path(key)}
    return named | {"#commune_code": units.get(key).code}


def _now(values: Mapping[str, Any]) -> str:
    placed = values.get("current_commune")
    key = str(values.get("commune") or "")
    if placed or not key or not units.has(key):
        return str(placed or "")
    return units.current(key, str(values.get("hamlet") or "")).key or ""
