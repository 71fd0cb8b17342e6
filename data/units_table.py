"""Administrative units of both systems: their names, parents, periods and successors."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from data import text

SYSTEMS = ("63", "34")
"""63 provinces with districts (until 30 June 2025) and 34 provinces without (since then)."""

LEVELS = {2: "province", 3: "district", 5: "commune"}

Certainty = Literal["same", "auto", "ask"]


class Unit(NamedTuple):
    """A unit of one system; codes were given anew in 2025, so a code alone names nothing.

    `kind` is the Vietnamese word in small letters (xã, phường, huyện...), `level` one of
    province, district, commune; `parent` is a code of the same system, empty for a province;
    `valid_from` and `valid_to` are ISO days, None for open ends.
    """

    system: str
    code: str
    name: str
    kind: str
    level: str
    parent: str
    valid_from: str | None
    valid_to: str | None

    @property
    def key(self) -> str:
        """The unit as it is kept in records, e.g. `63:21871`."""
        return f"{self.system}:{self.code}"

    @property
    def parent_key(self) -> str:
        """The key of the parent, empty for a province."""
        return f"{self.system}:{self.parent}" if self.parent else ""

    @property
    def label(self) -> str:
        """Kind and name, e.g. `xã Cát Hanh`."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a unit is called today.

    `key` is None while a person must choose among `candidates` (certainty `ask`: the old unit
    was divided); `auto` follows from the mapping, `same` is a unit of the present system.
    """

    key: str | None
    certainty: Certainty
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An old unit's way into a new one; `hamlets` are the folded hamlets known to go there."""

    new: str
    whole: bool
    hamlets: frozenset[str]


class Name(NamedTuple):
    """A name by which a commune is found: its own, or that of one that became part of it."""

    name: str
    kind: str
    unit: Unit


def _lines(name: str) -> Iterable[Sequence[str]]:
    content = resources.files("data").joinpath(f"catalogues/units-{name}.csv").read_text("utf-8")
    lines = csv.reader(content.splitlines(), delimiter="|")
    next(lines)
    return lines


@cache
def table() -> Mapping[str, Unit]:
    """All units of both systems by key, in the order of their codes."""
    units: dict[str, Unit] = {}
    for system, start, end, _source in _lines("systems"):
        for code, parent, kind, name in _lines(system):
            level = LEVELS[len(code)]
            units[f"{system}:{code}"] = Unit(
                system, code, name, kind, level, parent, start or None, end or None
            )
    return units


@cache
def _children() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in table().values():
        if unit.parent:
            found.setdefault(unit.parent_key, []).append(unit)
    return {key: tuple(units) for key, units in found.items()}


@cache
def _successors() -> Mapping[str, tuple[Link, ...]]:
    return read_links(_lines("links"))


def read_links(lines: Iterable[Sequence[str]]) -> Mapping[str, tuple[Link, ...]]:
    """Links by old key from lines old code, new code, share (whole, part), hamlets (a;b;c)."""
    found: dict[str, list[Link]] = {}
    for old, new, share, hamlets in lines:
        folded = frozenset(text.match_key(part) for part in hamlets.split(";") if part)
        found.setdefault(f"63:{old}", []).append(Link(f"34:{new}", share == "whole", folded))
    return {key: tuple(links) for key, links in found.items()}


@cache
def _predecessors() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for old, links in _successors().items():
        for link in links:
            found.setdefault(link.new, []).append(old)
    return {key: tuple(olds) for key, olds in found.items()}


@cache
def ended() -> tuple[Name, ...]:
    """Communes that had ended before the table of March 2025 was drawn up, with what they became.

    Lists of the years before still name them.
    """
    return tuple(
        Name(name, kind, get(f"63:{became}"))
        for _district, kind, name, became, _ended, _source in _lines("former")
    )


def get(key: str) -> Unit:
    """The unit of a key such as `63:21871`; KeyError when there is none."""
    return table()[key]


def has(key: str) -> bool:
    """Whether the key names a unit."""
    return key in table()


def provinces(system: str) -> tuple[Unit, ...]:
    """The provinces of a system in the order of their codes."""
    return tuple(
        unit for unit in table().values() if unit.system == system and unit.level == "province"
    )


def children(key: str) -> tuple[Unit, ...]:
    """The units directly under a unit: districts of an old province, else communes."""
    return _children().get(get(key).key, ())


def path(key: str) -> tuple[Unit, ...]:
    """The unit and what it lies in, up to the province."""
    unit = get(key)
    found = [unit]
    while unit.parent:
        unit = get(unit.parent_key)
        found.append(unit)
    return tuple(found)


def full_name(key: str) -> str:
    """The name as written in an address: `xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định`.

    A key that names no unit (of a later edition of the tables) stays as it is.
    """
    return ", ".join(unit.label for unit in path(key)) if has(key) else key


@cache
def communes_of(key: str) -> tuple[Unit, ...]:
    """All communes in a unit of the same system; a commune is its own.

    An island district that never had communes (Côn Đảo, Lý Sơn...) stands for itself.
    """
    unit = get(key)
    below = _children().get(key, ())
    if not below:
        return (unit,)
    return tuple(commune for child in below for commune in communes_of(child.key))


def inside(key: str, within: Sequence[str]) -> bool:
    """Whether a unit is one of the given units or lies in one of them, in the same system."""
    return has(key) and any(unit.key in within for unit in path(key))


def current(key: str, hamlet: str = "") -> Conversion:
    """What a unit is called since 1 July 2025 (QĐ 19/2025/QĐ-TTg, NQ 1654-1687/NQ-UBTVQH15).

    The hamlet decides a divided commune where the tables know its hamlets. A district has no
    successor: its candidates are communes. Raises KeyError for an unknown key.
    """
    unit = get(key)
    if unit.system == "34":
        return Conversion(key, "same", (key,))
    links = _successors().get(key)
    if links is not None:
        return choose(links, hamlet)
    news = {link.new for commune in communes_of(key) for link in _successors()[commune.key]}
    if unit.level == "province":
        news = {get(new).parent_key for new in news}
    found = tuple(sorted(news))
    return (
        Conversion(found[0], "auto", found) if len(found) == 1 else Conversion(None, "ask", found)
    )


def choose(links: Sequence[Link], hamlet: str = "") -> Conversion:
    """The successor among an old unit's links, by its hamlet where it was divided."""
    candidates = tuple(link.new for link in links)
    if len(links) == 1:
        return Conversion(candidates[0], "auto", candidates)
    wanted = text.match_key(hamlet)
    named = [link.new for link in links if wanted in link.hamlets]
    if wanted and len(named) == 1:
        return Conversion(named[0], "auto", candidates)
    return Conversion(None, "ask", candidates)


def former(key: str) -> tuple[str, ...]:
    """Keys of the old units of which a present commune was made, wholly or in part."""
    return _predecessors().get(key, ())
