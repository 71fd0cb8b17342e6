"""Frozen values of the office's overview, and of a province's over its offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.values.period import Progress

Trend = Mapping[str, tuple[int, ...]]
"""By figure the numbers at the end of each day, the oldest first."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The office in numbers. `days` are the ISO days of the trends; `late` is what was due before
    today, of everybody; `files_late` files at the council past their day; `mend` how many fields
    and doubts there are."""

    approved: int
    need_items: int
    need_persons: int
    cases: int
    waiting: int
    returned: int
    late: int
    files_late: int
    mend: int
    progress: Progress | None
    days: tuple[str, ...]
    trends: Trend


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """One office as the server counted it; no person's data.

    `numbers` by name: approved, need_items, need_persons, met_items, cases, cases_late,
    files_open, files_late, and those of data quality. `batch_at` is when its last batch came,
    `seen_at` when one of its PCs was last heard of (ISO UTC, "" for never).
    """

    id: str
    name: str
    numbers: Mapping[str, int]
    batch_at: str = ""
    seen_at: str = ""
    target: int | None = None
    done: int = 0
    percent: float | None = None
    standing: str = "unset"
    trends: Trend = field(default_factory=dict)

    @property
    def mend(self) -> int:
        """Fields that are empty and values that cannot be right."""
        return sum(self.numbers.get(name, 0) for name in TO_MEND)


TO_MEND = (
    "no_birth", "no_sex", "no_number", "no_types", "new_year", "odd_birth", "same_phone", "alike"
)  # fmt: skip
"""Numbers of data quality that ask somebody to look again."""


@dataclass(frozen=True, slots=True)
class Province:
    """All offices that may be read, as of a day, counted at an instant (ISO UTC).

    `period` is the code of the period whose targets are looked at ("" without one), `due` its day.
    """

    as_of: str
    counted_at: str
    offices: tuple[OfficeFigures, ...]
    days: tuple[str, ...] = ()
    period: str = ""
    period_name: str = ""
    due: str = ""

    def total(self, name: str) -> int:
        """A number of all offices together; of persons a person is at home in one office only."""
        return sum(one.numbers.get(name, 0) for one in self.offices)

    def trend(self, name: str) -> tuple[int, ...]:
        """A figure of all offices together, by day."""
        each = [one.trends[name] for one in self.offices if name in one.trends]
        return tuple(sum(numbers) for numbers in zip(*each, strict=True))
