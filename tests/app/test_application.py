"""The file of an application: its way by kind and reason, its steps, its clock in working days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.actions import (
    application,
    application_desk,
    application_moves,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    coming,
    complaint,
    council_session,
    finding,
    hearing,
    medical_referral,
    merge,
    person,
    receipt_number,
    settings,
)
from app.actions.application_desk import show
from app.errors import Refused
from app.rules import application as rules
from app.rules import medical_board
from app.values.application import (
    ApplicationDraft,
    ApplicationsFilter,
    ComplaintAnswer,
    ComplaintDraft,
    MedicalDraft,
)
from app.values.certificate import Issuing, Replacing
from app.values.coming import DuesFilter
from app.values.council import SheetDraft
from app.workspace import Workspace
from data import deadlines, file_moves
from tests import desk, sitting
from tests.desk import Desk, typed


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = desk.at(tmp_path_factory.mktemp("application") / "home")
    settings.change(on(opened.lan, "2026-01-02"), {"receipt_block": "1-500"})
    yield opened
    opened.close()


def on(ws: Workspace, day: str) -> Workspace:
    """The same user at noon of a day."""
    at = datetime.fromisoformat(f"{day}T05:00:00").replace(tzinfo=UTC)
    return replace(ws, clock=lambda: at)


def refused(action: Callable[..., Any], *args: Any) -> list[str]:
    with pytest.raises(Refused) as told:
        action(*args)
    return [one.code for one in told.value.problems]


def taken_in(ws: Workspace, **values: Any) -> str:
    """Somebody new applies for the first time."""
    who = person.save(ws, typed(**values.pop("who", {}))).id
    return application.save(ws, ApplicationDraft(who, {"application_kind": "new"} | values))


def moved(ws: Workspace, name: str, *args: str) -> None:
    """What the council or the certificate does to a file, in a transaction of its own."""
    with ws.db.write(ws.author()) as session:
        getattr(application_moves, name)(ws, session, *args)


AWARE = Issuing(aware=True, aware_reason="Gia đình chờ giấy")
AGAIN = {"take_up", "refer", "hear_again"}
"""How a file that ended may go on: a mistake, the medical board, a complaint that is right."""

PATHS = [
    ("new", "", "council"),
    ("redetermination", "", "council"),
    ("reissue", "changed", "council"),
    ("reissue", "reached_6", "council"),
    ("reissue", "lost", "store"),
    ("exchange", "wrong_data", "store"),
    ("exchange", "damaged", "store"),
]


@pytest.mark.parametrize(("kind", "reason", "path"), PATHS)
def test_every_kind_and_reason_has_its_way_and_each_step_leads_on_to_its_end(
    kind: str, reason: str, path: str
) -> None:
    """TT 01/2019/TT-BLĐTBXH Đ.5, Đ.6, Đ.9; Luật 51/2010/QH12 Đ.15, Đ.18, Đ.20."""
    found = file_moves.path(kind, reason, "2026-03-02")
    assert found is not None and found.path == path
    line = rules.line(path, at_board=False)
    for before, after in zip(line, line[1:], strict=False):
        assert after in [one.target for one in file_moves.possible(before, path, "2026-03-02")]
    reached = {rules.RECEIVED}
    for _ in range(12):
        steps = [file_moves.possible(one, path, "2026-03-02") for one in reached]
        reached |= {one.target for moves in steps for one in moves}
    council_only = {"scheduled", "heard", "concluded", "noticed", "medical_board"}
    assert council_only <= reached if path == "council" else not council_only & reached
    assert all(one.right == "approve" for one in _moves("issue", path))
    assert not [one for one in rules.ENDED if _moves_from(one, path) - AGAIN]


def _moves(name: str, path: str) -> list[file_moves.Move]:
    found = file_moves.move(name, path, "2026-03-02")
    return [found] if found is not None else []


def _moves_from(step: str, path: str) -> set[str]:
    return {one.move for one in file_moves.possible(step, path, "2026-03-02")}


def test_every_span_of_the_circulars_is_dated_data_and_old_conclusions_are_read_by_the_decree() -> (
    None
):
    told = {
        one: deadlines.working_days(one, "2026-03-02").amount
        for one in (
            *("file_council", "file_issue", "file_from_store", "file_after_board", "complaint"),
            *("board_sending", "board_forwarding", "board_exam", "board_minutes"),
        )
    }
    assert list(told.values()) == [20, 5, 5, 5, 5, 3, 2, 30, 10]
    # NĐ 28/2012/NĐ-CP Đ.4 k.3: ≥ 81 %, 61-80 %, < 61 %, or what care is needed.
    read = {loss: medical_board.converted(loss, "") for loss in (100, 81, 80, 61, 60, 0)}
    assert list(read.values()) == ["profound"] * 2 + ["severe"] * 2 + ["mild"] * 2
    cares = ("none", "partly", "able")
    assert [medical_board.converted(None, one) for one in cares] == ["profound", "severe", "mild"]
    assert medical_board.converted(85, "able") is None, "unclear: the council decides"
    assert medical_board.converted(None, "") is None
    assert medical_board.is_old("2012-05-31") and not medical_board.is_old("2012-06-01")
    assert not medical_board.is_old("2012") and medical_board.is_old("2012-05")
    # TTLT 34/2012: five years, three for who was under six; where the year cannot tell, nothing.
    valid = medical_referral.proposed_validity
    assert valid("1980", "2026-03-02") == "2031-03-02"
    assert valid("2020-03-03", "2026-03-02") == "2029-03-02"
    assert valid("2020-03-02", "2026-03-02") == "2031-03-02"
    assert valid("2020", "2026-03-02") is None and valid("1980", "2010-03-02") is None
    assert valid("1980", "2024-02-29") == "2029-02-28"


def test_a_file_goes_from_the_paper_to_the_certificate_and_its_clock_with_it(office: Desk) -> None:
    minh = on(office.minh, "2026-02-02")
    guardian = {"rep_name": "Nguyễn Văn Tư", "rep_relation": "bố"}
    file = taken_in(minh, who=guardian | {"name": "Trần Bé", "birth": "2022-05-04"})
    first = show(minh, file)
    assert first.fields["receipt_number"] == "0001-0/2026"
    assert first.fields["rep_name"] == "Nguyễn Văn Tư"
    assert refused(receipt_number.give, minh, file) == ["application_numbered"]
    bare = on(office.minh, "2025-12-01")  # the block of numbers holds since January
    unnumbered = taken_in(bare, who={"name": "Phạm Văn Hai"})
    assert refused(receipt_number.give, bare, unnumbered) == ["application_no_block"]
    assert receipt_number.give(minh, unnumbered) == "0002-0/2026"
    application.remove(minh, unnumbered, "nhập nhầm")
    # Twenty working days over Tết of 2026, and five more for the certificate.
    assert (first.clock.due, first.clock.total) == ("2026-03-09", 20)
    assert first.fields["appointment_on"] == "2026-03-16"
    assert first.lacks == ("form_01", "birth_certificate", "rep_identity")
    asked = ("birth_certificate", "rep_identity")
    application.ask_missing(on(minh, "2026-02-04"), file, asked, "mang bản chính")
    waits = show(minh, file)
    assert (waits.step, waits.clock.stopped, waits.clock.due) == ("missing", "missing", "")
    again = on(minh, "2026-02-05")
    assert refused(application.ask_missing, again, file, asked) == ["application_asked_once"]
    application.complete(on(minh, "2026-02-23"), file)
    whole = show(on(minh, "2026-03-24"), file)
    assert set(asked) <= set(whole.fields["papers_shown"])  # type: ignore[call-overload]
    assert (whole.clock.since, whole.clock.due) == ("2026-02-23", "2026-03-23")
    assert (whole.clock.day, whole.clock.late) == (21, 1), "day 21 of 20: one day late"
    assert refused(moved, minh, "issue", file) == ["application_not_now"]
    council = on(minh, "2026-03-11")
    for step in ("schedule", "hear", "adjourn", "schedule"):
        moved(council, step, file)
    moved(council, "conclude", file, "2026-03-10")
    moved(council, "post", file)
    posted = show(on(minh, "2026-03-11"), file)
    assert (posted.step, posted.clock.due) == ("noticed", "2026-03-17"), "5 days from the minutes"
    assert "issue" not in [one.name for one in posted.moves], "not by who only enters"
    assert refused(moved, minh, "issue", file) == ["not_allowed"]
    moved(on(office.hoa, "2026-03-17"), "issue", file, "2026-03-17")
    ended = show(minh, file)
    assert (ended.step, ended.clock.due) == ("issued", "")
    assert refused(application.withdraw, minh, file, "đổi ý") == ["application_not_now"]


def test_one_file_at_a_time_with_its_reason_and_what_is_refused_says_why(office: Desk) -> None:
    minh = on(office.minh, "2026-03-02")
    file = taken_in(minh, who={"name": "Lê Thị Sáu"})
    who = show(minh, file).person_id
    draft = ApplicationDraft(who, {"application_kind": "exchange"})
    assert refused(application.save, minh, draft) == ["application_reason"]
    draft = ApplicationDraft(who, {"application_kind": "exchange", "application_reason": "damaged"})
    assert refused(application.save, minh, draft) == ["application_open"]
    assert refused(application.withdraw, minh, file, " ") == ["reason_needed"]
    application.withdraw(minh, file, "gia đình đổi ý")
    swift = application.save(minh, draft)
    told = show(minh, swift)
    assert (told.path, told.clock.due, told.fields["appointment_on"]) == (
        "store",
        "2026-03-09",
        "2026-03-09",
    )
    application.complete(minh, swift)
    assert refused(moved, minh, "schedule", swift) == ["application_not_now"]
    assert refused(application.take_up, minh, file, "nhầm") == ["application_open"]
    application.died(minh, swift, on="2026-03-02")
    application.take_up(minh, file, "người nhà xin làm tiếp")
    assert show(minh, file).step == "received"
    changed = ApplicationDraft(who, {"file_step": "issued"}, file)
    assert refused(application.save, minh, changed) == ["application_by_step"]
    early = ApplicationDraft(who, {"received_on": "2026-03-02", "school_asked_on": "2026-03-01"},
                             file)  # fmt: skip
    assert refused(application.save, minh, early) == ["days_reversed"]
    marks = ApplicationDraft(who, {"declared_signs": "9.9", "declared_abilities": "012"}, file)
    assert refused(application.save, minh, marks) == ["application_sign", "application_marks"]
    declared = {"declared_signs": "2.3, 1.1", "declared_abilities": "0012x0000-"}
    application.save(minh, ApplicationDraft(who, declared, file))
    signs, abilities = (show(minh, file).fields[name] for name in declared)
    assert (signs, abilities) == ("1.1 2.3", "0 0 1 2 X 0 0 0 0 -")
    counted = application_desk.counts(on(minh, "2026-03-30"))
    assert counted.steps["received"] == 1 and (counted.late, counted.due_today) == (0, 1)
    assert application_desk.counts(on(minh, "2026-03-31")).late == 1
    asked = ApplicationsFilter(due=True)
    assert [one.id for one in application_desk.listing(on(minh, "2026-03-31"), asked).cards] == [
        file
    ]
    kinds = [one.ref.kind for one in coming.dues(minh, _until("2026-03-31")).dues]
    assert kinds.count("file_step") == 1
    application.remove(minh, file, "nhập nhầm")


def _until(day: str) -> DuesFilter:
    return DuesFilter(day, worker=None)


def test_a_complaint_has_its_clock_and_the_board_decides_where_the_council_could_not(
    office: Desk,
) -> None:
    minh = on(office.minh, "2026-03-02")
    file = taken_in(minh, who={"name": "Bùi Văn Chín", "birth": "1960"})
    who = show(minh, file).person_id
    said = {"complainant": "Bùi Thị Mười", "about": "nói chưa đúng mức độ"}
    early = ComplaintDraft(file, said)
    assert refused(complaint.save, minh, early) == ["complaint_early"]
    application.complete(minh, file)
    moved(minh, "schedule", file)
    moved(minh, "conclude", file, "2026-03-02")
    moved(minh, "post", file)
    heard = complaint.save(minh, early)
    (card,) = complaint.of_application(on(minh, "2026-03-10"), file)
    assert (card.fields["due_on"], card.late) == ("2026-03-09", 1)
    due = coming.dues(minh, _until("2026-03-31")).dues
    assert "complaint_answer" in [one.ref.kind for one in due]
    complaint.answer(minh, heard, ComplaintAnswer("heard_again", "Hội đồng xem xét lại"))
    assert show(minh, file).step == "complete"
    moved(minh, "schedule", file)
    moved(minh, "conclude", file, "2026-03-04")
    why = {"medical_board_reason": "disagreement", "findings": "đi lại khó"}
    lacking = MedicalDraft(who, why, file)
    assert refused(medical_referral.refer, minh, lacking) == ["board_lacks"]
    sent = medical_referral.refer(minh, MedicalDraft(who, why | {"disagreement": "nặng hơn"}, file))
    waits = show(minh, file)
    assert (waits.step, waits.clock.due, waits.clock.total) == ("medical_board", "2026-03-05", 3)
    medical_referral.send(minh, sent, "2026-03-02", "12/GT-UBND")
    assert (show(minh, file).clock.total, show(minh, file).clock.due) == (42, "2026-05-04")
    minutes = {"minutes_number": "7/BB", "minutes_on": "2026-03-02", "conclusion": "determined"}
    assert refused(medical_referral.result, minh, sent, minutes) == ["board_degree"]
    told = minutes | {"types": ("mobility",), "degree": "severe"}
    medical_referral.result(minh, sent, told)
    found = show(minh, file)
    assert (found.step, found.clock.due) == ("board_concluded", "2026-03-09")
    (board,) = medical_referral.of_application(minh, file)
    assert board.fields["valid_until"] == "2031-03-02" and not board.over
    assert refused(medical_referral.result, minh, sent, told) == ["board_over"]


def test_what_lies_on_paper_comes_as_it_stands_and_everything_follows_a_merger(
    office: Desk,
) -> None:
    minh = on(office.minh, "2026-06-01")
    paper = {
        "application_kind": "new", "origin": "paper", "paper_step": "noticed",
        "received_on": "2026-05-04", "completed_on": "2026-05-06", "concluded_on": "2026-05-25",
        "receipt_number": "214/TN-2026",
    }  # fmt: skip
    who = person.save(minh, typed(name="Đinh Văn Bảy", birth="1950")).id
    dayless = ApplicationDraft(who, paper | {"concluded_on": ""})
    assert refused(application.save, minh, dayless) == ["required"], "the clock runs from that day"
    gone = paper | {"paper_step": "issued"}
    assert refused(application.save, minh, ApplicationDraft(who, gone)) == [
        "application_step_ended"
    ]
    file = application.save(minh, ApplicationDraft(who, paper))
    told = show(minh, file)
    assert (told.step, told.clock.due, told.clock.late) == ("noticed", "2026-06-01", 0)
    assert told.lacks == () and told.fields["appointment_on"] is None
    following = taken_in(minh, who={"name": "Cao Thị Tám"})
    assert show(minh, following).fields["receipt_number"] == "0215-0/2026", "after the paper book"
    numbers = [(one.kind, one.title, one.id) for one in finding.find(minh, "0215-0").papers]
    assert numbers == [("receipt", "0215-0/2026", following)]
    assert [one.title for one in finding.find(minh, "214/tn").papers] == ["214/TN-2026"]
    assert finding.find(minh, "15-0").papers == (), "by its beginning alone"
    old = {"minutes_on": "2011-08-09", "loss_percent": "72", "board": "HĐGĐYK tỉnh Bình Định"}
    minutes = medical_referral.save(minh, MedicalDraft(who, old))
    (board,) = medical_referral.of_person(minh, who)
    assert (board.proposed, board.article) == ("severe", "NĐ 28/2012/NĐ-CP Đ.4 k.3")
    said = {"complainant": "người nhà", "about": "chưa đúng"}
    complained = complaint.save(minh, ComplaintDraft(file, said))
    twin = person.save(minh, typed(name="Đinh Văn Bảy", birth="1950", hamlet="Tân Hòa")).id
    done = merge.merge(minh, twin, who)
    assert [one.id for one in application_desk.of_person(minh, twin)] == [file]
    assert show(minh, file).person_id == twin
    assert [one.id for one in medical_referral.of_person(minh, twin)] == [minutes]
    merge.unmerge(minh, done.id)
    assert application_desk.of_person(minh, twin) == ()
    merge.merge(minh, twin, who)
    later = taken_later(minh, twin, file)
    complaint.save(minh, ComplaintDraft(later, said | {"origin": "paper"}))
    merge.unmerge(minh, who, give=(later,))
    assert [one.person_id for one in complaint.of_application(minh, later)] == [who]
    assert {one.id for one in application_desk.of_person(minh, who)} == {file, later}
    person.remove(minh, who, "nhập nhầm")
    listed = [one.id for one in application_desk.listing(minh, ApplicationsFilter()).cards]
    assert file not in listed
    assert complained not in [one.id for one in complaint.open_ones(minh)]


def taken_later(ws: Workspace, who: str, before: str) -> str:
    """Another file, written on the record that is left over."""
    application.withdraw(ws, before, "thôi")
    return application.save(ws, ApplicationDraft(who, {"application_kind": "redetermination"}))


def test_a_child_of_six_is_named_unless_the_sheet_has_an_exempt_sign(office: Desk) -> None:
    """TT 01/2019/TT-BLĐTBXH Đ.9: the five signs of Mẫu 02 mục IV need no new certificate."""
    at = sitting.on(office, "2026-03-10")
    exempt, anew, year_only = "Đỗ Thị Một", "Đỗ Thị Hai", "Đỗ Thị Ba"
    births = {exempt: "2020-03-20", anew: "2020-03-20", year_only: "2020"}
    files = [
        sitting.complete_file(at.minh, name, "2026-03-02", birth=birth)
        for name, birth in births.items()
    ]
    known = {"form": "02", "form_reason": "Gia đình nói chưa đủ sáu tuổi"}
    meeting = sitting.held(at, "2026-03-10", tuple(file for _who, file in files))
    for one, sign in zip(meeting.hearings, ("1.1", "2.2", "2.2"), strict=True):
        why = known if one == meeting.hearings[2] else {}
        sheet = SheetDraft(one, type_signs=("1.1",), degree_signs=(sign,), **why)
        assert hearing.record(at.minh, sheet).form == "02"
        sitting.all_for(at.minh, one)
    council_session.close(at.minh, meeting.session, "16h")
    sitting.posted(at, meeting.session)
    told = sitting.on(office, "2026-03-18")
    said = {"complainant": "Bà Tư", "about": "Cháu nhẹ hơn"}
    heard = [files[1][1]] * 2
    for day, file in zip(("2026-03-10", "2026-03-18"), heard, strict=True):
        complaint.save(told.minh, ComplaintDraft(file, said | {"received_on": day}))
    posting = [one.posting for one in complaint.of_application(told.minh, heard[0])]
    assert posting == ["after", "during"]
    assert certificate.prepare_files(told.minh, [file for _who, file in files]) == ()
    certificate_opening.say_opening(told.lan, {"first_number": 1})
    drafts = [certificate.of_person(told.hoa, who)[0].id for who, _file in files]
    assert len(certificate_issue.issue_many(told.hoa, drafts, AWARE)[0]) == 3
    dues = coming.dues(told.minh, _until("2026-03-31")).dues
    assert [one.person_name for one in dues if one.ref.kind == "six_years"] == [anew]
    dues = coming.dues(told.minh, _until("2026-12-31")).dues
    told_of = {one.person_name: one.on for one in dues if one.ref.kind == "six_years"}
    assert show(told.minh, files[0][1]).hangs == ("2026-03-10", "2026-03-17")
    assert told_of == {anew: "2026-03-20", year_only: "2026-12-31"}, "six that day at the latest"
    for (_who, _file), old in zip(files, drafts, strict=True):
        lost = certificate_exchange.ask(told.minh, old, Replacing("lost"))
        certificate_issue.issue(told.hoa, lost, AWARE)
    dues = coming.dues(told.minh, _until("2026-03-31")).dues
    assert [one.person_name for one in dues if one.ref.kind == "six_years"] == [anew]
