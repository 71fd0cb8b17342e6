"""A certificate rests on the last word of its file, nobody holds two, and none is out of sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app.actions import (
    blank,
    certificate,
    certificate_desk,
    certificate_issue,
    certificate_opening,
    certificate_register,
    complaint,
    council_member,
    council_session,
    hearing,
    medical_referral,
    notice,
)
from app.rules import medical_board
from app.values.application import ComplaintAnswer, ComplaintDraft, MedicalDraft
from app.values.certificate import Issuing
from app.values.council import SheetDraft
from tests import desk, sitting
from tests.app.test_certificate import ISSUED, refused
from tests.certified import DAY, heard
from tests.desk import Desk

PAPER = {"certificate_number": "0007", "issued_on": "2014-01-02", "degree": "mild",
         "types": ("mobility",), "issued_by": "UBND xã Cát Hanh cũ"}  # fmt: skip
OLD = Issuing(collected_note="Giấy rách, đã nộp")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def written_anew(at: Desk, who: str, file: str) -> str:
    """The draft that is out of date goes, another is written: its id."""
    certificate.drop(at.minh, certificate.of_person(at.minh, who)[0].id, "Căn cứ đã khác")
    assert certificate.prepare_files(at.minh, [file]) == ()
    return certificate.of_person(at.minh, who)[0].id


def heard_again(at: Desk, file: str) -> None:
    """After a complaint the council hears the person again, and finds her profoundly disabled."""
    members = council_member.council(at.minh, ISSUED).members
    meeting = sitting.planned(at.minh, ISSUED, (file,))
    council_session.hold(at.minh, meeting, {one.id: "" for one in members})
    (line,) = council_session.page(at.minh, meeting).lines
    hearing.record(at.minh, SheetDraft(line.id, type_signs=("1.4",)))
    hearing.record(at.minh, SheetDraft(line.id, scores={str(one): 2 for one in range(1, 11)}))
    sitting.all_for(at.minh, line.id)
    council_session.close(at.minh, meeting, "16h")
    sitting.posted(at, meeting)


def board_said_mild(at: Desk, who: str, file: str) -> None:
    told = dict.fromkeys(medical_board.NEEDS["disagreement"], "x")
    told["medical_board_reason"] = "disagreement"
    sent = medical_referral.refer(at.minh, MedicalDraft(who, told, application_id=file))
    medical_referral.send(at.minh, sent, "2026-03-12")
    assert [one.code for one in certificate.prepare_files(at.minh, [file])] != []
    said = {"minutes_on": "2026-03-16", "minutes_number": "5", "received_on": "2026-03-17",
            "conclusion": "determined", "types": ("mobility",), "degree": "mild"}  # fmt: skip
    medical_referral.result(at.minh, sent, said)


def test_a_draft_that_is_out_of_date_is_not_issued(office: Desk) -> None:
    """Đ.6, Đ.7: after a second hearing, after the medical board, after a paper certificate was
    found, the draft from before holds no more: it is written anew from the last word."""
    called = heard(office, "Nguyễn Thị Mận", "Trần Văn Tám", "Lê Thị Na")
    (again, first), (sent, second), (held, third) = called
    at = sitting.on(office, ISSUED)
    assert certificate.prepare_files(at.minh, [first, second, third]) == ()
    certificate_opening.say_opening(at.lan, {"first_number": 1})
    drafts = {who: certificate.of_person(at.minh, who)[0].id for who, _file in called}

    told = ComplaintDraft(first, {"complainant": "Nguyễn Thị Mận", "about": "sai mức"})
    complaint.answer(
        at.minh, complaint.save(at.minh, told), ComplaintAnswer("heard_again", "Họp lại")
    )
    assert refused(certificate_issue.issue, at.hoa, drafts[again]) == ["certificate_basis_open"]
    heard_again(at, first)
    assert refused(certificate_issue.issue, at.hoa, drafts[again]) == ["certificate_basis_newer"]
    made = written_anew(at, again, first)
    certificate_issue.issue(at.hoa, made)
    assert certificate.show(at.minh, made).text("degree") == "profound"

    board_said_mild(at, sent, second)
    assert refused(certificate_issue.issue, at.hoa, drafts[sent]) == ["certificate_basis_newer"]
    made = written_anew(at, sent, second)
    certificate_issue.issue(at.hoa, made)
    assert certificate.show(at.minh, made).text("degree") == "mild"

    paper = certificate_opening.take_over(at.minh, held, PAPER)
    assert refused(certificate_issue.issue, at.hoa, drafts[held]) == ["certificate_two_valid"]
    made = written_anew(at, held, third)
    same = Issuing(number="0007", collected_note="Đã nộp")
    assert refused(certificate_issue.issue, at.hoa, made, same) == ["certificate_number_taken"]
    certificate_issue.issue(at.hoa, made, OLD)
    states = {card.id: card.state for card in certificate.of_person(at.minh, held)}
    assert (states[paper], states[made]) == ("superseded", "valid")
    number = certificate.show(at.minh, made).text("certificate_number")
    book = PAPER | {"certificate_number": number, "certificate_state": "superseded"}
    certificate_opening.take_over(at.minh, again, book)
    assert [one.value for one in certificate.clashes(at.minh)] == [number]
    assert len(certificate_register.rows(at.minh, year=2026)) == 3

    late = PAPER | {"certificate_number": "0008", "issued_on": ISSUED}
    other = sitting.complete_file(at.minh, "Đỗ Thị Lan", ISSUED)[0]
    assert refused(certificate_opening.take_over, at.minh, other, late) == ["certificate_paper_now"]
    assert certificate_opening.take_over(at.hoa, other, late)

    twin = sitting.complete_file(at.minh, "Đỗ Thị Lan Anh", ISSUED, birth="2010")[0]
    typed = PAPER | {"issued_on": "2012", "certificate_number": "0008"}
    assert refused(certificate_opening.take_over, at.minh, twin, typed | {"issued_on": "2009"}) == [
        "certificate_on_paper_double"
    ]
    noted = typed | {"certificate_note": "Sổ giấy ghi hai người cùng số 0008"}
    early = noted | {"issued_on": "2009-12-31"}
    assert refused(certificate_opening.take_over, at.minh, twin, early) == [
        "certificate_before_birth"
    ]
    assert certificate_opening.take_over(at.minh, twin, noted)


def test_who_is_left_out_of_the_public_list_waits_for_her_certificate_like_others(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A minor whom the chair leaves out is offered once the notice hangs; files that the council
    has yet to hear do not crowd her out; a lot is written down without a question per blank."""
    monkeypatch.setattr(certificate_desk, "SHOWN_MAX", 1)
    for name in ("Võ Văn Một", "Võ Văn Hai"):
        sitting.complete_file(office.minh, name, "2026-02-02")
    _who, file = sitting.complete_file(office.minh, "Bé Sen", "2026-03-02", birth="2015-03-12")
    meeting = sitting.held(office, DAY, (file,))
    (one,) = meeting.hearings
    sitting.severe(office.minh, one)
    sitting.all_for(office.minh, one)
    council_session.close(office.minh, meeting.session, "16h")
    notice.write(office.minh, meeting.session, "Trụ sở")
    notice.decide(office.hoa, meeting.session, {one: "left_out"})
    notice.approve(office.hoa, meeting.session)
    assert certificate_desk.to_issue(office.minh) == ()
    notice.post(office.minh, meeting.session)
    assert [line.name for line in certificate_desk.to_issue(office.minh)] == ["Bé Sen"]
    assert certificate.prepare_files(office.minh, [file]) == ()
    assert [line.waits for line in certificate_desk.to_issue(office.minh)] == [True]

    asked: list[str] = []

    def note(*told: Any) -> None:
        asked.append(str(told[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert blank.receive(office.minh, "A0001", "A0600") == 600
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith("SELECT blank.id")]) == 2
