"""What a unit is called under the other system: all its successors, with how much goes to each."""

from __future__ import annotations

from typing import NamedTuple

from data import units_table
from data.units_table import Unit


class Successor(NamedTuple):
    """One unit of the other system.

    `share` is the part of the old commune that lies in the present one: 1 for all of it, None
    where it was divided and nobody measured; `ask` says that only the hamlet tells whether
    somebody of the unit asked about belongs here.
    """

    unit: Unit
    share: float | None
    ask: bool


def system_on(day: str) -> str:
    """The system of units in force on an ISO day."""
    return "34" if day >= _present_from() else "63"


def successors(key: str, system: str = "") -> tuple[Successor, ...]:
    """What became of an old unit, or of which old units a present one was made.

    With a `system` the unit stays itself when it belongs to it. A district is answered with the
    communes its own became. KeyError for an unknown key.
    """
    unit = units_table.get(key)
    if unit.system == system:
        return (Successor(unit, 1.0, False),)
    return _forward(unit) if unit.system == "63" else _backward(unit)


def _forward(unit: Unit) -> tuple[Successor, ...]:
    found = units_table.current(unit.key).candidates
    divided = len(found) > 1
    share = None if divided else 1.0
    return tuple(Successor(units_table.get(one), share, divided) for one in found)


def _backward(unit: Unit) -> tuple[Successor, ...]:
    """A present unit of one old one and its whole keeps everybody; else the hamlet must tell."""
    if unit.level == "province":
        below = (units_table.former(one.key) for one in units_table.communes_of(unit.key))
        tops = {units_table.path(old)[-1].key for olds in below for old in olds}
        found = tuple(sorted(tops))
    else:
        found = units_table.former(unit.key)
    ask = len(found) > 1
    return tuple(
        Successor(
            units_table.get(old), 1.0 if units_table.current(old).certainty == "auto" else None, ask
        )
        for old in found
    )


def _present_from() -> str:
    return next(unit.valid_from or "" for unit in units_table.provinces("34"))
