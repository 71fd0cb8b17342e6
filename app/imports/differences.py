"""What a list knows of somebody who is known already: what it adds, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.values.imports import RowDecision
from data import fields, units
from data.text import match_key, tidy

PLAIN = RowDecision()


class Difference(NamedTuple):
    """A field whose values differ, as columns hold them; `take` is what shall be done."""

    field: str
    there: object
    here: object
    take: bool


def compare(
    there: Mapping[str, object],
    here: Mapping[str, object],
    decision: RowDecision = PLAIN,
    winning: frozenset[str] = frozenset(),
) -> tuple[Difference, ...]:
    """The fields in which the list and the record differ (stored values on both sides).

    What is empty in the record is filled; what is there is kept, unless the field is in `winning`
    (columns of a correction) or in the decision. An empty cell never empties anything.
    """
    found = []
    for name, new in here.items():
        old = there.get(name)
        if new is None or new == "" or _equal(old, new):
            continue
        if fields.get("person", name).type == "unit" and _says_the_same(name, old, new):
            continue
        asked = name in winning or name in decision.take
        if not asked and _says_the_same(name, old, new):
            continue
        take = asked or old is None or old == ""
        found.append(Difference(name, old, new, take and name not in decision.keep))
    return tuple(found)


def _equal(old: object, new: object) -> bool:
    """Whether two stored values are one; spaces and line breaks do not survive a cell."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or tidy(old) == tidy(new)
    return old == new


def _says_the_same(name: str, old: object, new: object) -> bool:
    """Whether the list says nothing that the record does not say: at most the same less exactly."""
    if old is None or old == "":
        return new is False  # nobody said yes before either
    kind = fields.get("person", name).type
    if kind == "date":
        return str(old).startswith(str(new))
    if kind == "codes":
        return set(str(old).split()) == set(str(new).split())
    if kind == "unit":
        return _place_now(str(old)) == _place_now(str(new))
    if kind == "note":
        return tidy(str(new)) in tidy(str(old))
    return kind == "text" and match_key(str(old)) == match_key(str(new))


def _place_now(unit: str) -> str:
    return units.current(unit, "").key or unit
