"""Every move of a case from every state, and every reason of an ending, each with its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    case_plan,
    person,
)
from app.errors import Refused
from app.rules import care_case as rules
from app.rules import case_steps
from app.values.care_case import CaseDraft, ClosingDraft, NoteDraft
from data import codes
from tests import desk
from tests.desk import Desk, typed

STATES = tuple(item.code for item in codes.get("case_status").items)
LAW = {
    # move: (article of TT 02/2020/TT-BLĐTBXH, from, to, who may)
    "assess": ("Đ.4, Đ.5", "open", "assessing", "enter"),
    "plan": ("Đ.6", "open assessing reviewing", "planning", "enter"),
    "submit": ("Đ.6 k.2, Đ.7 k.1", "open assessing planning", "waiting", "submit"),
    "approve": ("Đ.7 k.1", "waiting", "approved", "approve"),
    "return": ("Đ.7 k.1", "waiting", "planning", "approve"),
    "review": ("Đ.7 k.2, k.3", "approved", "reviewing", "enter"),
    "resume": ("Đ.7 k.3", "reviewing", "approved", "approve"),
    "propose": (
        "Đ.8 k.3",
        "open assessing planning waiting approved reviewing",
        "closing",
        "enter",
    ),
    "decline": ("Đ.8 k.3", "closing", "approved", "approve"),
    "close": (
        "Đ.8 k.3",
        "open assessing planning waiting approved reviewing closing",
        "closed",
        "approve",
    ),
    "refuse": ("chưa kiểm chứng", "open assessing", "refused", "approve"),
    "cancel": ("chưa kiểm chứng", "open assessing planning waiting", "cancelled", "enter"),
    "reopen": ("chưa kiểm chứng", "closed refused cancelled", "open", "enter"),
}
DAY = date(2026, 11, 26)


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def opened(office: Desk, draft: CaseDraft | None = None, **fields: object) -> str:
    made = person.save(office.minh, typed(**fields)).id
    return care_case.open(office.minh, made, draft or CaseDraft("Sống một mình"))


def status(office: Desk, case_id: str) -> str:
    return care_case.status(office.lan, case_id)


def refused(call: object, *words: object) -> list[str]:
    with pytest.raises(Refused) as told:
        call(*words)  # type: ignore[operator]
    return [problem.code for problem in told.value.problems]


def test_the_table_of_moves_is_that_of_the_law_and_knows_every_state() -> None:
    told = {
        move.name: (move.source, " ".join(move.sources), move.target, move.right)
        for move in rules.MOVES.values()
    }
    assert told == LAW
    assert {*rules.LIVE, *rules.ENDED} == set(STATES) == set(case_steps.REACHED)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", LAW)
def test_a_move_is_legal_from_the_states_of_its_article_and_from_no_other(
    move: str, state: str
) -> None:
    legal = state in LAW[move][1].split()
    code = rules.refusal(move, state, "vì sao", "hoa", {"minh"})
    assert code == (None if legal else f"case_{move}_not_now")
    assert (move in rules.possible(state)) == legal


def test_what_the_head_decides_is_never_decided_by_who_wrote_it() -> None:
    for move, state in (
        ("approve", "waiting"),
        ("resume", "reviewing"),
        ("decline", "closing"),
        ("close", "closing"),
    ):
        assert rules.refusal(move, state, "x", "hoa", {"hoa"}) == "own_case"
    assert rules.refusal("close", "approved", "x", "hoa", {"hoa"}) is None
    needing = {name for name, move in rules.MOVES.items() if move.reason}
    assert needing == {"return", "resume", "decline", "close", "refuse", "cancel", "reopen"}
    for name in needing:
        assert rules.refusal(name, LAW[name][1].split()[0], " ", "hoa", ()) == "reason_needed"


def test_each_of_the_twelve_reasons_is_proposed_and_approved_by_the_head(office: Desk) -> None:
    minutes = {"meeting_on": "2026-03-01", "attendees": "Gia đình", "handed_to": "UBND xã"}
    reasons = codes.get("close_reason").items
    assert len(reasons) == 12
    for reason in reasons:
        begun = CaseDraft("Sống một mình", opened_on="2026-02-01")
        case_id = opened(office, begun, name=f"Nguyễn Văn {reason.official}")
        draft = ClosingDraft(reason.code, "Bàn giao cho gia đình", minutes=minutes, aware=True)
        assert refused(care_case.close, office.minh, case_id, draft) == ["not_allowed"]
        care_case.propose(office.minh, case_id, draft)
        assert status(office, case_id) == "closing"
        care_case.close(office.hoa, case_id, ClosingDraft(""))
        page = care_case.page(office.minh, case_id)
        assert (page.card.status, page.card.close_reason) == ("closed", reason.code)
        assert page.card.closed_on == office.minh.today().isoformat()
        assert {name: page.facts[name] for name in minutes} == minutes
        assert page.moves == ("reopen",)
        assert reason.source == "TT 02/2020/TT-BLĐTBXH Đ.8 k.3a"


def test_what_the_head_once_approved_is_not_cancelled_by_a_clerk_while_it_is_planned_anew(
    office: Desk,
) -> None:
    case_id = opened(office)
    desk.submitted(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    again = {"goals": "Có việc làm", "change_reason": "Đã đi lại được"}
    case_plan.save(office.minh, case_id, again)

    def is_kept(stands: str) -> None:
        page = care_case.page(office.lan, case_id)
        assert page.card.status == stands
        assert not {"cancel", "refuse"} & set(page.moves)
        assert refused(care_case.cancel, office.minh, case_id, "x") == ["case_cancel_not_now"]
        assert refused(care_case.refuse, office.hoa, case_id, "x") == ["case_refuse_not_now"]

    is_kept("planning")
    care_case.close(office.hoa, case_id, ClosingDraft("agreed", aware=True))
    care_case.reopen(office.minh, case_id, "Ghi nhầm người")
    is_kept("open")


def test_somebody_is_turned_away_or_a_case_cancelled_with_a_reason_and_taken_up_again(
    office: Desk,
) -> None:
    turned, slip = opened(office), opened(office, name="Lê Văn Tám")
    assert refused(care_case.refuse, office.minh, turned, "x") == ["not_allowed"]
    assert refused(care_case.refuse, office.hoa, turned, "") == ["reason_needed"]
    care_case.refuse(office.hoa, turned, "Không thuộc địa bàn")
    care_case.cancel(office.minh, slip, "Ghi nhầm người")
    assert [status(office, one) for one in (turned, slip)] == ["refused", "cancelled"]
    steps = care_case.page(office.minh, slip).steps
    assert {(step.state, step.missing) for step in steps} == {("ahead", ())}
    assert refused(care_case.note, office.minh, slip, NoteDraft("x")) == ["case_ended"]
    care_case.reopen(office.minh, turned, "Đã chuyển về địa bàn")
    assert status(office, turned) == "open"


def test_a_case_of_paper_enters_where_its_paper_stands_without_invented_papers(
    office: Desk,
) -> None:
    draft = CaseDraft("Hồ sơ cũ", opened_on="3/2023", origin="paper")
    made = {}
    for number, step in enumerate(rules.LIVE):
        case_id = opened(office, replace(draft, step=step), name=f"Nguyễn Văn {number}")
        page, made[step] = care_case.page(office.minh, case_id), case_id
        assert page.card.status == ("waiting" if step == "approved" else step)
        assert page.facts["paper_step"] == step
        behind = [one for one in page.steps if one.state == "done"]
        assert [one.missing for one in behind] == [()] * len(behind)
    care_case.decline(office.hoa, made["closing"], "Còn việc")
    assert status(office, made["closing"]) == "approved"
    # the head looks at the paper; nobody invents an approval
    assert refused(care_case.approve, office.minh, made["approved"]) == ["not_allowed"]
    care_case.approve(office.hoa, made["approved"])
    assert status(office, made["approved"]) == "approved"


def test_only_paper_says_where_its_paper_stood(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    for draft, code in (
        (CaseDraft("x", step="planning"), "case_step_of_paper"),
        (CaseDraft("x", origin="paper", step="closed"), "case_step_ended"),
        (CaseDraft("x", intake={"close_reason": "agreed"}), "unknown_field"),
    ):
        assert refused(care_case.open, office.minh, made, draft) == [code]
