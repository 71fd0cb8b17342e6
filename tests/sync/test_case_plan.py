"""Plans and states of cases between PCs: other eyes at the centre, a conflict where both moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    case_assessment,
    case_plan,
    case_review,
    conflict,
    outgoing,
    person,
)
from app.values.care_case import CaseDraft, ClosingDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft, ReviewDraft
from sync import client
from sync.protocol import Change
from tests import desk
from tests.desk import Desk, typed
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import AT, House, house, row_id
from tests.sync.parts import Central
from tests.sync.test_domain_rules import approved_person, change, staffed, told


@pytest.fixture(params=KINDS)
def rooms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server without doors, on either store."""
    made = house(tmp_path / "server", database_for(request.param))
    yield made
    made.close()


def test_the_centre_takes_no_plan_from_an_approver_who_wrote_one_of_its_activities(
    rooms: House,
) -> None:
    one = staffed(rooms)
    who, case, plan, activity = approved_person(one), row_id(), row_id(), row_id()
    whose = {"case_id": case, "person_id": who}
    written = whose | {"plan_status": "draft", "goals": "Tự đi lại được"}
    made = one.push(
        Change("care_case", case, "I", 0, {"person_id": who, "case_status": "waiting"}, AT, "minh"),
        Change("case_plan", plan, "I", 0, written, AT, "minh"),
        Change(
            "plan_activity", activity, "I", 0, whose | {"plan_id": plan, "activity": "x"}, AT, "hoa"
        ),
        change("case_plan", plan, "minh", plan_status=("draft", "waiting")),
    )
    assert made.verdicts == "aaaa"

    def approve(by: str) -> Change:
        pairs = {"approved_by": (None, by), "approved_on": (None, "2026-03-01")}
        return change("case_plan", plan, by, plan_status=("waiting", "approved"), **pairs)

    for author in ("hoa", "minh"):
        refused = ("r", ["approver_is_author"])
        assert told(one.push(approve(author))) == refused, author
    assert one.push(approve("nga")).verdicts == "a"
    late = change("plan_activity", activity, "minh", activity_status=("planned", "done"))
    assert one.push(late).verdicts == "a"


def test_the_centre_lets_only_approvers_end_a_case_and_none_his_own_proposal(
    rooms: House,
) -> None:
    one = staffed(rooms)
    who, case, wish = approved_person(one), row_id(), row_id()

    def moved(by: str, before: str, after: str) -> tuple[str, list[str]]:
        reason = {"close_reason": (None, "agreed")} if after == "closed" else {}
        return told(one.push(change("care_case", case, by, case_status=(before, after), **reason)))

    asked = {"person_id": who, "recipient": "Hội", "sharing_state": "waiting"}
    made = one.push(
        Change("care_case", case, "I", 0, {"person_id": who, "case_status": "open"}, AT, "hoa"),
        Change("sharing", wish, "I", 0, asked, AT, "minh"),
    )
    assert made.verdicts == "aa"
    for state in ("closed", "refused"):
        assert moved("minh", "open", state) == ("r", ["approver_has_no_right"])
    refusing = change("sharing", wish, "minh", sharing_state=("waiting", "refused"))
    assert told(one.push(refusing)) == ("r", ["approver_has_no_right"])
    assert moved("nga", "open", "closing") == ("a", [])
    for state in ("closed", "approved"):
        assert moved("nga", "closing", state) == ("r", ["approver_is_author"])
    assert moved("hoa", "closing", "closed") == ("a", [])  # opened the case, proposed no ending


@pytest.fixture
def pcs(tmp_path: Path, server: Central) -> Iterator[tuple[Desk, Desk]]:
    """Two PCs of one office that met the server."""
    here, there = desk.at(tmp_path / "a"), desk.at(tmp_path / "b")
    for one in (here, there):
        client.enrol(one.lan.db, server.url, server.code())
    meet(here, there)
    yield here, there
    here.close()
    there.close()


def meet(*pcs: Desk) -> None:
    for one in (*pcs, *pcs):
        client.run_round(one.lan.db)


def test_a_state_that_another_pc_moved_on_is_a_conflict_and_no_overwrite(
    pcs: tuple[Desk, Desk],
) -> None:
    here, there = pcs
    made = person.save(here.minh, typed()).id
    case_id = care_case.open(here.minh, made, CaseDraft("Sống một mình"))
    desk.submitted(here.minh, case_id)
    meet(here, there)
    care_case.approve(there.hoa, case_id)
    care_case.cancel(here.minh, case_id, "Gia đình không muốn nữa")
    meet(there, here)
    assert care_case.status(here.minh, case_id) == care_case.status(there.minh, case_id)
    assert care_case.status(here.minh, case_id) == "approved"
    (card,) = [one for one in conflict.cards(here.minh) if one.field == "case_status"]
    assert card.takes == ("theirs",)  # what stands is confirmed; the case has its own desk
    plan = case_plan.page(there.minh, case_id).plans[0]
    assert plan.status in ("approved", "draft")
    care_case.close(here.hoa, case_id, ClosingDraft("asked_to_stop", aware=True))
    assert care_case.status(here.hoa, case_id) == "closed"


def test_words_of_a_plan_written_without_a_line_are_not_let_into_it_once_it_was_approved(
    pcs: tuple[Desk, Desk],
) -> None:
    here, there = pcs
    case_id = care_case.open(here.minh, person.save(here.minh, typed()).id, CaseDraft("x"))
    desk.planned(here.minh, case_id)
    meet(here, there)
    care_case.submit(there.minh, case_id)
    care_case.approve(there.hoa, case_id)
    case_plan.save(here.minh, case_id, {"goals": "Việc chưa ai duyệt"})
    meet(there, here)
    for one in pcs:
        plan = case_plan.page(one.minh, case_id).approved
        assert plan is not None and plan.goals == "Tự đi lại được"
    (card,) = conflict.cards(here.minh)
    assert (card.field, card.takes) == ("goals", ("theirs",))
    conflict.resolve(here.minh, card.id, "theirs")


def test_two_pcs_that_plan_anew_without_a_line_write_one_edition(pcs: tuple[Desk, Desk]) -> None:
    here, there = pcs
    case_id = care_case.open(here.minh, person.save(here.minh, typed()).id, CaseDraft("x"))
    desk.submitted(here.minh, case_id)
    care_case.approve(here.hoa, case_id)
    meet(here, there)
    again = {"goals": "Có việc làm", "change_reason": "Đã đi lại được"}
    for one, activity in zip(pcs, ("Học nghề may", "Vay vốn"), strict=True):
        case_plan.save(one.minh, case_id, again)
        case_plan.save_activity(one.minh, ActivityDraft(case_id, {"activity": activity}))
    meet(here, there)
    for one in pcs:
        plans = case_plan.page(one.minh, case_id).plans
        assert [(plan.edition, plan.status) for plan in plans] == [(2, "draft"), (1, "approved")]
        words = sorted(each.activity for each in plans[0].activities)
        assert words == ["Học nghề may", "Vay vốn", "Xin cấp xe lăn"]


def test_what_another_pc_adds_to_a_plan_that_was_approved_meanwhile_is_not_let_into_it(
    pcs: tuple[Desk, Desk],
) -> None:
    here, there = pcs
    case_id = care_case.open(here.minh, person.save(here.minh, typed()).id, CaseDraft("x"))
    desk.planned(here.minh, case_id)
    meet(here, there)
    old = case_plan.page(here.minh, case_id).plans[0].activities[0].id
    case_plan.save_activity(here.minh, ActivityDraft(case_id, {"activity": "Chưa ai duyệt"}))
    reworded = {"activity": "Cũng chưa ai duyệt", "activity_status": "under_way"}
    case_plan.save_activity(here.minh, ActivityDraft(case_id, reworded, old))
    care_case.submit(there.minh, case_id)
    care_case.approve(there.hoa, case_id)
    case_plan.save_activity(  # an emergency waits for no plan
        there.minh, ActivityDraft(case_id, {"activity": "Báo công an xã", "urgent": True})
    )
    meet(there, here)
    for one in pcs:
        page = case_plan.page(one.minh, case_id)
        assert page.approved is not None
        assert [each.activity for each in page.approved.activities] == ["Xin cấp xe lăn"]
        assert [each.activity for each in page.measures] == ["Báo công an xã"]
    assert [one.code for one in outgoing.attention(here.minh)] == ["plan_settled"] * 2


def test_two_pcs_number_apart_and_everything_in_a_case_arrives(pcs: tuple[Desk, Desk]) -> None:
    here, there = pcs
    cases = []
    for one, name in ((here, "Nguyễn Thị Hường"), (there, "Lê Văn Tám")):
        made = person.save(one.minh, typed(name=name)).id
        cases.append(care_case.open(one.minh, made, CaseDraft("x")))
    meet(here, there)
    year = here.lan.today().year
    numbers = [care_case.page(here.minh, one).card.case_number for one in cases]
    assert numbers == [f"0001-1/{year}", f"0001-2/{year}"]
    case_id = cases[0]
    health = {"domain": "health", "need": "Khám"}
    case_assessment.save(here.minh, AssessmentDraft(case_id, health))
    desk.submitted(here.minh, case_id)
    care_case.approve(here.hoa, case_id)
    activity = case_plan.page(here.minh, case_id).plans[0].activities[0].id
    note = NoteDraft("Đã khám", help_kinds=("advice",), activity_id=activity)
    care_case.note(here.minh, case_id, note)
    review = {"fit": "Hợp", "verdict": "keep", "next_review_on": "2030-01"}
    case_review.add(here.minh, ReviewDraft(case_id, review))
    meet(here, there)
    mine, theirs = (care_case.page(one.minh, case_id) for one in pcs)
    assert (mine.steps, mine.review_due) == (theirs.steps, theirs.review_due)
    assert [one.activity_id for one in theirs.notes] == [activity]
    here_plan, there_plan = (case_plan.page(one.minh, case_id) for one in pcs)
    assert here_plan == there_plan
    assert case_review.of_case(there.minh, case_id) == case_review.of_case(here.minh, case_id)
