"""The council at work: set up, called, held by a quorum, and what it may conclude."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions import (
    application,
    application_desk,
    coming,
    complaint,
    council_calendar,
    council_member,
    council_printing,
    council_session,
    finding,
    hearing,
    hearing_paper,
    hearing_vote,
    notice,
    person,
    session_papers,
    settings,
)
from app.errors import Refused
from app.rules.council import Votes
from app.values.application import ComplaintAnswer, ComplaintDraft
from app.values.coming import DuesFilter
from app.values.council import (
    MemberDraft,
    PaperHearing,
    PutDraft,
    SessionDraft,
    SheetDraft,
    VoteDraft,
)
from app.values.council_request import CouncilRequest
from app.values.person import PersonDraft
from tests import desk, sitting
from tests.desk import Desk
from tests.papers import reading

DAY = "2026-03-10"


def refused(what: Callable[..., Any], *told: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        what(*told)
    return [one.code for one in caught.value.problems]


def step(office: Desk, file: str) -> str:
    return str(application_desk.show(office.minh, file).step)


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def test_the_head_sets_the_council_and_the_law_says_who_lacks(office: Desk) -> None:
    """Đ.2: the roles; one person may hold several; no day has two chairs; who left stays known."""
    first = {"full_name": "Trần Văn Chủ", "position": "Chủ tịch UBND xã", "valid_from": "5/1/2026",
             "council_role": "chair", "decision_number": "12/QĐ-UBND"}  # fmt: skip
    assert refused(council_member.save, office.minh, MemberDraft(first)) == ["not_allowed"]
    chair = council_member.save(office.hoa, MemberDraft(first))
    assert council_member.council(office.minh).lacking == (
        *("labour", "health", "front", "women", "youth", "veterans"),
    )
    second = first | {"full_name": "Ngô Thị Phó", "position": "Phó Chủ tịch UBND xã"}
    second |= {"signs_as": "for_chair", "valid_from": "1/6/2026"}
    assert refused(council_member.save, office.hoa, MemberDraft(second)) == ["council_two_chairs"]
    assert refused(
        council_member.save, office.hoa, MemberDraft(first | {"valid_from": "2026"})
    ) == ["day_not_whole"]
    council_member.retire(office.hoa, chair, "31/5/2026")
    council_member.save(office.hoa, MemberDraft(second))
    by_day = {day: council_member.council(office.minh, day) for day in ("2026-05-31", "2026-06-01")}
    assert [one.members[0].name for one in by_day.values()] == ["Trần Văn Chủ", "Ngô Thị Phó"]
    assert by_day["2026-06-01"].members[0].signs_as == "for_chair"
    both = council_member.council(office.minh, "2026-06-01", everybody=True)
    assert [one.sits for one in both.members] == [False, True]


def test_a_session_from_calendar_to_notice(office: Desk) -> None:
    """Files are called in order, heard by a quorum, concluded by the vote, and hang five working
    days: each step moves the file with it."""
    at = office.minh
    who, file = sitting.complete_file(at, "Nguyễn Thị Mận", "2026-03-02")
    _child, other = sitting.complete_file(at, "Lê Bé Na", "2026-03-03", birth=sitting.CHILD)
    _none, third = sitting.complete_file(at, "Trịnh Văn Hoãn", "2026-03-04")
    settings.change(office.lan, {"minutes_block": "7-60", "notice_block": "3-9"})
    members = sitting.set_up(office)
    made = sitting.planned(at, DAY, (file, other, third))
    assert [step(office, one) for one in (file, other, third)] == ["scheduled"] * 3
    page = council_session.page(at, made)
    assert [(one.name, one.at) for one in page.lines] == [
        ("Nguyễn Thị Mận", "13:30"), ("Lê Bé Na", "13:40"), ("Trịnh Văn Hoãn", "13:50"),
    ]  # fmt: skip
    assert (page.card.chair and page.card.chair.name, page.quorum) == ("Trần Văn Chủ", 4)
    assert council_calendar.put(at, made, PutDraft(person_ids=(who,))).already == (
        "Nguyễn Thị Mận",
    )
    events = coming.dues(at, DuesFilter(DAY)).dues
    assert [one.on for one in events if one.ref.kind == "council_session"] == [DAY]

    few = dict.fromkeys(members[:3], "")
    assert refused(council_session.hold, at, made, few) == ["session_no_quorum"]
    no_chair = dict.fromkeys(members[1:], "")
    assert refused(council_session.hold, at, made, no_chair) == ["session_chair_absent"]
    council_session.hold(at, made, dict.fromkeys(members, ""))
    first, second, last = (one.id for one in page.lines)
    sitting.severe(at, first)
    sitting.all_for(at, first, minutes_number="01/BB-HĐXĐ")
    sitting.severe(at, second)
    sitting.all_for(at, second)
    assert refused(council_session.close, at, made) == ["session_waiting"]
    sitting.severe(at, last)
    hearing_vote.adjourn(at, last, "Người được xét nằm viện")
    put_off = reading.read(council_printing.preview(at, CouncilRequest("council-05", last))).text
    assert "Hoãn, chưa kết luận: Người được xét nằm viện" in put_off and "đề xuất" not in put_off
    assert f"sheet:{last}" not in session_papers.chosen(office.hoa, made)
    council_session.close(at, made, "16h")
    assert [step(office, one) for one in (file, other, third)] == [
        "concluded", "concluded", "complete",
    ]  # fmt: skip
    told = hearing.show(at, first)
    assert (told.form, told.types, told.degree) == ("03", ("mobility",), "severe")
    assert (told.minutes_number, told.minutes_on) == ("01/BB-HĐXĐ", DAY)
    assert hearing.show(at, second).minutes_number == "0007-0/2026", "the first of its block"
    numbers = [(one.kind, one.person_name) for one in finding.find(at, "0007-0").papers]
    assert numbers == [("minutes", "Lê Bé Na")]
    assert told.chaired_by == "Trần Văn Chủ (Chủ tịch UBND xã)" and told.voting == 6
    assert not person.page(at, who).fields.get("degree")  # only the certificate changes the record

    hangs_five_working_days(office, made, second)


def hangs_five_working_days(office: Desk, made: str, child: str) -> None:
    """Đ.6 k.1: the head, who did not write it, decides how a child stands on the list and lets it
    be hung up."""
    at = office.minh
    for writes, place in ((at, "Trụ sở"), (office.hoa, "Nhà văn hóa")):
        notice.write(writes, made, place)
    notice.write(at, made, "Bộ phận Tiếp nhận và trả kết quả")  # hoa's hands were in it
    assert refused(notice.approve, at, made) == ["not_allowed"]
    assert refused(notice.approve, office.hoa, made) == ["notice_own"]
    assert refused(notice.approve, office.lan, made) == ["notice_minors"]
    notice.decide(office.hoa, made, {child: "initials"})
    assert refused(notice.post, at, made) == ["notice_not_approved"]
    later, next_day = sitting.on(office, "2026-03-11"), "2026-03-11"
    notice.approve(later.lan, made)
    assert refused(notice.post, later.minh, made, DAY) == ["notice_before_approval"]
    hung = notice.post(later.minh, made, next_day)
    assert hung.number == "0003-0/2026", "the first of its block"
    assert (hung.posted_on, hung.take_down_on) == (next_day, "2026-03-18")
    assert [notice.shown_name(one) for one in notice.public(hung)] == ["Nguyễn Thị Mận", "L. B. N."]
    files = [one.application_id for one in council_session.page(at, made).lines]
    assert [step(office, one) for one in files] == ["noticed", "noticed", "complete"]
    assert refused(notice.take_off, at, made, DAY) == ["notice_too_early"]
    after = sitting.on(office, "2026-03-18").minh
    assert "notice_down" in {
        one.ref.kind for one in coming.dues(after, DuesFilter("2026-03-18")).dues
    }
    notice.take_off(after, made)
    assert notice.listing(after)[0].state == "taken_down"


def test_what_the_council_can_never_write_down(office: Desk) -> None:
    """No degree without signs or scores, no conclusion beside the vote, no table that does not add
    up; a departure from the proposal is possible and says why (Mẫu 05; Đ.2)."""
    _who, file = sitting.complete_file(office.minh, "Phạm Văn Rỗng", "2026-03-02")
    sat = sitting.held(office, DAY, (file,))
    (one,) = sat.hearings
    at = office.minh

    def said(votes: Votes, conclusion: str = "determined", **more: Any) -> list[str]:
        told = {"types": ("mobility",), "degree": "severe"} if conclusion == "determined" else {}
        return refused(
            hearing_vote.conclude, at, VoteDraft(one, votes, conclusion, **(told | more))
        )

    whole = Votes(types=6, degree=6)
    assert said(whole) == ["sheet_missing"]
    assert said(Votes(not_disabled=6), "not_disabled") == ["sheet_missing"]
    assert refused(hearing.record, at, SheetDraft(one, (), (), {}, " ")) == ["sheet_bare"]
    assert hearing.record(at, SheetDraft(one, form="03")).proposal.form is None, (
        "chosen, not filled"
    )
    assert said(Votes(not_disabled=6), "not_disabled") == ["sheet_missing"]
    assert said(whole, "") == ["conclusion_missing"]
    hearing.record(at, SheetDraft(one, type_signs=("1.4",), scores={"1": 2}))
    assert said(whole) == ["conclusion_not_recorded"]
    wrong = SheetDraft(one, type_signs=("9.9",), scores={"1": "3", "11": 0})
    assert refused(hearing.record, at, wrong) == ["not_on_form", "not_on_form", "score_unreadable"]
    hearing.record(at, SheetDraft(one, scores=sitting.SEVERE))
    assert said(Votes(types=5, degree=6)) == ["votes_do_not_add_up"]
    assert said(Votes(types=3, types_other=3, degree=6), degree="severe") == ["tie_needs_chair"]
    assert said(whole, "not_disabled") == ["conclusion_not_voted", "departs_reason_missing"]
    assert said(Votes(2, 0, 2, 0, 2, 2)) == ["tie_needs_chair"]
    assert said(Votes(3, 0, 3, 0, 2, 1)) == ["no_majority"]
    assert said(whole, types=()) == ["conclusion_types_missing"]
    assert said(whole, degree="") == ["conclusion_degree_missing"]
    assert said(whole, chair_decided=True) == ["no_tie_to_decide"]
    assert said(whole, degree="profound") == ["departs_reason_missing"]
    related = (sat.members[2],)
    assert said(whole, related=related) == ["votes_do_not_add_up"] * 2
    assert said(whole, "adjourned") == ["conclusion_unknown"]
    five = Votes(types=5, degree=5)
    reason = {"related": related, "departs_reason": "Không tự đi lại được khi trở trời"}
    draft = VoteDraft(one, five, "determined", ("mobility",), "profound",
                      {sat.members[0]: "Đồng ý  với trạm y tế"}, **reason)  # type: ignore[arg-type]  # fmt: skip
    kept = hearing_vote.conclude(at, draft)
    assert (kept.voting, kept.related_members) == (5, "Võ Thị Trạm (Trạm trưởng Trạm y tế)")
    assert kept.opinions == "Trần Văn Chủ (Chủ tịch UBND xã): Đồng ý với trạm y tế"
    assert kept.proposal.degree == "severe" and kept.degree == "profound"
    assert refused(hearing.record, at, SheetDraft(one, scores={})) == ["hearing_settled"]
    hearing_vote.reopen(at, one)
    assert step(office, file) == "scheduled"
    split = VoteDraft(one, Votes(3, 0, 3, 0, 3), "determined", ("mobility",), "severe",
                      chair_decided=True)  # fmt: skip
    assert hearing_vote.conclude(at, split).chair_decided
    assert step(office, file) == "concluded"


def test_minutes_of_paper_stand_as_they_are_and_no_score_is_invented(office: Desk) -> None:
    who = person.save(office.minh, desk.typed(birth="1950")).id
    told = {"heard_on": "3/4/2019", "conclusion": "determined", "types": ("vision",),
            "degree": "severe", "minutes_number": "07/BB", "chaired_by": "Ông Tư"}  # fmt: skip
    made = hearing_paper.save(office.minh, PaperHearing(who, told))
    card = hearing.show(office.minh, made)
    assert (card.origin, card.degree, card.scores, card.form) == ("paper", "severe", {}, "")
    assert card.proposal.degree == "inconclusive"  # nothing is proposed for a sheet nobody has
    for wrong, code in (
        ({"scores": "1 1 1"}, "hearing_not_from_paper"),
        ({"votes_types": 7}, "hearing_not_from_paper"),
        ({"degree": ""}, "conclusion_degree_missing"),
        ({"conclusion": "not_disabled"}, "conclusion_has_no_degree"),
        ({"heard_on": "2019"}, "day_not_whole"),
    ):
        assert refused(hearing_paper.save, office.minh, PaperHearing(who, told | wrong)) == [code]
    assert refused(hearing_paper.save, office.minh, PaperHearing(who, told)) == [
        "minutes_number_taken"
    ]
    hearing_paper.save(office.minh, PaperHearing(who, {"heard_place": "UBND xã"}), made)
    assert hearing.show(office.minh, made).place == "UBND xã"
    hearing_paper.remove(office.minh, made, "nhập nhầm")
    assert hearing.of_person(office.minh, who) == ()


def test_a_session_is_changed_until_minutes_bind_it(office: Desk) -> None:
    at = office.minh
    sitting.set_up(office)
    _one, file = sitting.complete_file(at, "Hồ Thị Đổi", "2026-03-02")
    _two, other = sitting.complete_file(at, "Hồ Thị Đến", "2026-03-02")
    made = sitting.planned(at, DAY, (file, other))
    for told, code in (({"session_on": "3/2026"}, "day_not_whole"),
                       ({"session_starts": "25h"}, "time_unreadable")):  # fmt: skip
        assert refused(council_session.save, at, SessionDraft(told, made)) == [code]
    council_session.save(at, SessionDraft({"session_on": "12/3/2026", "place_kind": "home"}, made))
    lines = council_session.page(at, made).lines
    assert hearing.show(at, lines[0].id).on == "2026-03-12"
    council_calendar.reorder(at, made, [lines[1].id])
    assert [(one.name, one.at) for one in council_session.page(at, made).lines] == [
        ("Hồ Thị Đến", "13:30"), ("Hồ Thị Đổi", "13:40"),
    ]  # fmt: skip
    council_calendar.take_out(at, lines[0].id, "xin lui lịch")
    assert step(office, file) == "complete" and len(council_session.page(at, made).lines) == 1
    council_calendar.cancel(at, made, "bão")
    assert step(office, other) == "complete"
    assert refused(council_session.save, at, SessionDraft({}, made)) == ["session_over"]
    assert council_session.listing(at)[0].state == "cancelled"


def test_a_session_ends_though_files_ended_meanwhile(office: Desk) -> None:
    """Whoever withdraws or dies waits in no session; a conclusion taken back leaves nothing; one
    that is heard again is not hung up with the first session's list."""
    at = office.minh
    (_a, gone), (dead, died), (_c, left) = (
        sitting.complete_file(at, name, "2026-03-02") for name in ("Rút Đơn", "Đã Mất", "Ở Lại")
    )
    sat = sitting.held(office, DAY, (gone, died, left))
    council_session.hold(at, sat.session, dict.fromkeys(sat.members[:5], ""))
    ahead = SessionDraft({"session_on": "2026-04-28"}, sat.session)
    absent = SessionDraft({}, sat.session, chair_id=sat.members[5])
    assert refused(council_session.save, at, ahead) == ["session_ahead"]
    assert refused(council_session.save, at, absent) == ["session_chair_absent"]
    council_session.hold(at, sat.session, dict.fromkeys(sat.members, ""))
    person.save(at, PersonDraft(dead, {"life_state": "dead", "life_state_on": "2026-03-08"}))
    sitting.severe(at, sat.hearings[1])
    late = VoteDraft(sat.hearings[1], Votes(6, 0, 6), "determined", ("mobility",), "severe")
    assert refused(hearing_vote.conclude, at, late) == ["hearing_dead"]
    application.withdraw(at, gone, "Gia đình rút đơn")
    application.died(at, died)
    application.take_up(at, gone, "rút nhầm, làm tiếp")
    assert step(office, gone) == "complete"
    last = sat.hearings[2]
    assert [one.id for one in council_session.page(at, sat.session).lines] == [last]
    sitting.severe(at, last)
    sitting.all_for(at, last)
    hearing_vote.reopen(at, last)
    bare = hearing.show(at, last)
    assert (bare.types, bare.degree, bare.voting, bare.votes) == ((), "", 0, Votes())
    sitting.all_for(at, last)
    council_session.close(at, sat.session, "16h")
    _is_heard_again_before_the_list_hangs(office, sat, left)


def _is_heard_again_before_the_list_hangs(office: Desk, sat: sitting.Sitting, file: str) -> None:
    at = office.minh
    notice.write(at, sat.session, "Bảng tin")
    notice.approve(office.hoa, sat.session)
    said = complaint.save(at, ComplaintDraft(file, {"complainant": "Bà Tư", "about": "Sai mức"}))
    complaint.answer(at, said, ComplaintAnswer("heard_again", "Hội đồng xem xét lại"))
    assert refused(notice.post, at, sat.session) == ["notice_empty"]
    again = sitting.planned(at, DAY, (file,))
    council_session.hold(at, again, dict.fromkeys(sat.members, ""))
    (one,) = (line.id for line in council_session.page(at, again).lines)
    hearing.record(at, SheetDraft(one, ("1.4",), scores=dict.fromkeys(sitting.SEVERE, 2)))
    sitting.all_for(at, one)
    council_session.close(at, again, "17h")
    assert refused(notice.post, at, sat.session) == ["notice_empty"]
    sitting.posted(office, again)
    hung = notice.of_session(at, again)
    assert hung and [line.degree for line in notice.public(hung)] == ["profound"]
    assert step(office, file) == "noticed"


def test_what_a_council_may_not_do(office: Desk) -> None:
    """Roles that lack are told and a person decides; who left votes no more; nobody is heard
    before applying or on a day to come; ten times "cannot tell" is no degree (Đ.2, Đ.3)."""
    at = office.minh
    _who, file = sitting.complete_file(at, "Chỉ Một Người", "2026-03-02")
    first = {"full_name": "Trần Văn Chủ", "position": "Chủ tịch", "valid_from": "5/1/2026",
             "council_role": ("chair",), "decision_number": "12/QĐ"}  # fmt: skip
    alone = council_member.save(office.hoa, MemberDraft(first))
    early = council_session.save(at, SessionDraft({"session_on": "1/3/2026", "place_kind": "home"}))
    put = PutDraft((file,))
    assert refused(council_calendar.put, at, early, put) == ["session_before_files"]
    made = sitting.planned(at, "2026-03-12", (file,))
    assert refused(council_session.hold, at, made, {alone: ""}) == ["session_ahead"]
    moved = SessionDraft({"session_on": "2026-02-20"}, made)
    assert refused(council_session.save, at, moved) == ["session_before_files"]
    council_session.save(at, SessionDraft({"session_on": DAY}, made))
    assert refused(council_session.hold, at, made, {alone: ""}, "", "x") == ["council_lacking"]
    why = "Xã mới lập, chưa kịp kiện toàn"
    council_session.hold(at, made, {alone: ""}, "", why)
    assert why in council_session.page(at, made).card.note
    (one,) = (line.id for line in council_session.page(at, made).lines)
    unknown = {str(number): "X" for number in range(1, 11)}
    hearing.record(at, SheetDraft(one, ("1.4",), scores=unknown))
    told = VoteDraft(one, Votes(1, 0, 1), "determined", ("mobility",), "profound",
                     departs_reason="Hội đồng thấy như vậy")  # fmt: skip
    assert refused(hearing_vote.conclude, at, told) == ["conclusion_not_recorded"]
    sitting.severe(at, one)
    letter = replace(told, departs_reason="x")
    assert refused(hearing_vote.conclude, at, letter) == ["departs_reason_missing"]
    council_member.retire(office.hoa, alone, "2026-03-01")
    assert refused(hearing_vote.conclude, at, told) == ["session_no_quorum"]
