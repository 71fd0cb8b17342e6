"""Writes tables to .xlsx and .csv row by row: flat memory, text as text, no formula ever."""

from __future__ import annotations

import csv
import os
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from app import locked_file
from app.imports.layout import letters_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BATCH_ROWS = 500
CHOICES_LAST_ROW = 5_000
WIDTH_DEFAULT = 16
WHOLE, BROKEN = 3, 4
"""Places of the styles of numbers without and with a fraction."""
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="12"/>'
    '<name val="Times New Roman"/></font><font><b/><sz val="12"/><name val="Times New Roman"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>'
    '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/>'
    '<xf numFmtId="49" fontId="0" borderId="1" applyNumberFormat="1" applyFont="1" '
    'applyBorder="1"/><xf numFmtId="49" fontId="1" borderId="1" applyNumberFormat="1" '
    'applyFont="1" applyBorder="1"/><xf numFmtId="3" fontId="0" borderId="1" '
    'applyNumberFormat="1" applyFont="1" applyBorder="1"/><xf numFmtId="0" '
    'fontId="0" borderId="1" applyFont="1" applyBorder="1"/>'
    '</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Row = Sequence[object]


def safe(value: object) -> str:
    """A value as text that no spreadsheet runs as a formula, without characters XML forbids."""
    text = "" if value is None else str(value)
    if not text.isprintable():
        text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") and len(text) > 1 else text


class Choices(NamedTuple):
    """A drop-down list for a column from a row on; `source` is a sheet, its column from 0 and how
    many values stand there; `strict` refuses other words."""

    column: int
    first_row: int
    source: tuple[str, int, int]
    strict: bool = False

    def moved(self, columns: int) -> Choices:
        """The same some columns to the right."""
        return self._replace(column=self.column + columns)

    def xml(self) -> str:
        """The rule as a sheet keeps it."""
        name, at, count = self.source
        letters = letters_of(at + 1)
        area = escape(f"'{name}'!${letters}$1:${letters}${count}")
        cells = letters_of(self.column)
        cells = f"{cells}{self.first_row}:{cells}{CHOICES_LAST_ROW}"
        strict = int(self.strict)
        return (
            f'<dataValidation type="list" allowBlank="1" showErrorMessage="{strict}" '
            f'sqref="{cells}"><formula1>{area}</formula1></dataValidation>'
        )


class Extras(NamedTuple):
    """What a sheet has besides rows: drop-down lists; `hidden` when it only holds their words;
    `numbers` keeps numbers as numbers, so that they can be reckoned with."""

    choices: Sequence[Choices] = ()
    hidden: bool = False
    numbers: bool = False


class Page:
    """One sheet to write: its name, its rows (the first `headings` of them bold), its widths."""

    def __init__(
        self,
        name: str,
        rows: Iterable[Row],
        headings: int = 1,
        widths: Sequence[int] = (),
        extras: Extras = Extras(),
    ) -> None:
        self.name = "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:31] or "DS"
        self.rows = rows
        self.headings = headings
        self.widths = widths
        self.choices, self.hidden, self.numbers = extras


def write_xlsx(path: Path, pages: Iterable[Page], password: str = "") -> Path:
    """Write the sheets one after the other, under a password when one is given (then the file
    grows in memory). Raises OSError; a half file is never left behind."""
    with _in_place(path) as place:
        if not password:
            _put_sheets(place, pages)
        else:
            whole = BytesIO()
            _put_sheets(whole, pages, " " * locked_file.OFFICE_LEAST)
            place.write_bytes(locked_file.locked(whole.getvalue(), path, password))
    return path


def _put_sheets(place: Path | BytesIO, pages: Iterable[Page], more: str = "") -> None:
    """The sheets as an archive; `more` blanks lie uncompressed behind the styles."""
    names: list[str] = []
    hidden: set[str] = set()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for page in pages:
            names.append(_unique(page.name, names))
            hidden |= {names[-1]} if page.hidden else set()
            with archive.open(
                f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True
            ) as part:
                for piece in _sheet(page):
                    part.write(piece.encode())
        for name, content in _frame(names, hidden):
            archive.writestr(name, content)
        archive.writestr("xl/styles.xml", STYLES + more, zipfile.ZIP_STORED if more else None)


def write_csv(path: Path, rows: Iterable[Row], password: str = "") -> Path:
    """UTF-8 with a mark at its start, so that Excel opens it rightly; separated by commas.

    Under a password it lies in a zip beside that name, whose path is the answer.
    """
    whole = locked_file.name_of(path, password)
    with _in_place(whole) as place, place.open("wb") as out:
        if password:
            with locked_file.zipped(out, path.name, password) as part:
                _put_rows(part, rows)
        else:
            _put_rows(out, rows)
    return whole


def _put_rows(out: IO[bytes], rows: Iterable[Row]) -> None:
    text = TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    text.flush()
    text.detach()


@contextmanager
def _in_place(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its name once it is whole."""
    place = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield place
        os.replace(place, path)
    finally:
        place.unlink(missing_ok=True)


def _sheet(page: Page) -> Iterator[str]:
    yield f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    if page.headings:
        yield f'<pane ySplit="{page.headings}" topLeftCell="A{page.headings + 1}" state="frozen"/>'
    yield "</sheetView></sheetViews>"
    if page.widths:
        columns = (
            f'<col min="{at}" max="{at}" width="{width or WIDTH_DEFAULT}" customWidth="1"/>'
            for at, width in enumerate(page.widths, 1)
        )
        yield f"<cols>{''.join(columns)}</cols>"
    yield "<sheetData>"
    lines: list[str] = []
    for number, row in enumerate(page.rows, 1):
        style = 2 if number <= page.headings else 1
        lines.append(_line(row, style, page.numbers))
        if len(lines) >= BATCH_ROWS:
            yield "".join(lines)
            lines = []
    yield "".join(lines) + "</sheetData>"
    if page.choices:
        rules = "".join(one.xml() for one in page.choices)
        yield f'<dataValidations count="{len(page.choices)}">{rules}</dataValidations>'
    yield "</worksheet>"


def _line(row: Row, style: int, numbers: bool = False) -> str:
    return f"<row>{''.join(_cell(value, style, numbers) for value in row)}</row>"


def _cell(value: object, style: int, numbers: bool) -> str:
    if numbers and isinstance(value, int | float):
        return f'<c s="{WHOLE if isinstance(value, int) else BROKEN}"><v>{value}</v></c>'
    text = safe(value)
    if not text:
        return f'<c s="{style}"/>'
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _unique(name: str, taken: Sequence[str]) -> str:
    number, found = 2, name
    while found.lower() in (each.lower() for each in taken):
        found = f"{name[:27]} ({number})"
        number += 1
    return found


def _frame(names: Sequence[str], hidden: Collection[str]) -> Iterator[tuple[str, str]]:
    """The parts around the sheets."""
    numbers = range(1, len(names) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
            f'ContentType="{kind}.worksheet+xml"/>'
            for number in numbers
        )
        + "</Types>",
    )
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" {_state(name, hidden)}'
        f'r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>',
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*targets, ("styles", "styles.xml")])


def _state(name: str, hidden: Collection[str]) -> str:
    return 'state="hidden" ' if name in hidden else ""


def _links(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
