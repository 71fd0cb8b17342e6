"""Old encodings come back whole, and good Unicode is never touched."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.imports import encodings, legacy
from app.imports.decoding import Decoder
from app.imports.encodings import LETTERS, TCVN3, VNI
from app.imports.legacy import Decoded, decode
from app.imports.sheet import Cell
from app.imports.syllable import is_syllable

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Võ Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Tạ"
MIDDLE = "Văn Thị Đình Ngọc Hữu Quốc Kim Xuân Thanh Đức Bích Mỹ Thu Minh"
GIVEN = (
    "An Bình Bé Châu Cường Dũng Đào Đạt Giỏi Hạnh Hiếu Hương Khánh Liễu Lộc Lượng Mận Nghĩa Oanh "
    "Phượng Phúc Quyên Quỳnh Rớt Sửu Thắng Thường Tuyết Út Ưng Vỹ Xuyến Yến Ổn Ẩn Ẵm Dậu Kiệt"
)
names = st.tuples(*(st.sampled_from(part.split()) for part in (FAMILY, MIDDLE, GIVEN))).map(
    " ".join
)
letters = "".join(sorted(LETTERS)) + "abcdefghijklmnopqrstuvxyzABCDĐEGHIKLMNOPQRSTUVXY"
unicode_text = st.text(letters + " '.-,0123456789/()", min_size=1, max_size=40)
plain_font = st.sampled_from(["", "Arial", "Times New Roman", "Calibri", "Vnu Serif"])


def test_the_tcvn3_table_has_74_codes_and_each_comes_back() -> None:
    assert len(TCVN3) == len(set(TCVN3.values())) == 74
    for sign, letter in TCVN3.items():
        assert encodings.from_tcvn3(sign) == letter
        assert encodings.to_tcvn3(letter) == sign
    assert TCVN3["\xad"] == "ư"


def test_the_vni_table_has_all_134_letters_and_each_comes_back() -> None:
    assert set(VNI.values()) == LETTERS
    for letter in LETTERS:
        assert encodings.from_vni(encodings.to_vni(letter)) == letter


def test_tcvn3_codes_that_are_vietnamese_letters_too_are_known() -> None:
    both = set(TCVN3) & LETTERS
    assert set("ÊÔãáâèéêìíòóôõùúý") <= both  # the 17 of the survey
    assert both - set("ÊÔãáâèéêìíòóôõùúý") == set("ÈÉÌÒÓÕÝ")  # and capitals with a tone


@given(unicode_text, plain_font)
def test_good_unicode_is_never_damaged(text: str, font: str) -> None:
    assert decode(text, font).text == unicodedata.normalize("NFC", text)


both = "ÊÔãáâèéêìíòóôõùúý"
short_words = st.text("bhklmt " + both, min_size=2, max_size=12)


@settings(max_examples=500)
@given(short_words, plain_font)
def test_letters_of_both_worlds_stay_what_they_are(text: str, font: str) -> None:
    assert decode(text, font).text == text


@given(unicode_text, plain_font)
def test_decomposed_unicode_becomes_precomposed_and_nothing_else(text: str, font: str) -> None:
    found = decode(unicodedata.normalize("NFD", text), font)
    assert found.text == unicodedata.normalize("NFC", text)


@given(names)
def test_a_name_in_tcvn3_comes_back_by_its_font_and_by_its_spelling(name: str) -> None:
    old = encodings.to_tcvn3(name)
    kept = encodings.from_tcvn3(old)
    assert kept is not None and kept.lower() == name.lower()
    assert decode(old, ".VnTime") == Decoded(kept, "unicode" if old.isascii() else "tcvn3")
    clear = any(sign not in LETTERS and not sign.isascii() for sign in old)
    if clear:
        assert decode(old).text == kept
    assert decode(old, "Arial", "tcvn3").text == kept


@given(names)
def test_a_name_in_a_capitals_font_becomes_capitals(name: str) -> None:
    assert decode(encodings.to_tcvn3(name.lower()), ".VnTimeH").text == name.upper()


@given(names)
def test_a_name_in_capitals_typed_in_an_ordinary_tcvn3_font_is_all_capitals(name: str) -> None:
    typed = encodings.to_tcvn3(name.upper())
    if not typed.isascii() and re.search("[A-Z][^ ]?[A-Z]|[^ ]C", typed):
        assert decode(typed, ".VnTime").text == name.upper()


@given(names, st.booleans())
def test_a_name_in_vni_comes_back(name: str, capitals: bool) -> None:
    name = name.upper() if capitals else name
    old = encodings.to_vni(name)
    assert decode(old, "VNI-Times").text == name
    if any(sign not in LETTERS and not sign.isascii() for sign in old):
        assert decode(old).text == name


@given(names)
def test_utf8_read_as_cp1252_comes_back(name: str) -> None:
    wrong = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in name.encode())
    assert decode(wrong).text == name


@given(names)
def test_tcvn3_typed_on_a_pc_set_to_vietnamese_comes_back(name: str) -> None:
    old = encodings.to_tcvn3(name)
    stored = "".join(
        sign if sign.isascii() else sign.encode("latin-1").decode("cp1258", "ignore") or sign
        for sign in old
    )
    kept = encodings.from_tcvn3(old)
    assert decode(stored, ".VnTime").text == kept


@settings(max_examples=300)
@given(st.lists(st.tuples(names, st.sampled_from(["u", "t", "v"])), min_size=1, max_size=8))
def test_a_mixed_sheet_is_decided_cell_by_cell(cells: list[tuple[str, str]]) -> None:
    for name, how in cells:
        if how == "u":
            assert decode(name, "Arial").text == name
        elif how == "t":
            assert decode(encodings.to_tcvn3(name), ".VnTime").text.lower() == name.lower()
        else:
            assert decode(encodings.to_vni(name), "VNI-Helve").text == name


@pytest.mark.parametrize(
    "text",
    [
        "m²",
        "50°C",
        "1½",
        "3ª",
        "2 × 3",
        "· Lan",
        "“An”",
        "©",
        "±5",
        "5–6",
        "Müller",
        "Ñandú",
        "§ 5",
    ],
)
def test_signs_that_are_no_old_text_stay(text: str) -> None:
    assert decode(text).text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text", ["Hà Nội", "Đinh Thị H'Lơi", "Kpă Blô", "Rơ Châm Hyêu", "Bùi Thị Bé", "Hồ Ổn"]
)
def test_unicode_typed_under_an_old_font_stays(text: str) -> None:
    assert decode(text, ".VnTime") == Decoded(text, "unicode")
    assert decode(text, "VNI-Times") == Decoded(text, "unicode")


WORDS = "Bá Tú|Trí|Hà|Lê Sâm|Tô Bé|Ân|Lý Út|Hồ Cúc|Đỗ Mỹ|Phạm Cô|Xã Ân Hữu".split("|")


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6),
    st.sampled_from(["tcvn3", "vni", "cp1258", "utf8_as_cp1252", "unicode"]),
)
def test_an_answer_about_a_sheet_never_damages_what_is_spelt_right(
    cells: list[str], answer: str
) -> None:
    """Somebody answers for three cells; the good ones of the same sheet stay as they are."""
    rows = [(at, (Cell(text, "", "text"),)) for at, text in enumerate(cells, 1)]
    decoder = Decoder(rows, answer)
    assert [decoder.row(row).texts[0] for row in rows] == cells


def test_short_words_lean_on_their_row() -> None:
    assert decode("X§").encoding == "unknown" and decode("X§").text == "X§"
    assert decode("X§", "", "tcvn3") == Decoded("XĐ", "tcvn3")
    assert decode("V§").text == decode("VÑ").text == "VĐ"
    assert decode("Vâ", "", "tcvn3").text == "Võ" and decode("Vâ").text == "Vâ"


def test_a_soft_hyphen_is_a_letter_in_tcvn3_and_nothing_in_unicode() -> None:
    assert decode("Tr\xadêng", "").text == "Trường"
    assert decode("khuyết\xad tật").text == "khuyết tật"


def test_font_names_tell() -> None:
    told = {
        name: legacy.font_encoding(name)
        for name in (
            ".VnTime",
            ".VnArial NarrowH",
            ".vnTimeH",
            "VNI-Times",
            "VNI Helve",
            "Vnu",
            "Times",
        )
    }
    assert list(told.values()) == ["tcvn3", "tcvn3", "tcvn3", "vni", "vni", "", ""]
    assert legacy.is_capitals_font(".VnArial NarrowH") and not legacy.is_capitals_font(".VnTime")


def test_every_name_and_place_of_the_sample_lists_is_spelt_as_vietnamese(samples: Path) -> None:
    truth = json.loads((samples / "truth.json").read_text("utf-8"))
    wrong = {
        word
        for rows in truth.values()
        for row in rows
        for word in f"{row['commune']} {row['district']} {row['level_text']}".split()
        if not is_syllable(word) and word != "ĐBN"
    }
    assert not wrong


SYLLABLES = "nghiêng khuỷu quốc gì giữ uống yểng thuở quýt đăng ruộng"
OTHERS = "ngi cê nguyờịn ấban bắtt quu át̃ vâ"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", OTHERS.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(unicodedata.normalize("NFC", word))
