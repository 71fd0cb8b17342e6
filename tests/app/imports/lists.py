"""Makes list files of every kind by code, sound ones and bad ones, for the tests of the import."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlwt
from openpyxl.styles import Font

Rows = Sequence[Sequence[object]]

HEADER = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Thôn",
    "Xã",
    "Huyện",
    "Dạng khuyết tật",
    "Mức độ khuyết tật",
    "Ghi chú",
)
AN = (
    1,
    "Nguyễn Thị An",
    "03/10/1969",
    "Nữ",
    "052169967399",
    "Tân Hòa",
    "Cát Hanh",
    "Phù Cát",
    "vận động",
    "Nặng",
    None,
)
BINH = (
    2,
    "Đinh Văn Bình",
    "1947",
    "Nam",
    None,
    "Thôn 3",
    "Cát Tường",
    "Phù Cát",
    "nghe, nói",
    "ĐBN",
    "NN bom mìn",
)


def xlsx(path: Path, rows: Rows = (HEADER, AN, BINH), font: str = "", title: str = "DS") -> Path:
    """An .xlsx with one sheet; `font` is the font of every cell."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(list(row))
    if font:
        for line in page.iter_rows():
            for cell in line:
                cell.font = Font(name=font)
    book.save(path)
    return path


def xls(path: Path, rows: Rows = (HEADER, AN, BINH), fonts: Rows | str = "Arial") -> Path:
    """An old .xls with one sheet; `fonts` is one name or one name for each cell."""
    book = xlwt.Workbook()
    page = book.add_sheet("DS")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            name = fonts if isinstance(fonts, str) else str(fonts[at][column])
            page.write(at, column, value, xlwt.easyxf(f"font: name {name}"))
    book.save(str(path))
    return path


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def biff5(path: Path, rows: Rows, codepage: int = 1252, filepass: bool = False) -> Path:
    """A worksheet of Excel 5/95 as a raw stream: byte strings in a code page."""
    bof = struct.pack("<HHHH", 0x0500, 0x0005, 0x0DBB, 0x07CC)
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x07.VnTime"
    xf = struct.pack("<HHHHHHHH", 0, 0, 0xFFF5, 0x20, 0x20C0, 0, 0, 0)
    start = _record(0x0809, bof)
    if filepass:
        start += _record(0x002F, b"\x12\x34\x56\x78")
    start += _record(0x0042, struct.pack("<H", codepage))
    start += _record(0x0031, font) * 5 + _record(0x00E0, xf) * 16
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 15)
            if isinstance(value, (int, float)):
                cells += _record(0x0203, place + struct.pack("<d", value))
            elif value is not None:
                text = value if isinstance(value, bytes) else str(value).encode("latin-1")
                cells += _record(0x0204, place + struct.pack("<H", len(text)) + text)
    sheet = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x0DBB, 0x07CC)) + cells
    sheet += _record(0x000A, b"")
    bound_size = 4 + 6 + 1 + 2
    offset = len(start) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + b"\x02DS")
    path.write_bytes(start + bound + _record(0x000A, b"") + sheet)
    return path


def csv(path: Path, rows: Rows, separator: str = ",", encoding: str = "utf-8") -> Path:
    """A separated text in any encoding."""
    lines = [separator.join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def ods(path: Path, rows: Rows, font: str = "", merges: Sequence[tuple[int, ...]] = ()) -> Path:
    """An OpenDocument spreadsheet as LibreOffice lays it out; `merges` are Merge ranges from 1."""
    body = "".join(
        "<table:table-row>"
        + "".join(_ods_cell(cell, at, place, merges) for place, cell in enumerate(row, 1))
        + '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        for at, row in enumerate(rows, 1)
    )
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "number")
    )
    spaces += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    face = f'<style:font-face style:name="F1" svg:font-family="\'{font}\'"/>' if font else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:font-face-decls>{face}</office:font-face-decls><office:automatic-styles>"
        '<number:date-style style:name="N1"><number:year/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ce0" style:family="table-cell">'
        '<style:text-properties style:font-name="F1"/></style:style></office:automatic-styles>'
        '<office:body><office:spreadsheet><table:table table:name="DS">'
        '<table:table-column table:number-columns-repeated="100" '
        'table:default-cell-style-name="ce0"/>'
        f"{body}{empty}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        archive.writestr("content.xml", content)
    return path


def _ods_cell(cell: object, at: int, place: int, merges: Sequence[tuple[int, ...]]) -> str:
    span = ""
    for top, left, bottom, right in merges:
        if (at, place) == (top, left):
            span = f' table:number-columns-spanned="{right - left + 1}"'
            span += f' table:number-rows-spanned="{bottom - top + 1}"'
        elif top <= at <= bottom and left <= place <= right:
            return "<table:covered-table-cell/>"
    if cell is None:
        return f"<table:table-cell{span}/>"
    if isinstance(cell, date):  # shown as a year alone
        span += ' table:style-name="ce1" office:value-type="date"'
        return f'<table:table-cell{span} office:date-value="{cell}"/>'
    if isinstance(cell, int):
        return f'<table:table-cell{span} office:value-type="float" office:value="{cell}"/>'
    note = "<office:annotation><text:p>Xem lại</text:p></office:annotation>"
    return (
        f'<table:table-cell{span} office:value-type="string">{note}<text:p>{escape(str(cell))}'
        "</text:p></table:table-cell>"
    )


def ole(path: Path, stream: str) -> Path:
    """An OLE container whose directory names one stream (enough to be recognised)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    path.write_bytes(head + stream.encode("utf-16-le").ljust(512, b"\0") + bytes(2048))
    return path


def swapped(path: Path, part: str, content: bytes) -> Path:
    """The same .xlsx with one of its parts replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, bytes_ in parts.items():
            archive.writestr(name, bytes_)
    return path


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def by_hand(path: Path, sheet: bytes = b"", strings: bytes = b"") -> Path:
    """An .xlsx as Excel itself lays it out: texts in a shared table, absolute targets."""
    start = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        '<sheet name="DS" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = (
        sheet
        or (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
            '<c r="B1" t="s"><v>1</v></c></row></sheetData></worksheet>'
        ).encode()
    )
    strings = strings or f'<sst xmlns="{MAIN}"><si><t>a</t></si><si><t>b</t></si></sst>'.encode()
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _links({"rId1": ("officeDocument", "/xl/workbook.xml")}),
        "xl/workbook.xml": start.encode(),
        "xl/_rels/workbook.xml.rels": _links(
            {"rId1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("sharedStrings", "/xl/s.xml")}
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/s.xml": strings,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _links(targets: dict[str, tuple[str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'.encode()
