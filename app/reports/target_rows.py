"""Which rows of a table have a target: its own, or one that comes to the same by what was set for
the units in it, of another level or of the other borders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from data import units


@dataclass(frozen=True, slots=True)
class Placed:
    """Numbers by row. `made_of` tells of which units' targets a row's number is the sum, `partly`
    those of a row that they do not cover, `aside` all targets that stand in no row."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    made_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    partly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()


def place(wanted: Mapping[str, int], rows: Iterable[str]) -> Placed:
    """Every target in the one row that it belongs to. A row without its own takes that of a unit
    of the same ground, else the sum of units that cover all of it and none of it twice, the wide
    ones first; a part of a row never stands for the row."""
    every = [key for key in rows if units.has(key)]
    numbers = {key: wanted[key] for key in every if key in wanted}
    inside = _inside([key for key in wanted if key not in numbers], every)
    made_of: dict[str, tuple[str, ...]] = {}
    partly: dict[str, tuple[str, ...]] = {}
    for row, parts in inside.items():
        if row in numbers:
            continue
        chosen = apart(parts)
        if units.ground(chosen) != units.territory(row):
            partly[row] = chosen
            continue
        numbers[row] = sum(wanted[one] for one in chosen)
        made_of[row] = chosen
    used = {*numbers, *(one for chosen in made_of.values() for one in chosen)}
    return Placed(numbers, made_of, partly, tuple(sorted(set(wanted) - used)))


def whole(
    wanted: Mapping[str, int], asked: Collection[str], rows: Collection[str]
) -> tuple[int | None, Collection[str] | None]:
    """The number for everything asked and the rows that are compared with it, like with like; None
    for whatever was counted, in no row too.

    A target of its own, else what comes to the same, else that of the rows which have one.
    """
    asked = apart(one for one in asked if units.has(one))
    if asked and all(one in wanted for one in asked):
        return sum(wanted[one] for one in asked), None
    above, named = (place(wanted, keys).numbers for keys in (asked, rows))
    if asked and all(one in above for one in asked):
        return sum(above.values()), rows
    return (sum(named.values()), tuple(named)) if named else (None, None)


def without(row: str, parts: tuple[str, ...]) -> int:
    """How many communes of a row these parts leave out; those of which a commune of the other
    borders was made, or which it became."""
    left = units.territory(row) - units.ground(parts)
    old = row.startswith("63:") == (units.get(row).level != "commune")
    return len({before if old else now for before, now in left})


def apart(keys: Iterable[str]) -> tuple[str, ...]:
    """Units none of which holds a part of another, the widest first."""
    taken: set[tuple[str, str]] = set()
    found = []
    for key in sorted(keys, key=lambda key: (-len(units.territory(key)), key)):
        if taken.isdisjoint(units.territory(key)):
            taken |= units.territory(key)
            found.append(key)
    return tuple(found)


def _inside(keys: Iterable[str], rows: Iterable[str]) -> dict[str, list[str]]:
    """By row the units that lie wholly in it."""
    row_of = {piece: row for row in rows for piece in units.territory(row)}
    found: dict[str, list[str]] = {}
    for key in keys:
        above = {row_of.get(piece, "") for piece in _territory(key)}
        if len(above) == 1 and (row := above.pop()):
            found.setdefault(row, []).append(key)
    return found


def _territory(key: str) -> frozenset[tuple[str, str]]:
    return units.territory(key) if units.has(key) else frozenset()
