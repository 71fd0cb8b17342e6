"""Frozen values about the victims of an accident, registered or not, as they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class VictimDraft:
    """A victim of an accident as typed: dictionary names of `victim`.

    With `person_id` a registered person, else somebody who is not (`victim_name`).
    """

    accident_id: str
    fields: Mapping[str, object]
    person_id: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class VictimLine:
    """One victim of an accident. `name` is closed for who may not read names of who is not
    registered; `number` is the place in the accident, `person_id` empty for the unregistered."""

    id: str
    number: int
    person_id: str
    name: str
    hidden: bool
    sex: str
    birth: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AccidentPage:
    """An accident with everybody it hurt. `remarks` say what does not agree or is missing.

    `commune_now` is what the commune is called today where that differs; `writable`: this user
    may change it.
    """

    id: str
    report_id: str
    accident: Mapping[str, object]
    victims: tuple[VictimLine, ...]
    remarks: tuple[Problem, ...]
    commune_now: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class AccidentLine:
    """An accident in the list: how many victims are recorded, and how many of them registered."""

    id: str
    accident_on: str | None
    commune: str | None
    place: str
    device: str | None
    killed: int | None
    injured: int | None
    victims: int
    registered: int


@dataclass(frozen=True, slots=True)
class AccidentsFilter:
    """Which accidents: all given conditions hold; `year` is the beginning of the date."""

    communes: tuple[str, ...] = ()
    year: str = ""
    device: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccidentsPage:
    """Some accidents, latest first, and the key after the last one (None at the end)."""

    lines: tuple[AccidentLine, ...]
    next: tuple[str, str] | None
    total: int
