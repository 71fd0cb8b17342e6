"""What a person's history tells: each changed field in words, and nothing to who may not know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import approval, person
from app.values.person import HistoryEntry, PersonDraft
from app.workspace import Workspace
from tests import desk
from tests.desk import Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def told(ws: Workspace, made: str, record: str) -> list[HistoryEntry]:
    return [line for line in person.past(ws, made) if line.record == record and line.op == "edit"]


def test_an_edited_change_request_is_told_field_by_field(office: Desk) -> None:
    made = person.save(office.minh, typed(sex="female")).id
    person.submit(office.minh, (made,))
    assert approval.approve(office.hoa, (made,)).approved == (made,)
    first = {"name": "Nguyễn Thị Hương", "violence_note": "Bị đánh"}
    person.save(office.lan, PersonDraft(made, first))
    again = {"violence_note": "Bị đánh nhiều lần", "sex": "male"}
    person.save(office.lan, PersonDraft(made, again))
    lines = {line.field: line for line in told(office.lan, made, "amendment")}
    assert (lines["sex"].label, lines["sex"].old, lines["sex"].new) == ("Giới tính", "Nữ", "Nam")
    assert lines["violence_note"].new == "Bị đánh nhiều lần"
    assert "name" not in lines, "the asked name was the same before"
    closed = {line.field: line for line in told(office.minh, made, "amendment")}
    assert (closed["restricted"].old, closed["restricted"].new) == ("•••", "•••")
    everything = str(person.past(office.minh, made)) + str(person.past(office.lan, made))
    assert "enc1:" not in everything and "{" not in everything


def test_a_withdrawn_change_and_the_standing_of_the_record_are_told_in_words(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    person.submit(office.minh, (made,))
    approval.approve(office.hoa, (made,))
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hương"}))
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hường"}))
    lines = {line.field: line for line in told(office.minh, made, "amendment")}
    assert (lines["name"].old, lines["name"].new) == ("Nguyễn Thị Hương", "Nguyễn Thị Hường")
    assert (lines["state"].old, lines["state"].new) == ("Chờ duyệt", "Đã rút")
    status = [line for line in told(office.minh, made, "person") if line.field == "status"]
    assert [line.new for line in status] == ["Được duyệt tiếp nhận", "Chờ duyệt"]
