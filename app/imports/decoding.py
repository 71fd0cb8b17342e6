"""Rows of a sheet in Unicode: each cell decided for itself, doubtful ones by row and by sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from app.imports import legacy
from app.imports.sheet import Cell, Row, text_of
from data.text import tidy

CLEAR_SHARE_MAX = 0.02
DOUBTS_MAX = 3
FORMULA_SIGNS = ("=", "+", "-", "@")


class TextRow(NamedTuple):
    """A row in Unicode: its number, the tidied texts, and the cells they came from."""

    number: int
    texts: tuple[str, ...]
    cells: tuple[Cell, ...]

    def kind(self, at: int) -> str:
        """The kind of a cell; empty beyond the row's end."""
        return self.cells[at].kind if at < len(self.cells) else "empty"


class Decoder:
    """Decodes the rows of one sheet and counts how its cells were written.

    `answer` is the encoding somebody chose for the cells that tell nothing themselves.
    """

    def __init__(self, sample: Iterable[Row] = (), answer: str = "") -> None:
        self.counts: Counter[str] = Counter()
        self.answer = answer
        self.doubts: dict[str, int] = {}
        self.lean = _lean_of_sheet(sample)

    def row(self, row: Row) -> TextRow:
        """The row in Unicode."""
        number, cells = row
        lean = self.lean if all(cell.kind != "text" for cell in cells) else self._lean(cells)
        texts = tuple(
            self._text(cell, lean, number) if cell.kind == "text" else text_of(cell)
            for cell in cells
        )
        return TextRow(number, texts, cells)

    @property
    def unsure(self) -> tuple[str, ...]:
        """Up to three texts that nobody can read."""
        return () if self.answer else tuple(self.doubts)

    def _text(self, cell: Cell, lean: str, number: int) -> str:
        raw = str(cell.value)
        if raw[:1] == "'" and raw[1:2] in FORMULA_SIGNS:
            raw = raw[1:]  # written so by our own lists, that no spreadsheet runs it
        if raw.isascii() and not cell.font:
            self.counts["unicode"] += 1
            return tidy(raw)
        text, encoding, doubtful = _read(raw, cell.font, lean)
        if doubtful:
            read = legacy.readings(raw).get(self.answer) if self.answer else None
            if read is not None:
                text, encoding = tidy(read), self.answer
            elif len(self.doubts) < DOUBTS_MAX:
                self.doubts.setdefault(raw, number)
        self.counts[encoding] += 1
        return text

    def _lean(self, cells: tuple[Cell, ...]) -> str:
        """The old encoding of the row's other cells; the sheet's when the row does not tell."""
        told = [
            evidence
            for cell in cells
            if cell.kind == "text" and not str(cell.value).isascii()
            if (evidence := _evidence(str(cell.value), cell.font))
        ]
        if not told:
            return self.lean
        if "unicode" in told:  # as in nearly all lists of today
            return ""
        (first, most), *others = Counter(told).most_common(2)
        return first if most >= 2 * sum(count for _, count in others) else ""


@lru_cache(maxsize=16_384)
def _read(raw: str, font: str, lean: str) -> tuple[str, str, bool]:
    """A cell in Unicode and tidy, how it was written, and whether that is open to doubt.

    Open is what nobody can read, and without a lean what neither font nor spelling decides.
    """
    found = legacy.decode(raw, font, lean)
    several = not lean and not legacy.font_encoding(font) and legacy.rivals(raw)
    return tidy(found.text), found.encoding, found.encoding == "unknown" or several


@lru_cache(maxsize=16_384)
def _evidence(raw: str, font: str) -> str:
    """What a cell says of how its row was typed: an old encoding, unicode, or nothing."""
    if legacy.font_encoding(font):
        return ""
    found = legacy.decode(raw, font)
    if found.encoding in legacy.OLD:
        return found.encoding
    return "unicode" if legacy.is_clear(raw) else ""


def _lean_of_sheet(sample: Iterable[Row]) -> str:
    """The one old encoding of a sheet's first rows, when hardly anything is clear Unicode."""
    counts: Counter[str] = Counter()
    clear = 0
    for _, cells in sample:
        for cell in cells:
            if cell.kind != "text" or str(cell.value).isascii() or legacy.font_encoding(cell.font):
                continue
            counts[legacy.decode(str(cell.value), cell.font).encoding] += 1
            clear += legacy.is_clear(str(cell.value))
    old = {name: counts[name] for name in legacy.OLD if counts[name]}
    if not old or clear > CLEAR_SHARE_MAX * counts.total():
        return ""
    name = max(old, key=lambda each: old[each])
    return name if old[name] >= 20 * (sum(old.values()) - old[name]) else ""
