"""Headings, titles, totals, signatures: every layout that communes send."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.imports import labels
from tests.app.imports import lists
from tests.app.imports.understood import codes, names, people, rows

PLAIN = ("Họ và tên", "Ngày sinh", "Giới tính", "Xã")
HOA = ("Lê Thị Hoa", "1950", "Nữ", "Cát Hanh")
AN = ("Vũ Văn An", "12/3/1961", "Nam", "Cát Tường")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Họ và tên", "name"), ("HỌ VÀ TÊN NKT", "name"), ("Họ, tên người khuyết tật", "name"),
        ("Tên", "name"), ("Họ tên (chữ in hoa)", "name"), ("1. Họ và tên", "name"),
        ("Họ tên cha", ""), ("Họ tên chủ hộ", "head_name"), ("Chủ hộ", "head_name"),
        ("Họ tên người chăm sóc", "carer_name"), ("Năm sinh", "birth"), ("NTNS", "birth"),
        ("Ngày, tháng, năm sinh", "birth"), ("Ngày sinh người chăm sóc", "carer_birth"),
        ("Giới tính", "sex"), ("Phái", "sex"), ("Số CMND/CCCD", "id_number"),
        ("Số CMND (hoặc CCCD)", "id_number"), ("Ngày cấp", "id_issued_on"),
        ("Thôn/Xóm", "hamlet"), ("Xã/phường/thị trấn", "commune"), ("Huyện", "district"),
        ("Địa chỉ", "address_text"), ("Nơi ở hiện nay", "address_text"), ("Tỉnh", "province"),
        ("Bảo hiểm xã hội", ""), ("Dạng khuyết tật", "types"), ("Dạng tật", "types"),
        ("Mức độ khuyết tật", "degree"), ("Mức độ KT", "degree"), ("Ghi chú", "note"),
        ("Nạn nhân bom mìn", "mine_victim"), ("NNBM", "mine_victim"), ("SĐT", "phone"),
        ("Số giấy xác nhận khuyết tật", "certificate_number"), ("STT", "ordinal"),
        ("TT", "ordinal"), ("Dân tộc", "ethnicity"), ("Hộ nghèo", "poverty"), ("(1)", ""),
        ("Tổng cộng", ""), ("Ký nhận", ""), ("Lý do", ""),
    ],
)  # fmt: skip
def test_a_heading_means_a_field(heading: str, field: str) -> None:
    assert labels.field_of(heading) == field


def test_every_alias_of_the_dictionary_is_a_field_that_exists() -> None:
    assert all(labels.is_field(name) for name in labels.known().values())
    assert not labels.is_field("types:none") and labels.is_field("degree:severe")


def test_a_title_block_before_and_totals_and_signatures_after(tmp_path: Path) -> None:
    lines = [
        ("UBND XÃ CÁT HANH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (), ("DANH SÁCH NGƯỜI KHUYẾT TẬT",), ("(Kèm theo Công văn số 12/UBND-VX)",), (),
        ("STT", *PLAIN), (1, *HOA), (2, *AN),
        (None, "Tổng cộng: 02 người"), ("Cộng",), (),
        (None, None, None, "Cát Hanh, ngày 12 tháng 3 năm 2020"),
        (None, "NGƯỜI LẬP BIỂU", None, "TM. ỦY BAN NHÂN DÂN"),
        (None, None, None, "KT. CHỦ TỊCH"), (), (None, "Trần Văn Chủ", None, "Lê Văn Ký"),
    ]  # fmt: skip
    found = rows(tmp_path, lines)
    assert names(found) == ["Lê Thị Hoa", "Vũ Văn An"] and len(found) == 2


def test_two_heading_rows_with_the_year_under_nam_or_nu(tmp_path: Path) -> None:
    lines = [
        ("TT", "Họ và tên", "Năm sinh", None, "Địa chỉ", None),
        (None, None, "Nam", "Nữ", "Thôn", "Xã"), ("1", "2", "3", "4", "5", "6"),
        (1, "Lê Hoa", None, 1950, "Thôn 1", "Cát Hanh"),
        (2, "Vũ An", 1961, None, "Thôn 2", "Cát Tường"),
    ]  # fmt: skip
    for merges in ((), ("C1:D1", "E1:F1", "A1:A2", "B1:B2")):
        found = rows(tmp_path, lines, merges=merges)
        assert [(each.values["sex"], each.values["birth"]) for each in found] == [
            ("female", "1950"), ("male", "1961"),
        ]  # fmt: skip
        assert [each.values["hamlet"] for each in found] == ["Thôn 1", "Thôn 2"]


def test_three_heading_rows_with_crosses_for_types_and_degrees(tmp_path: Path) -> None:
    lines = [
        ("STT", "Thông tin chung", None, None, "Tình trạng khuyết tật", None, None, None),
        (None, "Họ và tên", "Năm sinh", "Xã", "Dạng khuyết tật", None, "Mức độ khuyết tật", None),
        (None, None, None, None, "Vận động", "Nghe, nói", "Đặc biệt nặng", "Nặng"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
        (1, "Lê Hoa", 1950, "Cát Hanh", "x", "x", None, "x"),
        (2, "Vũ An", 1961, "Cát Tường", None, "X", "x", None),
    ]
    merges = ("A1:A3", "B1:D1", "E1:H1", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:H2")
    hoa, an = rows(tmp_path, lines, merges=merges)
    assert hoa.values["types"] == ("mobility", "hearing_speech") and not codes(hoa)
    assert (hoa.values["degree"], an.values["degree"]) == ("severe", "profound")


def test_a_name_over_two_columns(tmp_path: Path) -> None:
    lines = [
        ("STT", "Họ và tên", None, "Năm sinh", "Xã"),
        (1, "Lê Thị", "Hoa", 1950, "Cát Hanh"),
        (2, "Vũ Văn", "An", 1951, "Cát Hanh"),
    ]
    assert names(rows(tmp_path, lines, merges=("B1:C1",))) == ["Lê Thị Hoa", "Vũ Văn An"]
    assert names(rows(tmp_path, lines)) == ["Lê Thị Hoa", "Vũ Văn An"]
    lines[0] = ("STT", "Họ và tên đệm", "Tên", "Năm sinh", "Xã")
    assert names(rows(tmp_path, lines)) == ["Lê Thị Hoa", "Vũ Văn An"]


def test_crosses_for_sex_in_one_or_two_columns(tmp_path: Path) -> None:
    lines = [
        ("Họ và tên", "Năm sinh", "Nữ", "Xã"),
        ("Lê Hoa", 1950, "x", "Cát Hanh"),
        ("Vũ An", 1951, None, "Cát Hanh"),
    ]
    assert [each.values["sex"] for each in rows(tmp_path, lines)] == ["female", "male"]
    lines = [
        ("Họ và tên", "Năm sinh", "Giới tính", None, "Xã"),
        (None, None, "Nam", "Nữ", None),
        ("Lê Hoa", 1950, None, "x", "Cát Hanh"),
        ("Vũ An", 1951, "x", None, "Cát Hanh"),
        ("Siu Bla", 1951, None, None, "Cát Hanh"),
    ]
    assert [each.values.get("sex") for each in rows(tmp_path, lines)] == ["female", "male", None]


def test_birth_in_three_columns(tmp_path: Path) -> None:
    lines = [
        ("Họ và tên", "Ngày sinh", None, None, "Xã"),
        (None, "Ngày", "Tháng", "Năm", None),
        ("Lê Hoa", 5, 3, 1950, "Cát Hanh"),
        ("Vũ An", None, None, 1951, "Cát Hanh"),
    ]
    found = rows(tmp_path, lines, merges=("B1:D1",))
    assert [each.values["birth"] for each in found] == ["1950-03-05", "1951"]


def test_headings_printed_again_on_each_page_are_no_persons(tmp_path: Path) -> None:
    lines = [PLAIN, HOA, PLAIN, AN, PLAIN, ("Siu Bla", "1950", "Nam", "Cát Hanh")]
    assert names(rows(tmp_path, lines)) == ["Lê Thị Hoa", "Vũ Văn An", "Siu Bla"]


def test_a_second_table_below_with_other_columns(tmp_path: Path) -> None:
    lines = [
        PLAIN,
        HOA,
        (),
        ("II. TRẺ EM",),
        ("STT", "Xã", "Họ và tên", "Năm sinh"),
        (1, "Cát Hanh", "Lê Văn Tí", 2015),
    ]
    found = rows(tmp_path, lines)
    assert names(found) == ["Lê Thị Hoa", "Lê Văn Tí"]
    assert found[1].values["birth"] == "2015"


def test_several_sheets_each_with_its_own_columns(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Hướng dẫn điền danh sách"])
    for title, lines in (
        ("Dưới 6", [PLAIN, HOA]),
        ("Trên 6", [("Xã", "Tên", "NS"), ("Cát Hanh", "Vũ An", 1960)]),
    ):
        page = book.create_sheet(title)
        for line in lines:
            page.append(list(line))
    book.save(tmp_path / "ds.xlsx")
    found = people(tmp_path / "ds.xlsx")
    assert [(each.row.sheet, each.values["name"]) for each in found] == [
        ("Dưới 6", "Lê Thị Hoa"), ("Trên 6", "Vũ An"),
    ]  # fmt: skip


def test_headings_of_communes_and_hamlets_between_the_rows(tmp_path: Path) -> None:
    lines = [
        ("STT", "Họ và tên", "Năm sinh", "Dạng tật"),
        ("I", "Xã Cát Hanh"), ("Thôn Tân Hòa",), (1, "Lê Hoa", 1950, "nhìn"),
        ("Thôn Hội Vân: 2 người",), (2, "Vũ An", 1951, "nhìn"),
        ("II", "Xã Cát Tường"), (3, "Siu Bla", 1952, "nhìn"),
    ]  # fmt: skip
    found = rows(tmp_path, lines)
    assert [(each.values["commune"], each.values.get("hamlet")) for each in found] == [
        ("63:21871", "Thôn Tân Hòa"), ("63:21871", "Thôn Hội Vân"), ("63:21892", None),
    ]  # fmt: skip


def test_the_commune_of_the_title_or_the_sheet_when_no_column_has_it(tmp_path: Path) -> None:
    lines = [("UBND XÃ CÁT HANH",), ("Họ và tên", "Năm sinh"), ("Lê Hoa", 1950)]
    (found,) = rows(tmp_path, lines)
    assert found.values["commune"] == "63:21871"


def test_a_commune_in_a_tall_merged_cell_holds_for_all_its_rows(tmp_path: Path) -> None:
    lines = [
        ("Xã", "Họ và tên", "Năm sinh"),
        ("Cát Hanh", "Lê Hoa", 1950),
        (None, "Vũ An", 1951),
        ("Cát Tường", "Siu Bla", 1952),
        (None, "Lê Tí", 1960),
    ]
    found = rows(tmp_path, lines, merges=("A2:A3",))
    assert [each.values.get("commune") for each in found] == [
        "63:21871", "63:21871", "63:21892", None,
    ]  # fmt: skip
    assert codes(found[3]) == ["commune_missing"]


def test_numbered_empty_rows_are_nobody_and_doubtful_rows_are_told(tmp_path: Path) -> None:
    lines = [
        ("STT", *PLAIN),
        (1, *HOA),
        (2,),
        (3,),
        (None, "Nhóm khác gì đó"),
        (None, None, "1950", "Nam", "Cát Hanh"),
        (4, "Vũ An"),
    ]
    found = rows(tmp_path, lines)
    assert [(each.row.number, codes(each)) for each in found] == [
        (2, []), (5, ["row_unclear"]), (6, ["name_missing"]), (7, ["commune_missing"]),
    ]  # fmt: skip


def test_people_whose_names_look_like_totals_or_offices_stay(tmp_path: Path) -> None:
    lines = [
        PLAIN,
        ("Tống Văn Cộng", "1950", "Nam", "Cát Hanh"),
        ("Công Thị Tổng", "1950", "Nữ", "Cát Hanh"),
        ("Kế Toán", "1950", "Nữ", "Cát Hanh"),
    ]
    assert len(names(rows(tmp_path, lines))) == 3


def test_200_columns_lose_nothing_that_is_mapped(tmp_path: Path) -> None:
    header = [*PLAIN, *(f"Cột {at}" for at in range(196))]
    found = rows(tmp_path, [header, [*HOA, *range(196)]])
    assert names(found) == ["Lê Thị Hoa"] and not codes(found[0])


def test_a_web_page_that_calls_itself_xls(tmp_path: Path) -> None:
    page = """<html><meta charset=utf-8><body><table><tr><td colspan=4>UBND XÃ CÁT HANH</td></tr>
    <tr><th rowspan=2>Họ và tên</th><th colspan="2">Năm sinh</th><th rowspan=2>Xã</th></tr>
    <tr><th>Nam</th><th>Nữ</th></tr>
    <tr><td><font face=".VnTime">Lª ThÞ Hoa</font></td><td></td><td>1950<td>Cát&nbsp;Hanh</tr>
    <tr><td>Vũ An</td><td>1961</td><td></td><td rowspan="2">Cát Tường</td></tr>
    <tr><td>Siu Bla</td><td>1970</td><td></td></tr></table></body></html>"""
    (tmp_path / "ds.xls").write_text(page, encoding="utf-8")
    found = [each.values for each in people(tmp_path / "ds.xls")]
    assert [(each["name"], each["sex"], each["commune"]) for each in found] == [
        ("Lê Thị Hoa", "female", "63:21871"), ("Vũ An", "male", "63:21892"),
        ("Siu Bla", "male", "63:21892"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258", "tcvn3"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    import unicodedata

    from app.imports.encodings import to_tcvn3

    lines = [PLAIN, HOA, AN, ("Đặng Thị Võ", "1970", "Nữ", "Cát Tường")]
    path = tmp_path / "ds.csv"
    if encoding == "tcvn3":
        text = "\n".join(separator.join(map(to_tcvn3, line)) for line in lines)
        path.write_bytes(text.encode("latin-1"))
    elif encoding == "cp1258":
        text = "\n".join(separator.join(line) for line in lines)
        path.write_bytes(b"".join(map(_cp1258, unicodedata.normalize("NFC", text))))
    else:
        lists.csv(path, lines, separator, encoding)
    found = people(path)
    assert names(found) == ["Lê Thị Hoa", "Vũ Văn An", "Đặng Thị Võ"]
    assert [each.values["commune"] for each in found] == ["63:21871", "63:21892", "63:21892"]
    assert [each.values["sex"] for each in found] == ["female", "male", "female"]


def _cp1258(letter: str) -> bytes:
    """One letter as Windows writes it: base letter and a combining tone."""
    import unicodedata

    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        whole = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", whole.replace(tone, ""))
        return base.encode("cp1258") + tone.encode("cp1258")
