"""An office that brings lists in, and lists made for it."""

from __future__ import annotations

from pathlib import Path

from app.actions import person
from app.values.imports import ImportResult
from app.values.person import PeopleFilter, PersonCard
from app.workspace import Workspace
from tests.app.imports import lists

BINH_DINH, PHU_CAT, GIA_LAI_34 = "63:52", "63:548", "34:52"


def everybody(ws: Workspace) -> tuple[PersonCard, ...]:
    return person.listing(ws, PeopleFilter(), limit=5000).cards


def simple(path: Path, *rows: tuple[object, ...]) -> Path:
    header = ("Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Thôn", "Xã", "Dạng tật", "Mức độ")
    return lists.xlsx(path, [header, *rows])


def codes_of(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(each.row, each.field, each.code) for each in result.refused]


def many(path: Path, count: int) -> Path:
    """A long list of different people."""
    return simple(
        path,
        *(
            (f"Lê Thị {chr(65 + at % 20)}anh", str(1930 + at % 80), "Nữ", f"052130{at:06d}",
             f"Thôn {at}", "Cát Hanh", "nhìn", "nhẹ")
            for at in range(count)
        ),
    )  # fmt: skip
