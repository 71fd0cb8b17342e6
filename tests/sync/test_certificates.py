"""Certificates of two PCs without a line, and codes that any PC under the server can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from app import workspace
from app.actions import (
    blank,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_print,
    certificate_register,
    certificate_seal,
    certificate_settle,
    conflict,
    printing,
)
from app.errors import Refused
from app.rules import certificate_code
from app.values.certificate import Issuing, Replacing, Revocation, Settling
from app.workspace import Workspace
from data import seal
from data.database import Author
from data.records.certificate import RevokedMark, SealState
from data.records.device import own_id
from sync import offices, package_read, package_write
from sync.server import console, endorsing, package_files
from tests.papers import reading
from tests.sync.parts import Central, Pc, pc
from tests.sync.test_transfer import hand_over, other_name

PAPER = {"issued_on": "2014-06-03", "degree": "severe", "types": ("mobility",),
         "issued_by": "UBND xã Cát Hanh"}  # fmt: skip
OLD = Issuing(collected_note="Giấy rách, đã nộp", aware=True, aware_reason="Duyệt sau")


def at(one: Pc, login: str) -> Workspace:
    return workspace.attach(one.db, login)


def exchanged(one: Pc, who: str, number: str, act: Issuing = OLD) -> tuple[str, str]:
    """A certificate of paper and the one that took its place: id and number of the new one."""
    minh = at(one, "minh")
    old = certificate_opening.take_over(minh, who, PAPER | {"certificate_number": number})
    made = certificate_exchange.ask(minh, old, Replacing("exchange", "damaged"))
    return made, certificate_issue.issue(at(one, "hoa"), made, act)


def test_two_pcs_without_a_line_give_no_number_twice_and_no_blank_in_silence(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        people = [here.enter(f"Nguyễn Thị {one}") for one in ("Mận", "Na", "Sen", "Lài")]
        blank.receive(at(here, "minh"), "A000101", "A000110")
        certificate_opening.say_opening(at(here, "lan"), {"first_number": 1237})
        here.sync()
        there.enrol(server)
        there.sync()
        here.sync()
        numbers = []
        for one, who in zip((here, here, there, there), people, strict=True):
            numbers.append(exchanged(one, who, f"cũ {who}")[1])
        assert len(set(numbers)) == 4
        assert [int(one[-4:]) for one in numbers] == [1237, 1238, 1801, 1802]
        clash = []
        for one, who in ((here, people[0]), (there, people[2])):
            made = certificate.of_person(at(one, "hoa"), who)[0].id
            certificate_print.on_blank(at(one, "hoa"), made, "A000101")
            clash.append(made)
        for one in (here, there, here, there):
            one.sync()
        for one in (here, there):
            clashes = certificate.clashes(at(one, "minh"))
            assert [(each.what, each.value) for each in clashes] == [("serial", "A000101")]
            assert {card.id for card in clashes[0].certificates} == set(clash)
            waiting = conflict.cards(at(one, "hoa"))
            (card,) = (each for each in waiting if each.field == "certificate_id")
            assert card.words["theirs"].startswith(numbers[0])
        certificate_print.on_blank(at(there, "hoa"), clash[1], "A000102", "Gõ nhầm số phôi")
        once = issued_twice(here, there)
        code = certificate_seal.code_of(at(here, "minh"), once[0])
        blank.spoil(at(there, "minh"), "A000104", "Ướt nước")
        certificate_print.on_blank(at(here, "hoa"), clash[0], "A000104", "In mờ")
        for one in (there, here, there):
            one.sync()
        cards = {one.field: one for one in conflict.cards(at(here, "hoa"))}
        assert {"certificate_number", "signer", "serial"} <= set(cards)
        for each in (here, there):
            card = certificate.show(at(each, "minh"), once[0])
            told = tuple(card.text(one) for one in ("certificate_number", "signer", "serial"))
            assert told == (once[1], "Ký ở máy thứ hai", ""), "the first that arrived, whole"
            assert certificate_seal.verify(at(each, "minh"), code).verdict == "renumbered"
            (sheet,) = certificate.clashes(at(each, "minh"))
            assert (sheet.what, sheet.value, sheet.certificates[0].id) == (
                "sheet", "A000103", once[0],
            )  # fmt: skip
        act = Settling("collect", "Hai máy cùng cấp", collected_note="Người nhận đã đi xa")
        certificate_settle.settle(at(here, "hoa"), once[0], act)
        assert certificate.clashes(at(here, "minh")) == ()
        used_blanks_do_not_come_back(at(here, "hoa"), cards["blank_state"].id, people[1])


def used_blanks_do_not_come_back(hoa: Workspace, card: str, who: str) -> None:
    """One PC spoiled the blank on which another one printed: no decision of anybody makes it
    a blank in stock again, for one certificate names it."""
    with pytest.raises(Refused, match="chỉ xác nhận"):
        conflict.resolve(hoa, card, "value", "in_stock")
    with pytest.raises(Refused) as caught:
        blank.put_back(hoa, "A000104", "Còn tốt")
    assert [one.code for one in caught.value.problems] == ["blank_issued"]
    other = certificate.of_person(hoa, who)[0].id
    with hoa.db.write(hoa.author()) as session:  # two PCs may leave it so
        row = blank.found(session, "A000104")
        row.blank_state, row.certificate_id = "in_stock", None
    with pytest.raises(Refused, match="A000104"):
        certificate_print.on_blank(hoa, other, "A000104")
    assert blank.next_serial(hoa) == "A000105"


def issued_twice(here: Pc, there: Pc) -> tuple[str, str]:
    """One certificate issued on both PCs, that neither knew of: its id and the number of the
    second PC, whose change arrives first. The first one printed it onto a blank."""
    who = here.enter("Võ Thị Hai Lần")
    old = certificate_opening.take_over(at(here, "minh"), who, PAPER | {"certificate_number": "c"})
    made = certificate_exchange.ask(at(here, "minh"), old, Replacing("exchange", "damaged"))
    for each in (here, there):
        each.sync()
    numbers = [
        certificate_issue.issue(at(each, "hoa"), made, replace(OLD, signer=signer, serial=serial))
        for each, signer, serial in (
            (here, "Ký ở máy thứ nhất", "A000103"),
            (there, "Ký ở máy thứ hai", ""),
        )
    ]
    return made, numbers[1]


def revoked(one: Pc, made: str) -> str:
    """A certificate is taken back by a decision of today; answers the day."""
    hoa = at(one, "hoa")
    day = hoa.today().isoformat()
    act = Revocation("Sai mức độ", "Sở", "15/QĐ", day, collected_note="Mất", own="clear")
    certificate_issue.revoke(hoa, made, act)
    return day


def forgeries(code: str) -> Iterator[tuple[str, str]]:
    """Another degree under the old signature; whole words under a key that no server knows."""
    sealed = certificate_code.read(code)
    assert sealed is not None
    worse = certificate_code.content(replace(sealed.said, degree="profound"))
    rest = (sealed.key, sealed.endorsement, sealed.signature)
    yield certificate_code.text(worse, *rest), "altered"
    own = SigningKey.generate()
    signed = own.sign(seal.PURPOSE + worse).signature
    yield certificate_code.text(worse, bytes(own.verify_key), rest[1], signed), "unknown_key"


def test_a_code_is_checked_by_any_pc_under_the_server_without_a_line(
    tmp_path: Path, server: Central
) -> None:
    with (
        pc(tmp_path / "a") as here,
        pc(tmp_path / "b") as elsewhere,
        pc(tmp_path / "c") as alone,
    ):
        who = here.enter()
        made, number = exchanged(
            here,
            who,
            "cũ",
            Issuing(number="7", collected_note="x", aware=True, aware_reason="Duyệt sau"),
        )
        assert certificate_seal.code_of(at(here, "minh"), made) == ""  # no server vouches yet
        here.enrol(server)
        elsewhere.enrol(server, server.code(f"{server.office} khác"))
        for one in (here, elsewhere):
            one.sync()
        code = certificate_seal.code_of(at(here, "minh"), made)
        assert len(code) < 520 and code.isdigit()
        proof = reading.read(certificate_print.proof(at(here, "hoa"), made)).text
        assert "Quét mã bằng chương trình" in proof
        whole = reading.read(printing.preview(at(here, "hoa"), who)).text
        assert "MÃ KIỂM TRA GIẤY XÁC NHẬN" in whole
        found = certificate_seal.verify(at(elsewhere, "minh"), f" {code[:99]}\n{code[99:]}")
        assert (found.verdict, found.number, found.degree) == ("valid", number, "Nặng")
        swapped = code[:60] + ("1" if code[60] != "1" else "2") + code[61:]
        for broken in (swapped, code[:-9], f"{code}1", "0", "xyz", "9" * 503):
            assert certificate_seal.verify(at(elsewhere, "minh"), broken).verdict == "altered"
        assert certificate_seal.verify(at(alone, "minh"), code).verdict == "unknown_server"
        for forged, verdict in forgeries(code):
            assert certificate_seal.verify(at(elsewhere, "minh"), forged).verdict == verdict

        day = revoked(here, made)
        for one in (here, elsewhere):
            one.sync()
        found = certificate_seal.verify(at(elsewhere, "minh"), code)
        assert (found.verdict, found.since) == ("revoked", day)
        code = settled_twice(here)
        assert certificate_seal.verify(at(elsewhere, "minh"), code).verdict == "valid"
        for one in (here, elsewhere):
            one.sync()
        assert certificate_seal.verify(at(elsewhere, "minh"), code).verdict == "revoked"

        with here.db.read() as session:
            console.close_device(server.folder, own_id(session), lost=True)
        elsewhere.sync()  # the lost one goes on without a line
        stolen = exchanged(here, here.enter("Lê Thị Giả"), "cũ 9", replace(OLD, number="9"))[0]
        forged = certificate_seal.code_of(at(here, "minh"), stolen)
        assert certificate_seal.verify(at(elsewhere, "minh"), forged).verdict == "lost_pc"
        assert certificate_seal.verify(at(here, "minh"), forged).verdict == "valid"  # in its book


def settled_twice(one: Pc) -> str:
    """A certificate that clashes with the paper book is renumbered, then void: its code."""
    made, number = exchanged(one, one.enter("Na"), "cũ Na", replace(OLD, number="8"))
    hoa = at(one, "hoa")
    code = certificate_seal.code_of(hoa, made)
    for said, act in ((number, Settling("number", "Trùng sổ cũ", "X-1")),
                      ("X-1", Settling("void", "Nhầm", collected_on="2026-04-01"))):  # fmt: skip
        old = PAPER | {"certificate_number": said, "certificate_state": "superseded"}
        certificate_opening.take_over(hoa, one.enter(f"Sổ {said}"), old)
        certificate_settle.settle(hoa, made, replace(act, own="keep", own_reason="Như cũ"))
        if act.way == "number":
            assert certificate_seal.verify(hoa, code).verdict == "renumbered"
    return code


def test_a_certificate_goes_along_to_another_office_and_the_old_register_still_tells_it(
    tmp_path: Path, server: Central
) -> None:
    """Its number stays the issuing unit's; the new office exchanges it under a number of its own,
    the old one gives that number to nobody else."""
    with pc(tmp_path / "a") as old, pc(tmp_path / "b") as new:
        new.enrol(server, server.code(other_name(server), "63:543"))
        old.enrol(server)
        old.sync()
        who, other = old.enter(), old.enter("Lê Văn Ở Lại")
        made, number = exchanged(old, who, "cũ", replace(OLD, number="7/A"))
        blank.receive(at(old, "minh"), "A000101", "A000102")
        certificate_print.on_blank(at(old, "hoa"), made, "A000101")
        before = certificate_register.rows(at(old, "minh"))
        old.sync()
        hand_over(old, new, who)

        theirs = certificate.of_person(at(new, "minh"), who)
        assert [(one.state, one.text("certificate_number")) for one in theirs] == [
            ("valid", number), ("superseded", "cũ"),
        ]  # fmt: skip
        assert (theirs[0].id, theirs[0].text("issued_by")) == (made, at(old, "minh").office.name)
        newer = certificate_exchange.ask(at(new, "minh"), made, Replacing("lost"))
        certificate_issue.issue(
            at(new, "hoa"), newer, Issuing(number=number, aware=True, aware_reason="Duyệt sau")
        )
        assert certificate.show(at(new, "minh"), made).state == "superseded"
        assert certificate.clashes(at(new, "minh")) == ()
        here, there = (certificate_register.rows(at(one, "minh")) for one in (new, old))
        assert [one.number for one in here] == ["cũ", number, number]
        assert f"do {at(old, 'minh').office.name} cấp" in here[1].note + here[2].note
        assert [one.number for one in there] == [one.number for one in before]
        assert all(f"chuyển sang {at(new, 'minh').office.name}" in one.note for one in there)
        assert [one.state for one in there] == [one.state for one in before]
        assert blank.counts(at(old, "minh"))["issued"] == 1
        with pytest.raises(Refused, match="Nguyễn Thị Hường"):
            exchanged(old, other, "cũ 2", replace(OLD, number=number))


def by_stick(one: Pc, server: Central, stick: Path) -> None:
    """A stick goes to the keeper and back."""
    package_write.write(one.db, stick)
    assert package_files.read(server.folder, [stick]).problems == []
    assert package_read.read(one.db, [stick]).problems == ()


def heard(one: Pc, days_ago: int = 0) -> tuple[str, int]:
    """The day of this PC's list and how long it is; told to be older where days are named."""
    with one.db.write(Author("lan")) as session:
        state = session.get_one(SealState, 1)
        if days_ago:
            state.listed_at = (date.today() - timedelta(days_ago)).isoformat()
    return (state.listed_at or "")[:10], one.count(RevokedMark)


def test_a_pc_that_lives_by_stick_is_vouched_for_and_told_what_holds_no_more(
    tmp_path: Path, server: Central
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as far:
        here.enrol(server)
        far.enrol(server, server.code(f"{server.office} không mạng"))
        made = exchanged(
            here,
            here.enter(),
            "cũ",
            Issuing(number="7", collected_note="x", aware=True, aware_reason="Duyệt sau"),
        )[0]
        theirs = exchanged(far, far.enter("Lê Văn Sáu"), "cũ 6", replace(OLD, number="9"))[0]
        here.sync()
        code = certificate_seal.code_of(at(here, "minh"), made)
        assert certificate_seal.code_of(at(far, "minh"), theirs) == ""
        none = certificate_seal.verify(at(far, "minh"), code)
        assert none.verdict == "old_list" and "chưa có danh sách" in none.words
        by_stick(far, server, usb)
        printed = certificate_seal.code_of(at(far, "minh"), theirs)
        assert certificate_seal.verify(at(here, "minh"), printed).verdict == "valid"
        assert certificate_seal.verify(at(far, "minh"), code).verdict == "valid"

        long_ago, lines = heard(far, days_ago=40)
        old = certificate_seal.verify(at(far, "minh"), code)
        assert old.verdict == "old_list" and "đã 40 ngày" in old.words
        by_stick(far, server, usb)  # its own exchange came onto the list with the first stick
        assert heard(far)[0] > long_ago and heard(far)[1] >= lines
        heard(far, days_ago=40)
        heard(here, days_ago=40)
        with far.db.read() as session:
            mark = offices.known_mark(far.db)
            assert session.get_one(SealState, 1).endorsement
        with server.opened() as store, store.read() as connection:
            assert endorsing.mark(connection) == mark  # nothing new: only that it holds today
        by_stick(far, server, usb)
        here.sync()
        for one in (far, here):
            assert heard(one)[0] == heard(far)[0] > long_ago
            assert certificate_seal.verify(at(one, "minh"), code).verdict == "valid"

        day = revoked(here, made)
        here.sync()
        by_stick(far, server, usb)
        found = certificate_seal.verify(at(far, "minh"), code)
        assert (found.verdict, found.since) == ("revoked", day)
