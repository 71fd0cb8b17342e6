"""Frozen values of the office's overview, and of a province's over its offices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    progress: tuple[Progress, ...]
    days: tuple[str, ...]
    trends: Trend


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure beside its target in a period (its code and name), as of the period's cut-off.

    No `number` where nobody set one. `standing` is a word of `rules.period.standing`. Of all
    offices together `missing` names the units with a target of which no office is there.
    """

    figure: str
    period: str
    name: str
    due: str
    as_of: str
    number: int | None
    done: int
    entered: int
    percent: float | None
    standing: str
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What is measured."""
        return self.figure, self.period

    @property
    def behind(self) -> bool:
        """Whether it is late, or nothing at all was entered."""
        return self.standing in BEHIND


BEHIND = ("late", "empty")


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """One office as the server counted it; no person's data.

    `numbers` by name: approved, need_items, need_persons, met_items, cases, cases_late,
    files_open, files_late, and those of data quality. `batch_at` is when its last batch came,
    `seen_at` when one of its PCs was last heard of (ISO UTC, "" for never). A number that the
    server did not send is not there: it is unknown, never 0.
    """

    id: str
    name: str
    numbers: Mapping[str, int]
    batch_at: str = ""
    seen_at: str = ""
    measured: tuple[Measured, ...] = ()
    trends: Trend = field(default_factory=dict)

    def beside(self, key: tuple[str, str]) -> Measured | None:
        """One of its figures beside its target; None where it is not measured by it."""
        return next((one for one in self.measured if one.key == key), None)

    @property
    def mend(self) -> int | None:
        """Fields that are empty and values that cannot be right."""
        return self.sum(TO_MEND)

    def sum(self, names: Collection[str]) -> int | None:
        """Some numbers together; None where the server did not send one of them."""
        if not self.numbers.keys() >= set(names):
            return None
        return sum(self.numbers[name] for name in names)


TO_MEND = (
    "no_birth", "no_sex", "no_number", "no_types", "new_year", "odd_birth", "same_phone", "alike"
)  # fmt: skip
"""Numbers of data quality that ask somebody to look again."""


@dataclass(frozen=True, slots=True)
class Province:
    """All offices that may be read, as of a day, counted at an instant (ISO UTC).

    `measured` is what they are measured by, each figure and period with all offices together.
    `failing_since` (ISO UTC) says that the server has been failing to count anew since then.
    """

    as_of: str
    counted_at: str
    offices: tuple[OfficeFigures, ...]
    days: tuple[str, ...] = ()
    measured: tuple[Measured, ...] = ()
    failing_since: str = ""

    def behind(self, key: tuple[str, str]) -> tuple[str, ...]:
        """Names of the offices that are late with a figure or entered nothing at all, and of the
        units that have a target and no office here."""
        beside = ((one.name, one.beside(key)) for one in self.offices)
        late = [name for name, found in beside if found is not None and found.behind]
        return (*late, *(name for one in self.measured if one.key == key for name in one.missing))

    @property
    def all_behind(self) -> frozenset[str]:
        """Names of all that are behind with any figure."""
        return frozenset(name for one in self.measured for name in self.behind(one.key))

    def total(self, name: str) -> int | None:
        """A number of all offices together; of persons a person is at home in one office only.
        None where one of them has none: the rest would pass for all."""
        return _sum([one.numbers.get(name) for one in self.offices])

    @property
    def mend(self) -> int | None:
        """What is to be looked at again in all offices together."""
        return _sum([one.mend for one in self.offices])

    def trend(self, name: str) -> tuple[int, ...]:
        """A figure of all offices together, by day; () where one of them has none."""
        each = [one.trends.get(name, ()) for one in self.offices]
        if any(len(numbers) != len(self.days) for numbers in each):
            return ()
        return tuple(sum(numbers) for numbers in zip(*each, strict=True))

    @property
    def lacking(self) -> tuple[str, ...]:
        """Names of the offices of which a number is not there that another office has."""
        known = {name for one in self.offices for name in (*one.numbers, *TO_MEND)}
        return tuple(one.name for one in self.offices if not one.numbers.keys() >= known)


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if len(known) == len(numbers) else None
