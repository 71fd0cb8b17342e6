"""The rows of a report by unit: which units stand in it, in either system of borders."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import Refused
from app.wording import translate
from data import units

LEVELS = ("province", "district", "commune")


def demand(keys: Sequence[str], borders: str, level: str) -> None:
    """Raises Refused (`report_unit`, `report_borders`, `report_level`)."""
    for key in keys:
        if not units.has(key):
            raise Refused.one("report_unit", "unit", key)
    if borders and borders not in units.SYSTEMS:
        raise Refused.one("report_borders", "borders", borders)
    if level and level not in LEVELS:
        raise Refused.one("report_level", "level", level)


def demand_own(keys: Sequence[str], own: Sequence[str], around: bool) -> None:
    """Units elsewhere would be zeros that nobody counted; `around` lets a unit stand that holds
    some of the own ones. Raises Refused (`report_elsewhere`)."""
    for key in keys:
        parts = [key, *(one.unit.key for one in units.successors(key))]
        held = around and any(units.inside(one, parts) for one in own)
        if not held and not any(units.inside(one, own) for one in parts):
            raise Refused.one("report_elsewhere", "unit", key, name=units.full_name(key))


def demand_level(keys: Sequence[str], borders: str, level: str) -> None:
    """Rows of another level than the one asked would look like its answer.

    Raises Refused (`report_level_borders`, `report_level_above`).
    """
    if level == "district" and borders == "34":
        raise Refused.one("report_level_borders", "level", level)
    for key in _in_borders(keys, borders, level):
        if LEVELS.index(units.get(key).level) > LEVELS.index(level):
            raise Refused.one("report_level_above", "level", level, name=units.full_name(key))


def usual_level(keys: Sequence[str], borders: str) -> str:
    """The level below the units asked: a province's districts, a district's communes."""
    levels = {units.get(key).level for key in _in_borders(keys, borders, "")}
    return "district" if levels == {"province"} and borders == "63" else "commune"


def rows(keys: Sequence[str], borders: str, level: str) -> tuple[str, ...]:
    """The units of a level in these units, in the order of their codes."""
    found: dict[str, None] = {}
    for key in _in_borders(keys, borders, level):
        found |= dict.fromkeys(_at_level(key, level))
    return tuple(sorted(found))


def communes(key: str) -> tuple[str, ...]:
    """The communes in a unit."""
    return tuple(one.key for one in units.communes_of(key))


def label(key: str) -> str:
    """The name of a unit as it stands in a row; of a commune also its district, if it has one."""
    unit = units.get(key)
    return f"{unit.kind[:1].upper()}{unit.kind[1:]} {unit.name}"


def borders_words(system: str) -> str:
    """A system of units as it is called."""
    return translate("trước 01/7/2025") if system == "63" else translate("từ 01/7/2025")


def level_words(level: str) -> str:
    """A level of rows as it is called."""
    names = {"province": translate("Tỉnh"), "district": translate("Huyện")}
    return names.get(level) or translate("Xã")


def _in_borders(keys: Sequence[str], borders: str, level: str) -> list[str]:
    """The units as they are called there. Communes of an old province are those that were made of
    its own, not all of the wider one that it is in now."""
    found: dict[str, None] = {}
    for key in keys:
        wide = level == "commune" and units.get(key).system == "63" != borders
        for one in communes(key) if wide else (key,):
            found |= dict.fromkeys(each.unit.key for each in units.successors(one, borders))
    return list(found)


def _at_level(key: str, level: str) -> tuple[str, ...]:
    """A unit finer than the level stands for itself."""
    unit = units.get(key)
    if LEVELS.index(unit.level) >= LEVELS.index(level):
        return (key,)
    if level == "commune":
        return communes(key)
    return tuple(one.key for one in units.children(key)) or (key,)
