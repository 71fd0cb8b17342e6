"""A bad list given to the command line: one clear sentence, and the store as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.import_desk import simple
from tests.app.imports import lists
from tests.app.imports.bad_lists import BAD
from tests.line import NAME, Line


@pytest.mark.parametrize("code", BAD)
def test_a_file_that_is_no_list_is_told_in_one_sentence(
    calls: Line, tmp_path: Path, code: str
) -> None:
    make, words = BAD[code]
    path = tmp_path / "Danh sách xã.xlsx"
    make(path)
    calls.add()
    for how in (("--dry-run",), ()):
        (problem,) = calls("import", str(path), *how, "--user", "minh", code=1)["problems"]
        assert (problem["code"], problem["field"], problem["value"]) == (code, "file", path.name)
        assert words in problem["message"] and path.name in problem["message"]
    assert calls.raw("import", str(path), "--text", code=1).strip() == problem["message"]
    assert [one["name"] for one in calls("people", "list")["people"]] == [NAME]


def test_200_columns_come_in_as_far_as_they_are_read(calls: Line, tmp_path: Path) -> None:
    more = tuple(f"Cột {at}" for at in range(190))
    path = lists.xlsx(tmp_path / "rộng.xlsx", [(*lists.HEADER, *more), (*lists.AN, *more)])
    answer = calls("import", str(path))
    assert (answer["created"], answer["refused"]) == (1, [])
    assert [(one["code"], one["value"]) for one in answer["warnings"]] == [("columns_over", "DS")]
    assert "chỉ 100 cột đầu được đọc" in calls.raw("import", str(path), "--text")


def test_formulas_never_become_names_or_places(calls: Line, tmp_path: Path) -> None:
    path = lists.csv(
        tmp_path / "ds.csv",
        [
            ("Họ và tên", "Năm sinh", "Xã", "Thôn", "CCCD"),
            ("=cmd|' /C calc'!A0", "1950", "Cát Hanh", "Thôn 1", ""),
            ("@SUM(A1)", "1950", "Cát Hanh", "Thôn 1", ""),
            ("Lê Văn Ba", "1950", "Cát Hanh", "=A1", '="052050000001"'),
        ],
        ";",
    )
    answer = calls("import", str(path))
    assert [(one["row"], one["field"], one["code"]) for one in answer["refused"]] == [
        (2, "name", "formula_without_value"),
        (3, "name", "name_unclear"),
    ]
    assert [(one["row"], one["field"], one["code"]) for one in answer["warnings"]] == [
        (4, "hamlet", "cell_without_value")
    ]
    (known,) = calls("people", "list")["people"]
    assert (known["name"], known["hamlet"], known["id_number"]) == (
        "Lê Văn Ba",
        None,
        "052050000001",
    )


def test_a_formula_in_any_used_column_is_told(calls: Line, tmp_path: Path) -> None:
    link = '=HYPERLINK("http://x.example","nhìn")'
    row = ("Lê Một", "1950", "=A1", "=A1", "=A1", "Cát Hanh", link, "=A1")
    answer = calls("import", str(simple(tmp_path / "ds.xlsx", row)))
    assert answer["created"] == 1
    told = {(one["field"], one["code"]) for one in answer["warnings"]}
    assert told == {
        (name, "cell_without_value") for name in ("sex", "id_number", "hamlet", "types", "degree")
    }
    assert "“Dạng khuyết tật”" in " ".join(one["message"] for one in answer["warnings"])


def test_a_list_of_another_province_names_row_field_and_what_to_do(
    calls: Line, tmp_path: Path
) -> None:
    path = simple(tmp_path / "ds.xlsx", ("Lê Bốn", "1950", "Nam", None, None, "Hải Thái", "", ""))
    (refused,) = calls("import", str(path))["refused"]
    assert {name: refused[name] for name in ("sheet", "row", "field", "code", "value")} == {
        "sheet": "DS",
        "row": 2,
        "field": "commune",
        "code": "other_province",
        "value": "Hải Thái",
    }
    lines = calls.raw("import", str(path), "--text").splitlines()
    assert lines[0] == "1 dòng: 0 người mới, 0 đã có (0 được bổ sung), 1 dòng cần sửa."
    assert lines[1].startswith("DS, dòng 2, Xã, phường: “Hải Thái” thuộc tỉnh khác")
    assert calls("people", "list", "--limit", "0")["total"] == 0
