"""Mine accidents: their own place and day, several victims, or nothing known at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import accident, accident_list, person
from app.errors import Refused
from app.values.accident import AccidentDraft
from tests import desk
from tests.desk import CAT_TUONG, Desk, typed

HARM = {"activity": "farming", "consequence": "injured", "age_then": 12}
BLAST = {"accident_on": "1983-05", "accident_commune": CAT_TUONG, "device": "cluster_bomblet"}


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def who(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1971")).id


def refused(office: Desk, draft: AccidentDraft) -> list[str]:
    with pytest.raises(Refused) as told:
        accident.save(office.minh, draft)
    return [problem.code for problem in told.value.problems]


def test_an_accident_has_its_own_place_apart_from_the_home(office: Desk, who: str) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, HARM, BLAST))
    page = accident.of_person(office.hoa, who)[0]
    assert page.accident_id == saved.accident_id
    assert page.accident["accident_commune"] == CAT_TUONG
    assert (page.accident["accident_on"], page.accident["accident_known"]) == ("1983-05", True)
    assert page.victim["age_then"] == 12
    assert person.page(office.hoa, who).fields["commune"] == desk.CAT_HANH


def test_most_war_victims_know_nothing_of_the_accident(office: Desk, who: str) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, {"losses": ("eyesight",)}, {}))
    assert saved.accident_id is None
    page = accident.of_person(office.minh, who)[0]
    assert (page.accident, page.victim["losses"]) == ({}, ("eyesight",))


def test_one_accident_hurts_several_people(office: Desk, who: str) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, HARM, BLAST))
    brother = person.save(office.minh, typed(name="Nguyễn Văn Hải", birth="1974")).id
    twelve = AccidentDraft(brother, HARM, {}, saved.accident_id)
    assert refused(office, twelve) == ["victim_age"]  # born in 1974 nobody is 12 in 1983
    accident.save(office.minh, replace(twelve, victim=HARM | {"age_then": 9}))
    with pytest.raises(Refused, match="sinh 1971, bị nạn 1990 thì từ 18 đến 20 tuổi"):
        accident_list.record(office.minh, {"accident_on": "1990"}, saved.accident_id)
    assert accident.of_person(office.minh, brother)[0].others == ((who, "Nguyễn Thị Hường"),)
    page = accident_list.page(office.minh, str(saved.accident_id))
    assert [(one.number, one.person_id) for one in page.victims] == [(1, who), (2, brother)]
    cards = accident.look_up(office.minh, CAT_TUONG, "1983")
    assert [(card.id, card.victims) for card in cards] == [(saved.accident_id, 2)]
    assert accident.look_up(office.minh, CAT_TUONG, "1990") == ()
    again = replace(twelve, victim=HARM | {"age_then": 9})
    assert refused(office, again) == ["victim_twice"]


def test_an_unknown_day_stays_unknown_and_is_never_invented(office: Desk, who: str) -> None:
    accident.save(office.minh, AccidentDraft(who, HARM, {"accident_known": "không"}))
    page = accident.of_person(office.minh, who)[0]
    assert (page.accident["accident_known"], page.accident["accident_on"]) == (False, None)
    contrary = {"accident_known": False, "accident_on": "1983"}
    assert refused(office, AccidentDraft(who, HARM, contrary)) == ["accident_date_unknown_given"]


def test_saying_later_that_the_day_is_unknown_takes_the_day_away(office: Desk, who: str) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, HARM, BLAST))
    changed = AccidentDraft(who, {}, {"accident_known": False}, victim_id=saved.victim_id)
    assert accident.save(office.minh, changed) == saved
    assert accident.of_person(office.minh, who)[0].accident["accident_on"] is None


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"accident_on": "2126"}, "date_in_future"),
        ({"accident_on": "1968"}, "accident_before_birth"),
        ({"accident_on": "hôm nọ"}, "not_a_date"),
        ({"device": "laser"}, "unknown_code"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    office: Desk, who: str, about: dict[str, object], code: str
) -> None:
    assert refused(office, AccidentDraft(who, HARM, about)) == [code]
    assert accident.of_person(office.minh, who) == ()


def test_an_accident_goes_with_its_last_victim(office: Desk, who: str) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, HARM, BLAST))
    brother = person.save(office.minh, typed(name="Nguyễn Văn Hải")).id
    second = accident.save(office.minh, AccidentDraft(brother, HARM, {}, saved.accident_id))
    accident.remove(office.minh, second.victim_id, "Không phải nạn nhân")
    assert len(accident.look_up(office.minh)) == 1
    accident.remove(office.minh, saved.victim_id, "Nhập nhầm")
    assert accident.look_up(office.minh) == ()


def test_of_many_victims_only_the_wrong_ones_are_refused(office: Desk, who: str) -> None:
    drafts = [
        AccidentDraft(who, HARM, BLAST),
        AccidentDraft("nobody", HARM, BLAST),
        AccidentDraft(who, {}, {"device": "laser"}),
    ]
    answers = accident.add_many(office.minh, drafts)
    assert [isinstance(answer, Refused) for answer in answers] == [False, True, True]
    assert len(accident.look_up(office.minh)) == 1


def test_who_was_hurt_is_found_among_the_mine_victims(office: Desk, who: str) -> None:
    accident.save(office.minh, AccidentDraft(who, HARM, BLAST))
    victims = person.listing(office.minh, person.PeopleFilter(mine_victim=True)).cards
    assert [card.id for card in victims] == [who]


@pytest.mark.parametrize(
    "written", ["13.98512, 109.04321", "13,98512 109,04321", "13.98512;109.04321"]
)
def test_coordinates_are_kept_as_two_numbers_of_degrees(
    office: Desk, who: str, written: str
) -> None:
    accident.save(office.minh, AccidentDraft(who, HARM, BLAST | {"coordinates": written}))
    about = accident.of_person(office.minh, who)[0].accident
    assert about["coordinates"] == "13.985120, 109.043210"


@pytest.mark.parametrize(
    ("written", "code"),
    [("gần cầu", "not_coordinates"), ("109.04321, 13.98512", "coordinates_elsewhere")],
)
def test_coordinates_that_cannot_be_are_refused(
    office: Desk, who: str, written: str, code: str
) -> None:
    assert refused(office, AccidentDraft(who, HARM, {"coordinates": written})) == [code]
