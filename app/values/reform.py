"""Frozen values about the reform of 2025 in one office, as they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.values.person import PersonCard


@dataclass(frozen=True, slots=True)
class ReformPart:
    """The persons of one hamlet of an old commune, or all of it where nothing is asked.

    `how`: auto (the tables say it), answer (the office said it), ask (nobody said it yet);
    `new` is the present unit, None while it is asked; `waiting` are persons who are not there yet;
    `said` is the hamlet whose answer holds, empty when it was given for the whole commune.
    """

    old: str
    hamlet: str
    persons: int
    new: str | None
    how: str
    candidates: tuple[str, ...]
    waiting: int = 0
    reason: str = ""
    said: str = ""

    @property
    def id(self) -> str:
        """The part's name in a list."""
        return f"{self.old}/{self.hamlet}"


@dataclass(frozen=True, slots=True)
class ReformTotals:
    """Persons before and after: `known` of old communes whose present unit is known.

    `unknown` have a unit that the tables do not know, or none; `placed` are where an answer put
    them (`undo` takes that back), `waiting` are not yet where they belong (`apply` moves them).
    """

    before: int
    known: int
    open: int
    already: int
    unknown: int
    waiting: int
    placed: int = 0

    @property
    def agree(self) -> bool:
        """Whether everybody who was there before is accounted for afterwards."""
        return self.before == self.known + self.open + self.already + self.unknown


@dataclass(frozen=True, slots=True)
class ReformPlan:
    """The change list commune by commune, the persons of each present unit, and the totals."""

    parts: tuple[ReformPart, ...]
    after: Mapping[str, int]
    totals: ReformTotals


@dataclass(frozen=True, slots=True)
class ReformDone:
    """How many persons were moved, and who stays because nobody answered for the hamlet."""

    moved: int
    totals: ReformTotals
    open: tuple[PersonCard, ...]
