"""How a case ends and is taken up again: what speaks against it, who may, what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    case_ending,
    case_plan,
    caseload,
    coming,
    need,
    person,
    referral,
    support,
    task,
)
from app.errors import Refused
from app.rules import case_ending as endings
from app.rules.case_ending import Known
from app.values.care_case import CaseDraft, ClosingDraft
from app.values.case_plan import ActivityDraft
from app.values.need import NeedDraft, NeedStepDraft
from app.values.referral import ReferralDraft
from app.values.support import SupportDraft
from app.values.task import TaskDraft
from data import codes, schema
from data.records import care_case as records
from data.records.office import User
from tests import desk
from tests.app.test_case_moves import opened, refused, status
from tests.desk import Desk

DAY = date(2026, 11, 26)


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("reason", "known", "against"),
    [
        # 4: 18 years; who learns until the first diploma, at most 22
        ("of_age", Known(DAY, birth="2010-01-01"), ["too_young"]),
        ("of_age", Known(DAY, birth="2008-11-26"), []),
        ("of_age", Known(DAY, birth="2008-11-27"), ["too_young"]),
        ("of_age", Known(DAY, birth="2006-05-01", learning=True), ["still_learning"]),
        ("of_age", Known(DAY, birth="2004-05-01", learning=True), []),
        ("of_age", Known(DAY, birth="2008"), ["age_unknown"]),
        ("of_age", Known(DAY), ["age_unknown"]),
        # 6: no contact within a month
        ("no_contact", Known(DAY, last_contact_on="2026-11-01"), ["recent_contact"]),
        ("no_contact", Known(DAY, last_contact_on="2026-10-26"), []),
        ("no_contact", Known(DAY, last_contact_on="2026-10-27"), ["recent_contact"]),
        ("no_contact", Known(DAY, last_contact_on="2026-10"), ["recent_contact"]),
        ("no_contact", Known(DAY), []),
        # 8 and 11: what the person's own record says
        ("dead_or_missing", Known(DAY), ["says_living"]),
        ("dead_or_missing", Known(DAY, life_state="missing"), []),
        ("moved_away", Known(DAY), ["says_here"]),
        ("moved_away", Known(DAY, life_state="left"), []),
        # every reason: open measures, open activities, unsent work
        ("agreed", Known(DAY, open_urgent=1, open_activities=2), ["urgent_open", "activity_open"]),
        ("dead_or_missing", Known(DAY, life_state="dead", open_activities=2), []),
        (
            "agreed",
            Known(DAY, open_referrals=1, open_supports=1),
            ["referral_open", "support_open"],
        ),
        ("agreed", Known(DAY, open_needs=1, overdue_tasks=2), ["need_open", "task_overdue"]),
        ("dead_or_missing", Known(DAY, life_state="dead", open_needs=1), []),
        ("agreed", Known(DAY, unsent=3), ["unsent"]),
        ("agreed", Known(DAY, alone=True), ["own_work"]),
        # 1: goals are those of a plan that the head approved
        ("goal_reached", Known(DAY, planned=False), ["no_plan"]),
        ("goal_reached", Known(DAY), []),
        ("agreed", Known(DAY), []),
    ],
)
def test_a_reason_that_the_record_does_not_bear_out_is_told(
    reason: str, known: Known, against: list[str]
) -> None:
    told = [one for one in endings.doubts(reason, known) if one != "no_meeting"]
    assert told == against
    assert "no_meeting" in endings.doubts(reason, known)
    assert all(codes.label("close_doubt", one) != one for one in told)


def test_the_record_proposes_a_reason_and_a_person_decides() -> None:
    assert endings.proposed(Known(DAY, life_state="dead")) == ("dead_or_missing",)
    left = Known(DAY, life_state="left", birth="2008-05-01", opened_on="2024")
    assert endings.proposed(left) == ("moved_away", "of_age")
    grown_before = Known(DAY, birth="1956", opened_on="2024-01-05")
    assert endings.proposed(grown_before) == ()
    assert endings.proposed(Known(DAY, last_contact_on="2026-09-01")) == ("no_contact",)
    assert endings.proposed(Known(DAY, birth="2012", last_contact_on="2026-11-20")) == ()
    assert endings.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert endings.months_before(date(2026, 1, 15), 1) == date(2025, 12, 15)


def test_a_case_with_an_open_urgent_measure_ends_only_knowingly_and_says_so(office: Desk) -> None:
    case_id = opened(office, CaseDraft("Bị ngã", intake={"emergency": True}))
    measure = {"activity": "Đưa vào bệnh viện huyện"}
    which = case_plan.save_activity(office.minh, ActivityDraft(case_id, measure))
    draft = ClosingDraft("agreed")
    told = refused(care_case.close, office.hoa, case_id, draft)
    assert told == ["case_close_doubt"] * 3  # the measure, the activity, no meeting
    assert status(office, case_id) == "open"
    assert "Còn hoạt động khẩn cấp chưa xong" in case_ending.doubts(office.hoa, case_id, draft)
    done = ActivityDraft(case_id, {"activity_status": "done", "result": "Đã nhập viện"}, which)
    case_plan.save_activity(office.minh, done)
    care_case.close(office.hoa, case_id, draft)
    assert care_case.page(office.hoa, case_id).facts["close_doubts"] == ("no_meeting",)


def test_a_measure_not_done_when_its_case_ended_is_before_everybody_once_it_is_taken_up_again(
    office: Desk,
) -> None:
    case_id = opened(office, CaseDraft("Bị ngã", intake={"emergency": True}))
    measure = {"activity": "Đưa vào bệnh viện huyện", "due_on": "2026-03-01"}
    which = case_plan.save_activity(office.minh, ActivityDraft(case_id, measure))

    def due() -> list[str]:
        found = coming.dues(office.minh, coming.today(office.minh, "minh")).dues
        return [one.ref.ref_id for one in found if one.ref.kind == "activity"]

    assert due() == [which]
    desk.planned(office.minh, case_id)
    assert due() == [which]  # also while its plan is being written
    care_case.submit(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    ended = ClosingDraft("agreed", aware=True)
    care_case.close(office.hoa, case_id, ended)
    assert due() == []
    hanging = [one.words for one in case_ending.hanging(office.minh, case_id)]
    assert hanging[-1].endswith("danh sách việc: Đưa vào bệnh viện huyện.")
    care_case.reopen(office.minh, case_id, "Ghi nhầm người")
    page = care_case.page(office.minh, case_id)
    assert (due(), page.urgent) == ([which], ("Đưa vào bệnh viện huyện",))
    assert "measures" not in page.steps[0].missing
    assert case_plan.page(office.minh, case_id).left == (which,)
    assert "Còn hoạt động khẩn cấp chưa xong" in case_ending.doubts(office.hoa, case_id, ended)
    again = case_plan.save(office.minh, case_id, {"goals": "Có việc làm"})
    (carried,) = due()  # the new plan carries it on, once
    assert carried != which
    assert case_plan.page(office.minh, case_id).left == ()
    assert care_case.page(office.minh, case_id).urgent == ("Đưa vào bệnh viện huyện",)
    told = {"activity_status": "dropped", "result": "Gia đình tự đưa đi"}
    case_plan.save_activity(office.minh, ActivityDraft(case_id, told, carried))
    assert (due(), case_plan.page(office.minh, case_id).draft.id) == ([], again)


def test_an_ending_tells_what_is_still_on_its_way_and_whatever_names_a_case_lies_in_it(
    office: Desk,
) -> None:
    case_id = opened(office)
    who = care_case.page(office.minh, case_id).card.person_id
    draft = ClosingDraft("agreed")
    before = case_ending.doubts(office.hoa, case_id, draft)
    asked = {"referred_to": "Bệnh viện huyện", "service_asked": "Khám", "referral_reason": "Đau"}
    referral.save(office.minh, ReferralDraft(who, asked))  # the window names no case
    given = {"support_kind": "goods", "support_what": "Gạo", "support_status": "planned"}
    support.save(office.minh, SupportDraft(who, given, case_id=case_id))
    wanted = need.save(office.minh, NeedDraft(who, {"need_group": "medical"}))
    task.add(office.minh, TaskDraft("Gọi lại", "2026-03-01", case_id=case_id))
    told = set(case_ending.doubts(office.hoa, case_id, draft)) - set(before)
    assert told == {
        *("Còn chuyển gửi chưa có kết quả", "Còn hỗ trợ của ca chưa trao"),
        *("Còn nhu cầu chưa được đáp ứng", "Còn việc tự ghi đã quá hạn"),
    }
    need.step(office.minh, wanted, NeedStepDraft("met"))
    goals = case_ending.doubts(office.hoa, case_id, ClosingDraft("goal_reached"))
    assert goals[-2:] == (
        "Chưa có kế hoạch nào được duyệt để nói đã đạt mục tiêu",
        "Chưa ghi ngày họp kết thúc",
    )
    assert "Còn nhu cầu chưa được đáp ứng" not in goals
    naming = {e for e, kind in schema.travelling().items() if hasattr(kind, "case_id")}
    assert naming == set(records.PARTS)


def test_an_ending_that_is_declined_goes_back_to_where_work_was(office: Desk) -> None:
    planned = opened(office)
    desk.submitted(office.minh, planned)
    care_case.propose(office.minh, planned, ClosingDraft("agreed", aware=True))
    assert refused(care_case.decline, office.hoa, planned, " ") == ["reason_needed"]
    care_case.decline(office.hoa, planned, "Còn phải làm tiếp")
    assert status(office, planned) == "planning"
    care_case.submit(office.minh, planned)
    care_case.approve(office.hoa, planned)
    care_case.propose(office.minh, planned, ClosingDraft("agreed", aware=True))
    care_case.decline(office.hoa, planned, "Chưa")
    assert status(office, planned) == "approved"
    assert case_plan.page(office.hoa, planned).approved is not None


def test_an_ending_declined_or_undone_leaves_nothing_in_the_file(office: Desk) -> None:
    case_id = opened(office, CaseDraft("Ốm", opened_on="2026-01-05"))
    desk.submitted(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    minutes = {"meeting_on": "2026-03-01", "attendees": "Gia đình", "handed_to": "UBND xã"}
    draft = ClosingDraft("agreed", "Đã xong", minutes=minutes, aware=True)
    care_case.propose(office.minh, case_id, draft)
    care_case.decline(office.hoa, case_id, "Còn phải làm tiếp")

    def kept() -> set[str]:
        page = care_case.page(office.minh, case_id)
        assert not page.card.close_reason or page.card.status == "closed"
        return {*minutes, "close_doubts"} & {name for name, value in page.facts.items() if value}

    assert kept() == set()
    care_case.close(office.hoa, case_id, draft)
    assert kept() > set(minutes)
    care_case.reopen(office.minh, case_id, "Ghi nhầm người")
    assert kept() == set()
    assert (
        len(case_ending.doubts(office.hoa, case_id, ClosingDraft("agreed"))) == 1
    )  # no meeting yet


def test_who_proposed_an_ending_does_not_approve_it_and_who_gave_the_case_away_may(
    office: Desk,
) -> None:
    case_id = opened(office)
    desk.submitted(office.minh, case_id)
    caseload.reassign(office.hoa, [case_id], "lan")
    care_case.approve(office.hoa, case_id)  # who works on a case is none of its content
    agreed = ClosingDraft("agreed", aware=True)
    care_case.propose(office.hoa, case_id, agreed)
    for move in ("close", "decline"):
        assert move not in care_case.page(office.hoa, case_id).moves
    assert refused(care_case.close, office.hoa, case_id, ClosingDraft("")) == ["own_case"]
    assert refused(care_case.close, office.lan, case_id, ClosingDraft("")) == ["own_work"]
    caseload.reassign(office.hoa, [case_id], "minh")
    care_case.close(office.lan, case_id, ClosingDraft(""))
    care_case.reopen(office.hoa, case_id, "Ghi nhầm người")
    desk.submitted(office.minh, case_id)
    care_case.return_(office.hoa, case_id, "Thiếu ngày")
    care_case.submit(office.minh, case_id)
    for head in (office.hoa, office.lan):  # who ended it or took it up again wrote none of it
        assert "approve" in care_case.page(head, case_id).moves
    care_case.approve(office.hoa, case_id)
    assert status(office, case_id) == "approved"


def test_who_works_on_a_case_ends_it_only_where_nobody_else_may_and_that_is_recorded(
    office: Desk,
) -> None:
    case_id = opened(office)
    caseload.reassign(office.hoa, [case_id], "hoa")
    ended = ClosingDraft("agreed", aware=True)
    page = care_case.page(office.hoa, case_id)
    assert ("close" in page.moves, "propose" in page.moves) == (False, True)
    with pytest.raises(Refused, match="nhờ: Nguyễn Thị Lan"):
        care_case.close(office.hoa, case_id, ended)
    assert "close" in care_case.page(office.lan, case_id).moves
    with office.lan.db.write(office.lan.author()) as session:
        session.query(User).filter_by(login="lan").one().active = False
    told = case_ending.doubts(office.hoa, case_id, ended)
    assert "Người kết thúc cũng là người phụ trách ca" in told[0]
    assert refused(care_case.close, office.hoa, case_id, replace(ended, aware=False))
    care_case.close(office.hoa, case_id, ended)
    assert "own_work" in care_case.page(office.hoa, case_id).facts["close_doubts"]


def test_what_hangs_on_an_ending_and_on_a_death_is_listed_before_it_is_undone(office: Desk) -> None:
    case_id = opened(office)
    who = care_case.page(office.minh, case_id).card.person_id
    person.set_life_state(office.minh, who, "dead", "2026-03-01")
    assert care_case.page(office.minh, case_id).suggested[0] == "dead_or_missing"
    minutes = {"handed_to": "Gia đình"}
    care_case.close(office.hoa, case_id, ClosingDraft("dead_or_missing", minutes=minutes))
    (of_death,) = case_ending.of_death(office.minh, who)
    assert (of_death.record, of_death.id) == ("care_case", case_id)
    hanging = [one.words for one in case_ending.hanging(office.minh, case_id)]
    assert hanging == [
        "Hồ sơ người vẫn ghi: Đã mất. Mở lại ca không đổi điều đó.",
        "Đã bàn giao cho Gia đình.",
    ]
    care_case.reopen(office.minh, case_id, "Ghi nhầm người")
    assert case_ending.of_death(office.minh, who) == case_ending.hanging(office.minh, case_id) == ()
