"""Targets by a sheet: a blank one is filled in and taken in, and wrong rows are named."""

from __future__ import annotations

from pathlib import Path

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
    ]
    write_xlsx(sheet, [Page("Chỉ tiêu", [*rows, *wrong], extras=Extras(numbers=True))])
    come = ("target", "import", str(sheet), "--period", "2026-Q1")
    assert calls("target", "import", str(sheet), "--dry-run", *HOA, code=1)["created"] == 2
    assert calls("target", "list", *HOA)["targets"] == []
    assert calls.codes(*come, "--user", "minh") == ["not_allowed"]
    done = calls(*come, *HOA, code=1)
    assert (done["rows"], done["created"], done["known"], done["blank"]) == (8, 3, 0, 54)
    last = len(rows)
    where = [(one["row"] - last, one["field"], one["code"]) for one in done["refused"]][1:]
    assert where == [
        (1, "number", "target_sheet_twice"),
        (2, "figure", "unknown_code"),
        (3, "period", "period_unknown"),
        (4, "unit", "target_elsewhere"),
    ]
    first = done["refused"][0]
    assert (first["code"], first["value"]) == ("target_sheet_number", "12.5")
    assert first["message"].startswith("Cột “Số được giao”: “12.5” không phải số nguyên.")
    assert all("Cột “" in one["message"] for one in done["refused"])
    kept = {
        (one["fields"]["unit"], one["fields"]["period"]): one["fields"]["number"]
        for one in calls("target", "list", *HOA)["targets"]
    }
    assert kept == {(DISTRICT, "2026"): 400, (CAT_HANH, "2026"): 1300, (OTHER, "2026-Q1"): 7}
    again = calls(*come, *HOA, code=1)
    assert (again["created"], again["known"]) == (0, 3), "set, not added"
    assert len(calls("target", "list", *HOA)["targets"]) == 3


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
