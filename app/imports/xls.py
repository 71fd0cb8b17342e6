"""Reads the old .xls (Excel 5 to 2003) with fonts, one sheet at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT

from app.imports.sheet import EMPTY, Cell, Merge, Row, Sheet, limited
from app.imports.xlsx import number_cell
from app.imports.xlsx_parts import Style, date_precision


class _Quiet:
    """Where xlrd's remarks about odd files go: nowhere."""

    def write(self, _: str) -> None:
        """Take a remark."""

    def flush(self) -> None:
        """Nothing is kept."""


def read(path: Path) -> Iterator[Sheet]:
    """The visible sheets of the file. Raises xlrd.XLRDError and xlrd.compdoc.CompDocError."""
    options = {"formatting_info": True, "on_demand": True, "logfile": _Quiet()}
    try:
        book = xlrd.open_workbook(str(path), **options)
    except (UnicodeDecodeError, LookupError):  # an Excel 5 file that names a code page wrongly
        book = xlrd.open_workbook(str(path), encoding_override="cp1252", **options)
    with book:
        styles = _styles(book)
        for number in range(book.nsheets):
            page = book.sheet_by_index(number)
            sheet = Sheet(page.name, iter(()), _merges(page))
            if page.visibility:
                sheet.note("sheet_hidden")
            else:
                sheet.rows = limited(sheet, _rows(page, styles, bool(book.datemode)))
            yield sheet
            book.unload_sheet(number)


def _styles(book: xlrd.Book) -> list[Style]:
    found = []
    for form in book.xf_list:
        shown = book.format_map.get(form.format_key)
        code = shown.format_str if shown else ""
        font = book.font_list[form.font_index].name if form.font_index < len(book.font_list) else ""
        found.append(Style(font, date_precision(form.format_key, code or "")))
    return found


def _merges(page: xlrd.sheet.Sheet) -> tuple[Merge, ...]:
    return tuple(
        (top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells
    )


def _rows(page: xlrd.sheet.Sheet, styles: list[Style], starts_1904: bool) -> Iterator[Row]:
    for index in range(page.nrows):
        kinds, values = page.row_types(index), page.row_values(index)
        forms = [page.cell_xf_index(index, at) for at in range(len(kinds))]
        cells = [
            _cell(kind, value, styles[form] if form < len(styles) else Style("", ""), starts_1904)
            for kind, value, form in zip(kinds, values, forms, strict=True)
        ]
        if page.rich_text_runlist_map:
            _mark_mixed_fonts(page, index, cells)
        while cells and cells[-1].kind == "empty":
            cells.pop()
        yield index + 1, tuple(cells)


def _cell(kind: int, value: object, style: Style, starts_1904: bool) -> Cell:
    if kind == XL_CELL_TEXT:
        return Cell(str(value), style.font, "text") if str(value).strip() else EMPTY
    if kind in (XL_CELL_NUMBER, XL_CELL_DATE) and isinstance(value, float):
        return number_cell(value, style, starts_1904)
    if kind == XL_CELL_BOOLEAN:
        return Cell(bool(value), style.font, "bool")
    if kind == XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(value, "#"), style.font, "error")
    return EMPTY


def _mark_mixed_fonts(page: xlrd.sheet.Sheet, index: int, cells: list[Cell]) -> None:
    """A text of several fonts: the last font when it covers all, none when they differ."""
    book = page.book
    for at, cell in enumerate(cells):
        runs = page.rich_text_runlist_map.get((index, at))
        if not runs:
            continue
        fonts = {book.font_list[font].name for _, font in runs if font < len(book.font_list)}
        if runs[0][0] > 0:
            fonts.add(cell.font)
        cells[at] = cell._replace(font=fonts.pop() if len(fonts) == 1 else "")
