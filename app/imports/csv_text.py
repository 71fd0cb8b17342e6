"""Reads .csv and other separated text: finds the encoding and the separator by looking."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.imports.sheet import EMPTY, TEXT_MAX, Cell, Row, Sheet, limited

SEPARATORS = ",;\t|^~"
LOOK_BYTES = 256 * 1024
LOOK_LINES = 60
BREAKS_MAX = 40
"""A cell with more line breaks is a quotation mark that nobody closed."""
KEPT_AS_TEXT = re.compile(r'^="([^"]*)"$')
FORMULA = re.compile(r"^=[-+@(]*[\w$\"]")
_LATIN = [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256)]
LATIN_TABLE = "".join(_LATIN)
"""cp1252 with the five bytes it leaves out kept as control characters, so that nothing fails."""


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-16, utf-16-le, utf-16-be, or latin when the bytes are no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as source:
        head = source.read(LOOK_BYTES)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        zeros = head.count(0)
        if zeros > len(head) // 10:
            return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
        try:
            while head:
                decoder.decode(head)
                head = source.read(LOOK_BYTES)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return "latin"
    return "utf-8-sig"


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file can be text: hardly any control characters."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if head.count(0) > len(head) // 10:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return min(even, odd) * 8 < max(even, odd)
    return sum(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in head) * 200 <= len(head)


def read(path: Path) -> Iterator[Sheet]:
    """The one sheet of a text file. Raises csv.Error and UnicodeError for a broken one."""
    encoding = encoding_of(path)
    first = list(islice(lines(path, encoding), LOOK_LINES))
    separator, told = _separator(first)
    sheet = Sheet(path.stem, iter(()))
    sheet.rows = limited(sheet, _rows(lines(path, encoding), separator, told))
    yield sheet


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a file in an encoding of `encoding_of`."""
    if encoding == "latin":
        with path.open("rb") as source:
            for raw in source:
                yield codecs.charmap_decode(raw, "strict", LATIN_TABLE)[0]  # type: ignore[arg-type]
    else:
        with path.open(encoding=encoding, newline="") as source:
            yield from source


def _separator(first: list[str]) -> tuple[str, bool]:
    """The separator that splits most lines into the same number of parts; told by `sep=`?"""
    if first and first[0].lower().startswith("sep=") and len(first[0].strip()) == 5:
        return first[0].strip()[4], True
    best, best_score = ",", 0
    for separator in SEPARATORS:
        counts = [len(row) for row in csv.reader(first, delimiter=separator) if row]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        score = counts.count(usual) * (usual - 1)
        if score > best_score:
            best, best_score = separator, score
    return best, False


def _rows(source: Iterator[str], separator: str, told: bool) -> Iterator[Row]:
    for number, row in enumerate(csv.reader(source, delimiter=separator), 1):
        if told and number == 1:
            continue
        if any(text.count("\n") > BREAKS_MAX for text in row):
            raise csv.Error("open quotation mark")
        yield number, tuple(_cell(text) for text in row)


def _cell(text: str) -> Cell:
    """One cell; `="052..."`, as Excel is made to keep leading zeros, is the text inside."""
    if not text.strip(" \t\r\n"):
        return EMPTY
    if text.startswith("="):
        kept = KEPT_AS_TEXT.match(text)
        if kept is None and FORMULA.match(text):
            return Cell(None, "", "formula")
        text = kept[1] if kept else text
    return Cell(text[:TEXT_MAX], "", "text")
