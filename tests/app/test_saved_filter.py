"""A question to the list of people, kept under a name: one's own, or the whole office's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import workspace
from app.actions import person, saved_filter, user
from app.errors import Refused
from app.values.person import PeopleFilter
from app.values.saved_filter import SavedFilter
from app.values.user import UserDraft
from data.records.office import Setting
from data.records.saved_filter import SavedFilter as Row
from tests import desk
from tests.desk import CAT_HANH, CAT_TUONG, PASSWORD, Desk, typed
from tests.line import Line

SEVERE = PeopleFilter(query="thôn 5", units=(CAT_HANH,), degrees=("severe",), missing=True)


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def names(ws: workspace.Workspace) -> list[str]:
    return [one.name for one in saved_filter.saved(ws)]


def refusal(work: object) -> str:
    assert callable(work)
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.problems[0].code


def test_what_was_saved_is_asked_again_by_name_and_is_nobody_elses(office: Desk) -> None:
    kept = SavedFilter("Cát Hanh nặng", replace(SEVERE, order="entered", descending=True))
    saved_filter.save(office.hoa, replace(kept, name="  Cát Hanh  nặng "))
    assert saved_filter.saved(office.hoa) == (kept,)
    assert saved_filter.named(office.hoa, "cat hanh nang") == kept
    assert names(office.minh) == []
    office.lan.db.close()
    again = workspace.open(office.home, "hoa", PASSWORD)
    assert saved_filter.saved(again) == (kept,)
    again.db.close()


def test_the_same_name_again_replaces_and_another_name_moves(office: Desk) -> None:
    saved_filter.save(office.hoa, SavedFilter("A", SEVERE))
    saved_filter.save(office.hoa, SavedFilter("A", PeopleFilter(missing=True)))
    saved_filter.save(office.hoa, SavedFilter("B", SEVERE))
    one = saved_filter.named(office.hoa, "A")
    assert one.which == PeopleFilter(missing=True)
    assert refusal(lambda: saved_filter.rename(office.hoa, one, "b")) == "saved_filter_taken"
    assert names(office.hoa) == ["A", "B"]
    saved_filter.rename(office.hoa, one, "Chữ a")
    assert names(office.hoa) == ["B", "Chữ a"]
    saved_filter.delete(office.hoa, saved_filter.named(office.hoa, "B"))
    assert names(office.hoa) == ["Chữ a"]


def test_a_name_that_cannot_be_is_refused_with_the_remedy(office: Desk) -> None:
    for name, code in ((" … ", "saved_filter_name"), ("a" * 61, "saved_filter_long")):
        wanted = SavedFilter(name, SEVERE)
        assert refusal(lambda wanted=wanted: saved_filter.save(office.hoa, wanted)) == code
    assert refusal(lambda: saved_filter.named(office.hoa, "x")) == "saved_filter_unknown"


def test_an_admin_gives_a_filter_to_the_whole_office_and_takes_it_back(office: Desk) -> None:
    user.add(office.lan, UserDraft("xem", "viewer", "Người Xem"))
    viewer = workspace.attach(office.lan.db, "xem")
    shared = SavedFilter("Thiếu giấy", PeopleFilter(missing=True), everyone=True)
    assert refusal(lambda: saved_filter.save(office.hoa, shared)) == "not_allowed"
    saved_filter.save(office.lan, shared)
    for ws in (office.lan, office.hoa, viewer):
        assert saved_filter.saved(ws) == (shared,)
    assert refusal(lambda: saved_filter.delete(office.hoa, shared)) == "not_allowed"
    saved_filter.rename(office.lan, shared, "Thiếu thông tin")
    assert names(viewer) == ["Thiếu thông tin"]
    saved_filter.delete(office.lan, saved_filter.named(office.lan, "Thiếu thông tin"))
    assert names(viewer) == []
    saved_filter.save(viewer, SavedFilter("của tôi", SEVERE))
    assert names(viewer) == ["của tôi"]


def test_a_filter_that_cannot_be_read_is_left_out_and_named(calls: Line) -> None:
    ws = workspace.open(calls.home, "lan", PASSWORD)
    saved_filter.save(ws, SavedFilter("Tốt", SEVERE, everyone=True))
    bad = ("{", "[]", '{"which": {"units": 5}}', '{"which": {"order": "x"}}', '{"which": []}')
    with ws.db.write(ws.author()) as session:
        for number, value in enumerate(bad):
            key = f"{saved_filter.SHARED}Hỏng {number}"
            session.add(
                Setting(office_id=ws.office.id, key=key, valid_from="2026-01-01", value=value)
            )
        own = Row(login="lan", name="Riêng hỏng", which='{"which": {"missing": "có"}}', saved_at="")
        session.add(own)
    assert names(ws) == ["Tốt"]
    told = calls("people", "saved")
    assert [one["name"] for one in told["saved"]] == ["Tốt"]
    assert told["unreadable"] == [*(f"Hỏng {number}" for number in range(5)), "Riêng hỏng"]
    saved_filter.save(ws, SavedFilter("Hỏng 0", SEVERE, everyone=True))
    assert names(ws) == ["Hỏng 0", "Tốt"]
    ws.db.close()


def test_two_filters_given_under_one_name_without_seeing_each_other_both_stand(
    office: Desk,
) -> None:
    ws = office.lan
    saved_filter.save(ws, SavedFilter("Nặng", SEVERE, everyone=True))
    other = json.dumps({"which": {"degrees": ["mild"]}})
    with ws.db.write(ws.author()) as session:  # as the other PC's row arrives
        key = f"{saved_filter.SHARED}Nặng"
        session.add(Setting(office_id=ws.office.id, key=key, valid_from="2026-01-01", value=other))
    later, earlier = saved_filter.saved(ws)
    assert (later.name, earlier.name) == ("Nặng", "Nặng (2)")
    assert {later.which, earlier.which} == {SEVERE, PeopleFilter(degrees=("mild",))}
    saved_filter.rename(ws, earlier, "Vừa")
    assert saved_filter.saved(ws) == (later, replace(earlier, name="Vừa"))
    saved_filter.delete(ws, later)
    assert names(ws) == ["Vừa"]


def test_people_list_takes_a_saved_filter_and_narrows_it(calls: Line) -> None:
    ws = workspace.open(calls.home, "lan", PASSWORD)
    for name, commune in (("Lê Hoa", CAT_HANH), ("Lê Nở", CAT_HANH), ("Lê Hoa Mơ", CAT_TUONG)):
        person.save(ws, typed(name=name, commune=commune))
    saved_filter.save(ws, SavedFilter("Hanh", PeopleFilter(units=(CAT_HANH,))))
    ws.db.close()
    (one,) = calls("people", "saved")["saved"]
    assert one == {
        "name": "Hanh",
        "everyone": False,
        "which": {"units": [CAT_HANH]},
    }
    listed = [calls("people", "list", "--saved", "hanh", *more) for more in ((), ("--query", "no"))]
    assert [answer["total"] for answer in listed] == [2, 1]
    refused = calls("people", "list", "--saved", "khác", code=1)
    assert refused["problems"][0]["code"] == "saved_filter_unknown"
