"""What not everybody may read is taken out of a list's row, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.imports import discretion
from tests.app.imports.understood import one, rows


@pytest.mark.parametrize(
    ("written", "kept", "said"),
    [
        ("Nhiễm HIV", "", "yes"),
        ("người nhiễm HIV/AIDS", "", "yes"),
        ("bị H.I.V", "", "yes"),
        ("Đau lưng; nhiễm HIV từ 2010; ở một mình", "Đau lưng; ở một mình", "yes"),
        ("Liệt nửa người và nhiễm hiv", "Liệt nửa người", "yes"),
        ("Khuyết tật nặng (HIV)", "Khuyết tật nặng", "yes"),
        ("Không nhiễm HIV", "", "no"),
        ("HIV âm tính. Mất 2012", "Mất 2012", "no"),
        ("Bố mẹ chết vì HIV, ở với bà", "ở với bà", "?"),
        ("đang uống ARV", "", "?"),
        ("nghi bị SIDA", "", "?"),
        ("Trợ cấp 1.080.000 đ, nuôi con nhỏ", "Trợ cấp 1.080.000 đ, nuôi con nhỏ", None),
    ],
)
def test_a_remark_loses_what_it_says_of_hiv(
    tmp_path: Path, written: str, kept: str, said: str | None
) -> None:
    found = one(tmp_path, ["Ghi chú"], [written])
    assert found.values.get("note", "") == kept
    assert found.row.closed == ({} if said is None else {"hiv": said})
    assert not discretion.says(repr((found.values, found.problems, found.warnings, found.row.raw)))


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Nhiễm HIV", "x", "yes"),
        ("Nhiễm HIV/AIDS", "không", "no"),
        ("Tình trạng HIV", "dương tính", "yes"),
        ("HIV", "", None),
        ("Nhiễm HIV hoặc nghiện ma túy", "x", "?"),
        ("Nhóm đối tượng", "Trẻ em nhiễm HIV", "yes"),
        ("Dạng tật", "vận động; nhiễm HIV", "yes"),
        ("Nguyên nhân", "nhiễm HIV", "yes"),
    ],
)
def test_a_column_about_hiv_is_taken_out(
    tmp_path: Path, heading: str, cell: str, said: str | None
) -> None:
    found = one(tmp_path, [heading], [cell])
    assert found.row.closed == ({} if said is None else {"hiv": said})
    assert "note" not in found.values and "groups" not in found.values
    assert found.values.get("types", ("mobility",)) == ("mobility",)


def test_a_name_stays_a_name(tmp_path: Path) -> None:
    lines = [
        ["STT", "Họ và tên", "Xã"],
        [1, "Nguyễn Văn An (nhiễm HIV)", "Cát Hanh"],
        [2, "Ksor Sida", "Cát Hanh"],
        ["II. NGƯỜI NHIỄM HIV/AIDS"],
        [3, "Lê Thị Hoa - HIV", "Cát Hanh"],
    ]
    found = rows(tmp_path, lines)
    assert [each.values["name"] for each in found] == ["Nguyễn Văn An", "Ksor Sida", "Lê Thị Hoa"]
    assert [dict(each.row.closed) for each in found] == [{"hiv": "yes"}, {}, {"hiv": "yes"}]


def test_parts_of_a_heading_say_yes_and_no(tmp_path: Path) -> None:
    lines = [
        ["Họ và tên", "Xã", "Nhiễm HIV", None],
        [None, None, "Có", "Không"],
        ["Lê Thị Hoa", "Cát Hanh", "x", None],
        ["Lê Văn Ba", "Cát Hanh", None, "x"],
    ]
    found = rows(tmp_path, lines, merges=["A1:A2", "B1:B2", "C1:D1"])
    assert [dict(each.row.closed) for each in found] == [{"hiv": "yes"}, {"hiv": "no"}]


def test_violence_has_its_own_closed_place(tmp_path: Path) -> None:
    found = one(tmp_path, ["Bị bạo lực, xâm hại", "Ghi chú"], ["Bị cha dượng đánh", "đi học"])
    assert found.row.closed == {"violence_note": "Bị cha dượng đánh"}
    assert found.values["note"] == "đi học" and "đánh" not in repr(found.row.raw)
