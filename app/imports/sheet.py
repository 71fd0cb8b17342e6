"""What every list file becomes: sheets of rows of cells, with the limits all readers keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

FILE_BYTES_MAX = 64 * 1024 * 1024
"""A larger file is refused before it is opened; 43,760 persons take about 5 MB."""
UNPACKED_BYTES_MAX = 512 * 1024 * 1024
"""The most that one part of a packed file may grow to."""
STRINGS_BYTES_MAX = 96 * 1024 * 1024
"""The table of texts is the one part that is held in memory."""
RATIO_MAX = 250
"""A part that grows more than this, above RATIO_FREE_BYTES, is a zip bomb, not a list."""
RATIO_FREE_BYTES = 8 * 1024 * 1024
PARTS_MAX = 5_000
SHEETS_MAX = 200
COLUMNS_MAX = 100
"""Columns that are read; a list that uses more says so in a warning."""
ROWS_MAX = 200_000
"""Rows of one sheet that are read; the sheet says when it has more."""
EMPTY_ROWS_MAX = 5_000
"""After so many empty rows in succession a sheet is over (formatted to the bottom, usually)."""
TEXT_MAX = 4_000
"""Characters of one cell that are kept."""


class Cell(NamedTuple):
    """One cell as stored: no decoding, no trimming.

    `kind` is empty, text, number, date, bool, error or formula (a formula whose result the file
    does not hold). `value` is str for text and error, int or float for number, `YYYY`, `YYYY-MM`
    or `YYYY-MM-DD` for date (as precise as the cell shows it). `font` is the font's name or "".
    """

    value: str | int | float | bool | None = None
    font: str = ""
    kind: str = "empty"


EMPTY = Cell()
Row = tuple[int, tuple[Cell, ...]]
"""The row's number in the file (from 1) and its cells."""
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; all from 1."""


@dataclass
class Sheet:
    """One sheet: its name, its merged ranges, and its rows, which can be read once.

    `notes` fills while rows are read: codes of what was left out (`columns_over`, `rows_over`).
    """

    name: str
    rows: Iterator[Row]
    merges: tuple[Merge, ...] = ()
    notes: list[str] = field(default_factory=list)

    def note(self, code: str) -> None:
        """Remember once that something of the sheet was left out."""
        if code not in self.notes:
            self.notes.append(code)


def text_of(cell: Cell) -> str:
    """The cell as a person would read it aloud: whole numbers without `.0`."""
    if cell.value is None:
        return ""
    if cell.kind == "number" and isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return str(cell.value)


def limited(sheet: Sheet, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows without those that are empty, within the limits; says in the notes what it cut."""
    last = 0
    for number, cells in rows:
        if all(cell.kind == "empty" for cell in cells):
            if number - last > EMPTY_ROWS_MAX:
                return
            continue
        if number - last > EMPTY_ROWS_MAX and last:
            sheet.note("rows_far_below")
            return
        if number > ROWS_MAX:
            sheet.note("rows_over")
            return
        last = number
        if len(cells) > COLUMNS_MAX:
            if any(cell.kind != "empty" for cell in cells[COLUMNS_MAX:]):
                sheet.note("columns_over")
            cells = cells[:COLUMNS_MAX]
        yield number, cells
