"""Frozen values of periods and targets that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PeriodDraft:
    """One period as typed: dictionary names of `period`."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodCard:
    """A period: its values by dictionary name; days are ISO."""

    id: str
    fields: Mapping[str, object]
    by: str
    at: str

    @property
    def code(self) -> str:
        """What it is called by."""
        return str(self.fields["code"] or "")

    @property
    def name(self) -> str:
        """Its name in words."""
        return str(self.fields["name"] or "")

    def day(self, which: str) -> str:
        """One of its days: starts_on, ends_on, cutoff_on or due_on."""
        return str(self.fields[which] or "")


@dataclass(frozen=True, slots=True)
class Plan:
    """A figure for which targets were set in a period (its code and name); days are ISO or ""."""

    figure: str
    period: str
    name: str
    starts_on: str
    ends_on: str
    cutoff_on: str
    due_on: str

    @property
    def last(self) -> str:
        """The day its report is due, else its last one."""
        return self.due_on or self.ends_on


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """One target as typed: dictionary names of `target`."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class TargetCard:
    """One target with its values by dictionary name."""

    id: str
    fields: Mapping[str, object]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How one unit stands in a period: what was set, what is done, in percent, and in a word of
    `rules.period.standing`. `entered` counts everything there, approved or not."""

    id: str
    unit: str
    number: int | None
    done: int
    percent: float | None
    entered: int
    standing: str
    total: bool = False
    """Whether this is the whole office, over its units."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A figure in a period over the units of the office, the whole first.

    `as_of` is the day up to which was counted: the cut-off, or today before it.
    """

    period: PeriodCard
    figure: str
    as_of: str
    lines: tuple[ProgressLine, ...]
    notes: tuple[str, ...] = ()
