"""The ground of units, in pieces that no border of either system cuts: whether one unit lies in
another of the other system, and which present communes lie in old ones."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from data import units_table
from data.units_table import Unit

KEPT = 1 << 15

Territory = frozenset[tuple[str, str]]
"""Pieces: an old commune's key with that of the present one which it, or a part of it, became."""


@lru_cache(maxsize=KEPT)
def territory(key: str) -> Territory:
    """The pieces of a unit. KeyError for an unknown key."""
    below = (one.key for one in units_table.communes_of(key))
    if key.startswith("63:"):
        return frozenset((old, new) for old in below for new in _became(old))
    return frozenset((old, new) for new in below for old in units_table.former(new))


def ground(keys: Iterable[str]) -> Territory:
    """The pieces of several units together."""
    return frozenset[tuple[str, str]]().union(*map(territory, keys))


def present_inside(keys: Iterable[str]) -> tuple[Unit, ...]:
    """The present communes that lie wholly in these old units, in the order of their codes."""
    own = ground(one for one in keys if one.startswith("63:"))
    news = sorted({new for _old, new in own})
    return tuple(units_table.get(new) for new in news if territory(new) <= own)


def _became(old: str) -> tuple[str, ...]:
    return units_table.current(old).candidates
