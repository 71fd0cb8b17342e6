"""Reads .xlsx and .xlsm row by row with fonts and cached results, in flat memory, never a macro."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from app.imports.sheet import COLUMNS_MAX, EMPTY, Cell, Merge, Row, Sheet, limited
from app.imports.xlsx_parts import (
    Book,
    Damaged,
    StringBuilder,
    Style,
    Text,
    feed,
    new_parser,
    parse,
    read_book,
    read_strings,
    read_styles,
)

MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MERGES_MAX = 20_000
PLAIN = Style("", "")
COLUMN_CACHE: dict[str, int] = {}
TAGS_MAX = 1_000


def read(archive: zipfile.ZipFile) -> Iterator[Sheet]:
    """The visible sheets of the file, one after the other; read each before asking for the next.

    Raises xlsx_parts.Damaged, zipfile.BadZipFile or zlib.error for a broken file, at any row.
    """
    book = read_book(archive)
    styles = read_styles(archive, book.styles)
    strings = read_strings(archive, book.strings)
    names = set(archive.namelist())
    for name, path, hidden in book.sheets:
        if path not in names:
            raise Damaged(path)
        sheet = Sheet(name, iter(()), _merges(archive, path))
        if hidden:
            sheet.note("sheet_hidden")
        else:
            sheet.rows = limited(sheet, _rows(archive, path, _Cells(book, styles, strings)))
        yield sheet


def rows_about(archive: zipfile.ZipFile) -> int:
    """How many row elements the visible sheets have; Damaged when one is not well-formed."""
    found = 0
    for _, path, hidden in read_book(archive).sheets:
        if hidden:
            continue
        tail = b""
        parser = new_parser()
        with archive.open(path) as part:
            while chunk := part.read(1 << 20):
                parse(parser, path, chunk, False)
                piece = tail + chunk
                found += piece.count(b"<row ")
                tail = piece[-4:]
        parse(parser, path, b"", True)
    return found


def _merges(archive: zipfile.ZipFile, path: str) -> tuple[Merge, ...]:
    """The merged ranges, which stand behind the rows: found by a quick look through the bytes."""
    found: list[Merge] = []
    tail = b""
    with archive.open(path) as part:
        while chunk := part.read(1 << 20):
            piece = tail + chunk
            last = 0
            for match in MERGE.finditer(piece):
                left, top, right, bottom = match.groups()
                found.append((int(top), column(left.decode()), int(bottom), column(right.decode())))
                last = match.end()
            if len(found) > MERGES_MAX:
                break
            tail = piece[max(last, len(piece) - 200) :]
    return tuple(found)


def column(letters: str) -> int:
    """The number of a column from its letters: A is 1."""
    known = COLUMN_CACHE.get(letters)
    if known is None:
        known = 0
        for letter in letters:
            known = known * 26 + ord(letter) - 64
        COLUMN_CACHE[letters] = known
    return known


class _Tags(dict[str, str]):
    """The local name of an element, split from its namespace once and not for each cell."""

    def __missing__(self, name: str) -> str:
        if len(self) > TAGS_MAX:
            self.clear()
        self[name] = tag = name.rpartition(" ")[2]
        return tag


TAGS = _Tags()


class _Cells:
    """Turns what the parser meets into rows of cells."""

    def __init__(self, book: Book, styles: list[Style], strings: list[Text]) -> None:
        self.starts_1904 = book.starts_1904
        self.styles = styles
        self.strings = strings
        self.ready: list[Row] = []
        self.row: list[Cell] = []
        self.number = 0
        self.at = 0
        self.attributes: dict[str, str] = {}
        self.value: list[str] = []
        self.inline = StringBuilder()
        self.inside = ""
        self.has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = TAGS[name]
        if tag == "c":
            self.attributes = attributes
            self.value = []
            self.inline.reset()
            self.has_formula = False
        elif tag == "v":
            self.inside = "v"
        elif tag == "f":
            self.has_formula = True
        elif tag == "row":
            self.number = int(attributes.get("r") or self.number + 1)
            self.row = []
            self.at = 0
        elif tag == "is":
            self.inside = "is"
        elif self.inside == "is":
            self.inline.start(tag, attributes)

    def data(self, text: str) -> None:
        if self.inside == "v":
            self.value.append(text)
        elif self.inside == "is":
            self.inline.data(text)

    def end(self, name: str) -> None:
        tag = TAGS[name]
        if tag == "c":
            self._close_cell()
        elif tag in ("v", "is"):
            self.inside = ""
        elif tag == "row":
            self.ready.append((self.number, tuple(self.row)))
        elif self.inside == "is":
            self.inline.end(tag)

    def _close_cell(self) -> None:
        where = self.attributes.get("r")
        self.at = column(where.rstrip("0123456789")) if where else self.at + 1
        if len(self.row) > COLUMNS_MAX:
            return  # one more than is kept is there, so that `limited` can see and say it
        cell = self._cell()
        if cell.kind == "empty":
            return
        while len(self.row) < min(self.at - 1, COLUMNS_MAX):
            self.row.append(EMPTY)
        self.row.append(cell)

    def _cell(self) -> Cell:
        kind = self.attributes.get("t", "n")
        number = self.attributes.get("s", "0")
        style = self.styles[int(number)] if int(number) < len(self.styles) else PLAIN
        if kind == "inlineStr":
            inline = self.inline.text()
            return _text(inline.value, style.font if inline.font is None else inline.font)
        raw = "".join(self.value)
        if not raw:
            return Cell("", style.font, "formula") if self.has_formula and kind == "n" else EMPTY
        if kind == "s":
            shared = self.strings[int(raw)]
            return _text(shared.value, style.font if shared.font is None else shared.font)
        if kind == "str":
            return _text(raw, style.font)
        if kind == "e":
            return Cell(raw, style.font, "error")
        if kind == "b":
            return Cell(raw == "1", style.font, "bool")
        if kind == "d":
            return Cell(raw[:10], style.font, "date")
        return number_cell(float(raw), style, self.starts_1904)


def _text(value: str, font: str) -> Cell:
    return Cell(value, font, "text") if value.strip() else EMPTY


def number_cell(value: float, style: Style, starts_1904: bool) -> Cell:
    """A number as a number, or as a date when its format shows one."""
    if style.date and 1 <= value < 2_958_466:
        return Cell(serial_date(value, style.date, starts_1904), style.font, "date")
    return Cell(int(value) if value.is_integer() else value, style.font, "number")


def serial_date(serial: float, precision: str, starts_1904: bool) -> str:
    """A day number of Excel as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as it is shown."""
    day = int(serial)
    if starts_1904:
        when = date(1904, 1, 1) + timedelta(days=day)
    else:  # Excel counts a 29 February 1900 that never was
        when = date(1899, 12, 31) + timedelta(days=day if day < 60 else day - 1)
    return when.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def _rows(archive: zipfile.ZipFile, path: str, cells: _Cells) -> Iterator[Row]:
    parser = new_parser()
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.data
    try:
        for _ in feed(archive, path, parser):
            if cells.ready:
                ready, cells.ready = cells.ready, []
                yield from ready
    except (ValueError, IndexError, OverflowError) as error:
        raise Damaged(f"{path}: {error}") from None
