"""What is due says the same as the records: of merged persons, of the dead, of reviews, of work
that only a record can say is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions import (
    assistive_device,
    care_case,
    case_facts,
    case_plan,
    case_review,
    coming,
    form_review,
    merge,
    need,
    person,
    referral,
    task,
)
from app.errors import Refused
from app.values.assistive_device import AidDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.case_plan import ActivityDraft, ReviewDraft
from app.values.coming import DuesFilter
from app.values.need import NeedDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.workspace import Workspace
from data.records import task as tasks
from data.records.task import DONE, Task
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


def reviews(ws: Workspace, until: int = 400) -> list[str]:
    found = coming.dues(ws, DuesFilter(days(ws, until))).dues
    return [due.on for due in found if due.ref.kind == "case_review"]


def look(ws: Workspace, case_id: str) -> str:
    with ws.db.read() as session:
        return form_review.look_at(case_facts.of_case(ws, session, case_id, False), ws.today())


def test_help_of_a_record_merged_away_comes_for_the_worker_and_never_for_the_dead(at: Desk) -> None:
    kept = person.save(at.minh, typed(birth="1956")).id
    case = care_case.open(at.minh, kept, CaseDraft("Sống một mình"))
    twin = person.save(at.hoa, typed(name="Nguyễn Thị Hương")).id
    late = days(at.hoa, -3)
    need.save(at.hoa, NeedDraft(twin, {"item": "medical.wheelchair", "review_on": late}))
    chair = {"aid_kind": "wheelchair", "next_check_on": late}
    assistive_device.save(at.hoa, AidDraft(twin, chair))
    sent = referral.save(at.hoa, ReferralDraft(twin, {"referred_to": "Trạm y tế"}))
    referral.step(at.hoa, sent, ReferralStep("sent", days(at.hoa, -9), due_on=late))
    merge.merge(at.minh, kept, twin)
    again = person.save(at.minh, typed(name="Nguyễn Thị Hường B")).id
    before = coming.dues(at.minh, coming.today(at.minh, "minh")).dues
    merge.merge(at.minh, again, kept)
    mine = coming.dues(at.minh, coming.today(at.minh, "minh")).dues
    assert [due.ref.kind for due in before] == [due.ref.kind for due in mine]
    assert sorted((due.ref.kind, due.case_id) for due in mine) == [
        ("device_check", case), ("need_review", case), ("referral_answer", case),
    ]  # fmt: skip
    died = {"life_state": "dead", "life_state_on": late}
    person.save(at.minh, desk.PersonDraft(again, died))
    assert coming.count(at.minh, coming.today(at.minh, None)) == 0


def test_the_later_of_plan_and_review_says_when_on_the_page_and_in_the_list(at: Desk) -> None:
    who = person.save(at.minh, typed(birth="1956")).id
    opened = CaseDraft("Bị đánh", opened_on=days(at.minh, -100))
    case = care_case.open(at.minh, who, opened)
    case_plan.save(at.minh, case, {"goals": "Được an toàn", "review_on": days(at.minh, 200)})
    measure = {"activity": "Đưa đến nơi tạm lánh", "urgent": True}
    case_plan.save_activity(at.minh, ActivityDraft(case, measure))
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    assert reviews(at.minh) == [days(at.minh, 200)]
    found = {"outcome": "Đã ổn", "verdict": "keep", "next_review_on": days(at.minh, 90)}
    case_review.add(at.minh, ReviewDraft(case, found))
    assert care_case.page(at.minh, case).review_due == days(at.minh, 90)
    assert reviews(at.minh) == [days(at.minh, 90)], "an earlier day than the plan's"
    assert "ghi chép" in look(at.minh, case)
    secret = NoteDraft("Đã đến", "visit", days(at.minh, -1), confidential=True)
    care_case.note(at.lan, case, secret)
    words = look(at.minh, case)
    assert "ghi chép" not in words and "liên hệ" not in words, "somebody was there"
    assert "Còn 1 hoạt động khẩn cấp" in words


def test_a_plan_approved_after_the_review_counts_and_its_measures_count_once(at: Desk) -> None:
    who = person.save(at.minh, typed(birth="1956")).id
    case = care_case.open(at.minh, who, CaseDraft("Bị đánh", opened_on=days(at.minh, -100)))
    then = replace(at.minh, clock=lambda: at.minh.clock() - timedelta(days=30))
    case_plan.save(then, case, {"goals": "Được an toàn", "review_on": days(at.minh, -20)})
    measure = {"activity": "Đưa đến nơi tạm lánh", "urgent": True}
    case_plan.save_activity(at.minh, ActivityDraft(case, measure))
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    found = {"reviewed_on": days(at.minh, -10), "fit": "Không", "verdict": "adjust"}
    found |= {"next_review_on": days(at.minh, 60)}
    case_review.add(at.minh, ReviewDraft(case, found))
    words = {"review_on": days(at.minh, 30), "change_reason": "Tình hình đổi"}
    case_plan.save(at.minh, case, words)
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    assert care_case.page(at.minh, case).review_due == days(at.minh, 30)
    assert reviews(at.minh) == [days(at.minh, 30)]
    words = look(at.hoa, case)
    assert "Còn 1 hoạt động khẩn cấp" in words and "Quá hạn rà soát" not in words


def test_nobody_is_asked_for_contact_in_a_case_that_was_cancelled(at: Desk) -> None:
    who = person.save(at.minh, typed(birth="1956")).id
    case = care_case.open(at.minh, who, CaseDraft("Ốm", opened_on=days(at.minh, -100)))
    everybody = coming.today(at.minh, None)
    assert {one.ref.kind for one in coming.dues(at.hoa, everybody).dues} == {"no_contact", "visit"}
    care_case.cancel(at.hoa, case, "Mở nhầm")
    assert "ghi chép" not in look(at.minh, case)
    assert coming.dues(at.hoa, everybody).dues == ()


def test_a_visit_is_done_by_its_note_and_an_x_of_old_silences_nobody(at: Desk) -> None:
    who = person.save(at.minh, typed(birth="1956")).id
    care_case.open(at.minh, who, CaseDraft("Ốm", opened_on=days(at.minh, -100)))
    asked = coming.today(at.minh, "minh")
    due = coming.dues(at.minh, asked).dues
    assert [one.ref.kind for one in due] == ["no_contact", "visit"]
    for one in due:
        with pytest.raises(Refused) as told:
            task.finish(at.minh, one.ref)
        assert [problem.code for problem in told.value.problems] == ["event_by_record"]
    visit = due[1].ref
    with at.minh.db.write(at.minh.author()) as session:
        row = Task(id=tasks.id_by_rule(visit.kind, visit.ref_id, visit.ref_on), task_status=DONE)
        row.office_id, row.rule, row.ref_id = at.minh.office.id, visit.kind, visit.ref_id
        row.ref_on = visit.ref_on
        session.add(row)
    assert coming.count(at.minh, asked) == 2
