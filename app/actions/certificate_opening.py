"""What exists on paper comes first: certificates of earlier years as they stand, the number to go
on from, and the signed minute with which both must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import (
    certificate_number,
    cold_start,
    council_decision,
    kept_rows,
    paper_out,
    person,
    settings,
)
from app.actions.case_file import in_vietnamese
from app.actions.council_form import Print
from app.errors import Problem, Refused
from app.rules import certificate as rules
from app.rules import dates
from app.values.certificate import HandedOver, Offer, OpeningLine
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, text
from data.records import blank as blanks
from data.records import certificate as records
from data.records import certificate_clash, merger
from data.records.certificate import Certificate, CertificateOpening
from data.records.person import Person

STATES = (records.VALID, records.SUPERSEDED, records.REVOKED)
TOTALS = {"of_profound": "profound", "of_severe": "severe", "of_mild": "mild"}
TAKEN = frozenset(
    "certificate_number serial issued_on issued_by signer types degree certificate_state "
    "ended_on revoke_reason revoke_decision revoked_on revoked_by certificate_note".split()
)
say = in_vietnamese


def take_over(ws: Workspace, person_id: str, typed: Mapping[str, object]) -> str:
    """Write a certificate of earlier years down as it stands; answers its id.

    No score, no minutes are invented. In force, it also stands in the person's own record where
    that says nothing yet. Raises Refused: certificate_on_paper_number, certificate_on_paper_twice,
    certificate_on_paper_double (unless certificate_note says why the book has it so),
    certificate_before_birth, certificate_over_state, certificate_two_in_force,
    certificate_paper_now, and what is wrong with a value.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        if not typed.get("certificate_note"):
            _demand_single(session, person_id, typed)
        return take_over_within(ws, session, person_id, typed)


def take_over_within(
    ws: Workspace, session: Session, person_id: str, typed: Mapping[str, object]
) -> str:
    """`take_over` within somebody's transaction."""
    who = person.found(session, person_id)
    unknown = set(typed) - TAKEN
    if unknown:
        raise Refused.one("unknown_field", sorted(unknown)[0])
    state = {"certificate_state": typed.get("certificate_state") or records.VALID}
    fixed = {"basis": rules.PAPER, "origin": rules.PAPER}
    values = kept_rows.checked(ws, "certificate", dict(typed) | state | fixed)
    _check(session, who, values)
    _demand_earlier(ws, session, values)
    row = Certificate(office_id=ws.office.id, person_id=who.id)
    kept_rows.put(session, row, values)
    if values["certificate_state"] == records.VALID:
        _tell_person(ws, session, who, values)
    return row.id


def offers(ws: Workspace) -> tuple[Offer, ...]:
    """Persons whose own fields (A1 to A3) name a certificate of which there is no record."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(_offer(who) for who in records.of_the_book(session))


def offer_of(ws: Workspace, person_id: str) -> Offer | None:
    """The certificate that a person's own fields name, while there is no record of it."""
    with ws.db.read() as session:
        who = session.get(Person, person_id)
        known = who is None or not who.certificate_number or records.of_person(session, who.id)
        return None if known or who is None else _offer(who)


def adopt(ws: Workspace, person_ids: Sequence[str]) -> tuple[Problem, ...]:
    """Write the certificates that persons' own fields name down as taken over from paper; answers
    whose could not be and why. Each stands or falls alone."""
    ws.demand("enter")
    problems: list[Problem] = []
    for one in person_ids:
        try:
            with ws.db.write(ws.author()) as session:
                cold_start.demand_rows(session)
                who = person.found(session, one)
                take_over_within(ws, session, one, of_own_fields(who))
        except Refused as refused:
            problems += refused.problems
    return tuple(problems)


def of_own_fields(who: Person) -> dict[str, object]:
    """What a person's own fields say of a certificate."""
    return {
        "certificate_number": who.certificate_number,
        "issued_on": who.certificate_on,
        "issued_by": who.certificate_by,
        "types": tuple((who.types or "").split()),
        "degree": who.degree if who.degree in rules.DEGREES else None,
    }


def say_opening(ws: Workspace, typed: Mapping[str, object]) -> None:
    """Write down where numbers begin and what the signed minute says.

    The first number stays once certificates were issued from it. Raises Refused:
    certificate_start_set, and what is wrong with a value.
    """
    ws.demand("settings")
    with ws.db.write(ws.author()) as session:
        cold_start.demand_rows(session)
        row = records.opening(session)
        values = kept_rows.checked(ws, "certificate_opening", typed, row)
        asked = values.get("first_number", row.first_number if row else None)
        known = row.first_number if row is not None else None
        if known and asked != known and certificate_number.given(session):
            raise Refused.one("certificate_start_set", "first_number", known)
        kept_rows.put(session, row or _fresh(ws), values)


def opening(ws: Workspace) -> HandedOver:
    """The minute's totals beside what was brought in."""
    ws.demand("view")
    with ws.db.read() as session:
        row = records.opening(session)
        empty = CertificateOpening(office_id=ws.office.id)
        told = kept_rows.shown(ws, "certificate_opening", row or empty)
        return HandedOver(told, _lines(session, row), len(records.of_the_book(session)))


def minute(ws: Workspace, out: Path) -> None:
    """Write the hand-over minute into a file. Raises Refused, FontMissing."""
    paper_out.put(minute_pdf(ws), out)


def minute_pdf(ws: Workspace) -> bytes:
    """The hand-over minute as a PDF, to be signed by both sides. Raises Refused, FontMissing."""
    from app.papers import letter

    ws.demand("print")
    lines = [(one.label, one.said or 0, one.found) for one in opening(ws).lines]
    how = Print(
        letterhead=settings.letterhead(ws),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=ws.clock().astimezone().strftime("%H:%M %d/%m/%Y"),
        demo=ws.office.demo,
    )
    return letter.typeset([council_decision.opening_totals(lines, how)], say)[0]


def _fresh(ws: Workspace) -> CertificateOpening:
    return CertificateOpening(id=records.OPENING_ID, office_id=ws.office.id)


def _check(session: Session, who: Person, values: Mapping[str, object]) -> None:
    number = text.tidy(str(values.get("certificate_number") or ""))
    if not number:
        raise Refused.one("certificate_on_paper_number", "certificate_number")
    if values["certificate_state"] not in STATES:
        raise Refused.one("certificate_over_state", "certificate_state")
    day = str(values.get("issued_on") or "")
    if day and who.birth and dates.before(day, who.birth):
        raise Refused.one("certificate_before_birth", "issued_on", day, name=who.name)
    issuer = str(values.get("issued_by") or "")
    for other in records.with_number(session, number):
        name = other.holder_name or who.name
        same = (other.issued_by or "") == issuer
        if merger.survivor(session, other.person_id) == who.id and same:
            raise Refused.one("certificate_on_paper_twice", "certificate_number", number, name=name)
        own = other.origin != records.PAPER and other.certificate_state in records.GIVEN
        if own and (not issuer or certificate_clash.same_issuer(other.issued_by or "", issuer)):
            raise Refused.one("certificate_number_here", "certificate_number", number, name=name)
    now = records.in_force(session, who.id)
    if now is not None and values["certificate_state"] == records.VALID:
        told = now.certificate_number
        raise Refused.one("certificate_two_in_force", "certificate_state", told, name=who.name)


def _demand_single(session: Session, person_id: str, typed: Mapping[str, object]) -> None:
    """Two lines of a paper book may bear one number; whoever types the second one is asked why."""
    number = text.tidy(str(typed.get("certificate_number") or ""))
    issuer = str(typed.get("issued_by") or "")
    for other in records.with_number(session, number) if number else ():
        theirs = merger.survivor(session, other.person_id) != person_id
        one_issuer = certificate_clash.same_issuer(other.issued_by or "", issuer)
        if theirs and one_issuer and other.certificate_state in records.GIVEN:
            name = other.holder_name or person.found(session, other.person_id).name
            raise Refused.one("certificate_on_paper_double", "certificate_note", number, name=name)


def _demand_earlier(ws: Workspace, session: Session, values: Mapping[str, object]) -> None:
    """What lies on paper is of before the office began to issue here. A later day is for who may
    issue: else anybody could write a certificate in force without minutes or a second pair of
    hands."""
    day = str(values.get("issued_on") or "")
    began = records.began(session) or ws.today().isoformat()
    if values["certificate_state"] == records.VALID and day >= began[: len(day)] and day:
        if not ws.can("approve"):
            raise Refused.one("certificate_paper_now", "issued_on", day, began=began)


def _tell_person(
    ws: Workspace, session: Session, who: Person, values: Mapping[str, object]
) -> None:
    """Where the person's own record says nothing of a certificate, it says this one; type and
    degree of an approved person only by an approval, like every change of them."""
    own = {
        "certificate_number": values.get("certificate_number"),
        "certificate_on": values.get("issued_on"),
        "certificate_by": values.get("issued_by"),
        "has_certificate": "yes",
        "types": values.get("types"),
        "degree": values.get("degree"),
    }
    empty = {n: v for n, v in own.items() if v and not getattr(who, n)}
    if empty:
        person.write_values(ws, session, who, empty)


def _lines(session: Session, row: CertificateOpening | None) -> tuple[OpeningLine, ...]:
    found = records.by_degree(session, records.PAPER)
    told = []
    for name, degree in TOTALS.items():
        label = translate(
            "Giấy xác nhận, mức {degree}", degree=codes.label("degree", degree, language()).lower()
        )
        said = getattr(row, name) if row is not None else None
        told.append(OpeningLine(name, label, said, found.get(degree, 0)))
    rest = sum(count for degree, count in found.items() if degree not in TOTALS.values())
    if rest:
        label = translate("Giấy xác nhận, không rõ mức độ")
        told.append(OpeningLine("of_unknown", label, 0, rest))
    stock = sum(blanks.counts(session).values())
    said = row.of_blanks if row is not None else None
    told.append(OpeningLine("of_blanks", translate("Phôi đã nhận"), said, stock))
    return tuple(told)


def _offer(who: Person) -> Offer:
    lacks = "" if who.degree in rules.DEGREES and who.types else "degree"
    return Offer(
        who.id,
        who.name or "",
        who.certificate_number or "",
        who.certificate_on or "",
        who.certificate_by or "",
        who.degree or "",
        lacks if who.certificate_on else lacks or "day",
    )
