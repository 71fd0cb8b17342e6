"""Reads .ods row by row with fonts, merged cells and kept results, never a macro or a comment."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.imports.ods_styles import Styles
from app.imports.sheet import (
    COLUMNS_MAX,
    EMPTY,
    ROWS_MAX,
    SHEETS_MAX,
    TEXT_MAX,
    Cell,
    Merge,
    Row,
    Sheet,
    limited,
)
from app.imports.xlsx_parts import Damaged, elements, feed, new_parser

CONTENT, STYLES = "content.xml", "styles.xml"
ASIDE = frozenset("annotation frame custom-shape shapes tracked-changes dde-links".split())
"""What stands in or beside cells and is none of their text: comments, drawings, old versions."""
NUMBERS = frozenset(("float", "percentage", "currency"))
MERGES_MAX = 20_000


def read(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The sheets of the file, one after the other; read each before asking for the next.

    Raises xlsx_parts.Damaged, zipfile.BadZipFile or zlib.error for a broken file, at any row.
    """
    styles = Styles()
    if STYLES in archive.namelist():
        _collect(archive, styles)
    merges: dict[int, list[Merge]] = {}
    for _ in _walk(archive, _Body(styles, merges)):
        pass  # merged ranges hold for rows below too: they are known before the first row is read
    walk = _walk(archive, _Body(styles, {}))
    waiting: list[Row | Sheet] = []

    def rows() -> Iterator[Row]:
        for found in walk:
            if isinstance(found, Sheet):
                waiting.append(found)
                return
            yield found

    number = 0
    for found in walk:  # nothing but the first sheet stands before the first row
        if isinstance(found, Sheet):
            waiting.append(found)
            break
    while waiting and number < SHEETS_MAX:
        sheet = waiting.pop()
        assert isinstance(sheet, Sheet)
        sheet.merges = tuple(merges.get(number, ()))
        hidden = "sheet_hidden" in sheet.notes
        inside = rows()
        sheet.rows = iter(()) if hidden else limited(sheet, inside)
        yield sheet
        for _ in inside:
            pass
        number += 1


def _collect(archive: zipfile.ZipFile, styles: Styles) -> None:
    """The common styles: a small part, read whole; a style's properties follow it."""
    for tag, row, _ in elements(archive, STYLES):
        if tag in ("style", "default-style", "date-style"):
            styles.end("style")
            styles.end("date-style")
        styles.start(tag, row)
    styles.end("style")
    styles.end("date-style")


@dataclass
class _Body:
    """Turns what the parser meets in `content.xml` into sheets and their rows, in order."""

    styles: Styles
    merges: dict[int, list[Merge]]
    ready: list[Row | Sheet] = field(default_factory=list)
    sheet: int = -1
    number: int = 0
    row: list[Cell] = field(default_factory=list)
    columns: list[tuple[int, str]] = field(default_factory=list)
    row_style: str = ""
    rows: int = 1
    at: int = 0
    cell: dict[str, str] | None = None
    paragraphs: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[str] = field(default_factory=list)
    fonts: set[str | None] = field(default_factory=set)
    inside: bool = False
    aside: int = 0
    tables: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        about = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
        if tag in ASIDE or self.aside:
            self.aside += 1
        elif tag == "table":
            self._open_table(about)
        elif not self.tables:
            self.styles.start(tag, about)
        elif tag == "table-column":
            many = _times(about.get("number-columns-repeated"))
            self.columns.append((many, about.get("default-cell-style-name", "")))
        elif tag == "table-row":
            self.row, self.at = [], 0
            self.rows = _times(about.get("number-rows-repeated"))
            self.row_style = about.get("default-cell-style-name", "")
        elif tag in ("table-cell", "covered-table-cell"):
            self.cell, self.parts, self.fonts = about, [], set()
            self.paragraphs = self.length = 0
        elif self.cell is not None:
            self._in_cell(tag, about)

    def data(self, text: str) -> None:
        if not self.inside or self.aside or self.length >= TEXT_MAX:
            return
        self.parts.append(text)
        self.length += len(text)
        if text.strip():
            font = self.styles.font(self.runs[-1], "text") if self.runs else ""
            self.fonts.add(font or None)

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if self.aside:
            self.aside -= 1
        elif tag == "table":
            self.tables -= 1
        elif not self.tables:
            self.styles.end(tag)
        elif tag in ("table-cell", "covered-table-cell"):
            self._close_cell(tag)
            self.cell = None
        elif tag == "table-row":
            self._close_row()
        elif tag == "p":
            self.inside = False
        elif tag == "span" and self.runs:
            self.runs.pop()

    def _open_table(self, about: dict[str, str]) -> None:
        self.tables += 1
        if self.tables > 1:
            return
        self.sheet += 1
        self.number, self.columns = 0, []
        made = Sheet(about.get("name", ""), iter(()))
        if self.styles.hides(about.get("style-name", "")):
            made.note("sheet_hidden")
        self.ready.append(made)

    def _in_cell(self, tag: str, about: dict[str, str]) -> None:
        if tag == "p":
            if self.paragraphs:
                self.parts.append("\n")
            self.paragraphs += 1
            self.inside, self.runs = True, []
        elif tag == "span":
            self.runs.append(about.get("style-name", ""))
        elif tag == "s":
            self.data(" " * min(_times(about.get("c")), TEXT_MAX))
        elif tag in ("tab", "line-break"):
            self.data("\t" if tag == "tab" else "\n")

    def _close_cell(self, tag: str) -> None:
        assert self.cell is not None
        many = _times(self.cell.get("number-columns-repeated"))
        wide = _times(self.cell.get("number-columns-spanned"))
        tall = _times(self.cell.get("number-rows-spanned"))
        if wide > 1 or tall > 1:
            spans = self.merges.setdefault(self.sheet, [])
            if len(spans) < MERGES_MAX:
                top, left = self.number + 1, self.at + 1
                spans.append((top, left, top + tall - 1, left + wide - 1))
        cell = EMPTY if tag == "covered-table-cell" else self._cell(self.cell)
        if cell.kind != "empty":
            while len(self.row) < min(self.at, COLUMNS_MAX):
                self.row.append(EMPTY)
            # One more than is kept is there, so that `limited` can see and say it.
            self.row += [cell] * min(many, COLUMNS_MAX + 1 - len(self.row))
        self.at += many

    def _cell(self, about: dict[str, str]) -> Cell:
        kind, raw = about.get("value-type", ""), about.get("value", "")
        style = about.get("style-name") or self.row_style or self._column_style()
        text = "".join(self.parts)[:TEXT_MAX]
        if not kind and not text.strip():
            return Cell("", self.styles.font(style), "formula") if "formula" in about else EMPTY
        if text.startswith(("#", "Err:")) and "formula" in about:
            return Cell(text, self.styles.font(style), "error")
        if kind in NUMBERS and raw:
            number = float(raw)
            value = int(number) if number.is_integer() else number
            return Cell(value, self.styles.font(style), "number")
        if kind == "date" and about.get("date-value"):
            length = {"day": 10, "month": 7, "year": 4}[self.styles.precision(style)]
            return Cell(about["date-value"][:length], self.styles.font(style), "date")
        if kind == "boolean":
            return Cell(about.get("boolean-value") == "true", self.styles.font(style), "bool")
        return self._text(text or about.get("string-value", ""), style)

    def _text(self, text: str, style: str) -> Cell:
        """A text with its font, where all of its runs agree."""
        font = next(iter(self.fonts)) if len(self.fonts) == 1 else ("" if self.fonts else None)
        own = self.styles.font(style) if font is None else font
        return Cell(text, own, "text") if text.strip() else EMPTY

    def _column_style(self) -> str:
        passed = 0
        for many, style in self.columns:
            passed += many
            if self.at < passed:
                return style
        return ""

    def _close_row(self) -> None:
        """A row as often as it is repeated; empty ones only count."""
        if not self.row:
            self.number += self.rows
            return
        cells = tuple(self.row)
        for at in range(1, min(self.rows, ROWS_MAX + 2) + 1):
            self.ready.append((self.number + at, cells))
        self.number += self.rows


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() else 1


def _walk(archive: zipfile.ZipFile, body: _Body) -> Iterator[Row | Sheet]:
    parser = new_parser()
    parser.StartElementHandler = body.start
    parser.EndElementHandler = body.end
    parser.CharacterDataHandler = body.data
    try:
        for _ in feed(archive, CONTENT, parser):
            if body.ready:
                ready, body.ready = body.ready, []
                yield from ready
    except (ValueError, OverflowError) as error:
        raise Damaged(f"{CONTENT}: {error}") from None
