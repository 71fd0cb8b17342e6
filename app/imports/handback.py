"""The refused rows of a list as they stood, each with its reason: handed back to the commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from app.imports import discretion
from app.imports.listing import taking
from app.imports.reading import ListFile
from app.imports.rows import Table, places_of_title
from app.imports.writing import Page, write_xlsx
from app.values.imports import ImportOptions, RowProblem

REASON = "Lý do"
"""Written in Vietnamese whatever the program's language: communes read it."""
REASON_WIDTH = 60


def write(
    file: ListFile,
    refused: Sequence[RowProblem],
    path: Path,
    options: ImportOptions | None = None,
) -> int:
    """Copy the refused rows of a list with their headings; answers how many rows it wrote.

    Text is in Unicode whatever the list was typed in, so that corrected rows come back in.
    Raises Refused when the list cannot be read any more, OSError when `path` cannot be written.
    """
    reasons: dict[str, dict[int, list[str]]] = {}
    for problem in refused:
        if problem.row:
            lines = reasons.setdefault(problem.sheet, {}).setdefault(problem.row, [])
            lines.append(problem.message)
    write_xlsx(path, _pages(file, reasons, options or ImportOptions()))
    return sum(len(rows) for rows in reasons.values())


def _pages(
    file: ListFile,
    reasons: Mapping[str, Mapping[int, Sequence[str]]],
    options: ImportOptions,
) -> Iterator[Page]:
    for sheet in file.sheets():
        wanted = reasons.get(sheet.name)
        if not wanted:
            continue
        table = Table(sheet, taking(options, sheet.name))
        if table.layout is None:
            continue
        width = max(len(table.layout.columns), *(len(row) for row in table.headings), 1)
        title = [[discretion.blotted(text)] for text in table.title]
        headings = [_wide(row, width, "") for row in table.headings] or [[""] * width]
        headings[0].append(REASON)
        rows = _rows(table, wanted, width)
        widths = [0] * width + [REASON_WIDTH]
        lines = chain(title, headings, rows)
        yield Page(discretion.blotted(sheet.name), lines, len(title) + len(headings), widths)


def _rows(table: Table, wanted: Mapping[int, Sequence[str]], width: int) -> Iterator[list[str]]:
    """The refused rows, with the commune and hamlet that stood in a heading above them.

    A row that lost them could not come back in.
    """
    above: Mapping[str, str] = places_of_title((*table.title, table.sheet.name))
    for row in table.persons():
        if row.number not in wanted:
            continue
        if row.places != above:
            above = row.places
            if above.get("commune"):
                yield [f"Xã {above['commune']}"]
            if above.get("hamlet"):
                yield [above["hamlet"]]
        yield _wide(row.raw, width, "; ".join(wanted[row.number]))


def _wide(row: Sequence[str], width: int, last: str) -> list[str]:
    cells = [*row, *[""] * (width - len(row))]
    return [*cells, last] if last else cells
