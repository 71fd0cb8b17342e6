"""A PC whose program was tampered with: what the server still takes of certificates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from sync.protocol import Change
from tests.sync.devices import AT, Device, House, house, row_id
from tests.sync.test_domain_rules import approved_person, change, staffed, told

ISSUED = {"certificate_state": ("draft", "valid")}
MINUTES = {"hearing_state": "concluded", "hearing_origin": "paper", "types": "mobility",
           "conclusion": "determined", "degree": "severe"}  # fmt: skip


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[House]:
    opened = house(tmp_path / "server")
    yield opened
    opened.close()


def written(who: str, by: str = "nga", **fields: object) -> Change:
    """A new certificate, a draft unless it is told otherwise."""
    whole = {"person_id": who, "certificate_state": "draft", "types": "mobility"}
    return Change("certificate", row_id(), "I", 0, whole | {"degree": "severe"} | fields, AT, by)


def minutes(who: str, **fields: object) -> Change:
    """Minutes of paper."""
    return Change("hearing", row_id(), "I", 0, {"person_id": who} | MINUTES | fields, AT, "minh")


def issuing(one: Change, by: str, **more: tuple[object, object]) -> Change:
    return change("certificate", one.row, by, **ISSUED, **more)


def refused(one: Device, sent: Change) -> str:
    """The code by which the server does not take a change."""
    verdicts, codes = told(one.push(sent))
    assert verdicts in ("r", "d")
    return codes[0]


def given_back_by_its_authors_alone(one: Device, draft: Change) -> None:
    """A server put back lacks a certificate. A row that its PC sends whole, in nobody's name, does
    not make it one in force; the steps of who wrote and issued it do, and then the repair passes,
    but of what stands."""
    stands = draft.fields | {"certificate_state": "valid", "collected_note": "Đã nộp"}
    pairs = {name: [None, value] for name, value in stands.items()}
    whole = Change("certificate", draft.row, "U", 2, pairs, AT, "", "bypass")
    assert refused(one, whole) == "approver_is_author"
    assert one.push(draft, issuing(draft, "hoa")).verdicts == "aa"
    forged = replace(whole, fields=pairs | {"degree": [None, "profound"]})
    assert refused(one, forged) == "record_settled"
    assert one.push(whole).verdicts == "a"


def test_the_server_lets_nobody_issue_on_nothing_or_what_he_wrote(rooms: House) -> None:
    one = staffed(rooms)
    who = approved_person(one)
    heard, other = minutes(who, degree="mild"), minutes(who, conclusion="not_disabled")
    draft, bare = written(who, hearing_id=heard.row), written(who)
    assert one.push(draft, bare).verdicts == "aa"
    assert refused(one, issuing(draft, "hoa")) == "certificate_basis_missing"
    assert one.push(heard, other).verdicts == "aa"
    assert refused(one, issuing(draft, "hoa")) == "certificate_other_basis"
    assert one.push(change("hearing", heard.row, "minh", degree=("mild", "severe"))).verdicts == "a"
    assert refused(one, issuing(bare, "hoa")) == "certificate_without_basis"
    assert refused(one, issuing(draft, "nga")) == "approver_is_author"
    assert refused(one, issuing(draft, "minh")) == "approver_has_no_right"
    late = written(who, hearing_id=other.row)
    one.push(late)
    assert refused(one, issuing(late, "hoa")) == "certificate_other_basis"
    for by, name in (("hoa", ("Hà", "Há")), ("minh", ("Há", "Hạ"))):
        assert one.push(change("certificate", draft.row, by, holder_name=name)).verdicts == "a"
    assert refused(one, issuing(draft, "hoa")) == "approver_is_author", "she corrected it before"
    assert refused(one, issuing(draft, "lan", origin=(None, "paper"))) == "record_settled"
    at_once = written(who, hearing_id=heard.row, certificate_state="valid")
    assert refused(one, at_once) == "approver_is_author"
    assert refused(one, replace(at_once, row=row_id(), source="bypass")) == "approver_is_author"
    given_back_by_its_authors_alone(one, written(who, hearing_id=heard.row))
    paper = written(who, "minh", certificate_state="valid", origin="paper", issued_on="2014-06-03")
    assert one.push(paper, issuing(draft, "lan")).verdicts == "aa"
    today = replace(paper, row=row_id(), fields=paper.fields | {"issued_on": AT[:10]})
    assert refused(one, today) == "certificate_paper_late"


def test_what_was_issued_stands_and_ends_by_an_approver_alone(rooms: House) -> None:
    one = staffed(rooms)
    who = approved_person(one)
    heard = minutes(who)
    draft = written(who, hearing_id=heard.row)
    assert one.push(heard, draft, issuing(draft, "hoa")).verdicts == "aaa"

    def says(by: str, **fields: tuple[object, object]) -> str:
        verdicts, codes = told(one.push(change("certificate", draft.row, by, **fields)))
        return codes[0] if verdicts == "r" else verdicts

    back = {"certificate_state": ("valid", "revoked")}
    for fields in (
        {"certificate_state": ("valid", "void")},
        {"certificate_state": ("valid", "superseded")},
        {"certificate_number": (None, "9")},
        back,
    ):
        assert says("minh", **fields) == "approver_has_no_right", fields
    for fields in (
        {"degree": ("severe", "profound")},
        {"hearing_id": (heard.row, row_id())},
        {"certificate_state": ("valid", "draft")},
        {"deleted_at": (None, AT)},
    ):
        assert says("hoa", **fields) == "record_settled", fields
    assert says("minh", collected_note=(None, "Đã nộp")) == "a"
    assert says("hoa", **back) == "a"
    assert says("hoa", certificate_state=("revoked", "valid")) == "record_settled"
