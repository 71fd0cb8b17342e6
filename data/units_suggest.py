"""Type-ahead for units: what may be meant by the few letters typed so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from data import text, units_table
from data.units_find import find, lowest
from data.units_table import Unit

SCOPES_KEPT = 8
NAMES_KEPT = 1 << 14


class Entry(NamedTuple):
    """A unit with its folded name, and its folded path with a blank before each word."""

    name: str
    rank: int
    system: str
    code: str
    path: str
    unit: Unit


class Index(NamedTuple):
    """The entries of one scope as columns, in the order of their names."""

    names: list[str]
    paths: list[str]
    units: list[Unit]


def prepare() -> None:
    """Read and index all tables now (0.2 s), so that the first answer is as quick as any."""
    _index((), False)
    find("xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định")


def suggest(
    written: str, within: Sequence[str] = (), limit: int = 10, every_level: bool = False
) -> tuple[Unit, ...]:
    """Communes for what has been typed so far; every word begins a word of the name or above it.

    Names that begin with the typed text come first, then names in which all words stand, then
    the rest; each by name. `within` are unit keys, empty for the whole country. With
    `every_level` provinces and districts are answered too, before communes of the same name.
    """
    typed = _soft(written)
    words = [" " + word for word in typed.split()]
    if not words:
        return ()
    names, paths, units = _index(tuple(within), every_level)
    found = [place for place, path in enumerate(paths) if words[0] in path]
    for word in words[1:]:
        found = [place for place in found if word in paths[place]]
    begins = [place for place in found if names[place].startswith(typed)]
    if len(begins) < limit:
        rest = [place for place in found if not names[place].startswith(typed)]
        rest.sort(key=lambda place: not all(word in " " + names[place] for word in words))
        begins += rest
    return tuple(units[place] for place in begins[:limit])


@lru_cache(maxsize=SCOPES_KEPT)
def _index(within: tuple[str, ...], every_level: bool) -> Index:
    entries = _everywhere(every_level)
    if within:
        scope = {key for top in within for key in _below(top)}
        entries = [entry for entry in entries if entry.unit.key in scope]
    return Index(
        [entry.name for entry in entries],
        [entry.path for entry in entries],
        [entry.unit for entry in entries],
    )


def _below(key: str) -> Iterator[str]:
    yield key
    for child in units_table.children(key):
        yield from _below(child.key)


@cache
def _everywhere(every_level: bool) -> list[Entry]:
    above: dict[str, str] = {"": ""}
    found = []
    for unit in units_table.table().values() if every_level else lowest():
        if unit.parent_key not in above:
            path = units_table.path(unit.parent_key)
            above[unit.parent_key] = _soft(" ".join(other.name for other in path))
        name = _soft(unit.name)
        words = f" {name} {above[unit.parent_key]} {_soft(unit.kind)}"
        found.append(Entry(name, len(unit.code), unit.system, unit.code, words, unit))
    return sorted(found)


@lru_cache(maxsize=NAMES_KEPT)
def _soft(name: str) -> str:
    return text.fold(name).replace("y", "i")
