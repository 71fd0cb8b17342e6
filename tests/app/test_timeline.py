"""The timeline of a person joins everything; each reader sees what he may read. Quick notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    case_note,
    drafts,
    need,
    person,
    printing,
    quick_note,
    task,
    timeline,
)
from app.errors import Refused
from app.values.care_case import CaseDraft, NoteDraft
from app.values.coming import Ref
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from app.values.task import TaskDraft
from app.workspace import Workspace
from tests import desk
from tests.desk import Desk, typed


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def huong(at: Desk) -> str:
    return person.save(at.minh, typed(birth="1956")).id


def told(ws: Workspace, who: str, *kinds: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.title, one.words) for one in timeline.page(ws, who, kinds).lines]


def test_everything_about_a_person_stands_in_one_order_of_days(at: Desk, huong: str) -> None:
    case = care_case.open(at.minh, huong, CaseDraft("Sống một mình", opened_on="2026-03-01"))
    care_case.note(at.minh, case, NoteDraft("Đã đến nhà", "visit", "2026-04-02"))
    need.save(at.minh, NeedDraft(huong, {"item": "medical.wheelchair", "declared_on": "2026-02"}))
    one = task.add(at.minh, TaskDraft("Gọi trạm y tế", person_id=huong))
    task.finish(at.minh, Ref("task", one, ""))
    person.save(at.hoa, PersonDraft(huong, {"phone": "0905123456"}))
    person.submit(at.minh, [huong])
    printing.printed(at.hoa, [huong])
    lines = timeline.page(at.lan, huong).lines
    assert [one.on for one in lines] == sorted((one.on for one in lines), reverse=True)
    assert {one.kind for one in lines} == set("print decision change work note case need".split())
    assert told(at.lan, huong, "note", "case") == [
        ("note", "Thăm hộ", "Đã đến nhà"),
        ("case", "Mở ca", "Sống một mình"),
    ]
    assert told(at.lan, huong, "change") == [
        ("change", "Sửa 1 mục", "Điện thoại: — → 0905123456"),
        ("change", "Lập hồ sơ", ""),
    ]
    assert timeline.count(at.lan, huong) == len(lines) == 8
    assert [kind for kind, *_ in told(at.minh, huong) if kind == "print"] == [], "hoa printed"
    assert len(told(at.hoa, huong, "print")) == 1


def test_a_long_timeline_comes_in_pages_without_gap_or_repetition(at: Desk, huong: str) -> None:
    case = care_case.open(at.minh, huong, CaseDraft("Sống một mình", opened_on="2026-03-01"))
    for number in range(12):
        care_case.note(at.minh, case, NoteDraft(f"Lần {number}", "call", "2026-04-02"))
    whole = timeline.page(at.minh, huong).lines
    after, pieces = None, []
    while True:
        page = timeline.page(at.minh, huong, (), after, 5)
        pieces += page.lines
        after = page.next
        if after is None:
            break
    assert pieces == list(whole) and len({one.id for one in whole}) == 14


def test_confidential_words_are_hidden_from_whoever_lacks_the_key(at: Desk, huong: str) -> None:
    case = care_case.open(at.minh, huong, CaseDraft("Sống một mình"))
    secret = NoteDraft("Bị chồng cũ đe dọa", confidential=True)
    note = care_case.note(at.lan, case, secret)
    person.save(at.lan, PersonDraft(huong, {"hiv": True}))
    case_note.correct(at.lan, note, NoteDraft("Bị chồng cũ đánh", confidential=True))
    assert "Bị chồng cũ đánh" in str(told(at.lan, huong))
    seen = str(timeline.page(at.minh, huong).lines)
    assert "chồng" not in seen and "hidden=True" in seen
    assert "Có" not in seen and "•••" in seen


def test_a_quick_note_goes_into_the_case_or_without_one_to_the_person(at: Desk, huong: str) -> None:
    assert quick_note.write(at.minh, huong, NoteDraft("Gặp ở chợ", "note")) == ""
    (line,) = timeline.page(at.minh, huong, ["note"]).lines
    assert (line.words, line.case_id, line.mine) == ("Gặp ở chợ", "", True)
    assert not timeline.page(at.hoa, huong, ["note"]).lines[0].mine
    case = care_case.open(at.minh, huong, CaseDraft("Sống một mình"))
    assert quick_note.write(at.minh, huong, NoteDraft("Gọi điện", "call")) == case
    assert [one.text for one in care_case.page(at.minh, case).notes] == ["Gọi điện"]
    with pytest.raises(Refused):
        quick_note.write(at.minh, huong, NoteDraft("  "))
    case_note.withdraw(at.minh, line.id.partition(":")[2], "nhầm người")
    assert len(timeline.page(at.minh, huong, ["note"]).lines) == 1
    assert drafts.find(at.minh, quick_note.DRAFT) is None
