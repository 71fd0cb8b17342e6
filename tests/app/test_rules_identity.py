"""Identity numbers beside birth and sex: warnings only, whatever is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import identity

PLACES = {"052": "Bình Định", "019": "Thái Nguyên"}


def codes(number: str, birth: str = "", sex: str = "") -> list[str]:
    return [warning.code for warning in identity.check(number, birth, sex, PLACES)]


def test_a_number_that_fits_says_nothing() -> None:
    assert codes("052169967399", "1969-10-03", "female") == []
    assert codes("052 201 204 798", "2001", "male") == []
    assert codes("052169967399") == []


def test_a_missing_number_and_an_old_card_are_normal() -> None:
    assert codes("", "1969", "female") == codes("  ") == []
    assert codes("211 234 567", "1969", "female") == []


@pytest.mark.parametrize(
    ("number", "birth", "sex", "expected"),
    [
        ("052169967399", "1969-10-03", "male", ["id_sex"]),
        ("052169967399", "1968", "female", ["id_birth"]),
        ("952169967399", "1969", "female", ["id_place"]),
        ("952169967399", "1970", "male", ["id_place", "id_sex", "id_birth"]),
        ("05216996739", "1969", "female", ["id_length"]),
        ("52169967399", "1969", "female", ["id_zero_lost"]),
        ("0521699673991", "1969", "female", ["id_length"]),
        ("12345", "", "", ["id_length"]),
        ("05216996739X", "", "", ["id_not_a_number"]),
        ("không có", "", "", ["id_not_a_number"]),
        ("０５２１６９９６７３９９", "", "", ["id_not_a_number"]),
    ],
)
def test_what_does_not_fit_is_named(number: str, birth: str, sex: str, expected: list[str]) -> None:
    assert codes(number, birth, sex) == expected


def test_a_warning_carries_the_facts_of_its_sentence() -> None:
    place, sex, birth = identity.check("952169967399", "1970-01", "male", PLACES)
    assert (place.facts, sex.facts) == ({"place": "952"}, {})
    assert birth.facts == {"year": 1969, "birth": "1970"}
    (lost,) = identity.check("52169967399", "", "", PLACES)
    assert lost.facts == {"number": "052169967399"}
    (short,) = identity.check("12345", "", "", PLACES)
    assert short.facts == {"digits": 5}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("052045358997", identity.Said("052", "male", 1945)),
        ("052169967399", identity.Said("052", "female", 1969)),
        ("052201204798", identity.Said("052", "male", 2001)),
        ("052301204798", identity.Said("052", "female", 2001)),
        ("052901204798", identity.Said("052", "female", 2301)),
        ("211234567", None),
    ],
)
def test_a_number_tells_place_sex_and_year(number: str, said: identity.Said | None) -> None:
    assert identity.said(number) == said


def test_numbers_are_told_apart_by_their_length() -> None:
    kinds = [identity.kind(number) for number in ("052169967399", "211 234 567", "12", "A12345678")]
    assert kinds == ["citizen", "cmnd", "other", "other"]


@given(st.text(max_size=16), st.text(max_size=10), st.sampled_from(["", "male", "female"]))
def test_nothing_that_is_written_breaks_the_check(number: str, birth: str, sex: str) -> None:
    identity.check(number, birth, sex, PLACES)
