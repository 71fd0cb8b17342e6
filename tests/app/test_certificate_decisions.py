"""What only a person decides about a certificate: doubts, a clash, what becomes of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import workspace
from app.actions import (
    approval,
    blank,
    certificate,
    certificate_desk,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_print,
    certificate_redraw,
    certificate_settle,
    complaint,
    merge,
    person,
    user,
)
from app.values.application import ComplaintDraft
from app.values.certificate import Issuing, Replacing, Revocation, Settling
from app.values.user import UserDraft
from tests import desk, sitting
from tests.app.test_certificate import ISSUED, refused
from tests.certified import DAY, heard
from tests.desk import PASSWORD, Desk

TAKEN = Revocation("Sai mức độ", "Sở Y tế", "15/QĐ", ISSUED, collected_note="Đi xa")
PAPER = {"issued_on": "2014-06-03", "degree": "mild", "types": ("vision",),
         "issued_by": "UBND xã Cát Hanh"}  # fmt: skip


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def taken_over(at: Desk, name: str, number: str, **more: object) -> tuple[str, str]:
    """Somebody of the book with a certificate from paper: person and certificate."""
    who = person.save(at.minh, desk.typed(name=name)).id
    paper = PAPER | {"certificate_number": number} | more
    return who, certificate_opening.take_over(at.minh, who, paper)


def test_doubts_are_told_before_and_who_went_on_stands_on_the_certificate(office: Desk) -> None:
    """A complaint nobody answered is a mark in the list of those waiting; a whole session goes out
    at once, with a tick for each that has a doubt, and one reason that stays with it."""
    (who, file), (_other, second) = heard(office, "Nguyễn Thị Mận", "Trần Văn Tám")
    at = sitting.on(office, ISSUED)
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    assert certificate.prepare_files(at.minh, [file, second]) == ()
    told = {"complainant": "Nguyễn Văn Con", "about": "degree", "received_on": "2026-03-17"}
    complaint.save(at.minh, ComplaintDraft(file, told))
    marks = {one.name: one.doubts for one in certificate_desk.to_issue(at.hoa)}
    assert marks == {
        "Nguyễn Thị Mận": ("khiếu nại nhận 17/03/2026 chưa trả lời",), "Trần Văn Tám": (),
    }  # fmt: skip
    ids = [one.draft for one in certificate_desk.to_issue(at.hoa)]
    silent = refused(certificate_issue.issue, at.hoa, ids[0], Issuing(aware=True))
    assert silent == ["certificate_aware_reason"]
    numbers, problems = certificate_issue.issue_many(at.hoa, ids)
    assert (len(numbers), [one.code for one in problems]) == (1, ["certificate_open_complaint"])
    act = Issuing(aware_reason="Đã hẹn trả lời tuần sau")
    assert certificate_issue.issue_many(at.hoa, [ids[0]], act, [ids[0]]) == (("218711238",), ())
    card = certificate.show(at.minh, ids[0])
    assert [card.text(f"aware_{one}") for one in ("of", "by", "reason")] == [
        "khiếu nại nhận 17/03/2026 chưa trả lời", "Trần Thị Hoa", "Đã hẹn trả lời tuần sau",
    ]  # fmt: skip
    assert not certificate.show(at.minh, ids[1]).text("aware_of")
    blank.receive(at.minh, "A000101", "A000110")
    certificate_print.on_blank(at.hoa, ids[0], "A000101")
    with pytest.raises(Exception, match=f"218711238 của Nguyễn Thị Mận.*reprint {ids[0]}"):
        blank.spoil(at.minh, "A000101", "Nhòe mực")

    revoking_decides_of_the_record(at, who, ids[0])


def revoking_decides_of_the_record(at: Desk, who: str, made: str) -> None:
    """Type and degree stay, or are cleared once somebody else approves; nothing by itself."""
    assert refused(certificate_issue.revoke, at.hoa, made, TAKEN) == ["certificate_own_needed"]
    for own, code in (("standing", "certificate_own_way"), ("keep", "certificate_own_reason")):
        act = Revocation(*_words(TAKEN), own)
        assert refused(certificate_issue.revoke, at.hoa, made, act) == [code]
    certificate_issue.revoke(at.hoa, made, Revocation(*_words(TAKEN), "clear", "Hội đồng xét lại"))
    assert certificate.show(at.minh, made).text("certificate_note") == (
        "Đề nghị xóa dạng tật, mức độ trong hồ sơ: Hội đồng xét lại"
    )
    fields = person.page(at.minh, who).fields
    assert (fields["degree"], fields["has_certificate"]) == ("severe", "no")
    assert [one.code for one in approval.approve(at.hoa, [who]).skipped] == ["approver_is_author"]
    user.add(at.lan, UserDraft("tam", "approver", "Võ Tám", "Phó chủ tịch", password=PASSWORD))
    assert approval.approve(workspace.attach(at.lan.db, "tam"), [who]).skipped == ()
    fields = person.page(at.minh, who).fields
    assert (fields.get("degree"), fields.get("types")) == (None, ())


def _words(act: Revocation) -> tuple[str, ...]:
    return act.reason, act.by, act.decision, act.on, act.collected_on, act.collected_note


def test_each_clash_ends_by_a_decision_and_the_degree_stays(office: Desk) -> None:
    """One number twice: renumbered. One blank twice: moved to another one. One person with two:
    void, its chain and number kept. Nobody without the right, nothing where there is no clash."""
    at = sitting.on(office, ISSUED)
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    keep, first = taken_over(at, "Lê Thị Na", "08/2014", degree="severe")
    away, second = taken_over(at, "Lê Thị Naa", "08/2014")
    void = Settling("void", "Nhập nhầm", collected_note="Chưa thu")
    assert refused(certificate_settle.settle, at.minh, second, void) == ["not_allowed"]
    moved = Settling("blank", "Gõ nhầm")
    assert refused(certificate_settle.settle, at.hoa, second, moved) == ["certificate_settle_way"]
    taken = Settling("number", "Gõ nhầm số", "08/2014")
    assert refused(certificate_settle.settle, at.hoa, second, taken) == ["certificate_number_taken"]
    certificate_settle.settle(at.hoa, second, Settling("number", "Gõ nhầm số", "09/2014"))
    card = certificate.show(at.minh, second)
    assert (card.text("certificate_number"), card.text("certificate_note")) == (
        "09/2014", "Đổi số giấy, số cũ 08/2014: Gõ nhầm số",
    )  # fmt: skip
    assert person.page(at.minh, away).fields["certificate_number"] == "09/2014"
    assert refused(certificate_settle.settle, at.hoa, second, void) == ["certificate_no_clash"]

    _who, third = taken_over(at, "Đỗ Văn Ba", "10/2014", serial="B001")
    _who, fourth = taken_over(at, "Đỗ Văn Bốn", "11/2014", serial="B001")
    assert [one.what for one in certificate.clashes(at.minh)] == ["serial"]
    certificate_settle.settle(at.hoa, fourth, Settling("blank", "Đọc nhầm số phôi"))
    assert [certificate.show(at.minh, one).text("serial") for one in (third, fourth)] == [
        "B001",
        "",
    ]

    merge.merge(at.hoa, keep, away)
    degree = person.page(at.minh, keep).fields["degree"]
    assert refused(certificate_settle.settle, at.hoa, first, Settling("void", "Trùng")) == [
        "certificate_collect"
    ]
    assert refused(certificate_settle.settle, at.hoa, first, void) == ["certificate_own_needed"]
    kept = replace(void, own="keep", own_reason="Chờ họp lại")
    certificate_settle.settle(at.hoa, first, kept)
    assert certificate.clashes(at.minh) == ()
    states = {one.id: one.state for one in certificate.of_person(at.minh, keep)}
    assert states == {first: "void", second: "valid"}
    fields = person.page(at.minh, keep).fields
    assert (fields["degree"], fields["certificate_number"]) == (degree, "09/2014")
    assert certificate.show(at.minh, first).text("ended_on") == ISSUED


def test_a_draft_that_is_out_of_date_is_written_anew_and_an_open_application_is_told(
    office: Desk,
) -> None:
    (who, file) = heard(office, "Nguyễn Thị Mận")[0]
    at = sitting.on(office, ISSUED)
    certificate.prepare_files(at.minh, [file])
    made = certificate.of_person(at.minh, who)[0]
    assert (made.outdated, "redraw" in made.acts) == ("", False)
    assert refused(certificate_redraw.redraw, at.minh, made.id) == ["certificate_fresh"]
    old = certificate_opening.take_over(at.minh, who, PAPER | {"certificate_number": "0007"})
    card = certificate.show(at.hoa, made.id)
    assert "0007" in card.outdated and card.acts == ("redraw", "correct", "drop")
    anew = certificate_redraw.redraw(at.minh, made.id)
    assert certificate.show(at.minh, made.id).state == "void"
    card = certificate.show(at.hoa, anew)
    assert (card.replaces_id, card.outdated, card.acts[0]) == (old, "", "issue")

    _who, theirs = taken_over(at, "Đỗ Văn Ba", "10/2014")
    assert certificate_exchange.open_file(at.minh, theirs, "exchange") is None
    told = Replacing("exchange", "damaged", "Rách góc", "2026-03-16")
    again = certificate_exchange.ask(at.minh, theirs, told)
    certificate.drop(at.minh, again, "Viết lại")
    known = certificate_exchange.open_file(at.minh, theirs, "exchange")
    assert known is not None and (known.reason, known.received_on) == ("damaged", "2026-03-16")
    assert "16/03/2026" in certificate_exchange.known_words(known)
    assert refused(certificate_exchange.open_file, at.minh, theirs, "lost") == ["application_open"]
