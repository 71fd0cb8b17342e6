"""What is due follows from the records: it comes by itself, goes by itself, is done or put off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    case_note,
    case_plan,
    coming,
    flag,
    merge,
    need,
    person,
    task,
    user,
)
from app.actions import worker as worker_of
from app.errors import Refused
from app.values.care_case import CaseDraft, CaseEdit, CasesFilter, NoteDraft
from app.values.case_plan import ActivityDraft
from app.values.coming import Due, DuesFilter, Ref
from app.values.need import NeedDraft
from app.values.task import FlagDraft, TaskDraft
from app.values.user import UserDraft, UserEdit
from app.workspace import Workspace
from tests import desk
from tests.desk import Desk, typed


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def days(ws: Workspace, number: int) -> str:
    """So many days from today, ISO."""
    return (ws.today() + timedelta(days=number)).isoformat()


def today(ws: Workspace, login: str | None = "minh") -> list[Due]:
    return list(coming.dues(ws, coming.today(ws, login)).dues)


def kinds(ws: Workspace, login: str | None = "minh") -> list[str]:
    return [due.ref.kind for due in today(ws, login)]


def followed(at: Desk, opened: int = -100) -> tuple[str, str]:
    """A woman and her case, opened so many days ago."""
    who = person.save(at.minh, typed(birth="1956")).id
    draft = CaseDraft("Sống một mình", opened_on=days(at.minh, opened))
    return who, care_case.open(at.minh, who, draft)


def refused(call: object, *words: object) -> list[str]:
    with pytest.raises(Refused) as told:
        call(*words)  # type: ignore[operator]
    return [problem.code for problem in told.value.problems]


def test_nobody_called_for_a_month_and_the_visit_makes_both_events_go(at: Desk) -> None:
    who, case = followed(at)
    first, second = today(at.minh)
    assert (first.ref.kind, second.ref.kind) == ("no_contact", "visit")
    assert first.late and first.person_name == "Nguyễn Thị Hường" and first.case_id == case
    assert first.worker == "Lê Văn Minh"
    assert kinds(at.lan, "lan") == [] and len(kinds(at.lan, None)) == 2
    note = NoteDraft("Đã đến nhà", "visit", days(at.minh, -2))
    written = care_case.note(at.minh, case, note)
    assert kinds(at.minh) == []
    case_note.withdraw(at.minh, written, "nhầm người")
    assert kinds(at.minh) == ["no_contact", "visit"]
    person.remove(at.minh, who, "nhập nhầm")
    assert kinds(at.minh) == []


def test_what_is_late_stands_first_whatever_it_follows_from(at: Desk) -> None:
    who, case = followed(at, -35)
    need.save(
        at.minh, NeedDraft(who, {"item": "medical.wheelchair", "review_on": days(at.minh, -50)})
    )
    task.add(at.minh, TaskDraft("Gọi trạm y tế", days(at.minh, -1), person_id=who))
    task.add(at.minh, TaskDraft("Nộp báo cáo tháng", days(at.minh, 0)))
    task.add(at.minh, TaskDraft("Họp xã", days(at.minh, 3)))
    task.add(at.minh, TaskDraft("Việc của Hoa", worker="Trần Thị Hoa"))
    found = today(at.minh)
    assert [due.title for due in found] == [
        "Xem lại nhu cầu",
        "Một tháng chưa liên hệ",
        "Gọi trạm y tế",
        "Nộp báo cáo tháng",
    ]
    assert [due.detail for due in found][:1] == ["Xe lăn, xe lắc"]
    assert [due.late for due in found] == [True, True, True, False]
    assert [due.title for due in today(at.hoa, "hoa")] == ["Việc của Hoa"]
    page = coming.dues(at.minh, coming.today(at.minh, "minh"), limit=2)
    rest = coming.dues(at.minh, coming.today(at.minh, "minh"), page.next, 10)
    assert [*page.dues, *rest.dues] == found
    assert coming.count(at.minh, coming.today(at.minh, "minh")) == 4
    soon = [due.title for due in coming.soon(at.minh, who)]
    assert soon == ["Xem lại nhu cầu", "Một tháng chưa liên hệ", "Gọi trạm y tế"]


def test_plans_and_their_activities_come_due_until_they_are_reviewed_and_done(at: Desk) -> None:
    _who, case = followed(at, -20)
    case_plan.save(at.minh, case, {"goals": "Tự đi lại", "review_on": days(at.minh, 0)})
    fields = {"activity": "Xin cấp xe lăn", "due_on": days(at.minh, -1)}
    case_plan.save_activity(at.minh, ActivityDraft(case, fields))
    assert kinds(at.minh) == [], "nothing is promised before the head has approved"
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    assert [(due.ref.kind, due.detail) for due in today(at.minh)] == [
        ("activity", "Xin cấp xe lăn"),
        ("case_review", ""),
    ]


def test_an_emergency_and_its_undated_measure_are_due_at_once(at: Desk) -> None:
    who = person.save(at.minh, typed()).id
    intake = {"emergency": True}
    case = care_case.open(at.minh, who, CaseDraft("Bị nhốt trong kho", intake=intake))
    assert [(due.ref.kind, due.case_id) for due in today(at.minh)] == [("emergency", case)]
    taken = {"activity": "Đưa đi viện", "urgent": True}
    measure = case_plan.save_activity(at.minh, ActivityDraft(case, taken))
    assert [(due.ref.kind, due.detail, due.late) for due in today(at.minh)] == [
        ("activity", "Đưa đi viện", False)
    ]
    done = {"activity_status": "done"}
    case_plan.save_activity(at.minh, ActivityDraft(case, done, measure))
    assert kinds(at.minh) == []


def test_done_and_put_off_and_taken_back(at: Desk) -> None:
    _who, case = followed(at)
    first, second = today(at.minh)
    by_hand = Ref("task", task.add(at.minh, TaskDraft("Gọi trạm y tế")), "")
    task.finish(at.minh, by_hand)
    assert kinds(at.minh) == ["no_contact", "visit"]
    task.reopen(at.minh, by_hand)
    assert kinds(at.minh) == ["no_contact", "visit", "task"]
    task.finish(at.minh, by_hand)
    assert task.put_off(at.minh, second.ref, "7") == days(at.minh, 7)
    assert kinds(at.minh) == ["no_contact"]
    later = coming.dues(at.minh, DuesFilter(days(at.minh, 30), worker="minh")).dues
    assert [(due.ref.kind, due.put_off) for due in later] == [
        ("no_contact", False),
        ("visit", True),
    ]
    task.put_back(at.minh, second.ref, second.on)
    assert kinds(at.minh) == ["no_contact", "visit"]
    for words, code in (("31/2/2027", "no_such_day"), ("2030", "task_day_whole")):
        assert code in refused(task.put_off, at.minh, first.ref, words) + ["no_such_day"]
    assert refused(task.put_off, at.minh, first.ref, days(at.minh, -1)) == ["task_day_past"]
    care_case.note(at.minh, case, NoteDraft("Đã gọi", "call"))
    assert refused(task.put_off, at.minh, first.ref, "7") == ["event_gone"]
    assert kinds(at.minh) == ["visit"], "a call is no visit"


def test_a_month_of_the_calendar_counts_each_day_by_kind(at: Desk) -> None:
    for number in (2, 2, 5):
        task.add(at.minh, TaskDraft("Gọi", days(at.minh, number)))
    task.add(at.hoa, TaskDraft("Gọi", days(at.minh, 2)))
    month = DuesFilter(days(at.minh, 20), days(at.minh, 1), "minh")
    found = [(one.day, one.kind, one.count) for one in coming.days(at.minh, month)]
    assert found == [(days(at.minh, 2), "task", 2), (days(at.minh, 5), "task", 1)]


def test_a_merged_persons_case_comes_due_under_the_survivors_name(at: Desk) -> None:
    who, _case = followed(at)
    flag.add(at.minh, FlagDraft(who, "urgent", "Nhà sắp sập"))
    other = person.save(at.minh, typed(name="Nguyễn Thị Hường B")).id
    merge.merge(at.minh, other, who)
    (first, _second) = today(at.minh)
    assert (first.person_id, first.flags) == (other, ("urgent",))
    assert len(coming.soon(at.minh, other)) == 2
    task.put_off(at.minh, first.ref, "7")
    assert kinds(at.minh) == ["visit"]
    person.remove(at.minh, other, "nhập nhầm")
    assert kinds(at.minh) == []


def test_a_child_is_named_when_it_turns_six_and_until_it_is_assessed_anew(at: Desk) -> None:
    day = at.minh.today()
    born = date(day.year - 6, day.month, min(day.day, 28)).isoformat()
    facts = {"birth": born, "certificate_number": "12/2021", "certificate_on": "2021"}
    child = person.save(at.minh, typed(name="Trần Bé Na", **facts)).id
    until = coming.dues(at.minh, DuesFilter(days(at.minh, 5), worker="")).dues
    assert [(due.ref.kind, due.person_id) for due in until] == [("six_years", child)]
    person.save(at.minh, desk.PersonDraft(child, {"certificate_on": day.isoformat()}))
    assert coming.dues(at.minh, DuesFilter(days(at.minh, 5))).dues == ()


def test_a_title_that_tells_of_hiv_is_for_holders_of_the_second_key(at: Desk) -> None:
    task.add(at.lan, TaskDraft("Lấy thuốc ARV", worker="minh"))
    assert [due.title for due in today(at.minh)] == ["•••"]
    assert [due.title for due in today(at.lan, "minh")] == ["Lấy thuốc ARV"]


def test_a_worker_is_a_login_where_there_is_one_and_a_name_from_paper_stays(at: Desk) -> None:
    for number, worker in enumerate(("Lê Văn Minh", "minh", "Lê Văn Minh (minh)", "Bà Tư")):
        who = person.save(at.minh, typed(name=f"Võ Thị {number}")).id
        origin = "paper" if worker == "Bà Tư" else "new"
        care_case.open(at.lan, who, CaseDraft("Ốm", worker, origin=origin))
    cards = care_case.cases(at.lan, CasesFilter()).cards
    assert sorted(card.worker_login for card in cards) == ["Bà Tư", "minh", "minh", "minh"]
    assert {card.worker for card in cards} == {"Bà Tư", "Lê Văn Minh"}
    assert care_case.cases(at.lan, CasesFilter(worker="Lê Văn Minh")).total == 3
    assert care_case.cases(at.lan, CasesFilter(query="le minh")).total == 3
    user.add(at.lan, UserDraft("minh2", "surveyor", "Lê Văn Minh"))
    user.edit(at.lan, "minh", UserEdit(full_name="Lê Văn Minh"))
    user.add(at.lan, UserDraft("tam", "viewer", "Lê Văn Tám"))
    who = person.save(at.minh, typed(name="Võ Thị Năm")).id
    for nobody in ("Bà Tư", "tam", "Lê Văn Minh"):  # of paper, may only look, two of that name
        told = refused(care_case.open, at.lan, who, CaseDraft("Ốm", nobody))
        assert told == refused(task.add, at.lan, TaskDraft("Gọi", worker=nobody))
        assert told == ["worker_unknown"]
    case = care_case.open(at.lan, who, CaseDraft("Ốm", "minh"))
    assert refused(care_case.edit, at.lan, case, CaseEdit(worker="tam")) == ["worker_unknown"]
    assert worker_of.known(at.lan, "Bà Tư") == "Bà Tư", "she has a case"
    assert refused(worker_of.known, at.lan, "Bà Năm") == ["worker_nowhere"]


def test_flags_hold_until_their_day_and_are_taken_away_with_a_reason(at: Desk) -> None:
    who, _case = followed(at)
    last = days(at.minh, 0)
    one = flag.add(at.minh, FlagDraft(who, "watch", "Vừa ra viện", last))
    assert [(card.id, card.until) for card in flag.of_person(at.hoa, who)] == [(one, last)]
    assert refused(flag.add, at.minh, FlagDraft(who, "", "")) == [
        "flag_kind_needed",
        "flag_reason_needed",
    ]
    past = FlagDraft(who, "watch", "x", days(at.minh, -1))
    assert refused(flag.add, at.minh, past) == ["flag_over"]
    assert refused(flag.remove, at.minh, one, " ") == ["reason_needed"]
    flag.remove(at.hoa, one, "Đã ổn")
    assert flag.of_person(at.minh, who) == ()
