"""Certificates: rest on minutes, are issued by other hands, replace one another, are revoked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.actions import (
    access,
    application,
    application_desk,
    approval,
    blank,
    blank_run,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_print,
    certificate_register,
    council_facts,
    council_printing,
    half_year,
    hearing,
    person,
    settings,
)
from app.errors import Refused
from app.rules import certificate as rules
from app.values.application import ApplicationDraft
from app.values.certificate import (
    CertificateDraft,
    CertificateFilter,
    Issuing,
    Replacing,
    Revocation,
)
from app.values.certificate_paper import Offset
from app.values.council_request import CouncilRequest
from app.values.person import PersonDraft
from app.values.settings import Signatory
from data.records.certificate import Certificate
from data.records.person import Person
from tests import desk, sitting
from tests.certified import DAY, heard
from tests.desk import Desk
from tests.papers.reading import read

ISSUED = "2026-03-18"


def refused(what: Callable[..., Any], *told: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        what(*told)
    return [one.code for one in caught.value.problems]


def words_of(content: bytes) -> str:
    return " ".join(read(content).text.split())


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def test_from_the_minutes_to_the_certificate_by_two_pairs_of_hands(office: Desk) -> None:
    """Đ.7: type and degree come from the minutes; who wrote it does not issue it; the person's own
    record changes in that moment and not before."""
    (who, file), (other, second) = heard(office, "Nguyễn Thị Mận", "Trần Văn Tám")
    at = sitting.on(office, ISSUED)
    assert certificate.prepare_files(at.minh, [file, second]) == ()
    assert [one.code for one in certificate.prepare_files(at.minh, [file])] == [
        "certificate_prepared"
    ]
    card = certificate.of_person(at.hoa, who)[0]
    assert (card.state, card.fields["degree"], card.acts) == (
        "draft", "severe", ("issue", "correct", "drop"),
    )  # fmt: skip
    assert card.changes == (("types", (), ("mobility",)), ("degree", None, "severe"))
    assert not person.page(at.minh, who).fields.get("degree")
    assert [one.code for one in approval.approve(at.hoa, [who]).skipped] == ["certificate_waits"]

    assert refused(certificate_issue.issue, at.minh, card.id) == ["not_allowed"]
    assert refused(certificate_issue.issue, at.hoa, card.id) == ["certificate_no_start"]
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    number = certificate_issue.issue(at.hoa, card.id)
    assert number == "218711237"
    told = person.page(at.minh, who).fields
    assert (told["degree"], told["types"], told["certificate_number"], told["certificate_on"]) == (
        "severe", ("mobility",), number, ISSUED,
    )  # fmt: skip
    assert application_desk.show(at.minh, file).step == "issued"
    assert refused(certificate_issue.issue, at.hoa, card.id) == ["certificate_not_draft"]
    waiting = certificate.of_person(at.hoa, other)[0].id
    taken = Issuing(number=number)
    assert refused(certificate_issue.issue, at.hoa, waiting, taken) == ["certificate_number_taken"]
    before = Issuing(issued_on="2026-03-09")
    assert refused(certificate_issue.issue, at.hoa, waiting, before) == ["certificate_before_basis"]
    assert certificate_issue.issue_many(at.hoa, [waiting]) == (("218711238",), ())
    somebody = person.save(at.minh, desk.typed(name="Người Khác")).id
    paper = {"certificate_number": "218711238", "issued_on": "2020", "degree": "mild"}
    told = refused(certificate_opening.take_over, at.minh, somebody, paper)
    assert told == ["certificate_number_here"], "given to another one in this program"
    assert refused(certificate_opening.say_opening, at.lan, {"first_number": 5}) == [
        "certificate_start_set"
    ]


def test_nothing_is_issued_on_nothing(office: Desk) -> None:
    """No minutes, minutes of somebody else, minutes mended since, one's own draft: refused."""
    at = office.minh
    who, file = sitting.complete_file(at, "Nguyễn Thị Mận", "2026-03-02")
    assert [one.code for one in certificate.prepare_files(at, [file])] == ["certificate_no_basis"]
    for basis in ("council", "medical_board", "paper", "exchange", "lost", ""):
        draft = CertificateDraft(who, basis)
        code = f"certificate_no_{'application' if basis in rules.NEEDS_OLD else 'basis'}"
        assert refused(certificate.prepare, at, draft) == [code], basis
    assert rules.lacks_basis("council", "determined", "", ("mobility",), "severe") == (
        "certificate_no_minutes"
    )
    assert rules.lacks_basis("council", "not_disabled", DAY, (), "") == "certificate_no_conclusion"
    assert rules.lacks_basis("medical_board", "determined", DAY, ("mobility",), "not_disabled") == (
        "certificate_no_degree"
    )
    (first, _file), (second, _other) = heard(office, "Lê Thị Na", "Đỗ Văn Xoài")
    theirs = certificate.prepare(sitting.on(office, ISSUED).hoa, _draft(office, first))
    stolen = CertificateDraft(second, "council", hearing_id=_draft(office, first).hearing_id)
    assert refused(certificate.prepare, at, stolen) == ["certificate_no_basis"]
    assert refused(certificate_issue.issue, office.hoa, theirs) == ["certificate_own_draft"]
    by_two = certificate.prepare(sitting.on(office, ISSUED).minh, _draft(office, second))
    for writes, name in ((office.hoa, "Đỗ Văn Xoái"), (office.minh, "Đỗ Văn Xoài")):
        certificate.correct(writes, by_two, {"holder_name": name})
    assert refused(certificate_issue.issue, office.hoa, by_two) == ["certificate_own_draft"]
    before = len(access.of_person(office.lan, second))
    certificate.show(office.minh, by_two)
    assert len(access.of_person(office.lan, second)) == before + 1


def _draft(office: Desk, who: str) -> CertificateDraft:
    heard = hearing.of_person(office.minh, who)[0]
    return CertificateDraft(
        who, "council", hearing_id=heard.id, application_id=heard.application_id
    )


def test_paper_blanks_prints_exchange_and_revocation(office: Desk, tmp_path: Path) -> None:
    """A certificate of earlier years is exchanged, printed on a blank, printed again as a copy,
    then taken back by the authority's decision; the register tells each day as it was (Đ.9)."""
    who, old, made = exchanged(office)
    at = sitting.on(office, ISSUED)
    printed_twice(at, made)
    revoked(office, who, made)
    after = sitting.on(office, "2026-04-02")
    then = [(one.number, one.state) for one in certificate_register.rows(after.minh, ISSUED)]
    now = [(one.number, one.state) for one in certificate_register.rows(after.minh)]
    assert then == [("07/2014", "Đã thay thế"), ("CH-2026-01", "Có hiệu lực")]
    assert now == [("07/2014", "Đã thay thế"), ("CH-2026-01", "Đã thu hồi")]
    assert certificate.show(after.minh, old).state == "superseded"
    named = {"certificate_number": "0", "issued_on": "2010-01-02", "types": ("mobility",)}
    ended = named | {"degree": "severe", "certificate_state": "revoked"}
    certificate_opening.take_over(after.minh, who, ended)
    assert half_year.run(after.minh, "2026-1").values["holders"] == 0
    assert len(certificate_register.rows(after.minh, year=2010)) == 1
    assert certificate_register.write(after.hoa, tmp_path / "so.pdf") == 3
    assert "Đã thu hồi" in words_of((tmp_path / "so.pdf").read_bytes())


def exchanged(office: Desk) -> tuple[str, str, str]:
    """The person, her certificate of paper, and the one issued in its place."""
    at = sitting.on(office, ISSUED)
    who = person.save(at.minh, desk.typed(birth="1975-05-02", sex="female")).id
    paper = {"certificate_number": "07/2014", "issued_on": "2014-06-03", "degree": "severe",
             "types": ("mobility",), "issued_by": "UBND xã Cát Hanh"}  # fmt: skip
    old = certificate_opening.take_over(at.minh, who, paper)
    assert refused(certificate_opening.take_over, at.minh, who, paper) == [
        "certificate_on_paper_twice"
    ]
    newer = paper | {"certificate_number": "08/2015"}
    assert refused(certificate_opening.take_over, at.minh, who, newer) == [
        "certificate_two_in_force"
    ]
    assert person.page(at.minh, who).fields["certificate_number"] == "07/2014"
    assert refused(certificate_print.on_blank, at.hoa, old, "A1") == ["certificate_paper"]

    asked = {"application_kind": "exchange", "application_reason": "damaged",
             "received_on": ISSUED, "papers_shown": ("form_01",)}  # fmt: skip
    file = application.save(at.minh, ApplicationDraft(who, asked))
    application.complete(at.minh, file)
    assert certificate.prepare_files(at.minh, [file]) == ()
    made = certificate.of_person(at.minh, who)[0]
    assert (made.fields["basis"], made.replaces_id, made.changes) == ("exchange", old, ())
    named = Issuing(number="CH-2026-01")
    assert refused(certificate_issue.issue, at.hoa, made.id, named) == ["certificate_person_draft"]
    named = Issuing(number="CH-2026-01", aware=True, aware_reason="Duyệt sau")
    assert refused(certificate_issue.issue, at.hoa, made.id, named) == ["certificate_collect"]
    named = Issuing(number="CH-2026-01", collected_on=ISSUED, aware=True, aware_reason="Duyệt sau")
    early = replace(named, issued_on="2026-03-11")
    assert refused(certificate_issue.issue, at.hoa, made.id, early) == [
        "certificate_before_application"
    ]
    signs = (Signatory("Trần Văn Chủ", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN",)),)
    settings.change(at.lan, {"signatories": signs})
    assert certificate_issue.issue(at.hoa, made.id, named) == "CH-2026-01"
    assert certificate.show(at.minh, old).state == "superseded"
    assert certificate.show(at.minh, old).replaced_by == made.id
    return who, old, made.id


def printed_twice(at: Desk, made: str) -> None:
    """Blanks come in, one is spoiled in the printer, one is lost; the second print says so."""
    assert blank.receive(at.minh, "A000101", "A000110", source="Sở") == 10
    assert refused(blank.receive, at.minh, "A000105", "A000112") == ["blank_overlap"]
    assert blank.receive(at.minh, "A000111", "A000112") == 2
    assert blank.receive(at.minh, "A000111", "A000112") == 0, "one lot, however often it is typed"
    assert refused(blank.receive, at.minh, "A1", "B9") == ["blank_range"]
    assert refused(certificate_print.on_blank, at.hoa, made, "A000999") == ["blank_unknown"]
    assert certificate_print.on_blank(at.hoa, made, "a000101") == 1
    assert refused(certificate_print.on_blank, at.hoa, made) == ["certificate_printed"]
    assert certificate_print.on_blank(at.hoa, made, "A000102", "Kẹt giấy") == 2
    blank.lose(at.minh, "A000103", "Không thấy trong tủ")
    assert refused(certificate_print.on_blank, at.hoa, made, "A000103", "x") == ["blank_lost"]
    assert blank.counts(at.minh) == {"issued": 1, "spoiled": 1, "lost": 1, "in_stock": 9}

    certificate_print.set_offset(at.hoa, Offset(1.5, -0.5))
    content = certificate_print.pdf(at.hoa, [made])
    words = words_of(content)
    assert "CH-2026-01" in words and "In lại lần 2" in words and "CỘNG HÒA" not in words
    assert "CỘNG HÒA" in words_of(certificate_print.preview(at.minh, made))
    proof = words_of(certificate_print.proof(at.hoa, made))
    assert "Không thay Giấy xác nhận" in proof and "Chưa có mã kiểm tra" in proof
    assert "sang phải 1.5 mm" in words_of(certificate_print.calibration(at.minh))


def revoked(office: Desk, who: str, made: str) -> None:
    """The authority's decision, by somebody with the right; the paper, or why it is not there."""
    after = sitting.on(office, "2026-04-02")
    act = Revocation("Kết luận sai mức độ", "Sở Y tế", "15/QĐ-SYT", "2026-04-01")
    assert refused(certificate_issue.revoke, after.minh, made, act) == ["not_allowed"]
    assert refused(certificate_issue.revoke, after.hoa, made, act) == ["certificate_collect"]
    early = replace(act, on="2026-03-01")  # before it was issued
    assert refused(certificate_issue.revoke, after.hoa, made, early) == ["days_reversed"]
    said = (act.reason, act.by, act.decision, act.on)
    act = Revocation(
        *said, collected_note="Người giữ đi xa", own="keep", own_reason="Theo biên bản Hội đồng"
    )
    certificate_issue.revoke(after.hoa, made, act)
    with after.hoa.db.read() as session:
        row, holder = session.get_one(Certificate, made), session.get_one(Person, who)
        said = council_facts.revocation(row, holder)
    assert (said.concluded_by, said.reason) == ("Sở Y tế", "Kết luận sai mức độ")
    told = person.page(after.minh, who).fields
    assert (told["has_certificate"], told.get("certificate_number")) == ("no", None)
    later = sitting.on(office, "2026-04-25")  # printed weeks after it was decided
    decision = words_of(council_printing.preview(later.minh, CouncilRequest("revocation", made)))
    assert "ngày 01 tháng 4 năm 2026" in decision and "ngày 25 tháng 4" not in decision


def test_what_the_paper_book_hands_over_must_agree(office: Desk) -> None:
    """The minute says so many of each degree; persons whose own fields name a certificate are
    offered; the same number under one issuer is shown and never silent."""
    at = office.minh
    named = {"certificate_number": "12", "certificate_on": "2015", "degree": "severe",
             "types": ("vision",), "certificate_by": "UBND xã Cát Hanh"}  # fmt: skip
    one = person.save(at, desk.typed(name="Võ Thị Lài", **named)).id
    two = person.save(at, desk.typed(name="Võ Văn Sen", **named | {"degree": "mild"})).id
    assert [(each.name, each.number) for each in certificate_opening.offers(at)] == [
        ("Võ Thị Lài", "12"), ("Võ Văn Sen", "12"),
    ]  # fmt: skip
    assert certificate_opening.adopt(at, [one, two]) == ()
    assert certificate_opening.offers(at) == ()
    certificate_opening.say_opening(
        office.lan, {"of_severe": 1, "of_mild": 2, "of_blanks": 0, "minute_number": "01/BB"}
    )
    told = {each.what: (each.said, each.found) for each in certificate_opening.opening(at).lines}
    assert told == {
        "of_profound": (None, 0), "of_severe": (1, 1), "of_mild": (2, 1), "of_blanks": (0, 0),
    }  # fmt: skip
    clash = certificate.clashes(at)
    assert [(each.what, each.value, len(each.certificates)) for each in clash] == [
        ("certificate_number", "12", 2)
    ]
    assert certificate.total(at, CertificateFilter(query="Võ Văn")) == 1
    assert person.save(at, PersonDraft(one, {"phone": "0905"})).id == one


@pytest.mark.parametrize("place", range(1, 6))
def test_every_pc_has_numbers_of_its_own_for_ever(place: int) -> None:
    mine = set()
    running = 1
    for _ in range(1000):
        running = rules.next_of(place, running)
        mine.add(running)
        running += 1
    assert {rules.owner(one) for one in mine} == {place} and len(mine) == 1000


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("A001", "A010", 10), ("A001", "", 1), ("A9", "A10", 0), ("A010", "A001", 0), ("", "", 0),
     ("A1", "B2", 0), ("0001/HCM", "0003/HCM", 3)],
)  # fmt: skip
def test_a_lot_of_blanks_is_a_range_of_serials(first: str, last: str, count: int) -> None:
    assert len(rules.serials(first, last)) == count


def test_the_office_says_how_its_numbers_look(office: Desk) -> None:
    at = sitting.on(office, ISSUED)
    for wrong in ("{xa}", "{so}{so}", "{la}{so}", "{so"):
        assert refused(settings.change, at.lan, {"certificate_pattern": wrong}) == [
            "setting_certificate_pattern"
        ]
    settings.change(at.lan, {"certificate_pattern": "{so:3}/{nam}/GXN"})
    certificate_opening.say_opening(at.lan, {"first_number": 7})
    who = person.save(at.minh, desk.typed()).id
    old = certificate_opening.take_over(at.minh, who, {"certificate_number": "1", "degree": "mild",
                                                       "types": ("vision",)})  # fmt: skip
    made = certificate_exchange.ask(at.minh, old, Replacing("lost"))
    assert (
        certificate_issue.issue(at.hoa, made, Issuing(aware=True, aware_reason="Duyệt sau"))
        == "007/2026/GXN"
    )


def test_a_session_goes_onto_its_blanks_in_one_job(office: Desk) -> None:
    """One page a blank in the order of the hearings; a printer that stops goes on with the same
    blanks; one that spoils a blank moves the rest on; nothing is used twice."""
    names = ("Nguyễn Thị Mận", "Bùi Văn Tư", "An Thị Ba")
    called = heard(office, *names)
    at = sitting.on(office, ISSUED)
    certificate.prepare_files(at.minh, [file for _who, file in called])
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    made = [certificate.of_person(at.hoa, who)[0].id for who, _file in called]
    certificate_issue.issue_many(at.hoa, made)
    blank.receive(at.minh, "A000101", "A000104")
    blank.lose(at.minh, "A000103", "Không thấy trong tủ")
    assert refused(blank_run.begin, at.hoa, made, "A000102") == ["blank_run_short"]
    assert refused(blank_run.begin, at.hoa, made, "A000103") == ["blank_lost"]
    assert blank.counts(at.minh) == {"in_stock": 3, "lost": 1}
    blank.receive(at.minh, "A000105", "A000106")

    begun = blank_run.begin(at.hoa, made[::-1], "a000102")
    serials = ["A000102", "A000104", "A000105"]
    assert [(one.name, one.serial) for one in begun] == list(zip(names, serials, strict=True))
    assert refused(blank_run.begin, at.hoa, made) == ["blank_run_open"]
    assert blank_run.current(at.minh) == ()
    whole = read(blank_run.pdf(at.hoa))
    assert [[n for n in names if n.upper() in page] for page in whole.pages] == [[n] for n in names]
    assert len(read(blank_run.pdf(at.hoa, "A000104")).pages) == 2
    assert blank_run.current(at.hoa) == begun
    assert refused(blank_run.spoiled, at.hoa, "A000101", "Kẹt") == ["blank_run_without"]
    moved = blank_run.spoiled(at.hoa, "A000104", "Kẹt giấy")
    assert [(one.name, one.serial) for one in moved] == [
        (names[1], "A000105"), (names[2], "A000106"),
    ]  # fmt: skip
    again = read(blank_run.pdf(at.hoa, "A000105")).pages
    assert ["In lại lần 2" in page for page in again] == [True, False]
    assert refused(blank_run.spoiled, at.hoa, "A000106", "Kẹt") == ["blank_run_short"]
    states = {one.serial: one.state for one in blank.listing(at.minh)}
    assert [states[f"A00010{n}"] for n in range(1, 7)] == [
        "in_stock", "issued", "lost", "spoiled", "issued", "issued",
    ]  # fmt: skip
    blank_run.finish(at.hoa)
    assert refused(blank_run.begin, at.hoa, made) == ["blank_run_nobody"]
