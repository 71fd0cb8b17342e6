"""The small parts of an .xlsx file: which sheets it has, its fonts and date formats, its texts."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from app.imports.sheet import SHEETS_MAX, TEXT_MAX

CHUNK_BYTES = 64 * 1024
STRINGS_MAX = 2_000_000
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
DATE_FORMATS = {14, 15, 16, 17, 22} | set(range(27, 37)) | set(range(50, 59))
"""Number formats without a code of their own that show dates (ECMA-376, 18.8.30)."""


class Damaged(Exception):
    """A part of the file is not what its place in the file says it is."""


class Style(NamedTuple):
    """What a cell's style tells us: its font, and how precise a date it shows ("" for no date)."""

    font: str
    date: str


class Text(NamedTuple):
    """A shared text and the font of its runs; font is None where the cell's own font holds."""

    value: str
    font: str | None


@dataclass(frozen=True)
class Book:
    """The contents of `xl/workbook.xml`: sheets as (name, path, hidden), and the date system."""

    sheets: tuple[tuple[str, str, bool], ...]
    starts_1904: bool
    styles: str
    strings: str


def new_parser() -> expat.XMLParserType:
    """A parser that refuses document types, so no entity can grow."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Damaged("doctype")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(parser: expat.XMLParserType, path: str, chunk: bytes, last: bool) -> None:
    """Give the parser a piece of a part. Raises Damaged where it is not well-formed."""
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise Damaged(f"{path}: {error}") from None


def feed(archive: zipfile.ZipFile, path: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Parse one part in small pieces; yields after each so that the caller can drain what came."""
    try:
        with archive.open(path) as part:
            while chunk := part.read(CHUNK_BYTES):
                parse(parser, path, chunk, False)
                yield
            parse(parser, path, b"", True)
            yield
    except KeyError:
        raise Damaged(path) from None


def elements(archive: zipfile.ZipFile, path: str) -> list[tuple[str, dict[str, str], str]]:
    """All elements of a small part in order: local name, attributes by local name, parent name."""
    found: list[tuple[str, dict[str, str], str]] = []
    above = [""]
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        short = name.rpartition(" ")[2]
        found.append((short, {_local(key): text for key, text in attributes.items()}, above[-1]))
        above.append(short)

    def end(_: str) -> None:
        above.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    for _ in feed(archive, path, parser):
        if len(found) > 500_000:
            raise Damaged(path)
    return found


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def read_book(archive: zipfile.ZipFile) -> Book:
    """The workbook part, wherever the package says it lies."""
    start = "xl/workbook.xml"
    if "_rels/.rels" in archive.namelist():
        for _, row, _ in elements(archive, "_rels/.rels"):
            if row.get("Type", "").endswith("/officeDocument"):
                start = row["Target"].lstrip("/")
    folder, name = posixpath.split(start)
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for _, row, _ in elements(archive, posixpath.join(folder, "_rels", name + ".rels")):
        if "Target" in row:
            path = posixpath.normpath(posixpath.join("/" + folder, row["Target"])).lstrip("/")
            targets[row.get("Id", "")] = path
            kinds.setdefault(row.get("Type", "").rpartition("/")[2], path)
    sheets = []
    starts_1904 = False
    for tag, row, _ in elements(archive, start):
        if tag == "sheet":
            path = targets.get(row.get("id", ""), "")
            if "/worksheets/" in "/" + path:
                sheets.append(
                    (
                        row.get("name", ""),
                        path,
                        row.get("state", "") != "" and row["state"] != "visible",
                    )
                )
        elif tag == "workbookPr":
            starts_1904 = row.get("date1904") in ("1", "true")
    return Book(
        tuple(sheets[:SHEETS_MAX]),
        starts_1904,
        kinds.get("styles", ""),
        kinds.get("sharedStrings", ""),
    )


def read_styles(archive: zipfile.ZipFile, path: str) -> list[Style]:
    """The style of each `s` number: its font's name and its date precision."""
    if path not in archive.namelist():
        return []
    fonts: list[str] = []
    formats: dict[int, str] = {}
    styles: list[Style] = []
    for tag, row, above in elements(archive, path):
        if tag == "font" and above == "fonts":
            fonts.append("")
        elif tag in ("name", "rFont") and above == "font" and fonts:
            fonts[-1] = row.get("val", "")
        elif tag == "numFmt" and above == "numFmts":
            formats[_int(row.get("numFmtId"))] = row.get("formatCode", "")
        elif tag == "xf" and above == "cellXfs":
            font, number = _int(row.get("fontId")), _int(row.get("numFmtId"))
            styles.append(
                Style(
                    fonts[font] if font < len(fonts) else "",
                    date_precision(number, formats.get(number, "")),
                )
            )
    return styles


def date_precision(number: int, code: str) -> str:
    """How precise a date a number format shows: day, month, year, or "" when it is no date."""
    if not code:
        return {17: "month"}.get(number, "day") if number in DATE_FORMATS else ""
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    if "general" in bare or not re.search(r"[dy]", bare):
        return ""
    if "d" in bare:
        return "day"
    return "month" if "m" in bare else "year"


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


class StringBuilder:
    """Collects one text of runs: `<si>` of the shared table or `<is>` of a cell."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start the next text."""
        self.parts: list[str] = []
        self.fonts: set[str | None] = set()
        self.run_font: str | None = None
        self.in_text = False
        self.phonetic = 0
        self.length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opened inside the text."""
        if tag == "t":
            self.in_text = not self.phonetic
        elif tag == "r":
            self.run_font = None
        elif tag == "rFont":
            self.run_font = attributes.get("val")
        elif tag == "rPh":
            self.phonetic += 1

    def data(self, text: str) -> None:
        """Characters came."""
        if self.in_text and self.length < TEXT_MAX:
            self.parts.append(text)
            self.length += len(text)
            if text.strip():
                self.fonts.add(self.run_font)

    def end(self, tag: str) -> None:
        """An element closed inside the text."""
        if tag == "t":
            self.in_text = False
        elif tag == "r":
            self.run_font = None
        elif tag == "rPh":
            self.phonetic -= 1

    def text(self) -> Text:
        """The text, and its font when all of its runs agree; "" when they do not."""
        value = "".join(self.parts)[:TEXT_MAX]
        if "_x" in value:
            value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        font = next(iter(self.fonts)) if len(self.fonts) == 1 else ("" if self.fonts else None)
        return Text(value, font)


def read_strings(archive: zipfile.ZipFile, path: str) -> list[Text]:
    """The shared texts in order."""
    if path not in archive.namelist():
        return []
    found: list[Text] = []
    builder = StringBuilder()
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            builder.reset()
        else:
            builder.start(tag, attributes)

    def end(name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            found.append(builder.text())
        else:
            builder.end(tag)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    for _ in feed(archive, path, parser):
        if len(found) > STRINGS_MAX:
            raise Damaged(path)
    return found
