"""Vietnamese text as officers type it: one form kept, one key found, one order of names."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import text

VIETNAMESE = st.text(
    alphabet=st.one_of(
        st.sampled_from("aăâeêioôơuưyđĐÐƉ 'ÁẶẾỘỢựỹáàảãạhNtTrV\u00a0\u200b\u0301\u0302-."),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)

IN_ORDER = ["An", "An", "Ánh", "Ăn", "Ân", "Bình", "Dung", "Đào", "Oanh", "Ông"]
IN_ORDER += ["Út", "Uyên", "Ưng", "Yến"]


def test_given_names_stand_in_the_order_of_an_office_list() -> None:
    backwards = IN_ORDER[::-1]
    assert sorted(backwards, key=text.sort_key) == IN_ORDER


def test_the_given_name_decides_then_the_family_then_the_middle() -> None:
    names = [
        "Đặng Văn An",
        "Nguyễn Thị An",
        "Nguyễn Thị Kim An",
        "Nguyễn Văn An",
        "Trần An",
        "An Bình",
        "Lê Thị Bình",
    ]
    backwards = names[::-1]
    assert sorted(backwards, key=text.sort_key) == names


def test_a_name_of_one_word_stands_before_the_same_name_with_a_family() -> None:
    assert text.sort_key("Lơi") < text.sort_key("Đinh Lơi")
    assert text.sort_key("  ") == text.sort_key("-") == ""


def test_letters_decide_before_tones() -> None:
    assert sorted(["Hạ", "Hà", "Hai", "Há"], key=text.sort_key) == ["Hà", "Há", "Hạ", "Hai"]


def test_an_office_may_choose_the_other_order_of_tones() -> None:
    dictionary = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ"]
    office = ["Ma", "Mà", "Má", "Mả", "Mã", "Mạ"]
    assert sorted(office, key=text.sort_key) == dictionary
    assert sorted(dictionary, key=lambda name: text.sort_key(name, "office")) == office


def test_case_and_the_place_of_the_tone_do_not_change_the_order() -> None:
    assert text.sort_key("NGUYỄN THỊ HOÀ") == text.sort_key("Nguyễn Thị Hòa")
    assert text.sort_key("Ðặng Hoà") == text.sort_key("Đặng Hoà")


def test_the_sort_key_is_plain_for_vietnamese_names() -> None:
    assert text.sort_key("Nguyễn Thị Ánh").isascii()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Đặng Văn Hoà", "dang van hoa"),
        ("ĐẶNG  VĂN HÒA", "dang van hoa"),
        ("đặng văn hoà", "dang van hoa"),
        ("Ðặng Văn Hòa", "dang van hoa"),
        ("Ɖặng-Văn.Hòa", "dang van hoa"),
        ("H'Lơi", "h loi"),
        ("Hʼ\u00a0Lơi", "h loi"),
        ("Thôn 3, xã Cát Hanh", "thon 3 xa cat hanh"),
        ("052 171-000/123", "052 171 000 123"),
        ("", ""),
    ],
)
def test_search_keys_lose_marks_case_and_signs(typed: str, key: str) -> None:
    assert text.fold(typed) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lý Mỹ Thuỷ", "Lí Mĩ Thủy"),
        ("H'Lơi", "H Lơi"),
        ("Phan Thị Thúy", "phan thi thuý"),
        ("Gia-rai", "Gia Rai"),
        ("Hoà", "Hòa"),
    ],
)
def test_two_spellings_of_one_name_share_the_match_key(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


def test_other_names_keep_other_match_keys() -> None:
    assert text.match_key("Lan") != text.match_key("Lam")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn\u00a0\u00a0Văn \t An \n", "Nguyễn Văn An"),
        ("Ðinh Thị Ɖào ðức", "Đinh Thị Đào đức"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Thuỷ"), "Nguyễn Thị Thuỷ"),
        ("Nguyễn\u200b Văn\ufeff\u00ad An\x00", "Nguyễn Văn An"),
        ("Hà Văn\u2003An", "Hà Văn An"),
        ("  An   Binh ", "An Binh"),
    ],
)
def test_tidy_keeps_one_line_without_anything_unseen(typed: str, kept: str) -> None:
    assert text.tidy(typed) == kept


def test_spelling_is_never_altered_by_tidying() -> None:
    for name in ("Lí Thị Mĩ", "Lý Thị Mỹ", "Hoà", "Hòa"):
        assert text.tidy(name) == name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("NGUYỄN THỊ ÁNH", "Nguyễn Thị Ánh"),
        ("ĐặNG THị áNH", "Đặng Thị Ánh"),
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("H'LƠI", "H'Lơi"),
        ("Đinh H'Lơi", "Đinh H'Lơi"),
        ("ĐINH Y-BLĂNG", "Đinh Y-Blăng"),
        ("Mc Đinh", "Mc Đinh"),
        ("Ý", "Ý"),
        ("123", "123"),
    ],
)
def test_names_in_capitals_get_capital_initials(typed: str, shown: str) -> None:
    assert text.title_name(typed) == shown


@given(VIETNAMESE)
def test_folding_again_changes_nothing(typed: str) -> None:
    assert text.fold(text.fold(typed)) == text.fold(typed)
    assert text.tidy(text.tidy(typed)) == text.tidy(typed)
    assert text.match_key(text.match_key(typed)) == text.match_key(typed)


@given(VIETNAMESE)
def test_keys_are_the_same_for_composed_and_decomposed_text(typed: str) -> None:
    composed = unicodedata.normalize("NFC", typed)
    decomposed = unicodedata.normalize("NFD", typed)
    for key in (text.fold, text.match_key, text.sort_key, text.tidy, text.nfc):
        assert key(composed) == key(decomposed)


@given(VIETNAMESE)
def test_a_search_key_is_made_of_letters_digits_and_single_spaces(typed: str) -> None:
    key = text.fold(typed)
    assert key == key.lower() == " ".join(key.split())
    assert all(char.isalnum() for char in key.replace(" ", ""))


def test_a_hundred_thousand_names_are_keyed_quickly() -> None:
    names = [f"Nguyễn Thị Hoà {number}" for number in range(20_000)]
    started = time.perf_counter()
    for name in names:
        text.fold(name)
        text.match_key(name)
        text.sort_key(name)
    assert time.perf_counter() - started < 2.0
