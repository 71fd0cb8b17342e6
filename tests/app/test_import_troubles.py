"""Whatever is wrong with a list, a disk or a user: it is said calmly, and nothing is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from app.actions import import_list
from app.errors import Refused
from app.values.imports import ImportOptions
from app.workspace import Workspace
from data.errors import DiskFull
from tests import desk
from tests.app.import_desk import PHU_CAT, codes_of, everybody, many, simple
from tests.app.imports import lists


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    opened = []

    def at(*office_units: str) -> Workspace:
        found = desk.at(tmp_path / f"office {len(opened)}", *office_units)
        opened.append(found)
        return found.minh

    yield at
    for each in opened:
        each.close()


def test_one_bad_row_never_hinders_the_others(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    path = simple(
        tmp_path / "ds.xlsx",
        ("Lê Một", "1950", "Nam", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        (None, "1950", "Nam", "052050123456", "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Ba", "1950", "Nam", None, "Thôn 1", "Xã Không Có", "nhìn", "nặng"),
        ("Lê Bốn", "1950", "Nam", None, "Thôn 1", "Hải Thái", "nhìn", "nặng"),
        ("Lê Năm", "2050", "Nam", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Sáu", "1950", "Nam", None, "Thôn 1", None, "nhìn", "nặng"),
        ("Lê 7", "1950", "Nam", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Tám", "1950", "Nam", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
    )
    result = import_list.run(ws, path)
    assert (result.rows, result.created, result.refused_rows) == (8, 2, 6)
    assert codes_of(result) == [
        (3, "name", "name_missing"),
        (4, "commune", "unknown_commune"),
        (5, "commune", "other_province"),
        (6, "birth", "birth_future"),
        (7, "commune", "commune_missing"),
        (8, "name", "name_unclear"),
    ]
    assert all(each.message and "{" not in each.message for each in result.refused)
    assert {each.value for each in result.refused} >= {"Xã Không Có", "Hải Thái", "2050"}


def test_a_list_of_another_province_is_refused_row_by_row(
    office: Callable[..., Workspace], samples: Path
) -> None:
    ws = office("63:44")
    result = import_list.run(ws, samples / "clean.xlsx")
    assert result.created == 0 and result.refused_rows == 120
    assert {each.code for each in result.refused} == {"other_province"}
    assert result.refused[0].value == "Ân Thạnh, Hoài Ân" and everybody(ws) == ()


def test_refused_rows_go_back_to_the_commune_with_the_reason(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    path = simple(
        tmp_path / "ds.xlsx",
        ("Lê Một", "1950", "Nam", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Hai", "31/02/1950", "Nam", None, "Thôn 1", "Xã Không Có", "nhìn", "=1+1"),
    )
    result = import_list.run(ws, path)
    back = tmp_path / "trả lại.xlsx"
    assert import_list.refused_file(result, back) == 1
    (rows,) = ([[cell.value for cell in cells] for _, cells in sheet.rows]
               for sheet in import_list.open_list(back).sheets())  # fmt: skip
    assert rows[0][-1] == "Lý do" and rows[0][0] == "Họ và tên"
    assert rows[1][0:2] == ["Lê Hai", "31/02/1950"]
    assert "ngày sinh" in str(rows[1][-1]).lower() and "Xã Không Có" in str(rows[1][-1])
    assert not str(rows[1][7]).startswith("=")
    corrected = import_list.run(ws, back, ImportOptions(dry_run=True))
    assert corrected.rows == 1 and corrected.refused_rows == 1


def test_progress_is_told_and_stopping_keeps_whole_slices(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    rows = [
        (f"Lê {chr(65 + at // 26 % 26)}a {chr(65 + at % 26)}u {chr(65 + at // 676)}en",
         str(1930 + at % 80), "Nữ", f"052130{at:06d}", f"Thôn {at}", "Cát Hanh", "nhìn", "nhẹ")
        for at in range(1200)
    ]  # fmt: skip
    path = simple(tmp_path / "ds.xlsx", *rows)
    told: list[tuple[int, int]] = []
    stopped = import_list.run(
        ws, path, None, lambda done, total: told.append((done, total)), lambda: len(told) >= 1
    )
    assert stopped.cancelled and stopped.rows == 500 == len(everybody(ws))
    assert told == [(500, 1201)]
    result = import_list.run(ws, path, None, lambda done, total: told.append((done, total)))
    assert result.rows == 1200 and result.matched == 500 and len(everybody(ws)) == 1200
    assert [done for done, _ in told[1:]] == [500, 1000, 1200]


def test_who_may_not_import_is_refused(office: Callable[..., Workspace], tmp_path: Path) -> None:
    ws = office(PHU_CAT)
    from dataclasses import replace

    viewer = replace(ws, user=replace(ws.user, role="viewer"))
    with pytest.raises(Refused) as caught:
        import_list.run(viewer, lists.xlsx(tmp_path / "a.xlsx"))
    assert caught.value.problems[0].code == "not_allowed"


def limit_pages(ws: Workspace, more: int) -> None:
    """Let the store grow by so many pages and no further, as a disk that fills up does."""
    with ws.db.write(ws.author()) as session:
        pages = session.scalar(text("PRAGMA page_count")) or 0
        session.execute(text(f"PRAGMA max_page_count = {pages + more}"))


def test_a_disk_that_fills_up_keeps_whole_slices_and_the_list_goes_on_later(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    path = many(tmp_path / "ds.xlsx", 1700)
    limit_pages(ws, 700)
    with pytest.raises(DiskFull):
        import_list.run(ws, path)
    kept = len(everybody(ws))
    assert 0 < kept < 1700 and kept % 500 == 0
    limit_pages(ws, 100_000)
    result = import_list.run(ws, path)
    assert (result.matched, result.created) == (kept, 1700 - kept)
    assert len(everybody(ws)) == 1700 and ws.db.check() == ()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("ds.xlsx", b"Kinh gui UBND xa,\nthan ai quyet thang", "list_not_spreadsheet"),
        (
            "ds.xls",
            b"<html><table><tr><td>Dang nhap wifi</td></tr></table>",
            "list_not_spreadsheet",
        ),
        ("ds.csv", b"a,b\n1,2\n", "list_without_header"),
        ("ds.csv", b"", "list_empty"),
        ("ds.xlsx", None, "list_empty"),
    ],
)
def test_a_file_without_persons_is_refused_as_a_whole(
    office: Callable[..., Workspace], tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is None:
        lists.xlsx(path, [])
    else:
        path.write_bytes(content)
    ws = office(PHU_CAT)
    for attempt in (import_list.run, import_list.preview):
        with pytest.raises(Refused) as caught:
            attempt(ws, path)
        assert [each.code for each in caught.value.problems] == [code]
        assert "{" not in caught.value.problems[0].message
    assert everybody(ws) == ()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_list_damaged_at_its_end_brings_nobody_in(
    office: Callable[..., Workspace], tmp_path: Path, kind: str
) -> None:
    ws = office(PHU_CAT)
    if kind == "xlsx":
        path = many(tmp_path / "ds.xlsx", 800)
        part = "xl/worksheets/sheet1.xml"
        with zipfile.ZipFile(path) as archive:
            sheet = archive.read(part)
        lists.swapped(path, part, sheet.replace(b"</sheetData>", b"</sheet>"))
    else:
        rows = [("Họ tên", "Năm sinh", "Xã")]
        rows += [(f"Lê Thị {chr(65 + at % 20)}anh", str(1900 + at), "Cát Hanh") for at in range(90)]
        path = lists.csv(tmp_path / "ds.csv", [*rows, ('"Lê', "1950", "Cát Hanh"), *rows[1:]])
    with pytest.raises(Refused) as caught:
        import_list.run(ws, path)
    assert caught.value.problems[0].code == "list_damaged" and everybody(ws) == ()


def test_rows_handed_back_keep_the_commune_and_hamlet_that_stood_above_them(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    rows = [
        ("UBND XÃ CÁT HANH",), ("Họ và tên", "Năm sinh"), ("I. Thôn Tân Hòa",), ("Lê An", "1950"),
        ("II. Thôn Vĩnh Trường",), ("Võ Ba", "31/2/1960"), ("III. Xã Cát Tường",), ("Vũ Tư", "?a"),
    ]  # fmt: skip
    result = import_list.run(ws, lists.xlsx(tmp_path / "a.xlsx", rows))
    back = tmp_path / "trả lại.xlsx"
    assert import_list.refused_file(result, back) == 2
    book = openpyxl.load_workbook(back)
    for line in book.active.iter_rows():
        for cell in line:
            cell.value = "1960" if cell.value in ("31/2/1960", "?a") else cell.value
    book.save(back)
    assert import_list.run(ws, back).created == 2
    where = {one.name: (one.commune, one.hamlet) for one in everybody(ws)}
    assert where["Võ Ba"] == ("63:21871", "Thôn Vĩnh Trường")
    assert where["Vũ Tư"] == ("63:21892", None)
