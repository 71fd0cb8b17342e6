"""Frozen values of training rounds, classes, workshops and delegates that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingDraft:
    """A round, a class or a workshop as typed: dictionary names of that record.

    `round_id` is the round of a new class.
    """

    fields: Mapping[str, object]
    id: str | None = None
    round_id: str | None = None


@dataclass(frozen=True, slots=True)
class DelegateDraft:
    """One seat as typed: dictionary names of `delegate`; `event_id` is its class or workshop."""

    event_id: str
    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats counted both ways: `seats` is lượt (rows), `persons` is người (different people).

    By sex and level seats are counted; `days` are seats times the days they sat.
    """

    seats: int = 0
    persons: int = 0
    male: int = 0
    female: int = 0
    by_level: Mapping[str, int] | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class DelegateCard:
    """One seat with its values by dictionary name; `events` is how many seats the person has."""

    id: str
    event_id: str
    fields: Mapping[str, object]
    events: int
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ClassCard:
    """A class or a workshop with who sat there; `kind` is the record's name."""

    id: str
    kind: str
    round_id: str
    fields: Mapping[str, object]
    seats: Seats
    by: str
    at: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.fields["name"] or "")


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A training round with its classes, and its seats over all of them."""

    id: str
    fields: Mapping[str, object]
    classes: tuple[ClassCard, ...]
    seats: Seats
    by: str
    at: str

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.fields["name"] or "")


@dataclass(frozen=True, slots=True)
class Held:
    """All training: rounds, workshops, and the seats of all rounds and of all workshops."""

    rounds: tuple[RoundCard, ...]
    workshops: tuple[ClassCard, ...]
    trained: Seats
    met: Seats
