"""Cells as communes write them, and what they mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.imports import numbers, places
from app.imports.places import Gazetteer
from tests.app.imports import lists
from tests.app.imports.understood import codes, one, people, rows


@pytest.mark.parametrize(
    ("written", "birth", "told"),
    [
        ("03/10/1969", "1969-10-03", []), ("25-11-1938", "1938-11-25", []),
        ("15.07.1925", "1925-07-15", []), ("1/2/1950", "1950-02-01", []), ("1959", "1959", []),
        (1959, "1959", []), ("3/1971", "1971-03", []), ("năm 1945", "1945", []),
        ("Sinh năm 1945", "1945", []), ("khoảng 1945", "1945", []), ("1945?", "1945", []),
        ("ngày 5 tháng 3 năm 1950", "1950-03-05", []), ("00/00/1950", "1950", []),
        ("1969-10-03", "1969-10-03", []), ("03101969", "1969-10-03", []),
        (3101969, "1969-10-03", []), (25479, "1969-10-03", ["serial_guessed"]),
        ("25479", "1969-10-03", ["serial_guessed"]), ("?", None, ["birth_unknown"]),
        ("12/3/45", "1945-03-12", []), ("12/3/28", "1928-03-12", []),
        ("12/3/15", "2015-03-12", ["century_guessed"]), ("không rõ", None, []), ("", None, []),
        ("-", None, []), ("31/02/1950", None, ["birth_no_such_day"]),
        ("abc", None, ["birth_unclear"]),
        ("12/3/2030", None, ["birth_future"]), (2030, None, ["birth_future"]),
        ("1820", None, ["birth_too_old"]), ("03/10/1969 00:00:00", "1969-10-03", []),
        ("12/03/1971 ", "1971-03-12", []), ("1 / 3 / 1950", "1950-03-01", []),
        ("SN 1945", "1945", []), ("28", "1928", ["year_guessed"]), (45, "1945", ["year_guessed"]),
    ],
)  # fmt: skip
def test_births(tmp_path: Path, written: object, birth: str | None, told: list[str]) -> None:
    found = one(tmp_path, ["Ngày sinh"], [written])
    assert found.values.get("birth") == birth and codes(found) == told


def test_the_citizen_number_tells_the_century_of_two_digits(tmp_path: Path) -> None:
    found = one(tmp_path, ["Ngày sinh", "CCCD"], ["12/3/15", "052015123456"])
    assert found.values["birth"] == "1915-03-12" and not codes(found)


def test_an_old_number_beside_the_new_one_is_kept_where_old_ones_belong(tmp_path: Path) -> None:
    for written in ("052169967399 (cũ 211234567)", "211234567 / 052169967399",
                    "052169967399 211234567"):  # fmt: skip
        found = one(tmp_path, ["CCCD"], [written])
        assert found.values["id_number"] == "052169967399" and not codes(found)
        assert found.values["old_id_number"] == "211234567"


def test_a_lunar_birth_keeps_the_year_and_the_remark(tmp_path: Path) -> None:
    found = one(tmp_path, ["Ngày sinh"], ["15/8/1940 (âm lịch)"])
    assert found.values["birth"] == "1940"
    assert found.values["birth_lunar"] == "15/8/1940 (âm lịch)"


@pytest.mark.parametrize(
    ("written", "number", "told"),
    [
        ("052169967399", "052169967399", []), (52169967399, "052169967399", []),
        ("52169967399", "052169967399", []), (1169967399, "001169967399", []),
        ("'052169967399", "052169967399", []), ("052 169 967 399", "052169967399", []),
        ("211234567", "211234567", []), (11234567, "011234567", []),
        ("CMND: 211234567", "211234567", []), ("không có", None, []), ("x", None, []),
        ("chưa cấp", None, []), (0, None, []), ("5.2E+10", None, ["number_rounded"]),
        ("12345", "12345", ["number_odd_length"]), ("•••••••••399", None, []),
        ("211234567 (mất)", "211234567", []), (52169967399.0, "052169967399", []),
    ],
)  # fmt: skip
def test_identity_numbers(tmp_path: Path, written: object, number: str, told: list[str]) -> None:
    found = one(tmp_path, ["Số CCCD"], [written])
    assert found.values.get("id_number") == number and codes(found) == told


@pytest.mark.parametrize(
    ("written", "digits"),
    [("0905.123.456", "0905123456"), ("905123456", "0905123456"), ("+84 905 123 456", "0905123456"),
     ("0905123456 - 0912345678", "0905123456"), ("con: 0256 3821 234", "02563821234")],
)  # fmt: skip
def test_telephone_numbers(written: str, digits: str) -> None:
    assert numbers.phone_number(written, "text") == digits


@pytest.mark.parametrize(
    ("written", "name", "other"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An", None), ("đinh thị h'lơi", "Đinh Thị H'Lơi", None),
        ("Đinh Thị H'Lơi", "Đinh Thị H'Lơi", None), ("  Lê   Thị  Hoa ", "Lê Thị Hoa", None),
        ("Ðặng Văn Ðào", "Đặng Văn Đào", None), ("Lê Hoa (Tèo)", "Lê Hoa", "Tèo"),
        ("Lê Hoa (tức: út)", "Lê Hoa", "Út"), ("Siu Bla", "Siu Bla", None), ("Briu", "Briu", None),
        ("Nguyễn Mỹ út", "Nguyễn Mỹ Út", None), ("Lê Hoa*", "Lê Hoa", None),
    ],
)  # fmt: skip
def test_names(tmp_path: Path, written: str, name: str, other: str | None) -> None:
    found = rows(tmp_path, [("Họ tên", "Năm sinh", "Xã"), (written, 1950, "Cát Hanh")])[0]
    assert (found.values.get("name"), found.values.get("other_name")) == (name, other)


@pytest.mark.parametrize(
    ("written", "types", "told"),
    [
        ("Khuyết tật vận động", ("mobility",), []), ("VĐ", ("mobility",), []),
        ("nghe, nói", ("hearing_speech",), []), ("Nghe nói", ("hearing_speech",), []),
        ("câm điếc", ("hearing_speech",), []), ("mù", ("vision",), []), ("nhìn", ("vision",), []),
        ("thần kinh, tâm thần", ("neuro_psychiatric",), []),
        ("Thiểu năng trí tuệ", ("intellectual",), []), ("KT khác", ("other",), []),
        ("vận động, trí tuệ", ("mobility", "intellectual"), []),
        ("Vận động + nghe, nói và nhìn", ("mobility", "hearing_speech", "vision"), []),
        ("VĐ; thần kinh", ("mobility", "neuro_psychiatric"), []),
        ("1. Vận động", ("mobility",), []), ("liệt 2 chân", ("mobility",), []),
        ("TTPL", ("neuro_psychiatric",), []), ("bại não", ("mobility",), []),
        ("tai biến gì đó", None, ["types_unclear"]), ("x", None, []),
    ],
)  # fmt: skip
def test_types(tmp_path: Path, written: str, types: object, told: list[str]) -> None:
    found = one(tmp_path, ["Dạng tật", "Năm sinh"], [written, 1950])
    assert found.values.get("types") == types and codes(found) == told
    if told:
        assert found.values["note"] == f"Dạng khuyết tật: {written}"


@pytest.mark.parametrize(
    ("written", "degree", "told"),
    [("Nặng", "severe", []), ("ĐBN", "profound", []), ("đặc biệt nặng", "profound", []),
     ("N", "severe", []), ("Nh", "mild", []), ("ĐBN (mức 1)", "profound", []),
     ("Nhẹ", "mild", []), ("chưa xác định", "undetermined", []),
     ("hạng gì", None, ["degree_unclear"]), (None, None, [])],
)  # fmt: skip
def test_degrees(tmp_path: Path, written: str, degree: object, told: list[str]) -> None:
    found = one(tmp_path, ["Mức độ", "Năm sinh"], [written, 1950])
    assert found.values.get("degree") == degree and codes(found) == told


def test_a_degree_beside_the_type_in_one_cell(tmp_path: Path) -> None:
    found = one(tmp_path, ["Dạng tật"], ["VĐ - đặc biệt nặng"])
    assert (found.values["types"], found.values["degree"]) == (("mobility",), "profound")
    assert not codes(found)


def test_a_remark_fills_fields_and_stays_a_remark(tmp_path: Path) -> None:
    note = "NN bom mìn (gián tiếp), hộ nghèo, đang hưởng trợ cấp"
    found = one(tmp_path, ["Ghi chú"], [note])
    assert (found.values["mine_victim"], found.values["victim_role"]) == (True, "indirect_carer")
    assert (found.values["poverty"], found.values["allowance_monthly"]) == ("poor", "yes")
    assert found.values["note"] == note
    for said in ("chưa được hưởng trợ cấp", "hộ không nghèo lắm"):
        found = one(tmp_path, ["Ghi chú"], [said])
        assert not {"poverty", "allowance_monthly"}.intersection(found.values)


@pytest.mark.parametrize(
    ("note", "mine", "told"),
    [
        ("NN bom mìn", True, []), ("nạn nhân bom mìn 1972", True, []), ("NNBM", True, []),
        ("bị bom bi nổ", True, []),
        ("cụt chân do mìn", True, []), ("chuyển vào Gia Lai", None, ["note_says_left"]),
        ("không phải nạn nhân bom mìn", None, []),
        ("đã mất", None, ["note_says_dead"]), ("mất 5/2018", None, ["note_says_dead"]),
        ("mất 1 chân", None, []), ("chết 2019", None, ["note_says_dead"]),
        ("chuyển đi Đắk Lắk", None, ["note_says_left"]), ("hộ nghèo", None, []),
    ],
)  # fmt: skip
def test_notes_carry_meaning(tmp_path: Path, note: str, mine: object, told: list[str]) -> None:
    found = one(tmp_path, ["Năm sinh", "Ghi chú"], [1950, note])
    assert found.values.get("mine_victim") == mine and codes(found) == told
    assert found.values["note"] == note and "life_state" not in found.values


@pytest.mark.parametrize(
    ("written", "mine"),
    [("x", True), ("Có", True), ("không", False), (None, None), ("NN bom mìn", True),
     ("Trực tiếp", True)],
)  # fmt: skip
def test_a_column_of_mine_victims(tmp_path: Path, written: object, mine: object) -> None:
    found = one(tmp_path, ["Năm sinh", "Nạn nhân bom mìn"], [1950, written])
    assert found.values.get("mine_victim") == mine and not codes(found)


def test_a_state_column_is_kept_as_a_remark_and_never_changes_a_life(tmp_path: Path) -> None:
    found = one(tmp_path, ["Năm sinh", "Tình trạng"], [1950, "đã chết"])
    assert "life_state" not in found.values and codes(found) == ["note_says_dead"]
    assert found.values["note"] == "Tình trạng: đã chết"


def test_the_cause_belongs_to_each_type(tmp_path: Path) -> None:
    header = ["Dạng tật", "Nguyên nhân"]
    found = one(tmp_path, header, ["nhìn, vận động", "bẩm sinh"])
    assert found.values["cause_vision"] == found.values["cause_mobility"]
    victim = one(tmp_path, header, ["vận động", "Tai nạn bom mìn"])
    assert victim.values["mine_victim"] is True


def test_other_columns_of_the_dictionary(tmp_path: Path) -> None:
    header = ["Dân tộc", "Hộ nghèo", "SĐT", "Chủ hộ", "Số nhân khẩu", "Ngày cấp", "Nghề nghiệp"]
    line = ["Ba na", "Hộ nghèo", 905123456, "LÊ VĂN BA", "5 người", "1/2/2015", "thợ lặn sông"]
    found = one(tmp_path, header, line)
    values = found.values
    assert (values["ethnicity"], values["phone"], values["head_name"]) == (
        "ba_na", "0905123456", "Lê Văn Ba",
    )  # fmt: skip
    assert (values["household_size"], values["id_issued_on"]) == (5, "2015-02-01")
    assert codes(found) == ["value_unclear"] and values["note"] == "Nghề nghiệp: thợ lặn sông"


def test_a_formula_without_result_refuses_only_where_it_must(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c><c r="B1" t="inlineStr"><is>'
        '<t>Năm sinh</t></is></c><c r="C1" t="inlineStr"><is><t>Xã</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>X1</f><v>Lê Hoa</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2" t="inlineStr"><is><t>Cát Hanh</t></is></c></row>'
        '<row r="3"><c r="A3"><f>X1</f></c><c r="B3"><v>1950</v></c>'
        '<c r="C3" t="inlineStr"><is><t>Cát Hanh</t></is></c></row></sheetData></worksheet>'
    )
    found = people(lists.by_hand(tmp_path / "a.xlsx", sheet.encode()))
    assert [(each.problems[0].field, codes(each)[0]) for each in found] == [
        ("birth", "formula_without_value"), ("name", "formula_without_value"),
    ]  # fmt: skip
    assert found[0].values["name"] == "Lê Hoa"


@pytest.mark.parametrize(
    ("address", "commune", "hamlet"),
    [
        ("Thôn Tân Hòa, xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định", "63:21871", "Thôn Tân Hòa"),
        ("Tân Hòa, Cát Hanh, Phù Cát", "63:21871", "Tân Hòa"),
        ("Tân Hòa - Cát Hanh - Phù Cát - Bình Định", "63:21871", "Tân Hòa"),
        ("Cát Hanh", "63:21871", ""),
        ("xã Cát Hanh", "63:21871", ""),
        ("Đội 5, thôn Hội Vân, Cát Hanh", "63:21871", "Đội 5, thôn Hội Vân"),
        ("X. Cát Tường, H. Phù Cát", "63:21892", ""),
        ("Thôn 3 Cát Tường", "63:21892", "Thôn 3"),
        ("Cát Hanh Phù Cát Bình Định", "63:21871", ""),
        ("tổ 3 khu phố 2 TT Ngô Mây, PC, BĐ", "63:21853", "tổ 3 khu phố 2"),
    ],
)
def test_a_whole_address_in_one_cell(
    tmp_path: Path, address: str, commune: str, hamlet: str
) -> None:
    (found,) = rows(tmp_path, [("Họ tên", "Địa chỉ"), ("Lê Hoa", address)], "63:52")
    assert found.values["commune"] == commune
    assert found.values.get("hamlet", "") == hamlet
    assert found.values["address_text"] == address


@pytest.mark.parametrize(
    ("office", "commune", "district", "province", "answer"),
    [
        ("63:548", "Cát Hanh", "", "", "63:21871"), ("63:548", "cat hanh", "", "", "63:21871"),
        ("63:548", "X. CÁT HANH", "", "", "63:21871"),
        ("63:548", "Cát Hanh", "Phù Cát", "Bình Định", "63:21871"),
        ("63:548", "Bình Nghi", "", "", "outside_office"),
        ("63:548", "Cát Hanh", "Bố Trạch", "Quảng Bình", "unknown_commune"),
        ("63:548", "Hải Thái", "Gio Linh", "", "other_province"),
        ("63:548", "Không Đâu", "", "", "unknown_commune"),
        ("63:548", "", "", "", "commune_missing"), ("63:21871", "", "", "", "63:21871"),
        ("34:52", "Cát Hanh", "Phù Cát", "Bình Định", "34:21871"),
    ],
)  # fmt: skip
def test_which_commune_is_meant(
    office: str, commune: str, district: str, province: str, answer: str
) -> None:
    found = Gazetteer((office,)).place(commune, district, province, "", "")
    assert answer in (found.commune, found.code)


@pytest.mark.parametrize(
    ("office", "commune", "hamlet", "answer"),
    [
        (("63:548",), "XÃ ĐỀ GI, TỈNH GIA LAI", "Thái Thuận", "34:21859"),
        (("63:548",), "xã Hội Sơn, tỉnh Gia Lai", "", "34:21868"),
        (("63:548",), "xã Đề Gi", "Thôn An Phú, Cát Khánh cũ", "63:21862"),
        (("63:548",), "xã Đề Gi", "Thôn Ngãi An", "63:21862"),
        (("63:21859", "63:21862"), "xã Đề Gi", "Thái Thuận", "commune_joined"),
        (("63:21859", "63:21862"), "xã Đề Gi", "Thôn Ngãi An", "63:21862"),
        (("63:540",), "xã Đề Gi", "", "outside_office"),
    ],
)
def test_a_present_commune_in_an_office_of_the_old_borders(
    office: tuple[str, ...], commune: str, hamlet: str, answer: str
) -> None:
    answers = {("63:21862", "thonngaian"): "34:21859"}
    found = Gazetteer(office, answers).place(commune, "", "", "", hamlet)
    assert answer in (found.commune, found.code)


def test_hamlets_of_addresses() -> None:
    assert places.hamlet_of("Thôn 3, Cát Hanh", "63:21871") == "Thôn 3"
    assert places.hamlet_of("", None) == ""


@pytest.mark.parametrize(
    "above",
    [
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"],
        ["Phòng Lao động - Thương binh và Xã hội huyện Phù Cát"],
        ["Trung tâm công tác xã hội - Bảo trợ"],
    ],
)
def test_the_words_xa_hoi_above_a_list_are_no_commune(tmp_path: Path, above: list[str]) -> None:
    lines = [above, ["DANH SÁCH NGƯỜI KHUYẾT TẬT XÃ CÁT HANH"], ["Họ và tên", "Năm sinh"]]
    (found,) = rows(tmp_path, [*lines, ["Lê Thị Hoa", "1950"]])
    assert found.values["commune"] == "63:21871" and not codes(found)


def test_a_second_telephone_number_and_whose_it_is_are_kept_in_the_note(tmp_path: Path) -> None:
    for written in ("0905111222/0977333444", "0905111222 (con)", "0905 111 222 gặp chị Tư"):
        found = one(tmp_path, ["Điện thoại"], [written])
        assert found.values["phone"] == "0905111222" and codes(found) == ["phone_more"]
        assert written in str(found.values["note"])
    plain = one(tmp_path, ["Điện thoại"], ["ĐT: 0905.111.222"])
    assert plain.values["phone"] == "0905111222" and not codes(plain)
    assert "note" not in plain.values


def test_a_birth_under_both_sexes_is_asked_back(tmp_path: Path) -> None:
    head = ["TT", "Họ và tên", "Xã", "Năm sinh", None]
    lines = [head, [None, None, None, "Nam", "Nữ"], [1, "Lê Hoa", "Cát Hanh", 1965, 1966],
             [2, "Lê Thị Hoa", "Cát Hanh", 1965, None], [3, "Lê Văn An", "Cát Hanh", None, "1966"],
             [4, "Lê Thị Lan", "Cát Hanh", None, 1970]]  # fmt: skip
    both, thi, van, fine = rows(tmp_path, lines, merges=("D1:E1",))
    assert [(each.code, each.value) for each in both.problems] == [
        ("birth_under_both", "Nam: 1965, Nữ: 1966")
    ]
    assert thi.values["sex"] == "male" and codes(thi) == ["sex_against_name"]
    assert van.values["sex"] == "female" and codes(van) == ["sex_against_name"]
    assert not codes(fine)


@pytest.mark.parametrize(
    ("written", "amount", "told"),
    [
        ("540k", 540_000, []), ("540 nghìn", 540_000, []), ("0,54 triệu", 540_000, []),
        ("540.000đ/tháng", 540_000, []), ("540,000", 540_000, []), (540000, 540_000, []),
        ("1.080.000 đồng", 1_080_000, []), ("1.5 tr", 1_500_000, []), ("540.000,00", 540_000, []),
        ("540", 540, ["amount_small"]), ("hệ số 1,5", None, ["value_unclear"]),
    ],
)  # fmt: skip
def test_amounts_are_understood_or_asked_back(
    tmp_path: Path, written: object, amount: int | None, told: list[str]
) -> None:
    found = one(tmp_path, ["Mức hưởng"], [written])
    assert found.values.get("allowance_amount") == amount and codes(found) == told


@pytest.mark.parametrize(
    ("written", "two"),
    [
        ("Đào Văn Năm\nĐào Văn Sáu", True), ("Đào Hoàng Năm, Đào Hoàng Sáu", True),
        ("Đào Năm và Lê Thị Sáu", True), ("Đào Văn\nNăm", False), ("Lê Thị Văn Anh", False),
        ("Nguyễn Thị Ngọc Thị", False), ("Lê Hoa (Tèo, Tý)", False),
    ],
)  # fmt: skip
def test_two_persons_in_one_cell_are_sent_back(tmp_path: Path, written: str, two: bool) -> None:
    (found,) = rows(tmp_path, [["Họ và tên", "Năm sinh", "Xã"], [written, 1950, "Cát Hanh"]])
    assert codes(found) == (["name_of_two"] if two else [])


@pytest.mark.parametrize(
    ("written", "dead"),
    [
        ("Từ trần 2020", True), ("tạ thế", True), ("qua đời", True), ("chết", True),
        ("con ông Lê Văn Mười (đã mất)", False), ("chồng đã mất", False), ("Mẹ mất 2001", False),
        ("con ông Lê Văn Mười (đã mất), nay đã mất", True), ("mô tả thể trạng", False),
        ("ở số 5 từ Trần Phú rẽ vào", False),
    ],
)  # fmt: skip
def test_who_died_is_the_person_and_not_a_relative(
    tmp_path: Path, written: str, dead: bool
) -> None:
    found = one(tmp_path, ["Ghi chú"], [written])
    assert ("note_says_dead" in codes(found)) is dead and written in str(found.values["note"])


@pytest.mark.parametrize(
    ("beside", "birth", "told"),
    [
        (1956, None, ["birth_unclear"]), ("1956", None, ["birth_unclear"]),
        ("12/3/1956", "1957-06-29", []), (date(1956, 3, 12), "1957-06-29", []),
        (None, "1957-06-29", ["serial_guessed"]),
    ],
)  # fmt: skip
def test_a_plain_number_is_a_day_only_in_a_column_of_days(
    tmp_path: Path, beside: object, birth: str | None, told: list[str]
) -> None:
    lines = [["TT", "Họ và tên", "Ngày sinh", "Xã"], [1, "Lê Thị Hoa", beside, "Cát Hanh"],
             [2, "Lê Thị Lan", 21000, "Cát Hanh"]]  # fmt: skip
    _, found = rows(tmp_path, lines)
    assert found.values.get("birth") == birth and codes(found) == told
