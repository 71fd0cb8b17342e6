"""Frozen values about the office itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.workspace import OfficeCard


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """A new office: its name and the unit keys it works for, of either system."""

    name: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdminDraft:
    """The first user of an office, who becomes its admin."""

    login: str
    full_name: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Created:
    """A new store: its office, and the recovery code to print now because it is kept nowhere."""

    office: OfficeCard
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OfficeTotals:
    """How many people an office has; `coming` while its book is not all here."""

    people: int = 0
    waiting: int = 0
    approved: int = 0
    victims: int = 0
    coming: bool = False


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office whose book this PC reads: its own, or another one up to the day `until` (ISO).

    `over`: that day has passed, and the book is closed. No totals while nothing is here.
    """

    id: str
    name: str
    own: bool = False
    until: str = ""
    over: bool = False
    fetched_at: str = ""
    totals: OfficeTotals | None = None
