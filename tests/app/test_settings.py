"""Settings of the office: dated, so that an old paper is printed as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import settings
from app.errors import Refused
from app.values.settings import OfficeSettings, Signatory
from tests import desk
from tests.desk import Desk

CHAIR = Signatory("Trần Văn Chủ", "CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN",))
DEPUTY = Signatory("Lê Thị Phó", "PHÓ CHỦ TỊCH", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"))


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def test_an_office_that_set_nothing_has_the_usual_settings(office: Desk) -> None:
    assert settings.current(office.minh) == OfficeSettings()
    assert settings.current(office.minh).auto_lock_minutes == 10


def test_a_letterhead_holds_from_its_day_and_the_old_one_before(office: Desk) -> None:
    old = {
        "issuing_body": "UBND xã Cát Hanh",
        "signatories": (CHAIR,),
        "recipients": "Như trên\nLưu: VT",
    }
    settings.change(office.lan, old, date(2024, 1, 1))
    settings.change(office.lan, {"issuing_body": "UBND xã Phù Cát"}, date(2025, 7, 1))
    settings.change(office.lan, {"signatories": [DEPUTY, CHAIR]}, date(2025, 7, 1))
    before = settings.current(office.minh, date(2025, 6, 30))
    assert (before.issuing_body, before.signatories) == ("UBND xã Cát Hanh", (CHAIR,))
    assert before.recipients == ("Như trên", "Lưu: VT")
    now = settings.current(office.minh)
    assert (now.issuing_body, now.signatories) == ("UBND xã Phù Cát", (DEPUTY, CHAIR))
    assert now.recipients == ("Như trên", "Lưu: VT")
    assert settings.current(office.minh, date(2023, 12, 31)) == OfficeSettings()


def test_an_old_paper_gets_the_letterhead_of_its_day(office: Desk) -> None:
    bare = settings.letterhead(office.minh, date(2020, 1, 1))
    assert (bare.issuing_body, bare.place) == ("Phòng LĐ-TB&XH huyện Phù Cát", "Phù Cát")
    assert (bare.day, bare.signatory, bare.recipients) == ("2020-01-01", None, ())
    old = {"issuing_body": "UBND xã Cát Hanh", "superior_body": "UBND huyện Phù Cát"}
    settings.change(office.lan, old | {"signatories": (CHAIR, DEPUTY)}, date(2024, 1, 1))
    settings.change(office.lan, {"issuing_body": "UBND xã Phù Cát"}, date(2025, 7, 1))
    paper = settings.letterhead(office.minh, date(2024, 5, 2), signatory=1)
    assert (paper.issuing_body, paper.signatory) == ("UBND xã Cát Hanh", DEPUTY)
    assert settings.letterhead(office.minh).issuing_body == "UBND xã Phù Cát"


def test_a_slip_is_corrected_on_the_same_day_without_a_second_row(office: Desk) -> None:
    day = date(2026, 1, 1)
    settings.change(office.lan, {"hotline": "0256 3850 115"}, day)
    settings.change(office.lan, {"hotline": "0256 3850 114"}, day)
    lines = settings.course(office.lan, "hotline")
    assert [(line.value, line.valid_from, line.by) for line in lines] == [
        ("0256 3850 114", "2026-01-01", "lan")
    ]


def test_only_an_admin_sets_and_only_what_makes_sense(office: Desk) -> None:
    for values, code in (
        ({"màu": "đỏ"}, "setting_unknown"),
        ({"auto_lock_minutes": 0}, "setting_choice"),
        ({"auto_lock_minutes": "lâu"}, "setting_choice"),
        ({"tone_order": "x"}, "setting_choice"),
        ({"hotline": "0" * 301}, "setting_too_long"),
        ({"recipients": ["x"] * 21}, "setting_too_long"),
        ({"signatories": (Signatory(" ", "CHỦ TỊCH"),)}, "setting_signatory"),
    ):
        with pytest.raises(Refused) as told:
            settings.change(office.lan, values)
        assert [problem.code for problem in told.value.problems] == [code]
    with pytest.raises(Refused) as told:
        settings.change(office.hoa, {"hotline": "1"})
    assert told.value.problems[0].code == "not_allowed"
    assert settings.current(office.lan) == OfficeSettings()
