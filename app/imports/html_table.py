"""Reads tables of a web page, which office programs of the state save under the name .xls."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from app.imports import csv_text
from app.imports.sheet import COLUMNS_MAX, EMPTY, TEXT_MAX, Cell, Merge, Row, Sheet, limited

CHUNK = 64 * 1024
MERGES_MAX = 20_000
LOOK_BYTES = 256 * 1024


def holds_table(path: Path) -> bool:
    """Whether the first part of a file opens a table."""
    with path.open("rb") as source:
        head = source.read(LOOK_BYTES).replace(b"\0", b"").lower()
    return b"<table" in head


def read(path: Path) -> Iterator[Sheet]:
    """All tables of the page as one sheet, one below the other. Raises UnicodeError."""
    sheet = Sheet(path.stem, iter(()), tuple(_merges(path)))
    sheet.rows = limited(sheet, _rows(path, _Tables()))
    yield sheet


def _merges(path: Path) -> list[Merge]:
    tables = _Tables()
    for _ in _rows(path, tables):
        if len(tables.merges) > MERGES_MAX:
            break
    return tables.merges


def _rows(path: Path, tables: _Tables) -> Iterator[Row]:
    for line in csv_text.lines(path, csv_text.encoding_of(path)):
        for start in range(0, len(line), CHUNK):
            tables.feed(line[start : start + CHUNK])
            while tables.ready:
                yield tables.ready.popleft()
    tables.close()
    yield from tables.ready


class _Tables(HTMLParser):
    """Collects the cells of rows; a cell over several columns leaves the others empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ready: deque[Row] = deque()
        self.merges: list[Merge] = []
        self.taken: dict[int, int] = {}  # column -> last row that a tall cell above covers
        self.number = 0
        self.cells: list[Cell] | None = None
        self.words: list[str] | None = None
        self.font = ""
        self.spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or a cell opens (closing tags are often left out)."""
        if tag == "tr":
            self._close_row()
            self.number += 1
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self._close_cell()
            found = dict(attrs)
            self.spans = (_span(found.get("rowspan")), _span(found.get("colspan")))
            self.words, self.font = [], ""
        elif tag == "font" and self.words is not None:
            self.font = dict(attrs).get("face") or self.font
        elif tag == "br" and self.words is not None:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A cell, a row or a table closes."""
        if tag in ("td", "th"):
            self._close_cell()
        elif tag in ("tr", "table"):
            self._close_row()

    def handle_data(self, data: str) -> None:
        """Text came."""
        if self.words is not None and len(self.words) < TEXT_MAX:
            self.words.append(data)

    def close(self) -> None:
        """The page is over."""
        super().close()
        self._close_row()

    def _close_cell(self) -> None:
        if self.words is None or self.cells is None:
            return
        text = " ".join("".join(self.words).split())[:TEXT_MAX]
        self.words = None
        while self.taken.get(len(self.cells), 0) >= self.number:
            self.cells.append(EMPTY)
        at, (tall, wide) = len(self.cells), self.spans
        if tall > 1 or wide > 1:
            self.merges.append((self.number, at + 1, self.number + tall - 1, at + wide))
        for column in range(at, at + wide):
            if tall > 1:
                self.taken[column] = self.number + tall - 1
        self.cells.append(Cell(text, self.font, "text") if text else EMPTY)
        self.cells.extend([EMPTY] * (wide - 1))

    def _close_row(self) -> None:
        self._close_cell()
        if self.cells is not None:
            self.ready.append((self.number, tuple(self.cells)))
        self.cells = None


def _span(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() else 1
    return min(max(number, 1), COLUMNS_MAX)
