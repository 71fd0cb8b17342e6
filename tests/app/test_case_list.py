"""The list of cases: found as people are found, page by page, gone with a removed person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import care_case, person
from app.values.care_case import CaseDraft, CasesFilter
from tests import desk
from tests.desk import CAT_TUONG, Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def test_cases_are_found_by_name_number_worker_status_and_place_page_by_page(office: Desk) -> None:
    for number, (name, commune, day) in enumerate(
        (
            ("Nguyễn Thị Hường", desk.CAT_HANH, "2026-01-01"),
            ("Trần Đình Chiến", CAT_TUONG, "2026-02-01"),
            ("Võ Thị Bé", desk.CAT_HANH, "2026-03-01"),
        )
    ):
        draft = CaseDraft("x", "minh", day, case_number=f"0{number}/QLTH")
        made = person.save(office.minh, typed(name=name, commune=commune)).id
        care_case.open(office.minh, made, draft)
    everything = care_case.cases(office.hoa, CasesFilter(), limit=2)
    assert ([card.opened_on for card in everything.cards], everything.total) == (
        ["2026-03-01", "2026-02-01"],
        3,
    )
    rest = care_case.cases(office.hoa, CasesFilter(), everything.next, limit=2)
    assert ([card.person_name for card in rest.cards], rest.next) == (["Nguyễn Thị Hường"], None)
    for which, names in (
        (CasesFilter(query="chien dinh"), ["Trần Đình Chiến"]),
        (CasesFilter(query="02/QLTH"), ["Võ Thị Bé"]),
        (CasesFilter(units=(CAT_TUONG,)), ["Trần Đình Chiến"]),
        (CasesFilter(units=(desk.DISTRICT,), query="be"), ["Võ Thị Bé"]),
        (CasesFilter(status=("approved",)), []),
        (CasesFilter(worker="minh", query="huong"), ["Nguyễn Thị Hường"]),
    ):
        assert [card.person_name for card in care_case.cases(office.hoa, which).cards] == names
    assert care_case.counts(office.hoa) == {"open": 3}


def test_the_cases_of_a_removed_person_leave_the_lists_with_the_person(office: Desk) -> None:
    who = person.save(office.minh, typed()).id
    care_case.open(office.minh, who, CaseDraft("Sống một mình"))
    person.remove(office.minh, who, "nhập nhầm")
    assert care_case.cases(office.lan, CasesFilter()).total == 0
    assert care_case.counts(office.lan) == {}
    assert len(care_case.of_person(office.lan, who)) == 1
    person.restore(office.minh, who)
    assert care_case.cases(office.lan, CasesFilter()).total == 1


@pytest.mark.parametrize("query", ["ly", "lí", "lý", "0905 123 456", "0905.123"])
def test_cases_are_found_by_the_same_words_as_people(office: Desk, query: str) -> None:
    who = person.save(office.minh, typed(name="Lý Văn Tám", phone="0905123456")).id
    care_case.open(office.minh, who, CaseDraft("Sống một mình"))
    assert care_case.cases(office.lan, CasesFilter(query=query)).total == 1
