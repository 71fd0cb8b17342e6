"""What is asked of a report and what it answers; frozen, for screens, papers and files."""

from __future__ import annotations

from dataclasses import dataclass, field

Number = int | float | None
"""A count, a percentage, or None for what is withheld or has no sense."""


WITHHELD = "…"
"""Stands for a number that this reader may not see."""


@dataclass(frozen=True, slots=True)
class ReportAsk:
    """A report with its parameters, all but the name with usual values.

    `as_of` is the last day counted, `since` the first day of a period (ISO); `period` the code of a
    named period, which gives both. `units` are unit keys of either system, `borders` 63 or 34,
    `level` province, district or commune; `where` narrows everybody (`sex=female`). `recorded` is
    the last day of which the book is taken, where a report counts by the days written on papers.
    """

    name: str
    as_of: str = ""
    since: str = ""
    period: str = ""
    units: tuple[str, ...] = ()
    borders: str = ""
    level: str = ""
    where: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its figure's name, its head with the unit of count, its rule in words, and what
    stands where it has no number."""

    key: str
    label: str
    unit: str
    rule: str = ""
    empty: str = WITHHELD


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row: its key (a unit's, a code, a year), its words, its numbers by column.

    A number of None is withheld from this reader, or there is none. `unit` says the key names one.
    """

    key: str
    label: str
    values: dict[str, Number]
    unit: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A whole report: rows, totals, and notes on what its numbers mean."""

    ask: ReportAsk
    title: str
    unit_of_count: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    totals: dict[str, Number]
    notes: tuple[str, ...] = ()
    rows_head: str = ""
    period_words: str = ""


@dataclass(frozen=True, slots=True)
class ReportMember:
    """Somebody or something in a cell: the id of the person (none for who is not registered)."""

    key: str
    person_id: str
    name: str
    birth: str
    sex: str
    number: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class ReportCell:
    """The list behind a cell with its head, of one picture: report and period, row, column, and
    whom the report leaves out."""

    title: str
    period_words: str
    row_label: str
    column_label: str
    members: tuple[ReportMember, ...]
    narrowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that can be asked for."""

    name: str
    title: str
    cycle: str
    flows: bool
    by_unit: bool


@dataclass(frozen=True, slots=True)
class EditionCard:
    """A frozen edition: who made it, when, as of which day, its hash, and whether it is whole."""

    id: str
    name: str
    title: str
    as_of: str
    period: str
    made_at: str
    made_by: str
    sha256: str
    note: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is counted now and was not, or the other way round: one change of a record."""

    at: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A record that a cell gained (`came`) or lost, with the changes since the earlier edition."""

    key: str
    person_id: str
    name: str
    came: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One number that differs between two editions; `untold` records have no change to show, `late`
    of them because an edition counted anew differs from what it kept. `more_came` and `more_gone`
    are counted and not named."""

    row: str
    label: str
    column: str
    column_label: str
    before: Number
    after: Number
    moved: tuple[Moved, ...] = ()
    untold: int = 0
    more_came: int = 0
    more_gone: int = 0
    late: int = 0
    empty: str = WITHHELD


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What differs between two editions of one report."""

    first: EditionCard
    second: EditionCard
    totals: tuple[CellChange, ...] = ()
    cells: tuple[CellChange, ...] = ()
    notes: tuple[str, ...] = field(default=())
