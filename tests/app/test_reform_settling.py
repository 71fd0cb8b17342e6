"""After the reform's questions were answered: who is written down later is settled at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import forms
from app.actions import import_list, person, reform
from app.imports.writing import Page, write_xlsx
from app.values.imports import ImportOptions
from app.values.person import PeopleFilter, PersonDraft
from tests import desk
from tests.desk import Desk, typed

AN_NGHIA, AN_TAN = "63:21634", "63:21625"
AN_HOA, AN_TOAN, AN_LAO_NOW = "34:21628", "34:21622", "34:21609"
HEADINGS = ("STT", "Họ và tên", "Năm sinh", "Thôn", "Xã")


@pytest.fixture
def old_borders(tmp_path: Path) -> Iterator[Desk]:
    """Huyện An Lão as it was; its xã An Nghĩa was divided."""
    made = desk.at(tmp_path / "old", "63:542")
    yield made
    made.close()


@pytest.fixture
def new_borders(tmp_path: Path) -> Iterator[Desk]:
    """An office set up after the reform, for the communes that An Nghĩa and An Tân went to."""
    made = desk.at(tmp_path / "new", AN_HOA, AN_TOAN, AN_LAO_NOW)
    yield made
    made.close()


def now(office: Desk, person_id: str) -> str | None:
    return person.page(office.minh, person_id).card.current_commune


def a_list(folder: Path, *rows: tuple[str, str, str]) -> Path:
    path = folder / "danh sách.xlsx"
    lines = [(at, name, 1950 + at, hamlet, place) for at, (name, hamlet, place) in enumerate(rows)]
    write_xlsx(path, [Page("DS", [HEADINGS, *lines])])
    return path


def by_name(office: Desk, *units: str) -> dict[str, str | None]:
    found = person.listing(office.minh, PeopleFilter(units=units)).cards
    return {card.name: card.current_commune for card in found}


def test_who_is_typed_in_an_answered_hamlet_waits_for_nothing(old_borders: Desk) -> None:
    reform.answer(old_borders.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    reform.apply(old_borders.lan)
    answered = person.save(old_borders.minh, typed(commune=AN_NGHIA, hamlet="thôn 3")).id
    whole = person.save(old_borders.minh, typed(commune=AN_TAN, name="Đinh Văn Lía")).id
    silent = person.save(
        old_borders.minh, typed(commune=AN_NGHIA, hamlet="Thôn 9", name="Đinh Thị Rít")
    ).id
    assert [now(old_borders, one) for one in (answered, whole, silent)] == [
        AN_HOA,
        AN_LAO_NOW,
        None,
    ]
    totals = reform.plan(old_borders.lan).totals
    assert (totals.waiting, totals.open, totals.agree) == (0, 1, True)
    assert [card.id for card in reform.open_persons(old_borders.lan)] == [silent]
    person.save(old_borders.minh, PersonDraft(silent, {"hamlet": "Thôn 3"}))
    assert now(old_borders, silent) == AN_HOA


def test_a_list_of_the_old_borders_is_settled_as_it_comes_in(
    old_borders: Desk, tmp_path: Path
) -> None:
    reform.answer(old_borders.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    path = a_list(
        tmp_path,
        ("Đinh Văn Lía", "Thôn 3", "An Nghĩa"),
        ("Đinh Thị Rít", "Thôn 9", "An Nghĩa"),
        ("Lê Thị Mơ", "Thôn 1", "An Tân"),
    )
    assert import_list.run(old_borders.minh, path).created == 3
    assert by_name(old_borders) == {
        "Đinh Văn Lía": AN_HOA,
        "Đinh Thị Rít": None,
        "Lê Thị Mơ": AN_LAO_NOW,
    }
    again = import_list.run(old_borders.minh, path)
    assert (again.created, again.matched, again.possible_duplicates) == (0, 3, 0)


def test_a_list_of_an_office_of_today_is_read_by_the_answers(
    new_borders: Desk, tmp_path: Path
) -> None:
    reform.answer(new_borders.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    reform.answer(new_borders.lan, AN_TAN, AN_HOA, "Thôn 2", "biên bản bàn giao (giả lập)")
    path = a_list(
        tmp_path,
        ("Đinh Văn Lía", "Thôn 3", "An Nghĩa"),
        ("Đinh Thị Rít", "Thôn 9", "An Nghĩa"),
        ("Đinh Thị Nít", "", "Thôn 3, xã An Nghĩa, huyện An Lão, tỉnh Bình Định"),
        ("Lê Thị Mơ", "Thôn 1", "An Tân"),
        ("Lê Văn Tám", "Thôn 2", "An Tân"),
    )
    looked = import_list.preview(new_borders.minh, path, ImportOptions())
    done = import_list.run(new_borders.minh, path)
    assert looked.fates["refused"] == len(done.refused) == 1
    refused = done.refused[0]
    assert (refused.row, refused.field, refused.code) == (3, "commune", "commune_split")
    assert "Thôn 9, An Nghĩa" in refused.message and "Đơn vị từ 01/7/2025" in refused.message
    assert by_name(new_borders) == {
        "Đinh Văn Lía": AN_HOA,
        "Đinh Thị Nít": AN_HOA,
        "Lê Thị Mơ": AN_LAO_NOW,
        "Lê Văn Tám": AN_HOA,
    }
    reform.answer(new_borders.lan, AN_NGHIA, AN_TOAN)
    assert import_list.run(new_borders.minh, path).created == 1
    assert by_name(new_borders)["Đinh Thị Rít"] == AN_TOAN


def test_an_office_of_today_finds_people_by_the_old_district_and_commune(
    new_borders: Desk, tmp_path: Path
) -> None:
    path = a_list(tmp_path, ("Lê Thị Mơ", "Thôn 1", "An Tân"), ("Lê Văn Tám", "", "An Toàn"))
    assert import_list.run(new_borders.minh, path).created == 2
    person.save(new_borders.minh, typed(commune=AN_TAN, name="Đinh Văn Lía"))
    assert set(by_name(new_borders, "63:542")) == {"Lê Thị Mơ", "Lê Văn Tám", "Đinh Văn Lía"}
    assert set(by_name(new_borders, AN_TAN)) == {"Đinh Văn Lía"}
    assert by_name(new_borders, "63:548") == {}
    offered = {one.code: one.label for one in forms.former_places(new_borders.lan.office.units)}
    assert offered[AN_TAN] == "An Tân (cũ), nay An Lão"
    assert offered["63:542"] == "huyện An Lão, tỉnh Bình Định (cũ)"
    assert forms.former_places(("63:542",)) == ()
