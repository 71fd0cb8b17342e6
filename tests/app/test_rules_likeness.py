"""Two records of one person, or two persons: what is said of pairs that offices really have."""

import pytest

from app.rules import likeness, names
from app.rules.likeness import Facts
from data.text import fold, tidy


def name(written: str) -> names.NameParts:
    return names.parts(tidy(written), fold(written))


def someone(written: str, birth: str = "1950-03-12", **known: str) -> Facts:
    """A woman of Cát Hanh, unless something else is said."""
    numbers = tuple(known.get("number", "").split())
    return Facts(
        "",
        name(written),
        name(known.get("alias", "")),
        known.get("sex", "female"),
        birth,
        known.get("place", "63:21871"),
        known.get("hamlet", ""),
        name(known.get("head", "")),
        name(known.get("carer", "")),
        numbers,
        tuple(known.get("phone", "").split()),
        known.get("certificate", ""),
    )


LAN = someone("Nguyễn Thị Lan")
HUYNH = someone("Huỳnh Văn Phước", sex="male")


@pytest.mark.parametrize(
    ("one", "other", "grade", "reason"),
    [
        (LAN, someone("NGUYEN THI LAN"), "same", "name_unmarked"),
        (LAN, someone("Nguyeenx Thij Lan"), "same", "name_typing"),
        (LAN, someone("Nguye6n4 Thi5 Lan"), "same", "name_typing"),
        (LAN, someone("Nguyễn Lan"), "likely", "name_missing_middle"),
        (HUYNH, someone("Hoàng Văn Phước", sex="male"), "same", "name_regional"),
        (HUYNH, someone("Hoàng Văn Phúc", sex="male"), "same", "name_regional"),
        (someone("Võ Thị Lý"), someone("Vũ Thị Lí"), "same", "name_regional"),
        (someone("Lê Mỹ Lệ"), someone("Lê Mĩ Lệ"), "same", "name_y_i"),
        (someone("Lê Thị Hòa"), someone("Lê Thị Hoà"), "same", "same_name"),
        (someone("Lê Thị Hòa"), someone("Lê Thị Hoa"), "same", "name_marks_missing"),
        (someone("Lê Văn Hùng"), someone("Lê Văn Hưng"), "likely", "name_other_marks"),
        (LAN, someone("Nguyễn Thị Loan"), "likely", "name_letter"),
        (LAN, someone("Nguyễn Thị Bé", alias="Nguyễn Thị Lan"), "same", "name_alias"),
        (someone("Đinh H'Lơi"), someone("H'Lơi"), "likely", "name_missing_family"),
        (LAN, someone("Nguyễn Thị Lan", "1950-12-03"), "likely", "birth_swapped"),
        (LAN, someone("Nguyễn Thị Lan", "1950-03-13"), "likely", "birth_digit"),
        (LAN, someone("Nguyễn Thị Lan", "1950-01-01"), "likely", "birth_agrees"),
        (LAN, someone("Nguyễn Thị Lan", "1949"), "likely", "birth_near"),
        (LAN, someone("Nguyễn Thị Lan", ""), "likely", "same_name"),
        (LAN, someone("Nguyễn Thị Lan", place="63:21892"), "likely", "other_commune"),
    ],
)
def test_what_may_be_one_person(one: Facts, other: Facts, grade: str, reason: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = likeness.compare(first, second)
        assert found.grade == grade, found
        assert reason in [each.code for each in found.reasons]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (LAN, someone("Nguyễn Thị Hồng"), "twins"),
        (LAN, someone("Nguyễn Thị Lan", "1962-07-01"), "birth_other"),
        (LAN, someone("Nguyễn Thị Lan", "1951-08-25"), "birth_near"),
        (someone("Lê Thị Lan", "1950-03"), someone("Lê Thị Lan", "1950-04-25"), "birth_near"),
        (LAN, someone("Nguyễn Thị Lan", "1949-09-27", hamlet="tan hoa"), "birth_near"),
        (LAN, someone("Nguyễn Thị Lan", sex="male"), "other_sex"),
        (LAN, someone("Nguyễn Bích Lan"), "name_other_middle"),
        (someone("Lê Thị Thành"), someone("Lê Thị Thịnh"), "twins"),
        (someone("Lê Thanh Hoa"), someone("Lê Thịnh Hoa"), "name_other_middle"),
        (someone("Lê Thị Lan", "1950", number="052150000001"),
         someone("Lê Thị Lan", "1950", number="052150999999"), "other_number"),
        (someone("", ""), LAN, "name_other"),
    ],
)  # fmt: skip
def test_what_is_two_persons(one: Facts, other: Facts, reason: str) -> None:
    found = likeness.compare(one, other)
    assert found.grade == "different", found
    assert reason in [each.code for each in found.reasons]


def test_a_number_belongs_to_one_person_but_may_be_mistyped() -> None:
    mine = someone("Lê Văn An", number="052050123456 211234567", sex="male")
    old = someone("Lê An", "1950", number="211234567", sex="male", place="63:21892")
    assert likeness.compare(mine, old).grade == "same"
    stranger = someone("Trần Thị Bé", "1970", number="052050123456")
    assert likeness.compare(mine, stranger).grade == "likely"
    slip = someone("Lê Văn An", number="052050123465", sex="male")
    found = likeness.compare(mine, slip)
    assert (found.grade, "number_slip" in {r.code for r in found.reasons}) == ("likely", True)


def test_family_phone_and_certificate_speak_for_one_person() -> None:
    known = someone("Lê Thị Lan", "1950", head="Lê Văn Tám", phone="0905123456", certificate="77")
    again = someone("Lê Thị Lan", "1953", head="Lê Văn Tám", phone="0905123456", certificate="77")
    found = likeness.compare(known, again)
    codes = {reason.code for reason in found.reasons}
    assert {"same_head", "same_phone", "same_certificate", "birth_other"} <= codes
    assert found.grade == "likely"
    carer = someone("Lê Thị Lan", "", carer="Lê Văn Tám", certificate="78", place="")
    assert "same_carer" in {r.code for r in likeness.compare(carer, carer).reasons}
    assert "other_certificate" in {r.code for r in likeness.compare(carer, known).reasons}
    own = someone("Lê Văn Tám", "", head="Lê Văn Tám")
    assert "same_head" not in {r.code for r in likeness.compare(own, own).reasons}


def test_neighbours_of_one_name_and_year_are_asked_about_and_a_row_read_twice_is_not() -> None:
    here = someone("Lê Thị Lan", "1950", hamlet="khanh loc")
    there = someone("Lê Thị Lan", "1950", hamlet="tan hoa")
    assert likeness.compare(here, there).grade == "likely"
    assert likeness.compare(here, here._replace(id="x")).grade == "same"
    nothing_more = someone("Lê Thị Lan", "", sex="", place="")
    assert likeness.compare(nothing_more, nothing_more).grade == "same"


def test_whoever_is_worth_comparing_shares_a_key() -> None:
    full = someone("Huỳnh Thị Lan", number="052150000001 12", phone="0905123456", head="Lê Tám",
                   certificate="77")  # fmt: skip
    alike = [
        someone("Hoàng Thị Lan", "1951"),
        someone("Huynhf Lan", "1950"),
        someone("Trần Thị Bé", "1970", number="052150000001"),
        someone("Huỳnh Thị Loan"),
        someone("Huỳnh Thị Lan", ""),
        someone("Huỳnh Thị Lan", place="63:21892"),
        someone("Hường", "1980", alias="Hoàng Thị Lan"),
        someone("Huỳnh Thị Lan", "1960", place="", head="Lê Tám"),
        someone("Lê Lan", "1990", place="", phone="0905123456"),
        someone("Lê Lan", "1990", place="", certificate="77"),
    ]
    for other in alike:
        assert likeness.asked(other) & likeness.keys(full), other
        assert likeness.asked(full) & likeness.keys(other), other
    assert not likeness.asked(full) & likeness.keys(someone("Trần Văn Bảy", "1980", place="63:1"))


def test_keyboard_leftovers_are_undone_and_strange_names_are_not() -> None:
    undone = {"nguyexn": "nguyen", "phu7o7ng2": "phuong", "tra62n": "tran", "ddinh": "dinh",
              "leex": "le", "hrin": "hrin", "bras": "bras", "12": "12", "xoan": "xoan"}  # fmt: skip
    assert {word: names.untyped(word) for word in undone} == undone


def test_one_slip_of_a_finger() -> None:
    assert all(names.one_edit("lan", one) for one in ("loan", "an", "lam", "aln"))
    assert not any(names.one_edit("lan", one) for one in ("lan", "hoan", "nal", "la12"))


def test_other_ways_two_names_part() -> None:
    codes = {
        ("Nguyễn Văn An", "Văn Nguyễn An"): "name_order",
        ("Lê Văn An", "Lê Văn Bình"): "name_other",
        ("Lê  Văn An", "LêVăn An"): "same_name",
        ("Nguyễn Vân Lan", "Nguyễn Vâng Lan"): "name_letter",
        ("Trần Tuấn Chấn", "Trần Tuấn Chơn"): "name_regional",
    }
    for (one, other), code in codes.items():
        assert names.difference(name(one), name(other)).code == code, (one, other)
