"""Open files that lie on paper go on here to their certificate, their minutes as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    application,
    application_desk,
    certificate,
    certificate_basis,
    certificate_desk,
    certificate_issue,
    certificate_opening,
    coming,
    council_calendar,
    hearing_paper,
    medical_referral,
    person,
)
from app.values.application import ApplicationDraft, MedicalDraft
from app.values.certificate import CertificateDraft, Issuing, Revocation
from app.values.council import PaperHearing
from tests import desk, sitting
from tests.app.test_application import _until, moved, on, refused, taken_in
from tests.desk import Desk, typed

DAY = "2026-03-20"
SAID = {"conclusion": "determined", "types": ("mobility",), "degree": "severe"}
MINUTES = SAID | {"heard_on": "2026-03-05", "minutes_on": "2026-03-05", "minutes_number": "5"}
BOARD = SAID | {"minutes_on": "2026-03-06", "minutes_number": "9", "received_on": "2026-03-10"}


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def of_the_book(at: Desk, name: str, step: str) -> tuple[str, str]:
    """Somebody with an open file of paper at a step: person and file."""
    who = person.save(at.minh, typed(name=name, birth="1971-03-12")).id
    return who, file_of(at, who, step)


def file_of(at: Desk, who: str, step: str) -> str:
    told = {"application_kind": "new", "origin": "paper", "paper_step": step}
    return application.save(
        at.minh,
        ApplicationDraft(who, told | {"received_on": "2026-02-20", "concluded_on": "2026-03-05"}),
    )


def drafted(at: Desk, who: str, file: str) -> tuple[str, str]:
    assert certificate.prepare_files(at.minh, [file]) == ()
    (card,) = certificate.of_person(at.minh, who)
    return card.text("basis"), card.text("basis_number")


def test_minutes_of_paper_find_their_file_whichever_is_entered_first(office: Desk) -> None:
    at = office
    who, file = of_the_book(at, "Trần Thị Giấy", "noticed")
    old = MINUTES | {"heard_on": "2019-05-05", "minutes_on": "2019-05-05", "minutes_number": "1"}
    hearing_paper.save(at.minh, PaperHearing(who, old))
    (lacks,) = certificate.prepare_files(at.minh, [file])
    assert lacks.code == "certificate_no_basis", "minutes of an earlier file are not this one's"
    minutes = hearing_paper.save(at.minh, PaperHearing(who, MINUTES))
    assert drafted(at, who, file) == ("council", "5")

    assert [one.name for one in certificate_desk.to_issue(at.minh)] == ["Trần Thị Giấy"]
    other = person.save(at.minh, typed(name="Lê Văn Sổ", birth="1960")).id
    hearing_paper.save(at.minh, PaperHearing(other, MINUTES | {"minutes_number": "6"}))
    theirs_too = file_of(at, other, "concluded")
    ready = [one for one in certificate_desk.to_issue(at.minh) if not one.waits]
    assert [one.name for one in ready] == ["Lê Văn Sổ"]
    assert drafted(at, other, theirs_too) == ("council", "6")
    third = person.save(at.minh, typed(name="Lê Văn Không", birth="1960")).id
    none = MINUTES | {
        "minutes_number": "8",
        "conclusion": "not_disabled",
        "types": (),
        "degree": "",
    }
    hearing_paper.save(at.minh, PaperHearing(third, none))
    file_of(at, third, "noticed")
    assert not [one for one in certificate_desk.to_issue(at.minh) if not one.waits]
    theirs = CertificateDraft(other, "council", hearing_id=minutes, application_id=file)
    with at.minh.db.read() as session:
        assert refused(certificate_basis.demand_theirs, session, theirs) == ["application_unknown"]


@pytest.mark.parametrize("step", ["scheduled", "heard"])
def test_a_file_of_paper_that_waits_for_its_council_goes_on(office: Desk, step: str) -> None:
    """By the minutes that come in, or back among the complete ones, for a session that is held
    here. A paper book begins its numbers anew each year."""
    at = office
    who, file = of_the_book(at, "Trần Thị Chờ", step)
    old = MINUTES | {"heard_on": "2025-05-05", "minutes_on": "2025-05-05"}
    hearing_paper.save(at.minh, PaperHearing(who, old))
    assert application_desk.show(at.minh, file).step == step
    hearing_paper.save(at.minh, PaperHearing(who, MINUTES))
    assert application_desk.show(at.minh, file).step == "concluded"
    assert drafted(at, who, file) == ("council", "5")

    _who, other = of_the_book(at, "Lê Thị Lại", step)
    council_calendar.take_file_out(at.minh, other, "họp trên phần mềm")
    assert application_desk.show(at.minh, other).step == "complete"
    assert refused(council_calendar.take_file_out, at.minh, other, "nữa") == ["hearing_unknown"]


def test_a_file_of_paper_at_the_board_goes_on_by_the_boards_minutes(office: Desk) -> None:
    at = office
    who, file = of_the_book(at, "Lê Thị Chờ", "medical_board")
    sent = {"medical_board_reason": "inconclusive", "findings": "đi lại khó"}
    assert refused(medical_referral.save, at.minh, MedicalDraft(who, sent)) == ["required"]
    made = medical_referral.save(at.minh, MedicalDraft(who, sent | {"sent_on": "2026-03-06"}))
    assert application_desk.show(at.minh, file).clock.due == "2026-05-08"
    medical_referral.result(at.minh, made, BOARD)
    assert application_desk.show(at.minh, file).step == "board_concluded"
    assert drafted(at, who, file) == ("medical_board", "9")

    second, theirs = of_the_book(at, "Lê Thị Xong", "medical_board")
    medical_referral.save(at.minh, MedicalDraft(second, BOARD))
    assert application_desk.show(at.minh, theirs).step == "board_concluded"
    assert drafted(at, second, theirs) == ("medical_board", "9")
    certificate_opening.say_opening(at.lan, {"first_number": 1})
    (draft,) = certificate.of_person(at.minh, second)
    certificate_issue.issue(at.hoa, draft.id, Issuing(aware=True, aware_reason="Hồ sơ giấy"))
    (board,) = medical_referral.of_person(at.minh, second)
    changed = MedicalDraft(second, {"degree": "mild"}, id=board.id)
    assert refused(medical_referral.save, at.minh, changed) == ["board_issued"]


def test_what_the_council_concludes_now_is_no_minutes_of_paper(office: Desk) -> None:
    """Who enters cannot write a conclusion past the votes; who approves may, by the paper."""
    at = office
    who, _file = of_the_book(at, "Trần Thị Nay", "noticed")
    sitting.held(
        at, "2026-03-10", (sitting.complete_file(at.minh, "Ngô Văn Họp", "2026-03-02")[1],)
    )
    now = PaperHearing(who, MINUTES | {"heard_on": "2026-03-10", "minutes_on": "2026-03-10"})
    assert refused(hearing_paper.save, at.minh, now) == ["hearing_paper_now"]
    hearing_paper.save(at.minh, PaperHearing(who, MINUTES))
    hearing_paper.save(at.hoa, PaperHearing(who, dict(now.fields) | {"minutes_number": "7"}))


def test_a_certificate_is_to_be_revoked_once_a_later_file_finds_no_disability(
    office: Desk,
) -> None:
    minh = on(office.minh, "2026-03-02")
    file = taken_in(minh, who={"name": "Bùi Văn Khỏi", "birth": "1960"})
    who = application_desk.show(minh, file).person_id
    paper = {"certificate_number": "12", "issued_on": "2014-01-02", "degree": "mild"}
    held = certificate_opening.take_over(minh, who, paper | {"types": ("mobility",)})
    application.complete(minh, file)
    moved(minh, "schedule", file)
    moved(minh, "conclude", file, "2026-03-02")
    application.tell_not_disabled(minh, file)

    def told() -> list[tuple[str, str | None]]:
        found = coming.dues(minh, _until("2026-03-31")).dues
        return [(one.on, one.detail) for one in found if one.ref.kind == "certificate_revoke"]

    assert told() == [("2026-03-09", "12")]
    boss = on(office.hoa, "2026-03-03")
    taken = {"by": "UBND xã", "decision": "9/QĐ", "on": "2026-03-03", "collected_on": "2026-03-03"}
    certificate_issue.revoke(boss, held, Revocation("không còn khuyết tật", **taken, own="keep",
                                                    own_reason="chờ hồ sơ mới"))  # fmt: skip
    assert told() == []
