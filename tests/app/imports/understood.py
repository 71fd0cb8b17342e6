"""Reads made-up lists through every step up to understanding, for the tests of the import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl

from app.imports.findings import Understood
from app.imports.listing import Pass
from app.imports.places import Gazetteer
from app.imports.reading import open_list
from app.imports.understanding import Reader
from tests.app.imports.lists import Rows

TODAY = date(2026, 11, 23)


def people(path: Path, *office_units: str) -> list[Understood]:
    """Everybody a list holds, for an office (district Phù Cát when none is named)."""
    reader = Reader(Gazetteer(office_units or ("63:548",)), TODAY)
    return list(Pass(open_list(path), reader).persons())


def rows(
    folder: Path, lines: Rows, *office_units: str, merges: Sequence[str] = ()
) -> list[Understood]:
    """Everybody in an .xlsx made of these lines."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "DS"
    for line in lines:
        page.append(list(line))
    for merge in merges:
        page.merge_cells(merge)
    book.save(folder / "ds.xlsx")
    return people(folder / "ds.xlsx", *office_units)


def one(folder: Path, header: Sequence[object], line: Sequence[object]) -> Understood:
    """The only person of a list with these columns besides name and commune."""
    lines = [["Họ và tên", "Xã", *header], ["Lê Thị Hoa", "Cát Hanh", *line]]
    (found,) = rows(folder, lines)
    return found


def names(found: Sequence[Understood]) -> list[object]:
    """The names of those who were understood."""
    return [each.values.get("name") for each in found if not each.problems]


def codes(found: Understood) -> list[str]:
    """All codes told about a row, refusing ones first."""
    return [each.code for each in (*found.problems, *found.warnings)]
