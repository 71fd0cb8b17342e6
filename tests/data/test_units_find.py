"""Finding a commune by what people write in lists and forms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import units, units_table
from data.units_text import marked_key, parts

BINH_DINH = ("63:52",)
THAI_NGUYEN = ("63:19",)


def keys(written: str, within: tuple[str, ...] = (), **beside: str) -> list[str]:
    return [unit.key for unit in units.find(written, within, **beside)]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Vĩnh Hảo", "63:21799"),
        ("An Hòa", "63:21628"),
        ("Ân Thạnh", "63:21706"),
        ("Cát Tường", "63:21892"),
        ("Bình Nghi", "63:21847"),
        ("Cát Hanh", "63:21871"),
        ("xã Cát Hanh", "63:21871"),
        ("Xã CÁT HANH", "63:21871"),
        ("X. Cát Hanh", "63:21871"),
        ("x.cát hanh", "63:21871"),
        ("x cat hanh", "63:21871"),
        ("cat hanh", "63:21871"),
        ("cathanh", "63:21871"),
        ("Cát-Hanh", "63:21871"),
        ("  Cát\u00a0 Hanh ", "63:21871"),
        ("TT Ngô Mây", "63:21853"),
        ("TT. Ngô Mây", "63:21853"),
        ("Thị trấn Ngô Mây", "63:21853"),
        ("thi tran ngo may", "63:21853"),
        ("P. Ngô Mây", "63:21577"),
        ("P.Đập Đá", "63:21910"),
        ("phường Đập Đá", "63:21910"),
        ("Nhơn Hoà", "63:21943"),
        ("Nhơn Hòa", "63:21943"),
        ("Cát Hanh - Phù Cát - Bình Định", "63:21871"),
        ("xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định", "63:21871"),
        ("xã Cát Hanh huyện Phù Cát tỉnh Bình Định", "63:21871"),
        ("xa cat hanh huyen phu cat tinh binh dinh", "63:21871"),
        ("X.Cát Hanh, H.Phù Cát, T.Bình Định", "63:21871"),
        ("Thôn Vĩnh Trường, xã Cát Hanh, huyện Phù Cát", "63:21871"),
        ("Phù Cát - Cát Hanh", "63:21871"),
        ("Cát Hanh (cũ)", "63:21871"),
        ("Thôn An Hòa, xã An Quang, An Lão", "63:21631"),
        ("Ân Nghĩa", "63:21727"),
        ("An Nghĩa", "63:21634"),
        ("Xã Cát Tiến", "63:21898"),  # a town since 2020
        ("Bok Tới", "63:21718"),
        ("Bóc Tới", "63:21718"),
    ],
)
def test_a_name_in_any_spelling_is_one_commune_of_the_province(written: str, key: str) -> None:
    assert keys(written, BINH_DINH) == [key]
    assert keys(unicodedata.normalize("NFD", written), BINH_DINH) == [key]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Quán Triều", "63:05431"),
        ("Quan Triều", "63:05431"),
        ("phuong quan trieu", "63:05431"),
        ("Thần Sa", "63:05725"),
        ("Thần Xa", "63:05725"),
        ("Điềm Thuỵ", "63:05941"),
        ("xa phuong giao", "63:05749"),
        ("phuong giao", "63:05749"),
        ("Úc Kì", "63:05950"),
    ],
)
def test_names_that_begin_like_a_kind_and_sounds_written_alike(written: str, key: str) -> None:
    assert keys(written, THAI_NGUYEN) == [key]


def test_a_name_that_several_communes_share_is_not_guessed() -> None:
    assert keys("Ngô Mây", BINH_DINH) == ["63:21577", "63:21853"]
    assert keys("Bình Thuận", ("63:547",)) == ["63:21817"]
    assert len(keys("Tân Thành")) > 10


def test_the_district_beside_decides_and_may_contradict() -> None:
    assert keys("Ngô Mây", BINH_DINH, district="Phù Cát") == ["63:21853"]
    assert keys("Ngô Mây", BINH_DINH, district="TP. Quy Nhơn") == ["63:21577"]
    assert keys("Cát Hanh", BINH_DINH, district="H. Phù Cát", province="Bình Định") == ["63:21871"]
    assert keys("Cát Hanh", BINH_DINH, district="Tây Sơn") == []
    assert keys("Cát Hanh, Phù Mỹ", BINH_DINH) == []
    assert keys("Cát Hanh", BINH_DINH, district="không rõ") == ["63:21871"]


def test_a_commune_of_another_province_is_recognisable_as_such() -> None:
    assert keys("Cát Hanh", THAI_NGUYEN) == []
    (other,) = units.find("Cát Hanh")
    assert units.full_name(other.key).endswith("tỉnh Bình Định")


def test_an_address_of_today_may_name_the_new_province_of_an_old_commune() -> None:
    assert keys("Cát Hanh, Gia Lai") == ["63:21871"]
    assert keys("xã Hòa Hội, tỉnh Gia Lai") == ["34:21871"]
    assert keys("xã Hòa Hội, Phù Cát, Bình Định", ("34:52",)) == ["34:21871"]


def test_an_office_on_new_units_understands_old_names() -> None:
    assert keys("Cát Hanh", ("34:21871",)) == ["34:21871"]
    assert keys("Hòa Hội", ("34:21871",)) == ["34:21871"]
    assert keys("Cát Tân", ("34:21871",)) == []
    assert keys("TT Ngô Mây", ("34:52",)) == ["34:21853"]
    assert keys("xã Ngô Mây", ("34:52",)) == ["34:21901"]
    assert keys("Ngô Mây, Phù Cát", ("34:52",)) == ["34:21853"]
    assert keys("An Nghĩa", ("34:52",)) == ["34:21622", "34:21628"]


def test_an_office_on_old_units_is_asked_about_new_names() -> None:
    assert keys("Hòa Hội", ("63:548",)) == ["63:21871", "63:21883"]
    assert keys("xã Nhơn Châu", ("63:540",)) == ["63:21607"]


def test_a_ward_that_ended_before_2025_is_found_as_what_it_became() -> None:
    assert keys("P. Lê Lợi, Quy Nhơn") == ["63:21583"]
    assert keys("Lý Thường Kiệt", ("63:540",)) == ["63:21580"]
    assert keys("phường Trần Hưng Đạo, TP. Quy Nhơn", ("34:52",)) == ["34:21583"]
    assert keys("xã Lê Lợi", ("63:19",)) == []


def test_wards_with_numbers_and_names_with_dashes() -> None:
    assert keys("P1, Q3, TP.HCM") == ["63:27160"]
    assert keys("Phường 01, quận 3, TP Hồ Chí Minh") == ["63:27160"]
    assert keys("1", ("63:79",)) == []
    assert keys("xã Xuyên Mộc, huyện Xuyên Mộc, tỉnh Bà Rịa - Vũng Tàu") == ["63:26629"]
    assert keys("phường Văn Miếu - Quốc Tử Giám", ("34:01",)) == ["34:00226"]


@pytest.mark.parametrize(
    "written", ["", "  ", ",", "xã", "xyz", "huyện Phù Cát", "tỉnh Bình Định", "."]
)
def test_what_names_no_commune_finds_nothing(written: str) -> None:
    assert keys(written, ("63:548",)) == []


def test_every_commune_is_found_by_its_own_full_name() -> None:
    for unit in units_table.table().values():
        if unit.level == "commune":
            scope = () if unit.system == "63" else (units.path(unit.key)[-1].key,)
            assert keys(units.full_name(unit.key), scope) == [unit.key]


@given(st.text(max_size=30))
def test_no_text_breaks_the_search(written: str) -> None:
    units.find(written, BINH_DINH)
    units.suggest(written, ("63:548",))


def test_an_address_is_read_into_its_parts() -> None:
    read = [(part.kind, part.name) for part in parts("Thôn 3, X.Cát Hanh - H. Phù Cát, Việt Nam")]
    assert read == [("", "thôn 3"), ("xã", "cát hanh"), ("huyện", "phù cát")]
    assert [part.name for part in parts("xã Tứ Quận, huyện Yên Sơn")] == ["tứ quận", "yên sơn"]
    assert parts("") == ()


def test_marks_count_wherever_in_the_word_they_stand() -> None:
    assert marked_key("Điềm Thuỵ") == marked_key("điềm thụy")
    assert marked_key("Hoà") == marked_key("Hòa") and marked_key("Kỳ") == marked_key("Kì")
    assert marked_key("Phú Mỹ") != marked_key("Phù Mỹ")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Huyện Phù Cát", ["63:548"]),
        ("H. Phù Cát, tỉnh Bình Định", ["63:548"]),
        ("Huyện Phù Cát, tỉnh Nghệ An", []),
        ("TP Qui Nhơn", ["63:540"]),
        ("huyện An Nhơn", ["63:549"]),  # a thị xã since: no other district is called so
        ("Tỉnh Bình Định", ["63:52"]),
        ("Bình Định", ["63:21907", "63:52"]),  # a ward and the province
        ("Phường Bình Định", ["63:21907"]),
        ("Xã Cát Hanh, huyện Phù Cát", ["63:21871"]),
        ("thôn 3, xã Cát Hanh", []),  # a hamlet is no unit
        ("lượt họp", []),
    ],
)
def test_the_kind_says_the_level_and_a_bare_name_is_every_unit_that_is_called_so(
    written: str, found: list[str]
) -> None:
    assert [unit.key for unit in units.find_any(written, BINH_DINH)] == found


def test_a_name_of_old_and_present_communes_is_both_unless_the_kind_or_the_district_says() -> None:
    within = (*BINH_DINH, *(one.key for one in units.present_inside(BINH_DINH)))

    def found(written: str) -> list[str]:
        return [unit.key for unit in units.find_any(written, within)]

    assert found("Cát Tiến") == ["34:21880", "63:21898"]
    assert found("xã Cát Tiến") == ["34:21880"]
    assert found("Cát Tiến, huyện Phù Cát") == ["63:21898"]
    assert found("Xã Hòa Hội, tỉnh Gia Lai") == ["34:21871"]


def test_a_present_commune_lies_in_old_units_only_with_all_that_it_was_made_of() -> None:
    inside = {unit.key for unit in units.present_inside(["63:548"])}
    assert inside == {f"34:{code}" for code in (21853, 21859, 21868, 21871, 21880, 21892, 21901)}
    assert units.present_inside(["63:21871"]) == ()
    assert units.territory("63:52") == units.ground(one.key for one in units.children("63:52"))
    every = units.ground(one.key for one in units.provinces("63"))
    assert every == units.ground(one.key for one in units.provinces("34")), "nothing lies nowhere"
