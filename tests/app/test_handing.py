"""Somebody leaves: her cases and tasks go to others, both sign, then the account is closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import leaving_words
from app.actions import care_case, caseload, drafts, leaving, person, task, user
from app.errors import Refused
from app.values.care_case import CaseDraft, CasesFilter, ClosingDraft
from app.values.task import TaskDraft
from app.values.user import UserDraft
from tests import desk
from tests.desk import Desk, typed
from tests.papers.reading import read


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def cases(at: Desk) -> list[str]:
    """Three cases of minh, the last one ended."""
    made = []
    for number in range(3):
        who = person.save(at.minh, typed(name=f"Võ Thị {number}")).id
        draft = CaseDraft("Ốm", case_number=f"{number}/QLC")
        made.append(care_case.open(at.minh, who, draft))
    care_case.close(at.hoa, made[2], ClosingDraft("agreed", aware=True))
    return made


def workers(at: Desk) -> list[str]:
    cards = care_case.cases(at.lan, CasesFilter()).cards
    return sorted(card.worker_login for card in cards)


def test_who_does_how_much_is_told_by_status_with_what_is_late(at: Desk, cases: list[str]) -> None:
    task.add(at.minh, TaskDraft("Nộp báo cáo", "2026-01-05"))
    first, *rest = caseload.loads(at.lan)
    assert (first.login, first.name, first.cases, first.late) == ("minh", "Lê Văn Minh", 2, 1)
    assert dict(first.status) == {"open": 2}
    assert [(one.login, one.cases) for one in rest] == [("lan", 0), ("hoa", 0)]


def test_cases_are_given_to_a_colleague_and_taken_back(at: Desk, cases: list[str]) -> None:
    before = dict(caseload.workers_of(at.lan, cases))
    problems = caseload.reassign(at.lan, cases, "Trần Thị Hoa")
    assert [one.code for one in problems] == ["case_ended"]
    assert workers(at) == ["hoa", "hoa", "minh"]
    user.add(at.lan, UserDraft("tam", "viewer", "Lê Văn Tám", password=desk.PASSWORD))
    one = task.add(at.minh, TaskDraft("Nộp báo cáo", "2026-01-05"))
    for nobody in ("Bà Tư", "hoaa", "tam"):
        for give, ids in ((caseload.reassign, cases), (task.reassign, [one])):
            with pytest.raises(Refused) as told:
                give(at.lan, ids, nobody)
            assert told.value.problems[0].code == "worker_unknown"
    assert workers(at) == ["hoa", "hoa", "minh"]
    caseload.give_back(at.lan, before)
    assert workers(at) == ["minh", "minh", "minh"]


def test_the_minute_names_what_went_to_whom_and_what_is_left(at: Desk, cases: list[str]) -> None:
    one = task.add(at.minh, TaskDraft("Nộp báo cáo", "2026-01-05"))
    drafts.keep(at.minh, "person:new", {"name": "Đang gõ"})
    drafts.keep(at.minh, "form:231021073375", {"form": "02"})
    caseload.reassign(at.lan, cases[:1], "hoa")
    caseload.reassign(at.lan, cases[:1], "lan")
    who = care_case.cases(at.lan, CasesFilter()).cards[0].person_id
    closed = task.add(at.minh, TaskDraft("Đưa đi lấy thuốc ARV", "2026-12-05", person_id=who))
    assert task.of_person(at.hoa, who)[0].title == "•••"
    task.edit(at.minh, closed, TaskDraft("•••", "2026-12-06", note="•••"))
    assert "ARV" in task.of_person(at.lan, who)[0].title
    assert "ARV" not in read(leaving.minute(at.lan, "minh")).text
    task.remove(at.minh, closed, "Xong")
    stands = leaving.look(at.lan, "minh")
    assert (stands.cases, stands.tasks, stands.typing) == (1, 1, ("person",))
    told = "\n".join(leaving_words.told(stands))
    assert "Còn gõ dở trên máy này: Hồ sơ người\n" in told and "chưa nhập lại: 1" in told
    assert stands.unsent > 0 and stands.password and not stands.confidential
    text = read(leaving.minute(at.hoa, "minh")).text
    for words in (
        "Lê Văn Minh",
        "0/QLC",
        "Võ Thị 0",
        "Nguyễn Thị Lan",
        "Còn 1 ca chưa giao",
        "Nộp báo cáo",
        "NGƯỜI GIAO",
        "NGƯỜI NHẬN",
    ):
        assert words in text
    assert "Võ Thị 1" not in text and "Trần Thị Hoa nhận" not in text
    assert "Còn 1 ca, 1 việc" in leaving.left_behind(at.lan, "minh")[0]
    caseload.reassign(at.lan, leaving.case_ids(at.lan, "minh"), "hoa")
    task.reassign(at.lan, leaving.task_ids(at.lan, "minh"), "hoa")
    text = read(leaving.minute(at.hoa, "minh")).text
    assert "Nộp báo cáo" in text and "Trần Thị Hoa nhận 1 ca, 1 việc" in text
    user.deactivate(at.lan, "minh")
    assert leaving.left_behind(at.lan, "minh") == ()
    stands = leaving.look(at.lan, "minh")
    assert (stands.cases, stands.tasks, stands.password, stands.active) == (0, 0, False, False)
    assert task.of_person(at.lan, "nobody") == () and one
    with pytest.raises(Refused):
        leaving.minute(at.minh, "minh")
