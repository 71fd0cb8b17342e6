"""Type-ahead for communes: what may be meant by the few letters typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from data import text, units_table
from data.units_find import find, lowest
from data.units_table import Unit

SCOPES_KEPT = 8
NAMES_KEPT = 1 << 14


class Entry(NamedTuple):
    """A commune with its folded name, and its folded path with a blank before each word."""

    name: str
    system: str
    code: str
    path: str
    unit: Unit


def prepare() -> None:
    """Read and index all tables now (0.2 s), so that the first answer is as quick as any."""
    _everywhere()
    find("xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định")


def suggest(written: str, within: Sequence[str] = (), limit: int = 10) -> tuple[Unit, ...]:
    """Communes for what has been typed so far; every word begins a word of the name or above it.

    Names that begin with the typed text come first, then names in which all words stand, then
    the rest; each by name. `within` are unit keys, empty for the whole country.
    """
    typed = _soft(written)
    words = [" " + word for word in typed.split()]
    if not words:
        return ()
    found = _entries(tuple(within))
    for word in words:
        found = [entry for entry in found if word in entry.path]
    begins = [entry for entry in found if entry.name.startswith(typed)]
    if len(begins) < limit:
        rest = [entry for entry in found if not entry.name.startswith(typed)]
        begins += sorted(rest, key=lambda entry: not all(w in " " + entry.name for w in words))
    return tuple(entry.unit for entry in begins[:limit])


@lru_cache(maxsize=SCOPES_KEPT)
def _entries(within: tuple[str, ...]) -> list[Entry]:
    if not within:
        return _everywhere()
    inside = {unit.key for key in within for unit in units_table.communes_of(key)}
    return [entry for entry in _everywhere() if entry.unit.key in inside]


@cache
def _everywhere() -> list[Entry]:
    above: dict[str, str] = {}
    found = []
    for unit in lowest():
        if unit.parent_key not in above:
            path = units_table.path(unit.parent_key)
            above[unit.parent_key] = _soft(" ".join(other.name for other in path))
        name = _soft(unit.name)
        words = f" {name} {above[unit.parent_key]} {_soft(unit.kind)}"
        found.append(Entry(name, unit.system, unit.code, words, unit))
    return sorted(found)


@lru_cache(maxsize=NAMES_KEPT)
def _soft(name: str) -> str:
    return text.fold(name).replace("y", "i")
