"""A commune is named as it was on the day: since 1 July 2025 the same code is another place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.errors import Refused
from app.rules import dates
from app.workspace import Workspace
from data import fields, units

NAMES_MAX = 8
KEY = re.compile(r"(63|34):\d+")


def placed(
    ws: Workspace, typed: Mapping[str, object], field: str, day: str
) -> Mapping[str, object]:
    """What was typed, its commune by name as the unit of that day around the office; what is a key,
    or not certain, stays as it is."""
    return {**typed, field: _named(ws, typed[field], day)} if field in typed and day else typed


def _named(ws: Workspace, typed: object, day: str) -> object:
    if not isinstance(typed, str) or not typed.strip() or KEY.fullmatch(typed.strip()):
        return typed
    system = units.system_on(dates.bounds(day)[1].isoformat())
    around = [one.unit.key for own in ws.office.units for one in units.successors(own, system)]
    found = units.find(typed, tuple(around))
    return found[0].key if len(found) == 1 else typed


def fits(key: str, day: str) -> bool:
    """Whether a unit was there on a (partial) day; of the reform's own year both names are."""
    return units.get(key).system in {units.system_on(one.isoformat()) for one in dates.bounds(day)}


def certain(key: str, day: str) -> str:
    """The unit that all of this one is called on a day; itself where only the hamlet tells."""
    became = () if fits(key, day) else units.successors(key)
    return became[0].unit.key if len(became) == 1 and not became[0].ask else key


def refuse_other_times(record: str, field: str, key: str, day: str) -> None:
    """Raise Refused (`unit_not_then`) with the names and codes of that day to choose from."""
    if not key or not day or fits(key, day):
        return
    became = units.successors(key)[:NAMES_MAX]
    then = ", ".join(f"{units.full_name(one.unit.key)} ({one.unit.key})" for one in became)
    raise Refused.one(
        "unit_not_then",
        field,
        key,
        label=fields.get(record, field).vi,
        day=dates.show(day),
        unit=units.full_name(key),
        instead=f": {then}" if then else "",
    )
