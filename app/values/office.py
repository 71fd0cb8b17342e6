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
