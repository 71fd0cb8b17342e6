"""The plan of a case: measures first in an emergency, editions, other eyes, reviews, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.actions import (
    care_case,
    case_assessment,
    case_number,
    case_plan,
    case_review,
    merge,
    person,
    settings,
)
from app.errors import Refused
from app.rules import dates
from app.values.care_case import CaseDraft, CaseEdit, ClosingDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft, ReviewDraft
from app.workspace import Workspace
from data import schema
from data.records.device import Device
from data.records.sync import SyncState
from tests import desk
from tests.desk import Desk, typed

DRAFT = CaseDraft("Sống một mình")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def opened(office: Desk, draft: CaseDraft = DRAFT, **fields: object) -> str:
    made = person.save(office.minh, typed(**fields)).id
    return care_case.open(office.minh, made, draft)


def approved(office: Desk) -> str:
    case_id = opened(office)
    desk.submitted(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    return case_id


def refused(call: object, *words: object) -> list[str]:
    with pytest.raises(Refused) as told:
        call(*words)  # type: ignore[operator]
    return [problem.code for problem in told.value.problems]


def missing(ws: Workspace, case_id: str) -> dict[str, tuple[str, ...]]:
    return {step.name: step.missing for step in care_case.page(ws, case_id).steps if step.missing}


def test_in_an_emergency_measures_come_before_any_plan_and_are_approved_with_it(
    office: Desk,
) -> None:
    intake = {"emergency": "có", "reporter": "Lê Văn Tám", "reported_how": "điện thoại"}
    case_id = opened(office, CaseDraft("Bị đánh", intake=intake))
    assert missing(office.minh, case_id) == {"assess": ("measures", "domains", "criteria")}
    draft = ActivityDraft(case_id, {"activity": "Đưa đến nơi tạm lánh"})
    case_plan.save_activity(office.minh, draft)
    (measure,) = case_plan.page(office.minh, case_id).measures
    assert (measure.urgent, measure.plan_id, measure.status) == (True, "", "planned")
    case_plan.save(office.minh, case_id, {"goals": "Sống an toàn"})
    page = case_plan.page(office.minh, case_id)
    assert (page.status, page.measures) == ("planning", ())
    assert [one.id for one in page.plans[0].activities] == [measure.id]
    care_case.submit(office.minh, case_id)
    changed = ActivityDraft(case_id, {"activity": "Việc khác"}, measure.id)
    assert refused(case_plan.save_activity, office.minh, changed) == ["activity_settled"]
    assert refused(case_plan.save, office.minh, case_id, {"goals": "x"}) == ["case_plan_waits"]
    told = {"activity": "Báo công an xã"}
    outside = ActivityDraft(case_id, told)
    assert refused(case_plan.save_activity, office.minh, outside) == ["activity_outside_plan"]
    beside = ActivityDraft(case_id, told | {"urgent": True})
    case_plan.save_activity(office.minh, beside)  # an emergency does not wait for the head
    assert [one.urgent for one in case_plan.page(office.minh, case_id).measures] == [True]
    care_case.approve(office.hoa, case_id)
    plan = case_plan.page(office.minh, case_id).approved
    assert plan is not None
    assert (plan.approved_by, plan.approved_on) == ("hoa", office.hoa.today().isoformat())


def test_who_wrote_one_activity_does_not_approve_the_plan(office: Desk) -> None:
    case_id = opened(office)
    desk.planned(office.minh, case_id)
    case_plan.save_activity(office.hoa, ActivityDraft(case_id, {"activity": "Thăm hằng tuần"}))
    care_case.submit(office.minh, case_id)
    assert refused(care_case.approve, office.hoa, case_id) == ["own_case"]
    care_case.approve(office.lan, case_id)


def test_an_adjusted_plan_is_a_new_edition_and_the_approved_one_stays_readable(
    office: Desk,
) -> None:
    case_id = approved(office)
    first = case_plan.page(office.minh, case_id).plans[0]
    case_plan.save_activity(
        office.minh, ActivityDraft(case_id, {"activity_status": "done"}, first.activities[0].id)
    )
    wanted = {"goals": "Có việc làm"}
    assert refused(case_plan.save, office.minh, case_id, wanted) == ["change_reason_needed"]
    case_plan.save(office.minh, case_id, wanted | {"change_reason": "Đã đi lại được"})
    page = case_plan.page(office.minh, case_id)
    assert page.status == "planning"
    second, old = page.plans
    assert (second.edition, second.status, second.goals) == (2, "draft", "Có việc làm")
    assert second.activities == ()  # what was done is not planned again
    assert (old.goals, old.status) == (first.goals, "approved")
    case_plan.save_activity(office.minh, ActivityDraft(case_id, {"activity": "Học nghề may"}))
    care_case.submit(office.minh, case_id)
    care_case.return_(office.hoa, case_id, "Thiếu kinh phí")
    case_plan.save(office.minh, case_id, {"risks": "Xa trường"})
    care_case.submit(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    states = [(one.edition, one.status) for one in case_plan.page(office.minh, case_id).plans]
    assert states == [(2, "approved"), (1, "replaced")]
    told = [one.decision for one in care_case.page(office.minh, case_id).decisions]
    assert told[:4] == ["approved", "submitted", "returned", "submitted"]


def test_an_activity_says_what_it_is_and_its_days_and_state_fit(office: Desk) -> None:
    case_id = opened(office)
    desk.planned(office.minh, case_id)
    for typed_in, code in (
        ({"activity": " "}, "activity_empty"),
        ({"activity": "x", "start_on": "2026-05-01", "due_on": "2026-04"}, "activity_days"),
        ({"activity": "x", "activity_status": "dropped"}, "activity_dropped_why"),
        ({"activity": "x", "done_on": "2026-05-01"}, "activity_done_when_open"),
        ({"activity": "x", "cost": "nhiều"}, "not_a_number"),
    ):
        draft = ActivityDraft(case_id, typed_in)
        assert refused(case_plan.save_activity, office.minh, draft) == [code], typed_in
    page = case_plan.page(office.minh, case_id)
    slip = page.plans[0].activities[0]
    case_plan.withdraw_activity(office.minh, slip.id, "Ghi nhầm")
    assert case_plan.page(office.minh, case_id).plans[0].activities == ()
    assert refused(care_case.submit, office.minh, case_id) == ["case_lacks_activities"]
    gone = ActivityDraft(case_id, {"activity": "x"}, slip.id)
    assert refused(case_plan.save_activity, office.minh, gone) == ["activity_unknown"]
    desk.planned(office.minh, case_id)
    others = case_plan.page(office.minh, case_id).plans[0].activities[0].id
    strange = ActivityDraft(opened(office, name="Lê Văn Tám"), {"activity": "x"}, others)
    assert refused(case_plan.save_activity, office.minh, strange) == ["activity_unknown"]


def test_urgent_activities_stand_first_then_by_the_day_due(office: Desk) -> None:
    case_id = opened(office)
    case_plan.save(office.minh, case_id, {"goals": "x"})
    for activity, urgent, due in (
        ("sau", False, "2027-05-01"),
        ("trước", False, "2027-04-01"),
        ("gấp", True, None),
    ):
        values = {"activity": activity, "urgent": urgent, "due_on": due}
        case_plan.save_activity(office.minh, ActivityDraft(case_id, values))
    plan = case_plan.page(office.minh, case_id).plans[0]
    assert [one.activity for one in plan.activities] == ["gấp", "trước", "sau"]


def test_the_first_finding_begins_the_assessing_and_a_domain_can_be_assessed_anew(
    office: Desk,
) -> None:
    case_id = opened(office, replace(DRAFT, opened_on="2026-01-05"))
    health = {"domain": "health", "situation": "Đau lưng", "priority": "1"}
    first = case_assessment.save(office.minh, AssessmentDraft(case_id, health))
    assert care_case.status(office.minh, case_id) == "assessing"
    again = {"domain": "health", "situation": "Đã đỡ", "assessed_on": "2026-01-05"}
    case_assessment.save(office.minh, AssessmentDraft(case_id, again))
    case_assessment.save(office.minh, AssessmentDraft(case_id, {"need": "Phục hồi"}, first))
    told = [(one.situation, one.need) for one in case_assessment.of_case(office.minh, case_id)]
    assert told == [("Đau lưng", "Phục hồi"), ("Đã đỡ", "")]
    for values, code in (
        ({"situation": "x"}, "assessment_domain"),
        ({"domain": "health"}, "assessment_empty"),
        ({"domain": "health", "need": "x", "priority": "4"}, "need_priority"),
    ):
        draft = AssessmentDraft(case_id, values)
        assert refused(case_assessment.save, office.minh, draft) == [code]
    case_assessment.withdraw(office.minh, first, "Ghi nhầm")
    assert len(case_assessment.of_case(office.minh, case_id)) == 1
    care_case.edit(office.minh, case_id, CaseEdit(intake={"criteria": ("urgent", "voluntary")}))
    assert care_case.page(office.minh, case_id).facts["criteria"] == ("urgent", "voluntary")


def test_a_review_says_what_it_found_and_what_follows_from_it(office: Desk) -> None:
    early = opened(office, name="Lê Văn Tám")
    found = {"outcome": "Đã có xe lăn", "verdict": "keep", "next_review_on": "2027-01-05"}
    assert refused(case_review.add, office.minh, ReviewDraft(early, found)) == [
        "case_review_not_now"
    ]
    case_id = approved(office)
    for values, code in (
        ({"verdict": "keep"}, "review_empty"),
        ({"fit": "Hợp"}, "review_verdict"),
        (found | {"next_review_on": "2020"}, "review_next_day"),
    ):
        assert refused(case_review.add, office.minh, ReviewDraft(case_id, values)) == [code]
    case_review.add(office.minh, ReviewDraft(case_id, found))
    page = care_case.page(office.minh, case_id)
    assert (page.card.status, page.review_due) == ("approved", "2027-01-05")
    adjust = {"needs_met": "Mới một phần", "verdict": "adjust"}
    case_review.add(office.minh, ReviewDraft(case_id, adjust))
    assert missing(office.minh, case_id)["review"] == ("new_edition",)
    assert refused(care_case.resume, office.minh, case_id, "x") == ["not_allowed"]
    care_case.resume(office.hoa, case_id, "Kế hoạch vẫn hợp")
    assert care_case.status(office.minh, case_id) == "approved"
    (latest, _) = case_review.of_case(office.minh, case_id)
    assert dict(latest.findings) == {"needs_met": "Mới một phần"}


def test_nothing_is_done_in_a_case_before_it_was_opened(office: Desk) -> None:
    case_id, minh = approved(office), office.minh
    day = (minh.today() - timedelta(days=400)).isoformat()
    findings = {"outcome": "Đã đỡ", "verdict": "keep", "reviewed_on": day}
    assessed = {"domain": "health", "need": "Thuốc", "assessed_on": day}
    ended = ClosingDraft("agreed", minutes={"meeting_on": day})
    for told in (
        refused(case_review.add, minh, ReviewDraft(case_id, findings)),
        refused(care_case.note, minh, case_id, NoteDraft("Đã đến", "visit", day)),
        refused(case_assessment.save, minh, AssessmentDraft(case_id, assessed)),
        refused(care_case.close, office.hoa, case_id, ended),
    ):
        assert told == ["case_day_before"]
    who = person.save(minh, typed(name="Lê Văn Ba")).id
    paper = care_case.open(minh, who, CaseDraft("Hồ sơ cũ", origin="paper", step="open"))
    care_case.note(minh, paper, NoteDraft("Đã đến", "visit", day))  # as its paper tells


def test_an_overdue_review_and_activity_are_told_as_missing(office: Desk) -> None:
    case_id = opened(office)
    yesterday = (office.minh.today() - timedelta(days=1)).isoformat()
    assert refused(
        case_plan.save, office.minh, case_id, {"goals": "x", "review_on": yesterday}
    ) == ["review_day_past"]
    with pytest.raises(Refused, match=f"Ngày rà soát {dates.show(yesterday)} đã qua. Chọn"):
        case_plan.save(office.minh, case_id, {"review_on": yesterday})
    before = replace(office.minh, clock=lambda: office.minh.clock() - timedelta(days=3))
    case_plan.save(before, case_id, {"goals": "x", "review_on": yesterday})
    case_plan.save(office.minh, case_id, {"goals": "y", "review_on": yesterday})  # it stood there
    case_plan.save_activity(
        office.minh, ActivityDraft(case_id, {"activity": "x", "due_on": yesterday})
    )
    care_case.submit(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    assert missing(office.minh, case_id)["carry_out"] == ("contacts", "overdue")
    stands = care_case.page(office.minh, case_id).steps
    assert [step.state for step in stands] == ["done", "done", "now", "ahead", "ahead"]
    case_plan.save(office.minh, case_id, {"goals": "z", "change_reason": "Đã khác"})
    assert case_plan.page(office.minh, case_id).plans[0].review_on == ""  # asked for anew


def test_a_note_tells_the_kinds_of_help_and_the_activity_it_is_about(office: Desk) -> None:
    case_id = approved(office)
    activity = case_plan.page(office.minh, case_id).plans[0].activities[0]
    told = NoteDraft("Đã nhận xe", help_kinds=("resources", "referral"), activity_id=activity.id)
    care_case.note(office.minh, case_id, told)
    note = care_case.page(office.minh, case_id).notes[0]
    assert (note.help_kinds, note.activity_id) == (("referral", "resources"), activity.id)
    elsewhere = NoteDraft("x", activity_id="nothing")
    assert refused(care_case.note, office.minh, case_id, elsewhere) == ["activity_unknown"]


def test_a_merger_carries_a_case_along_and_a_case_given_back_goes_with_all_that_is_in_it(
    office: Desk,
) -> None:
    case_id = approved(office)
    twin = care_case.page(office.minh, case_id).card.person_id
    keep = person.save(office.minh, typed(name="Võ Thị Ba")).id
    merge.merge(office.minh, keep, twin)
    assert case_plan.page(office.minh, case_id).person_id == keep
    care_case.close(office.hoa, case_id, ClosingDraft("agreed", aware=True))
    later = care_case.open(office.minh, keep, DRAFT)
    health = {"domain": "health", "need": "Khám"}
    case_assessment.save(office.minh, AssessmentDraft(later, health))
    desk.submitted(office.minh, later)
    care_case.approve(office.hoa, later)
    case_review.add(office.minh, ReviewDraft(later, {"fit": "Hợp", "verdict": "keep"}))
    merge.unmerge(office.minh, twin, "Hai người", (later,))
    with office.lan.db.read() as session:
        lying_in = {  # whatever says which case it belongs to
            entity: set(session.scalars(select(kind.person_id).where(kind.case_id == later)))
            for entity, kind in schema.travelling().items()
            if {"case_id", "person_id"} <= set(kind.__table__.columns.keys())
        }
    filled = {entity: owners for entity, owners in lying_in.items() if owners}
    assert len(filled) == 5 and set().union(*filled.values()) == {twin}


# ---------------------------------------------------------------- numbers


NOWHERE = dict.fromkeys(
    "url server_id generation device_name scope enrolled_at".split(), ""
) | dict.fromkeys("server_verify_key server_box_key signing_key box_key".split(), b"")


def enrolled_as(office: Desk, place: int) -> None:
    """The server told this PC of the office's PCs, this one in its place."""
    with office.lan.db.write(office.lan.author()) as session:
        session.query(Device).delete()
        for number in range(1, 4):
            own = number == place
            session.add(
                Device(
                    id=f"{number}" * 36,
                    name=f"máy {number}",
                    verify_key="",
                    enrolled_at=f"2026-01-0{number}T00:00:00.000Z",
                )
            )
            if own:
                session.query(SyncState).delete()
                session.add(SyncState(id=1, device_id=f"{number}" * 36, **NOWHERE))


def test_no_number_before_enrolment_without_a_block_and_none_past_its_end(office: Desk) -> None:
    case_id = opened(office)
    assert care_case.page(office.minh, case_id).card.case_number == ""
    assert refused(case_number.give, office.minh, case_id) == ["case_no_block"]
    assert refused(settings.change, office.lan, {"case_block": "từ 7"}) == ["setting_block"]
    settings.change(office.lan, {"case_block": "7-8"})
    year = office.lan.today().year
    assert case_number.give(office.minh, case_id) == f"0007-0/{year}"
    assert refused(case_number.give, office.minh, case_id) == ["case_numbered"]
    second = opened(office, name="Lê Văn Tám")
    assert care_case.page(office.minh, second).card.case_number == f"0008-0/{year}"
    third = opened(office, name="Võ Thị Ba")
    assert care_case.page(office.minh, third).card.case_number == ""
    paper = opened(office, CaseDraft("x", origin="paper"), name="Đinh Văn Briu")
    assert care_case.page(office.minh, paper).card.case_number == ""


def test_each_pc_numbers_in_its_own_part_and_never_gives_a_number_twice(office: Desk) -> None:
    year = office.lan.today().year
    given = []
    for place, name in ((2, "Võ Thị Ba"), (3, "Lê Văn Tám"), (2, "Đinh Văn Briu")):
        enrolled_as(office, place)
        case_id = opened(office, name=name)
        given.append(care_case.page(office.minh, case_id).card.case_number)
    assert given == [f"0001-2/{year}", f"0001-3/{year}", f"0002-2/{year}"]
    care_case.edit(office.minh, case_id, CaseEdit(case_number=""))
    again = opened(office, name="Mai Văn Tư")
    assert care_case.page(office.minh, again).card.case_number == f"0003-2/{year}"
    care_case.edit(office.minh, again, CaseEdit(case_number=f"0004-2/{year}"))
    after = opened(office, name="Trần Văn Sáu")
    number = care_case.page(office.minh, after).card.case_number
    assert number == f"0005-2/{year}", "0004 was typed by hand"
