"""Frozen values about mine accidents and their victims that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccidentDraft:
    """What is known of an accident and of what it did to one person, by dictionary names.

    `accident` empty and no `accident_id` means that nothing is known of the accident itself
    (most war-time victims). `accident_id` ties the person to an accident already recorded.
    """

    person_id: str
    victim: Mapping[str, object]
    accident: Mapping[str, object]
    accident_id: str | None = None
    victim_id: str | None = None


@dataclass(frozen=True, slots=True)
class AccidentSaved:
    """The ids of what was saved; no accident id when nothing is known of the accident."""

    victim_id: str
    accident_id: str | None


@dataclass(frozen=True, slots=True)
class VictimPage:
    """What one accident did to one person: fields of `victim` and of `accident` by name.

    `others` are the persons of this office hurt by the same accident: (person id, name).
    """

    id: str
    person_id: str
    accident_id: str | None
    victim: Mapping[str, object]
    accident: Mapping[str, object]
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AccidentCard:
    """An accident as a line to choose from when tying another victim to it."""

    id: str
    accident_on: str | None
    commune: str | None
    place: str
    device: str | None
    victims: int
