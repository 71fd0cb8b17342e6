"""Frozen values about a list that is brought in; they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.values.duplicates import Alike

BY_HAND = ("restricted_kept_out", "restricted_title")
"""Codes of what a list said in closed matters and no machine wrote down."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with one row: where, which field, a stable code, the value, and a sentence.

    `row` is the row's number in the file from 1; 0 stands for the sheet as a whole.
    """

    sheet: str
    row: int
    field: str
    code: str
    value: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column of a sheet: letter, headings as written, and the field it was taken for.

    `field` is a field of the dictionary, a part (`ordinal`, `birth_male`, ...) or "" for unused.
    """

    letter: str
    header: str
    field: str
    label: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of somebody known: what is there, what the list has, and which one stays.

    `take` tells that the list's value is taken; where nothing was there it always is, unless
    somebody chose otherwise. `waits` tells that it then awaits approval.
    """

    field: str
    label: str
    there: str
    here: str
    take: bool
    waits: bool = False


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What the officer decided about one row.

    `fate` is "" (as found), `new` (somebody else than all of `apart`, by id: whom the row
    resembles; the surest one without them) or `same` (the person `who`; the one it was marked as a
    possible duplicate of without it); `take` are the fields whose value in the list wins, `keep`
    those whose value in the record stays, also where it is empty.
    """

    fate: str = ""
    take: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    who: str = ""
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EncodingSample:
    """A cell nobody can be sure about: as stored, and how it reads in each encoding."""

    row: int
    raw: str
    readings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EncodingQuestion:
    """In which encoding was this sheet typed? Up to three cells, side by side.

    `answer` is what was chosen already, or ""; answers go into `ImportOptions.encodings`.
    """

    sheet: str
    samples: tuple[EncodingSample, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row beside what was understood: raw texts by column, values by field, and problems.

    `fate` says what a run would do: new, same (already known, nothing to change), changed (known,
    and the list adds or changes something), maybe (new, marked as a possible duplicate) or
    refused. `twin` names whom it is the same as or may be; `alike` are all whom it resembles, the
    surest first, where that is for the officer to say; `differences` are the twin's fields beside
    the list's; `edited` are the columns that were corrected in place.
    """

    sheet: str
    row: int
    raw: tuple[str, ...]
    values: Mapping[str, object]
    shown: Mapping[str, str]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    fate: str
    twin: str = ""
    twin_id: str = ""
    differences: tuple[Difference, ...] = ()
    edited: frozenset[str] = frozenset()
    alike: tuple[Alike, ...] = ()

    @property
    def key(self) -> str:
        """The row's place in the file, as decisions and corrections name it."""
        return f"{self.sheet}!{self.row}"


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """A sheet: where its headings stand, its columns, how many rows hold persons, and remarks.

    `remembered` tells that its columns were taken as for an earlier list of this shape.
    """

    name: str
    header_row: int
    columns: tuple[ColumnMap, ...]
    rows: int
    remarks: tuple[str, ...] = ()
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a list would bring: sheets, the first rows, counts by fate, and how it was written.

    `encodings` counts cells of text by encoding (unicode, tcvn3, vni, ...); `unsure` has up to
    three texts nobody can read, to be asked about. `columns` of all sheets are unique by letter
    within their sheet. `fates` counts rows by fate.
    """

    file: str
    sheets: tuple[PreviewSheet, ...]
    rows: tuple[PreviewRow, ...]
    total: int
    fates: Mapping[str, int]
    refused: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    encodings: Mapping[str, int]
    unsure: tuple[str, ...] = ()
    questions: tuple[EncodingQuestion, ...] = ()
    brought_before: str | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to bring a list in.

    `mapping` gives fields by column letter or heading, for all sheets or as `Sheet!B`;
    `draft` keeps the people as drafts instead of sending them to the approval desk; `encodings`
    answers questions by sheet (`*` for all). `corrections` takes the list as corrections of people
    who are known: the columns that are there replace what the record has, and nobody is added.
    `register` takes it as an existing register (`certificates`, `cases` or `allowances`): opening
    stock "theo hồ sơ cũ", whose totals are kept for the hand-over minute.
    By row (`Sheet!12`): `edits` has corrected cells by column letter, `decisions` what was decided.
    """

    dry_run: bool = False
    draft: bool = False
    mapping: Mapping[str, str] | None = None
    encodings: Mapping[str, str] = field(default_factory=dict)
    corrections: bool = False
    register: str = ""
    edits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decisions: Mapping[str, RowDecision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a list. `rows` = `created` + `matched` + rows refused (not reached on cancel).

    `matched` = `changed` + `unchanged`; of the changed ones, some changes may await approval
    (`awaiting`).

    `possible_duplicates` of the created ones were marked; `id` is the import's own, "" after a
    dry run; `cancelled` tells that somebody stopped it: what was committed until then
    stays. `source` is the file, from which refused rows are copied to hand them back; `people` are
    the ids of the created persons.
    """

    rows: int
    created: int
    matched: int
    possible_duplicates: int
    refused: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...] = ()
    encodings: Mapping[str, int] = field(default_factory=dict)
    id: str = ""
    cancelled: bool = False
    source: Path | None = None
    people: tuple[str, ...] = field(default=(), repr=False)
    changed: int = 0
    awaiting: int = 0
    questions: tuple[EncodingQuestion, ...] = ()

    @property
    def unchanged(self) -> int:
        """Known people to whom the list had nothing to add."""
        return self.matched - self.changed

    @property
    def by_hand(self) -> tuple[RowProblem, ...]:
        """Rows (0 for a whole sheet) that say what was kept out: who may write it types it."""
        return tuple(each for each in self.warnings if each.code in BY_HAND)

    @property
    def refused_rows(self) -> int:
        """How many rows were refused (a row may have several problems)."""
        return len({(each.sheet, each.row) for each in self.refused if each.row})


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import as it is listed: `counts` by fate; `undone_at` once it was undone, `confirmed_at`
    once the minute of a register was.
    """

    id: str
    file: str
    kind: str
    by: str
    started_at: str
    finished_at: str | None
    counts: Mapping[str, int]
    undone_at: str | None
    undone_by: str | None
    may_undo: bool
    confirmed_at: str | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing an import did: persons and other records removed, fields put back."""

    id: str
    removed: int
    restored: int


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One line of a hand-over minute: `table` is all, commune, degree or kind."""

    table: str
    label: str
    listed: int
    found: int
    listed_money: int = 0
    found_money: int = 0

    @property
    def differs(self) -> bool:
        """Whether list and register do not agree."""
        return (self.listed, self.listed_money) != (self.found, self.found_money)


@dataclass(frozen=True, slots=True)
class Handover:
    """A register taken over: its totals in the list and in the store now, and who confirmed it."""

    id: str
    register: str
    file: str
    started_at: str
    by: str
    lines: tuple[TotalLine, ...]
    confirmed_at: str | None = None
    confirmed_by: str | None = None
    confirmed_note: str = ""
    shared: tuple[str, ...] = ()
    """Certificate numbers that stand with several persons of the list."""

    @property
    def agrees(self) -> bool:
        """Whether everything in the list stands in the store as the list says."""
        return not any(line.differs for line in self.lines)


@dataclass(frozen=True, slots=True)
class LayoutCard:
    """Columns that somebody took by hand, remembered for lists of this commune and shape.

    `commune` is as the list writes it, "" for lists that name none or several.
    """

    key: str
    commune: str
    columns: tuple[ColumnMap, ...]
    by: str
    at: str
