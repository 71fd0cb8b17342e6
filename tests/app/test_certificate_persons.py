"""What the council decided stays whose it is: records merged and parted, removed and put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    application_desk,
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_register,
    complaint,
    hearing,
    merge,
    person,
)
from app.actions import waiting as waits
from app.errors import Refused
from app.values.application import ComplaintDraft
from app.values.certificate import Issuing, Replacing
from app.workspace import Workspace
from tests import desk, sitting
from tests.certified import DAY, heard
from tests.desk import Desk

ISSUED = "2026-03-18"
AWARE = Issuing(collected_note="Chưa thu", aware=True, aware_reason="Gia đình chờ giấy")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def issued(at: Desk, file: str) -> str:
    """The certificate of a file, written by minh and issued by hoa."""
    assert certificate.prepare_files(at.minh, [file]) == ()
    (made,) = [one.id for one in waiting(at, file)]
    certificate_issue.issue(at.hoa, made, Issuing(collected_note="Chưa thu"))
    return made


def waiting(at: Desk, file: str) -> list[certificate.CertificateCard]:
    whose = application_desk.show(at.minh, file).person_id
    found = certificate.of_person(at.minh, whose)
    return [one for one in found if one.state == "draft"]


def owned(ws: Workspace, who: str) -> tuple[set[str], set[str], set[str], set[str]]:
    """Ids of the certificates, hearings, files and complaints that stand at a person's page."""
    files = {one.id for one in application_desk.of_person(ws, who)}
    return (
        {one.id for one in certificate.of_person(ws, who)},
        {one.id for one in hearing.of_person(ws, who)},
        files,
        {one.id for file in files for one in complaint.of_application(ws, file)},
    )


def test_merged_and_parted_again_everybody_has_what_the_council_decided_of_her(
    office: Desk,
) -> None:
    (keep, first), (away, second) = heard(office, "Nguyễn Thị Mận", "Nguyễn Thị Mậng")
    at = sitting.on(office, ISSUED)
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    old = issued(at, first)
    told = {"complainant": "Nguyễn Văn Con", "about": "degree", "received_on": ISSUED}
    complaint.save(at.minh, ComplaintDraft(second, told))
    hers, theirs = owned(at.minh, keep), owned(at.minh, away)
    assert all(hers[:3]) and all(theirs[1:])

    merge.merge(at.hoa, keep, away)
    together = owned(at.minh, keep)
    assert together == tuple(one | other for one, other in zip(hers, theirs, strict=True))
    with pytest.raises(Refused, match="Khiếu nại của Nguyễn Thị Mận"):  # nobody answered it yet
        issued(at, second)
    (after,) = [one.id for one in waiting(at, second)]  # it ends while the two are one
    certificate_issue.issue(at.hoa, after, AWARE)
    assert certificate.show(at.minh, old).replaced_by == after
    assert [one.state for one in certificate.of_person(at.minh, keep)] == ["valid", "superseded"]
    assert person.page(at.minh, keep).fields["certificate_number"].endswith("1238")
    assert certificate.clashes(at.minh) == ()

    merge.unmerge(at.hoa, away, "hai người khác nhau")
    assert owned(at.minh, keep) == hers
    assert owned(at.minh, away) == ({after}, *theirs[1:])
    lines = certificate_register.rows(at.minh)
    assert [(one.number[-4:], one.subject.person_id) for one in lines] == [
        ("1237", keep), ("1238", away),
    ]  # fmt: skip


def test_two_certificates_in_force_after_a_merger_are_told_and_removal_frees_no_number(
    office: Desk,
) -> None:
    (keep, first), (away, second) = heard(office, "Lê Thị Na", "Lê Thị Naa")
    at = sitting.on(office, ISSUED)
    certificate_opening.say_opening(at.lan, {"first_number": 1237})
    for file in (first, second):
        issued(at, file)
    numbers = [one.number for one in certificate_register.rows(at.minh)]

    person.remove(at.minh, away, "Nhập nhầm")
    assert [one.number for one in certificate_register.rows(at.minh)] == numbers[:1]
    paper = {"certificate_number": "07/2014", "issued_on": "2014-06-03", "degree": "mild",
             "types": ("vision",), "issued_by": "UBND xã Cát Hanh"}  # fmt: skip
    third = person.save(at.minh, desk.typed(name="Đỗ Văn Ba")).id
    theirs = certificate_opening.take_over(at.minh, third, paper)
    again = certificate_exchange.ask(at.minh, theirs, Replacing("exchange", "damaged"))
    by_hand = Issuing(number=numbers[1], collected_on=ISSUED, aware=True, aware_reason="Gấp")
    with pytest.raises(Refused, match="Lê Thị Naa"):
        certificate_issue.issue(at.hoa, again, by_hand)
    person.restore(at.minh, away)
    assert [one.number for one in certificate_register.rows(at.minh)] == ["07/2014", *numbers]
    assert person.page(at.minh, away).fields["certificate_number"] == numbers[1]
    assert certificate.of_person(at.minh, away)[0].state == "valid"

    merge.merge(at.hoa, keep, away)
    (clash,) = certificate.clashes(at.minh)
    assert (clash.what, clash.value) == ("holder", "Lê Thị Na")
    assert [waits.now(one).clashes for one in (at.hoa, at.minh)] == [1, 0]
    assert sorted(one.text("certificate_number") for one in clash.certificates) == numbers
    merge.unmerge(at.hoa, away)
    assert certificate.clashes(at.minh) == ()
