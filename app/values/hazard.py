"""Frozen values about reports of dangerous things that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HazardCard:
    """One report; `fields` by dictionary name, who reported closed for who may not read names.

    `moves` are the steps that this user can take now: pass_on, clear, not_found.
    """

    id: str
    state: str
    fields: Mapping[str, object]
    moves: tuple[str, ...]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class HazardsPage:
    """Some reports, latest first, and the key after the last one (None at the end)."""

    cards: tuple[HazardCard, ...]
    next: tuple[str, str] | None
    total: int


@dataclass(frozen=True, slots=True)
class HazardSheet:
    """What is printed of a report: for who reported it, or (`letter`) for who clears.

    `hotline` and `office_phone` are empty until the office has set them: then that is said.
    """

    office: str
    hotline: str
    day: str
    rows: tuple[tuple[str, str], ...]
    place: str
    coordinates: str
    number: str
    to: str = ""
    letter: bool = False
