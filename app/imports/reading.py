"""Opens a list of any kind by its content, never by its name, and refuses calmly what is none."""

from __future__ import annotations

import csv
import errno
import hashlib
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import python_calamine
import xlrd

from app.errors import Refused
from app.imports import calamine, csv_text, html_table, ods, xls, xlsx
from app.imports.sheet import (
    FILE_BYTES_MAX,
    PARTS_MAX,
    RATIO_FREE_BYTES,
    RATIO_MAX,
    STRINGS_BYTES_MAX,
    UNPACKED_BYTES_MAX,
    Row,
    Sheet,
)
from app.imports.xlsx_parts import Damaged

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RAW_XLS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04")
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
HEAD_BYTES = 4096
TOTAL_BYTES_MAX = 2 * UNPACKED_BYTES_MAX
BROKEN = (
    Damaged,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    csv.Error,
    UnicodeError,
    python_calamine.CalamineError,
    NotImplementedError,  # a packing method that nobody uses for lists
)
# xlrd meets broken records with whatever error comes first.
BROKEN_XLS = (
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    TypeError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file that is a list: `kind` is xlsx, xls, csv, html, ods or xlsb."""

    path: Path
    kind: str

    def sheets(self) -> Iterator[Sheet]:
        """Its sheets with their rows; read each before asking for the next one.

        Raises Refused (list_damaged, list_password, list_unreadable) at any point.
        """
        with _told(self.path):
            for sheet in self._sheets():
                sheet.rows = _told_rows(self.path, sheet.rows)
                yield sheet

    def sha256(self) -> str:
        """The fingerprint of the file's bytes."""
        with _told(self.path), self.path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()

    def rows_about(self) -> int:
        """About how many rows it has, for showing progress.

        The whole list is looked through once, so that one that is damaged somewhere is refused
        here, before anything of it is used.
        """
        if self.kind != "xlsx":
            return sum(1 for sheet in self.sheets() for _ in sheet.rows)
        with _told(self.path), zipfile.ZipFile(self.path) as archive:
            return xlsx.rows_about(archive)

    def _sheets(self) -> Iterator[Sheet]:
        if self.kind == "xlsx":
            with zipfile.ZipFile(self.path) as archive:
                yield from xlsx.read(archive)
        elif self.kind == "ods":
            with zipfile.ZipFile(self.path) as archive:
                yield from ods.read(archive)
        elif self.kind == "xls":
            yield from xls.read(self.path)
        elif self.kind == "csv":
            yield from csv_text.read(self.path)
        elif self.kind == "html":
            yield from html_table.read(self.path)
        else:
            yield from calamine.read(self.path)


def open_list(path: Path) -> ListFile:
    """Look at a file and say what kind of list it is; nothing large is read yet.

    Raises Refused with one problem: list_missing, list_open_elsewhere, list_unreadable,
    list_too_large, list_empty, list_password, list_zip_bomb, list_damaged, list_not_spreadsheet.
    """
    if not path.is_file():
        raise Refused.one("list_missing", "file", path.name)
    _refuse_open_elsewhere(path)
    with _told(path):
        size = path.stat().st_size
        if size > FILE_BYTES_MAX:
            raise Refused.one(
                "list_too_large", "file", path.name, size=size >> 20, limit=FILE_BYTES_MAX >> 20
            )
        with path.open("rb") as source:
            head = source.read(HEAD_BYTES)
        if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
            raise Refused.one("list_empty", "file", path.name)
        return ListFile(path, _kind(path, head))


def _kind(path: Path, head: bytes) -> str:
    if head.startswith(b"PK"):
        return _packed_kind(path)
    if head.startswith(OLE):
        return _ole_kind(path)
    if head.startswith(RAW_XLS):
        return "xls"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<") and html_table.holds_table(path):
        return "html"
    marked = start.startswith((b"<", b"{\\rtf", b"%pdf"))
    if marked or not csv_text.looks_like_text(head):
        raise Refused.one("list_not_spreadsheet", "file", path.name)
    return "csv"


def _packed_kind(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        _refuse_bomb(path, entries)
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused.one("list_password", "file", path.name)
        if any(name.endswith("workbook.bin") for name in names):
            kind = "xlsb"
        elif any(name.endswith("workbook.xml") for name in names):
            kind = "xlsx"
        elif "mimetype" in names and archive.read("mimetype").strip().startswith(ODS):
            kind = "ods"
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise Refused.one("list_password", "file", path.name)
        else:
            raise Refused.one("list_not_spreadsheet", "file", path.name)
        if kind != "xlsx":
            held = max(entry.file_size for entry in entries)
            if held > STRINGS_BYTES_MAX:
                raise Refused.one(
                    "list_too_large",
                    "file",
                    path.name,
                    size=held >> 20,
                    limit=STRINGS_BYTES_MAX >> 20,
                )
        return kind


def _refuse_bomb(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Sizes are checked before anything is unpacked; the reader never unpacks more than is told."""
    bomb = len(entries) > PARTS_MAX or sum(part.file_size for part in entries) > TOTAL_BYTES_MAX
    for part in entries:
        size, packed = part.file_size, max(part.compress_size, 1)
        bomb |= size > UNPACKED_BYTES_MAX
        bomb |= size > RATIO_FREE_BYTES and size > RATIO_MAX * packed
        bomb |= part.filename.lower().endswith("sharedstrings.xml") and size > STRINGS_BYTES_MAX
    if bomb:
        raise Refused.one("list_zip_bomb", "file", path.name)


def _ole_kind(path: Path) -> str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused.one("list_password", "file", path.name)
    names = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
    if any(name in content for name in names):
        return "xls"
    # A cut file loses its directory, which stands anywhere; a Word file says what it is.
    other = ("WordDocument", "PowerPoint Document", "__properties_version")
    if any(name.encode("utf-16-le") in content for name in other):
        raise Refused.one("list_not_spreadsheet", "file", path.name)
    raise Refused.one("list_damaged", "file", path.name)


def _refuse_open_elsewhere(path: Path) -> None:
    """Excel and LibreOffice lay a small file beside a list that somebody has open.

    What is not saved there would be missing here. On Windows the mark of a crashed Excel can be
    opened for writing and then counts for nothing.
    """
    for mark in (path.with_name("~$" + path.name), path.with_name(f".~lock.{path.name}#")):
        if not mark.is_file():
            continue
        if _left_by_a_crash(mark):
            continue
        raise Refused.one("list_open_elsewhere", "file", path.name, mark=mark.name)


def _left_by_a_crash(mark: Path) -> bool:
    if sys.platform != "win32":
        return False  # nobody can tell on a shared folder: the sentence says what to do
    try:
        with mark.open("r+b"):
            return True
    except OSError:
        return False


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever a reader stumbles over becomes one calm refusal."""
    try:
        yield
    except Refused:
        raise
    except PermissionError:
        raise Refused.one("list_open_elsewhere", "file", path.name, mark="~$" + path.name) from None
    except python_calamine.PasswordError:
        raise Refused.one("list_password", "file", path.name) from None
    except BROKEN as error:
        protected = "encrypt" in str(error).lower() or "password" in str(error).lower()
        code = "list_password" if protected else "list_damaged"
        raise Refused.one(code, "file", path.name) from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # a place outside the file
            raise Refused.one("list_damaged", "file", path.name) from error
        raise Refused.one("list_unreadable", "file", path.name, reason=str(error)) from error
    except BROKEN_XLS as error:
        raise Refused.one("list_damaged", "file", path.name) from error


def _told_rows(path: Path, rows: Iterator[Row]) -> Iterator[Row]:
    with _told(path):
        yield from rows
