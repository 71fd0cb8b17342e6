"""Reads .xlsb: values only, for these files tell no fonts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from app.imports.sheet import EMPTY, SHEETS_MAX, Cell, Row, Sheet, limited


def read(path: Path) -> Iterator[Sheet]:
    """The visible sheets. Raises python_calamine.CalamineError for a broken or locked file."""
    with path.open("rb") as source, CalamineWorkbook.from_filelike(source) as book:
        for about in book.sheets_metadata[:SHEETS_MAX]:
            sheet = Sheet(about.name, iter(()))
            if about.visible != SheetVisibleEnum.Visible:
                sheet.note("sheet_hidden")
            elif "Sheet" in str(about.typ):
                page = book.get_sheet_by_name(about.name)
                sheet.rows = limited(sheet, _rows(page.iter_rows()))
            yield sheet


def _rows(rows: Iterable[Sequence[object]]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield number, tuple(map(_cell, row))


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell(value, "", "bool")
    if isinstance(value, (int, float)):
        whole = int(value) if float(value).is_integer() else value
        return Cell(whole, "", "number")
    if isinstance(value, (date, datetime)):
        return Cell(value.isoformat()[:10], "", "date")
    text = "" if value is None else str(value)
    return Cell(text, "", "text") if text.strip() else EMPTY
