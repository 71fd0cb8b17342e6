"""Every kind of list is read, and whatever is no list is refused with a calm sentence."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.errors import Refused
from app.imports.reading import open_list
from app.imports.sheet import COLUMNS_MAX, EMPTY_ROWS_MAX, Cell, text_of
from tests.app.imports import lists


def read(path: Path) -> list[list[list[Cell]]]:
    return [[list(cells) for _, cells in sheet.rows] for sheet in open_list(path).sheets()]


def words(path: Path) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in read(path)[0]]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        for sheet in open_list(path).sheets():
            list(sheet.rows)
    (problem,) = caught.value.problems
    assert problem.field == "file"
    assert "{" not in problem.message and "mã " not in problem.message
    return problem.code


def test_an_xlsx_gives_values_and_fonts(tmp_path: Path) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx", font=".VnTime")
    (rows,) = read(path)
    assert rows[1][1] == Cell("Nguyễn Thị An", ".VnTime", "text")
    assert rows[1][0] == Cell(1, ".VnTime", "number")
    assert [text_of(cell) for cell in rows[2]] == [
        "" if value is None else str(value) for value in lists.BINH
    ]


def test_dates_are_as_precise_as_the_cell_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for at, form in enumerate(("dd/mm/yyyy", "mm/yyyy", "yyyy", "0", '"ngày" 0', "h:mm"), 1):
        page.cell(1, at, 25569).number_format = form
    book.save(tmp_path / "a.xlsx")
    (rows,) = read(tmp_path / "a.xlsx")
    assert [cell.value for cell in rows[0]] == [
        "1970-01-01",
        "1970-01",
        "1970",
        25569,
        25569,
        25569,
    ]


def test_text_in_runs_keeps_a_font_only_when_all_runs_agree(tmp_path: Path) -> None:
    run = '<r><rPr><rFont val="{0}"/></rPr><t xml:space="preserve">{1}</t></r>'
    strings = (
        '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si>{run.format('.VnTime', 'NguyÔn ')}{run.format('.VnTime', 'V¨n')}</si>"
        f"<si>{run.format('.VnTime', 'Lª ')}{run.format('Arial', 'Hà')}</si></sst>"
    )
    (rows,) = read(lists.by_hand(tmp_path / "a.xlsx", strings=strings.encode()))
    assert rows[0] == [Cell("NguyÔn V¨n", ".VnTime", "text"), Cell("Lª Hà", "", "text")]


def test_a_formula_gives_its_result_and_is_marked_when_the_file_holds_none(tmp_path: Path) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx", [["a", "b", "c"]])
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        'main"><sheetData><row r="1"><c r="A1" t="str"><f>B1&amp;C1</f><v>Lê Hoa</v></c>'
        '<c r="B1"><f>1+1</f></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'
        "</worksheet>"
    )
    lists.swapped(path, "xl/worksheets/sheet1.xml", sheet.encode())
    (rows,) = read(path)
    assert [(cell.value, cell.kind) for cell in rows[0]] == [
        ("Lê Hoa", "text"),
        ("", "formula"),
        ("#DIV/0!", "error"),
    ]


def test_merged_ranges_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.merge_cells("B2:C5")
    book.create_sheet("Cũ").append(["c"])
    book["Cũ"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsm")
    sheets = []
    for sheet in open_list(tmp_path / "a.xlsm").sheets():
        sheets.append((sheet.name, len(list(sheet.rows)), sheet.merges, sheet.notes))
    assert sheets == [("Sheet", 1, ((2, 2, 5, 3),), []), ("Cũ", 0, (), ["sheet_hidden"])]


def test_an_old_xls_gives_values_and_fonts(tmp_path: Path) -> None:
    path = lists.xls(tmp_path / "a.xls", [["NguyÔn", 1969]], [[".VnTime", ".VnTimeH"]])
    (rows,) = read(path)
    assert rows[0] == [Cell("NguyÔn", ".VnTime", "text"), Cell(1969, ".VnTimeH", "number")]


def test_an_open_document_gives_fonts_merges_and_dates_as_shown(tmp_path: Path) -> None:
    rows = [["Hä vµ tªn", None], ["NguyÔn V¨n An", date(1945, 1, 1)], [1969, "x & y"]]
    path = lists.ods(tmp_path / "a.ods", rows, ".VnTime", [(1, 1, 1, 2)])
    (found,) = [(one.merges, list(one.rows)) for one in open_list(path).sheets()]
    assert found[0] == ((1, 1, 1, 2),)
    assert [cells for _, cells in found[1]] == [
        (Cell("Hä vµ tªn", ".VnTime", "text"),),
        (Cell("NguyÔn V¨n An", ".VnTime", "text"), Cell("1945", "", "date")),
        (Cell(1969, ".VnTime", "number"), Cell("x & y", ".VnTime", "text")),
    ]


@pytest.mark.parametrize("codepage", [1252, 1258, 0x8000])
def test_an_excel_5_list_is_read(tmp_path: Path, codepage: int) -> None:
    path = lists.biff5(tmp_path / "a.xls", [[b"H\xe4 v\xb5 t\xaan", 5]], codepage)
    (rows,) = read(path)
    assert rows[0][1].value == 5
    assert rows[0][0].font == ".VnTime"


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xls", "a.xlsx"])
def test_the_name_of_a_file_does_not_matter(tmp_path: Path, name: str) -> None:
    rows = [["Họ tên", "Xã"], ["Lê Hoa", "Cát Hanh"]]
    assert words(lists.csv(tmp_path / name, rows)) == rows
    assert words(lists.xlsx(tmp_path / name, rows)) == rows
    assert words(lists.xls(tmp_path / name, rows)) == rows
    assert words(lists.ods(tmp_path / name, rows)) == rows


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_of_any_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [["Họ tên", "Xã", "Ghi chú"], ["Lê Hoa", "Cát Hanh", "x"], ["Vũ Ổn", "", "1"]]
    assert words(lists.csv(tmp_path / "a.csv", rows, separator, encoding)) == rows


def test_a_csv_of_eight_bits_keeps_every_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"H\xe4 v\xb5 t\xaan;X\xb7\r\nL\xaa Ho\x81;C\xb8t T\xad\xeang\r\n")
    assert words(path) == [["Hä vµ tªn", "X·"], ["Lª Ho\x81", "C¸t T\xadêng"]]


def test_excel_may_name_the_separator_itself(tmp_path: Path) -> None:
    path = lists.csv(tmp_path / "a.csv", [["sep=;"], ["a,b", "c"]], ";")
    assert words(path) == [["a,b", "c"]]


def test_200_columns_are_read_up_to_the_limit_and_it_is_said(tmp_path: Path) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx", [[f"c{at}" for at in range(200)]])
    for sheet in open_list(path).sheets():
        ((_, cells),) = sheet.rows
        assert len(cells) == COLUMNS_MAX and sheet.notes == ["columns_over"]


def test_a_sheet_formatted_to_the_bottom_ends_where_its_rows_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.cell(EMPTY_ROWS_MAX + 100, 1, "b")
    book.save(tmp_path / "a.xlsx")
    for sheet in open_list(tmp_path / "a.xlsx").sheets():
        assert [number for number, _ in sheet.rows] == [1]
        assert sheet.notes == ["rows_far_below"]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"<html><body>Dang nhap wifi</body></html>",
        b"{\\rtf1\\ansi}",
        os.urandom(5000),
        b"MZ" + bytes(300),
        b"\xff\xd8\xff\xe0" + os.urandom(3000),
    ],
    ids=["pdf", "png", "html", "rtf", "noise", "exe", "jpeg"],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "danh sách.xlsx"
    path.write_bytes(content)
    assert refusal(path) == "list_not_spreadsheet"


def test_a_word_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(tmp_path / "a.xlsx") == "list_not_spreadsheet"
    assert refusal(lists.ole(tmp_path / "a.xls", "WordDocument")) == "list_not_spreadsheet"


def test_a_protected_list_is_refused(tmp_path: Path) -> None:
    assert refusal(lists.ole(tmp_path / "a.xlsx", "EncryptedPackage")) == "list_password"
    path = lists.biff5(tmp_path / "b.xls", [["a"]], filepass=True)
    assert refusal(path) == "list_password"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\r\n", bytes(5000)])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert refusal(tmp_path / "a.csv") == "list_empty"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.xlsx") == "list_missing"
    assert refusal(tmp_path) == "list_missing"


def test_a_file_of_300_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx")
    with path.open("r+b") as file:
        file.truncate(300 << 20)
    tracemalloc.start()
    assert refusal(path) == "list_too_large"
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/a"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, part: str) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx")
    lists.swapped(path, part, b" " * (120 << 20))
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    assert refusal(path) == "list_zip_bomb"
    assert tracemalloc.get_traced_memory()[1] < 5 << 20
    tracemalloc.stop()


def test_a_part_that_lies_about_its_size_grows_no_further(tmp_path: Path) -> None:
    path = lists.by_hand(tmp_path / "a.xlsx", strings=b" " * (20 << 20))
    data = path.read_bytes()
    lie, true = (1000).to_bytes(4, "little"), (20 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(true, lie))
    assert refusal(path) == "list_damaged"


def test_growing_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>'
    assert refusal(lists.by_hand(tmp_path / "a.xlsx", strings=bomb)) == "list_damaged"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_list_cut_short_is_refused(tmp_path: Path, kind: str, share: float) -> None:
    rows = [lists.HEADER] + [lists.AN] * 50
    path = getattr(lists, kind)(tmp_path / "a", rows)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refusal(path) == "list_damaged"


def test_a_sheet_with_broken_xml_or_a_missing_part_is_refused(tmp_path: Path) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    broken = lists.swapped(lists.xlsx(tmp_path / "a.xlsx"), sheet, b"<worksheet><row></worksheet>")
    assert refusal(broken) == "list_damaged"
    row = b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>'
    wrong = b"<worksheet><sheetData>" + row + b"</sheetData></worksheet>"
    assert refusal(lists.swapped(lists.xlsx(tmp_path / "b.xlsx"), sheet, wrong)) == "list_damaged"


def test_a_quotation_mark_nobody_closed_swallows_no_rows(tmp_path: Path) -> None:
    rows = [["Họ tên", "Xã"], ['"Lê Hoa', "Cát Hanh"]] + [["Vũ An", "Cát Tường"]] * 60
    assert refusal(lists.csv(tmp_path / "a.csv", rows)) == "list_damaged"


@pytest.mark.parametrize("mark", ["~$ds.xlsx", ".~lock.ds.xlsx#"])
def test_a_list_open_in_excel_is_refused_until_it_is_closed(tmp_path: Path, mark: str) -> None:
    path = lists.xlsx(tmp_path / "ds.xlsx")
    (tmp_path / mark).write_bytes(b"\x03Lan")
    assert refusal(path) == "list_open_elsewhere"
    (tmp_path / mark).unlink()
    assert len(read(path)[0]) == 3


def test_a_list_the_system_will_not_open_is_refused(tmp_path: Path, monkeypatch) -> None:
    path = lists.xlsx(tmp_path / "ds.xlsx")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "open", locked)  # what Windows answers for a file held by Excel
    assert refusal(path) == "list_open_elsewhere"


def test_memory_stays_flat_over_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for _ in range(6_000):
        page.append(lists.AN)
    book.save(path)
    tracemalloc.start()
    assert [sum(1 for _ in sheet.rows) for sheet in open_list(path).sheets()] == [6_000]
    assert tracemalloc.get_traced_memory()[1] < 6 << 20  # kept, they take 9
    tracemalloc.stop()
