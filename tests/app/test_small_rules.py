"""Rules of one breath: logins, passwords, masks, needs, and the map of a case's life."""

from __future__ import annotations

import pytest

from app.rules import care_case, need, user
from app.rules.masking import masked


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("lan", None),
        ("thảo.nguyễn", None),
        ("Nguyễn Thị Lan", None),
        ("2", None),
        ("", "login_needed"),
        (".lan", "login_strange"),
        ("*recovery", "login_strange"),
        ("lan\n", "login_strange"),
        ("l" * 41, "login_strange"),
    ],
)
def test_what_a_login_may_be(login: str, code: str | None) -> None:
    assert user.login_refusal(login) == code


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Mat-khau-1945", None),
        ("mười hai con giáp", None),
        ("", "password_needed"),
        ("1234567", "password_short"),
        ("11111111", "password_short"),
        ("x1" * 101, "password_long"),
        ("NguyenLan", "password_is_login"),
        ("12345678", "password_common"),
        ("87654321", "password_common"),
        ("MatKhau123", "password_common"),
    ],
)
def test_what_a_password_must_be(password: str, code: str | None) -> None:
    assert user.password_refusal(password, "nguyenlan") == code


def test_an_identity_number_shows_its_end_only() -> None:
    assert masked("052156004451") == "••••••••4451"
    assert masked("211") == "211"
    assert masked("") == ""


def test_the_group_of_a_need_follows_its_item() -> None:
    assert need.group_of(None, "medical.wheelchair") == ("medical", None)
    assert need.group_of("medical", "medical.wheelchair") == ("medical", None)
    assert need.group_of("family", "medical.wheelchair") == ("family", "need_group_item")
    assert need.group_of("family", None) == ("family", None)
    assert need.group_of(None, "") == (None, "need_empty")
    assert [need.priority_fits(one) for one in (None, 0, 1, 3, 4)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert need.is_live(None) and need.is_live("connecting") and not need.is_live("met")


def test_a_case_ends_on_or_after_the_day_it_began_also_when_days_are_partial() -> None:
    assert care_case.ending_refusal("2026-03-10", "2026-03-10") is None
    assert care_case.ending_refusal("2026-03-10", "2026-03") is None
    assert care_case.ending_refusal("2026-03-10", "2026-02") == "closed_before_opened"
    assert care_case.ending_refusal("2026", "2026-02-01") is None
    assert care_case.ending_refusal("", "2026-02-01") is None
