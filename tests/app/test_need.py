"""Needs: one row each, the group follows the item, nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import need, person
from app.errors import Refused
from app.values.need import NeedDraft
from tests import desk
from tests.desk import Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def who(office: Desk) -> str:
    return person.save(office.minh, typed()).id


def refused(office: Desk, draft: NeedDraft) -> list[str]:
    with pytest.raises(Refused) as told:
        need.save(office.minh, draft)
    return [problem.code for problem in told.value.problems]


def test_a_need_is_one_of_the_list_and_brings_its_group(office: Desk, who: str) -> None:
    need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair", "quantity": "1"}))
    found = need.of_person(office.hoa, who)[0]
    assert (found.group, found.item, found.quantity) == ("medical", "medical.wheelchair", 1)
    assert (found.status, found.declared_on) == ("new", office.minh.today().isoformat())
    assert found.by == "minh"


def test_words_as_people_say_them_are_understood(office: Desk, who: str) -> None:
    need.save(office.minh, NeedDraft(who, {"need_group": "y tế"}))
    assert need.of_person(office.minh, who)[0].group == "medical"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "need_empty"),
        ({"item": "medical.wheelchair", "need_group": "family"}, "need_group_item"),
        ({"item": "medical.wheelchair", "priority": "4"}, "need_priority"),
        ({"item": "phép màu"}, "unknown_code"),
        ({"item": "medical.wheelchair", "màu": "đỏ"}, "unknown_field"),
    ],
)
def test_what_makes_no_sense_is_refused(
    office: Desk, who: str, fields: dict[str, object], code: str
) -> None:
    assert code in refused(office, NeedDraft(who, fields))
    assert need.of_person(office.minh, who) == ()


def test_the_most_pressing_stands_first(office: Desk, who: str) -> None:
    for item, priority in (("social.club", 3), ("medical.prosthesis", 1), ("livelihood.loan", 2)):
        need.save(office.minh, NeedDraft(who, {"item": item, "priority": priority}))
    assert [one.priority for one in need.of_person(office.minh, who)] == [1, 2, 3]


def test_the_same_need_is_not_written_twice_until_the_first_is_met(office: Desk, who: str) -> None:
    wheelchair = {"item": "medical.wheelchair"}
    first = need.save(office.minh, NeedDraft(who, wheelchair))
    assert refused(office, NeedDraft(who, wheelchair)) == ["need_twice"]
    need.save(office.minh, NeedDraft(who, {"need_status": "met"}, first))
    need.save(office.minh, NeedDraft(who, wheelchair))
    assert sorted(one.status for one in need.of_person(office.minh, who)) == ["met", "new"]


def test_a_need_is_changed_in_place_and_the_history_tells(office: Desk, who: str) -> None:
    made = need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair", "priority": 2}))
    need.save(office.hoa, NeedDraft(who, {"priority": 1, "need_note": "Xe cũ đã gãy"}, made))
    found = need.of_person(office.minh, who)
    assert [(one.priority, one.note, one.by) for one in found] == [(1, "Xe cũ đã gãy", "hoa")]
    past = person.past(office.minh, who)
    assert any((line.field, line.old, line.new) == ("priority", "2", "1") for line in past)


def test_a_need_of_somebody_else_is_not_touched(office: Desk, who: str) -> None:
    made = need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair"}))
    other = person.save(office.minh, typed(name="Lê Văn Tám")).id
    assert refused(office, NeedDraft(other, {"priority": 1}, made)) == ["need_unknown"]


def test_a_need_written_by_mistake_is_withdrawn_with_a_reason(office: Desk, who: str) -> None:
    made = need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair"}))
    with pytest.raises(Refused):
        need.withdraw(office.minh, made, " ")
    need.withdraw(office.minh, made, "Nhầm người")
    assert need.of_person(office.minh, who) == ()


def test_of_many_needs_only_the_wrong_ones_are_refused(office: Desk, who: str) -> None:
    rows = [
        (who, {"item": "medical.wheelchair"}),
        (who, {"item": "???"}),
        ("nobody", {"item": "medical.wheelchair"}),
        (who, {"item": "social.club"}),
    ]
    answers = need.add_many(office.minh, rows)
    assert [isinstance(answer, str) for answer in answers] == [True, False, False, True]
    assert len(need.of_person(office.minh, who)) == 2


def test_another_item_brings_its_own_group(office: Desk, who: str) -> None:
    made = need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair"}))
    need.save(office.minh, NeedDraft(who, {"item": "social.club"}, made))
    found = need.of_person(office.minh, who)[0]
    assert (found.group, found.item) == ("social", "social.club")


def test_a_refused_need_says_why(office: Desk, who: str) -> None:
    made = need.save(office.minh, NeedDraft(who, {"need_group": "facility"}))
    refusal = {"need_status": "refused"}
    assert refused(office, NeedDraft(who, refusal, made)) == ["need_refused_why"]
    need.save(office.minh, NeedDraft(who, refusal | {"need_note": "Ở với con gái"}, made))


def test_a_need_is_reviewed_on_a_day_to_come(office: Desk, who: str) -> None:
    need.save(office.minh, NeedDraft(who, {"need_group": "medical", "review_on": "6/2030"}))
    assert need.of_person(office.minh, who)[0].review_on == "2030-06"
