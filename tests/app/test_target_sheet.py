"""Targets by a sheet: a blank one is filled in and taken in, and wrong rows are named."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from app.imports.writing import Extras, Page, write_xlsx
from tests.desk import CAT_HANH, DISTRICT
from tests.line import Line

HOA = ("--user", "hoa")
OTHER = "63:21865"


def filled(blank: Path, numbers: dict[tuple[str, str], object]) -> list[list[object]]:
    """The rows of the blank sheet with numbers by unit and figure, and the rows below them."""
    rows = CalamineWorkbook.from_path(str(blank)).get_sheet_by_index(0).to_python()
    return [[*row[:-1], numbers.get((str(row[1]), str(row[3])), row[-1])] for row in rows]


def test_a_sheet_of_targets_goes_out_blank_and_comes_back_with_numbers(
    calls: Line, tmp_path: Path
) -> None:
    calls("period", "year", "2026", *HOA)
    blank, sheet = tmp_path / "trống.xlsx", tmp_path / "giao.xlsx"
    assert calls.codes("target", "sheet", "--out", str(blank), "--user", "minh") == ["not_allowed"]
    told = calls("target", "sheet", "--out", str(blank), "--period", "2026", *HOA)
    assert told == {"file": str(blank)}
    assert calls.codes("target", "import", str(blank), *HOA) == ["target_sheet_blank"]
    numbers = {(DISTRICT, "approved"): 400, (CAT_HANH, "approved"): "1.300",
               (OTHER, "met_items"): 12.5}  # fmt: skip
    rows = filled(blank, numbers)
    assert len(rows) == 1 + 3 * (1 + 18), "a line for the district and each commune, three figures"
    assert {row[4] for row in rows[1:]} == {"2026"}
    wrong = [
        ["Xã Cát Hanh", "", "Người được duyệt tiếp nhận", "", "2026", 1400],
        ["Xã Cát Hanh", "", "lượt họp", "", "2026", 5],
        ["Huyện khác", "63:540", "", "approved", "2031", 5],
        ["", "63:540", "", "approved", "", 5],
        ["", OTHER, "", "approved", "", 7],
        ["", OTHER, "", "met_items", "2026", 12.375],
        ["Huyện Phù Cát", "", "", "met_items", "2026", -5],
    ]
    write_xlsx(sheet, [Page("Chỉ tiêu", [*rows, *wrong], extras=Extras(numbers=True))])
    come = ("target", "import", str(sheet), "--period", "2026-Q1")
    assert calls("target", "import", str(sheet), "--dry-run", *HOA, code=1)["created"] == 2
    assert calls("target", "list", *HOA)["targets"] == []
    assert calls.codes(*come, "--user", "minh") == ["not_allowed"]
    done = calls(*come, *HOA, code=1)
    assert (done["rows"], done["created"], done["known"], done["blank"]) == (10, 3, 0, 54)
    last = len(rows)
    where = [(one["row"] - last, one["field"], one["code"]) for one in done["refused"]][1:]
    assert where == [
        (1, "number", "target_sheet_twice"),
        (2, "figure", "unknown_code"),
        (3, "period", "period_unknown"),
        (4, "unit", "target_elsewhere"),
        (6, "number", "target_sheet_number"),  # not 12,375
        (7, "number", "number_out_of_range"),
    ]
    first = done["refused"][0]
    assert (first["code"], first["value"]) == ("target_sheet_number", "12.5")
    assert first["message"].startswith("Cột “Số được giao”: “12.5” không phải số nguyên.")
    assert all("Cột “" in one["message"] for one in done["refused"])
    last_of = done["refused"][-1]["message"]
    assert last_of == "Cột “Số được giao”: số -5 ngoài khoảng cho phép."
    kept = {
        (one["fields"]["unit"], one["fields"]["period"]): one["fields"]["number"]
        for one in calls("target", "list", *HOA)["targets"]
    }
    assert kept == {(DISTRICT, "2026"): 400, (CAT_HANH, "2026"): 1300, (OTHER, "2026-Q1"): 7}
    again = calls(*come, *HOA, code=1)
    assert (again["created"], again["known"]) == (0, 3), "set, not added"
    assert len(calls("target", "list", *HOA)["targets"]) == 3
    what_a_sheet_replaces_is_told(calls, tmp_path)


def what_a_sheet_replaces_is_told(calls: Line, folder: Path) -> None:
    """Before and after writing; units by their names, a formula that nobody reckoned."""
    sheet = folder / "sửa.xlsx"
    book = Workbook()
    heads = ["Đơn vị", "Mã chỉ tiêu", "Kỳ (mã)", "Số được giao"]
    for row in (
        heads,
        ["Huyện Phù Cát, tỉnh Bình Định", "approved", "2026", 450],
        ["Xã Cát Hanh", "approved", "2026", 0],
        [OTHER, "approved", "2026-Q1", None],
        ["Xã Hòa Hội", "approved", "2026", "1.234"],
        ["Phù Cát", "approved", "2026", 1],
        ["Xã Cát Tài", "approved", "2026", "=10+20"],
    ):
        book.active.append(row)
    book.save(sheet)
    for dry in (("--dry-run",), ()):
        told = calls("target", "import", str(sheet), *dry, *HOA, code=1)
        assert (told["rows"], told["created"], told["known"], told["blank"]) == (5, 1, 0, 1)
        found = [(one["row"], one["before"], one["after"]) for one in told["replaced"]]
        assert found == [(2, 400, 450), (3, 1300, 0)]
        assert [(one["row"], one["before"], one["after"]) for one in told["kept"]] == [(4, 7, None)]
        assert [one["code"] for one in told["refused"]] == [
            "target_unit_several",
            "formula_without_value",
        ]
    assert "huyện Phù Cát, tỉnh Bình Định (63:548)" in told["refused"][0]["message"]
    assert "Ô “Số được giao” có công thức" in told["refused"][1]["message"]
    kept = {one["fields"]["unit"]: one["fields"]["number"]
            for one in calls("target", "list", *HOA)["targets"]}  # fmt: skip
    assert (kept[DISTRICT], kept[CAT_HANH], kept["34:21871"], kept[OTHER]) == (450, 0, 1234, 7)


def test_a_list_behind_a_cell_counts_as_seen_once_its_file_is_there(
    calls: Line, tmp_path: Path
) -> None:
    who = calls.add("birth=1956")
    nowhere, file = tmp_path / "không có" / "ô.csv", tmp_path / "ô.csv"
    cell = ("report", "cell", "BC-10", "--column", "entered", *HOA)
    log = ("inspect", "person", who, "--user", "lan")
    assert calls.codes(*cell, "--out", str(nowhere)) == ["export_not_written"]
    assert [one for one in calls(*log)["events"] if one["by"] == "hoa"] == []
    told = calls(*cell, "--out", str(file))
    assert (told["file"], told["total"]) == (str(file), 1)
    kinds = {one["kind"] for one in calls(*log)["events"] if one["by"] == "hoa"}
    assert "export" in kinds and "Nguyễn Thị Hường" in file.read_text("utf-8-sig")
