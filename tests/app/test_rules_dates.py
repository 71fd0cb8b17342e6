"""Partial dates as clerks write them; nothing unknown is ever filled in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules import dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12/3/1971", "1971-03-12"),
        ("03/10/1969", "1969-10-03"),
        ("3/1971", "1971-03"),
        ("1971", "1971"),
        ("25-11-1938", "1938-11-25"),
        ("19-3-1965", "1965-03-19"),
        ("15.07.1925", "1925-07-15"),
        ("12 3 1971", "1971-03-12"),
        ("12,3,1971", "1971-03-12"),
        ("12 / 3 / 1971", "1971-03-12"),
        ("12\\3\\1971", "1971-03-12"),
        ("'12/3/1971", "1971-03-12"),
        ("12/3/1971.", "1971-03-12"),
        ("1971-03-12", "1971-03-12"),
        ("1971-03", "1971-03"),
        ("1971/3/12", "1971-03-12"),
        ("1971-03-12 00:00:00", "1971-03-12"),
        ("1971-03-12T07:30:00.000Z", "1971-03-12"),
        ("12/3/1971 0:00", "1971-03-12"),
        ("ngày 12 tháng 3 năm 1971", "1971-03-12"),
        ("Ngày 12 tháng 3 năm 1971", "1971-03-12"),
        ("tháng 3 năm 1971", "1971-03"),
        ("Tháng 3/1971", "1971-03"),
        ("năm 1971", "1971"),
        ("sinh năm 1971", "1971"),
        ("khoảng 1930", "1930"),
        ("~1930", "1930"),
        ("12031971", "1971-03-12"),
        ("19710312", "1971-03-12"),
        ("26370", "1972-03-12"),
        ("26370.0", "1972-03-12"),
        ("00/00/1971", "1971"),
        ("0/3/1971", "1971-03"),
        ("__/__/1971", "1971"),
        ("?/3/1971", "1971-03"),
        ("x/x/1971", "1971"),
        ("../../1971", "1971"),
        ("29/2/1972", "1972-02-29"),
        ("2026", "2026"),
        ("11/2026", "2026-11"),
        ("23/11/2026", "2026-11-23"),
    ],
)
def test_dates_are_understood_as_clerks_write_them(typed: str, iso: str) -> None:
    assert dates.parse(typed, TODAY) == iso


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12/3/71", "1971-03-12"),
        ("12/3/28", "1928-03-12"),
        ("12/3/27", "1927-03-12"),
        ("12/3/25", "2025-03-12"),
        ("12/3/05", "2005-03-12"),
        ("3/71", "1971-03"),
    ],
)
def test_two_digits_mean_the_latest_year_that_has_begun(typed: str, iso: str) -> None:
    assert dates.parse(typed, TODAY) == iso


@pytest.mark.parametrize("typed", ["12/3/2028", "12/2026", "24/11/2026", "2027", "31122027"])
def test_the_future_is_refused_for_persons_and_taken_for_cards(typed: str) -> None:
    assert dates.parse(typed, TODAY) is None
    assert dates.parse(typed, TODAY, future=True) is not None


def test_two_digits_may_mean_a_coming_year_where_coming_days_are_allowed() -> None:
    assert dates.parse("31/12/27", TODAY, future=True) == "2027-12-31"
    assert dates.parse("31/12/71", TODAY, future=True) == "1971-12-31"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "abc",
        "31/2/1971",
        "29/2/1971",
        "12/13/1971",
        "3/25/1971",
        "12/0/1971",
        "12/?/1971",
        "71",
        "3/28",
        "1/2/3/1971",
        "12/3/197",
        "12/3/19711",
        "12/ba/1971",
        "123/3/1971",
        "1700",
        "12/3/1071",
        "99999999",
        "1234567",
        "00000",
        "12/3/ab",
        "²/3/1971",
        "12/3/²²",
        "không rõ",
    ],
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert dates.parse(typed, TODAY) is None


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_dates(typed: str) -> None:
    found = dates.parse(typed, TODAY)
    assert found is None or (dates.valid(found) and found <= "2026-11-23")


@given(st.dates(date(1800, 1, 1), TODAY))
def test_a_shown_date_is_read_back_as_itself(day: date) -> None:
    for iso in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert dates.parse(dates.show(iso), TODAY) == iso
        assert dates.parse(iso, TODAY) == iso


@pytest.mark.parametrize(
    ("number", "iso"),
    [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (26370, "1972-03-12")],
)
def test_day_numbers_of_spreadsheets(number: int, iso: str) -> None:
    assert dates.from_serial(number) == iso


def test_day_numbers_outside_the_calendar_are_refused() -> None:
    assert [dates.from_serial(number) for number in (0, -1, 60, 10**6)] == [None] * 4
    assert dates.from_serial(0, from_1904=True) == "1904-01-01"
    assert dates.from_serial(-1, from_1904=True) is None


@pytest.mark.parametrize(
    ("iso", "vi", "en", "precision"),
    [
        ("1971-03-12", "12/03/1971", "12 Mar 1971", "day"),
        ("1971-03", "03/1971", "Mar 1971", "month"),
        ("1971", "1971", "1971", "year"),
    ],
)
def test_dates_are_shown_with_what_is_known(iso: str, vi: str, en: str, precision: str) -> None:
    assert dates.show(iso) == vi
    assert dates.show(iso, "en") == en
    assert dates.precision(iso) == precision


@pytest.mark.parametrize(
    ("iso", "good"),
    [("1971-02-29", False), ("1971-2", False), ("1799", False), ("19711", False), ("1971", True)],
)
def test_only_dates_of_the_calendar_are_valid(iso: str, good: bool) -> None:
    assert dates.valid(iso) is good


@pytest.mark.parametrize(
    ("birth", "ages"),
    [
        ("1971-11-23", (55, 55)),
        ("1971-11-24", (54, 54)),
        ("1971-11", (54, 55)),
        ("1971-12", (54, 54)),
        ("1971", (54, 55)),
        ("2026", (0, 0)),
        ("2027", (0, 0)),
    ],
)
def test_ages_are_a_range_where_the_day_is_not_known(birth: str, ages: tuple[int, int]) -> None:
    assert dates.ages(birth, TODAY) == ages


def test_whether_an_age_is_reached_may_be_unknown() -> None:
    assert dates.reached("1966", 59, TODAY) is True
    assert dates.reached("1966", 60, TODAY) is None
    assert dates.reached("1966", 61, TODAY) is False


@given(st.dates(date(1900, 1, 1), TODAY), st.dates(date(1900, 1, 1), date(2050, 1, 1)))
def test_the_range_of_ages_holds_every_possible_age(born: date, day: date) -> None:
    least, most = dates.ages(born.isoformat()[:4], day)
    exact = dates.ages(born.isoformat(), day)[0]
    assert least <= exact <= most <= least + 1


@given(st.dates(date(1800, 1, 1), date(2100, 1, 1)))
def test_bounds_enclose_the_day_and_nothing_else(day: date) -> None:
    for length in (4, 7, 10):
        first, last = dates.bounds(day.isoformat()[:length])
        assert first <= day <= last
        assert (first - timedelta(days=1)).isoformat()[:length] != day.isoformat()[:length]
        assert (last + timedelta(days=1)).isoformat()[:length] != day.isoformat()[:length]
