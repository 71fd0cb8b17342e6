"""Frozen values of assistive devices that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AidDraft:
    """One device as typed: dictionary names of `assistive_device`, and the need it answers."""

    person_id: str
    fields: Mapping[str, object]
    id: str | None = None
    need_id: str | None = None


@dataclass(frozen=True, slots=True)
class RepairDraft:
    """A repair or check as typed: dictionary names of `repair`; `next_check_on` of the device."""

    fields: Mapping[str, object]
    next_check_on: str = ""
    back_in_use: bool = True


@dataclass(frozen=True, slots=True)
class RepairCard:
    """One repair with its values by dictionary name."""

    id: str
    fields: Mapping[str, object]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AidCard:
    """One device with its values by dictionary name; `due`: its check is due."""

    id: str
    person_id: str
    fields: Mapping[str, object]
    need_id: str | None
    repairs: tuple[RepairCard, ...]
    moves: tuple[str, ...]
    due: bool
    by: str
    at: str

    @property
    def status(self) -> str:
        """Whether the person has it."""
        return str(self.fields["aid_status"] or "in_use")
