"""Frozen values about a list that is brought in; they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
class PreviewRow:
    """A row beside what was understood: raw texts by column, values by field, and problems.

    `fate` says what a run would do: new, same (already known), maybe (new, marked as a possible
    duplicate) or refused.
    """

    sheet: str
    row: int
    raw: tuple[str, ...]
    values: Mapping[str, object]
    shown: Mapping[str, str]
    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...]
    fate: str


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """A sheet: where its headings stand, its columns, how many rows hold persons, and remarks."""

    name: str
    header_row: int
    columns: tuple[ColumnMap, ...]
    rows: int
    remarks: tuple[str, ...] = ()


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
    brought_before: str | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to bring a list in.

    `mapping` gives fields by column letter or heading, for all sheets or as `Sheet!B`;
    `draft` keeps the people as drafts instead of sending them to the approval desk.
    """

    dry_run: bool = False
    draft: bool = False
    mapping: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a list. `rows` = `created` + `matched` + rows refused (not reached on cancel).

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

    @property
    def by_hand(self) -> tuple[RowProblem, ...]:
        """Rows (0 for a whole sheet) that say what was kept out: who may write it types it."""
        return tuple(each for each in self.warnings if each.code in BY_HAND)

    @property
    def refused_rows(self) -> int:
        """How many rows were refused (a row may have several problems)."""
        return len({(each.sheet, each.row) for each in self.refused if each.row})
