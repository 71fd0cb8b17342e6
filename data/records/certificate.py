"""Certificates of disability (Luật 51/2010/QH12 Đ.19): issued here, taken over from paper, and
which of them another one took the place of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    and_,
    func,
    nulls_last,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger, search_words
from data.records.hearing import Hearing
from data.records.person import Person
from data.text import nfc

OPENING_NAMESPACE = UUID("3a0f4c8e-6d11-4b57-9f0a-84b1b8d3c7e2")
AT_ONCE = 400
LATE = "9999"
"""After every day: a certificate that rests on no hearing comes last."""
DRAFT, VALID, REVOKED, VOID, SUPERSEDED = "draft", "valid", "revoked", "void", "superseded"
GIVEN = (VALID, REVOKED, SUPERSEDED)
"""States of a certificate that was in somebody's hand."""
OVER = (REVOKED, SUPERSEDED, VOID)
"""States of one that holds no more."""
NEW, PAPER = "new", "paper"
CONTENT = frozenset(
    "certificate_number issued_on issued_by signer signer_position holder_name holder_birth "
    "holder_sex holder_address types degree basis basis_number basis_on ended_on revoke_reason "
    "revoked_by revoke_decision revoked_on aware_of aware_by aware_reason".split()
)
"""What a certificate says: it stands or falls with the state, never half of one PC's work."""
PRINTED = frozenset(
    "certificate_number issued_on issued_by signer signer_position holder_name holder_birth "
    "holder_sex holder_address types degree serial prints".split()
)
"""What stands on one sheet: the blank and its prints go with the words that were printed on it,
those of two PCs that issued one draft are never mixed."""
AFTERWARDS = frozenset("collected_on collected_note print_note certificate_note".split())
"""What is still written about a certificate that was issued."""


class Certificate(Travels, Base):
    """One certificate of one person, with what stands on it as it was when it was issued.

    `replaces_id` names the one whose place it took. The rows that it rests on (application,
    hearing, referral to the medical board) are named without a foreign key: they may come later.
    """

    __tablename__ = "certificate"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    application_id: Mapped[str | None] = mapped_column(String(36), index=True)
    hearing_id: Mapped[str | None] = mapped_column(String(36), index=True)
    medical_referral_id: Mapped[str | None] = mapped_column(String(36))
    replaces_id: Mapped[str | None] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        certificate_number: Mapped[str | None]
        serial: Mapped[str | None]
        issued_on: Mapped[str | None]
        issued_by: Mapped[str | None]
        signer: Mapped[str | None]
        signer_position: Mapped[str | None]
        holder_name: Mapped[str | None]
        holder_birth: Mapped[str | None]
        holder_sex: Mapped[str | None]
        holder_address: Mapped[str | None]
        types: Mapped[str | None]
        degree: Mapped[str | None]
        basis: Mapped[str | None]
        basis_number: Mapped[str | None]
        basis_on: Mapped[str | None]
        certificate_state: Mapped[str | None]
        ended_on: Mapped[str | None]
        revoke_reason: Mapped[str | None]
        revoked_by: Mapped[str | None]
        revoke_decision: Mapped[str | None]
        revoked_on: Mapped[str | None]
        collected_on: Mapped[str | None]
        collected_note: Mapped[str | None]
        prints: Mapped[int | None]
        print_note: Mapped[str | None]
        origin: Mapped[str | None]
        certificate_note: Mapped[str | None]
        aware_of: Mapped[str | None]
        aware_by: Mapped[str | None]
        aware_reason: Mapped[str | None]


class CertificateOpening(Travels, Base):
    """What the paper book handed over: the number to go on from, and the totals of the signed
    minute. One row of an office, whichever PC writes it; the first number is the first said."""

    __tablename__ = "certificate_opening"

    if TYPE_CHECKING:
        first_number: Mapped[int | None]
        minute_number: Mapped[str | None]
        minute_on: Mapped[str | None]
        minute_signed: Mapped[str | None]
        of_profound: Mapped[int | None]
        of_severe: Mapped[int | None]
        of_mild: Mapped[int | None]
        of_blanks: Mapped[int | None]
        opening_note: Mapped[str | None]


class RevokedMark(Base):
    """One line of the server's list of certificates that hold no more, and of keys of lost PCs: a
    mark that names nobody, and since which day. It is kept on this PC for checking codes without a
    line."""

    __tablename__ = "revoked_mark"

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[str] = mapped_column(String(10))


class SealState(Base):
    """One row (id 1): the server's word for this PC's signing key, and of what day its list of
    certificates that hold no more is. Hex text."""

    __tablename__ = "seal_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    endorsement: Mapped[str] = mapped_column(String(128), default="")
    listed_at: Mapped[str | None] = mapped_column(String(24))


class PrinterOffset(Base):
    """How far this PC's printer sets the text of a certificate off, in tenths of a millimetre."""

    __tablename__ = "printer_offset"

    printer: Mapped[str] = mapped_column(Text, primary_key=True)
    right: Mapped[int] = mapped_column(Integer, default=0)
    down: Mapped[int] = mapped_column(Integer, default=0)


add_dictionary_columns(Certificate, "certificate")
add_dictionary_columns(CertificateOpening, "certificate_opening")
Index("certificate_by_number", Certificate.certificate_number)  # type: ignore[arg-type]
Index("certificate_by_serial", Certificate.serial)  # type: ignore[arg-type]
BY_ORIGIN = "origin issued_on certificate_state degree deleted_at person_id".split()
Index("certificate_by_origin", *(getattr(Certificate, name) for name in BY_ORIGIN))
"""Whole: when the office began and what it took over are counted without the rows."""
COUNTED = (
    *("id", "person_id", "application_id", "certificate_state", "issued_on", "ended_on"),
    *("revoked_on", "basis", "origin", "types", "degree", "deleted_at", "created_at"),
)
Index("certificate_counted", *(getattr(Certificate, name) for name in COUNTED))
"""What reports count by."""
Index(
    "certificate_by_day",
    *(getattr(Certificate, name) for name in ("issued_on", "certificate_number", "id")),
    sqlite_where=Certificate.deleted_at.is_(None),
)
"""The list in its order: its first page sorts nothing."""
Index("certificate_by_state", Certificate.certificate_state, Certificate.issued_on)  # type: ignore[arg-type]


OPENING_ID = str(uuid5(OPENING_NAMESPACE, "opening"))
"""The id of an office's opening: the same on every PC, before enrolment and after."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on certificates; empty ones do not count. `until` keeps those issued up to a
    day, whatever became of them later, `year` those of one year."""

    query: str = ""
    states: tuple[str, ...] = ()
    degree: str = ""
    communes: tuple[str, ...] = ()
    until: str = ""
    year: int = 0


DAY = func.coalesce(Certificate.issued_on, "9999")


def of_person(session: Session, person_id: str) -> list[Certificate]:
    """The certificates of a person, drafts first, then the newest."""
    theirs = Certificate.person_id.in_(merger.everybody(session, person_id))
    found = select(Certificate).where(theirs, Certificate.deleted_at.is_(None))
    return list(session.scalars(found.order_by(DAY.desc(), Certificate.id.desc())))


def loose(session: Session, person_id: str) -> list[Certificate]:
    """Those of a person that no application has."""
    return [one for one in of_person(session, person_id) if not one.application_id]


def in_force(session: Session, person_id: str) -> Certificate | None:
    """The certificate that a person has now, if there is one."""
    return next((c for c in of_person(session, person_id) if c.certificate_state == VALID), None)


def of_application(session: Session, application_id: str) -> list[Certificate]:
    """Certificates of a file that are not void, the newest first."""
    found = select(Certificate).where(
        Certificate.application_id == application_id,
        Certificate.deleted_at.is_(None),
        Certificate.certificate_state != VOID,  # type: ignore[arg-type]
    )
    return list(session.scalars(found.order_by(Certificate.id.desc())))


def as_heard(session: Session, ids: Sequence[str]) -> list[Certificate]:
    """These certificates in the order in which the council heard the persons; others follow."""
    found: list[tuple[tuple[str, str, int, str], Certificate]] = []
    for start in range(0, len(ids), AT_ONCE):
        rows = (
            select(Certificate, Hearing)
            .outerjoin(Hearing, Hearing.id == Certificate.hearing_id)
            .where(
                Certificate.id.in_(ids[start : start + AT_ONCE]), Certificate.deleted_at.is_(None)
            )
        )
        found += [(_place(one, heard), one) for one, heard in session.execute(rows)]
    return [one for _place, one in sorted(found, key=lambda each: each[0])]


def _place(one: Certificate, heard: Hearing | None) -> tuple[str, str, int, str]:
    number = one.certificate_number or ""
    if heard is None:
        return LATE, "", 0, number
    order = heard.hearing_order
    return heard.heard_on or LATE, heard.session_id or "", 9999 if order is None else order, number


def of_session(session: Session, session_id: str) -> list[str]:
    """Ids of the certificates that rest on the hearings of a session."""
    heard = select(Hearing.id).where(Hearing.session_id == session_id)
    found = select(Certificate.id).where(Certificate.hearing_id.in_(heard))
    return list(session.scalars(found))


def replaced_by(session: Session, ids: Sequence[str]) -> dict[str, Certificate]:
    """By certificate the one that took its place."""
    after: dict[str, Certificate] = {}
    for start in range(0, len(ids), AT_ONCE):
        found = select(Certificate).where(
            Certificate.replaces_id.in_(ids[start : start + AT_ONCE]),
            Certificate.deleted_at.is_(None),
            Certificate.certificate_state.in_(GIVEN),  # type: ignore[union-attr]
        )
        after |= {row.replaces_id: row for row in session.scalars(found) if row.replaces_id}
    return after


def holders(session: Session, ids: Sequence[str]) -> dict[str, Person]:
    """By certificate whose it is now."""
    found: dict[str, Person] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = select(Certificate.id, Person).select_from(Certificate)
        rows = merger.with_person(rows, Certificate.person_id)
        rows = rows.where(Certificate.id.in_(ids[start : start + AT_ONCE]))
        found |= {row[0]: row[1] for row in session.execute(rows)}
    return found


def settled(row: object) -> bool:
    """Whether it was issued or dropped: what stands then is not written over."""
    return isinstance(row, Certificate) and row.certificate_state != DRAFT


def began(session: Session) -> str:
    """The day on which the office began to issue here: of its first certificate, or of the day on
    which it was said where numbers begin, whichever is earlier; "" while neither is. Asked for
    every paper that is taken over: it looks at the first of an index, never at the book."""
    own = (
        select(Certificate.issued_on)
        .where(
            Certificate.origin == NEW,
            Certificate.issued_on > "",  # type: ignore[operator]
            Certificate.certificate_state.in_(GIVEN),  # type: ignore[union-attr]
            Certificate.deleted_at.is_(None),
        )
        .order_by(Certificate.issued_on)
        .limit(1)
    )
    row = opening(session)
    said = row.created_at[:10] if row is not None and row.first_number else ""
    days = [one for one in (session.scalar(own), said) if one]
    return min(days, default="")


def with_number(session: Session, number: str) -> list[Certificate]:
    """Certificates (void ones too: a number is used up once) with a number."""
    return _with(session, Certificate.certificate_number == number)  # type: ignore[arg-type]


def with_serial(session: Session, serial: str) -> list[Certificate]:
    """Certificates that say to be printed on one blank, void ones left out."""
    here = and_(Certificate.serial == serial, Certificate.certificate_state != VOID)  # type: ignore[arg-type]
    return _with(session, here)


def page(
    session: Session, wanted: Wanted, limit: int | None = None, offset: int = 0
) -> list[tuple[Certificate, Person]]:
    """Certificates with their persons in the order of their days, drafts last, all without a limit;
    removed persons left out."""
    rows = _fitting(session, select(Certificate, Person).select_from(Certificate), wanted)
    day = nulls_last(Certificate.issued_on)
    ordered = rows.order_by(day, Certificate.certificate_number, Certificate.id)
    return [(row, who) for row, who in session.execute(ordered.limit(limit).offset(offset))]


def count(session: Session, wanted: Wanted) -> int:
    """How many certificates fit."""
    rows = _fitting(session, select(func.count()).select_from(Certificate), wanted)
    return session.scalar(rows) or 0


def by_degree(session: Session, origin: str, states: Collection[str] = GIVEN) -> dict[str, int]:
    """How many certificates of an origin there are, by degree; removed persons left out."""
    rows = select(Certificate.degree, func.count()).select_from(Certificate)
    rows = merger.with_person(rows, Certificate.person_id).where(
        Certificate.deleted_at.is_(None),
        Person.deleted_at.is_(None),
        Certificate.origin == origin,
        Certificate.certificate_state.in_(states),  # type: ignore[union-attr]
    )
    found = session.execute(rows.group_by(Certificate.degree))
    return {degree or "": number for degree, number in found}


def of_the_book(session: Session, with_number: bool = True) -> list[Person]:
    """Persons whose own fields name a certificate of which there is no record."""
    known = select(Certificate.id).where(
        Certificate.person_id == Person.id,
        Certificate.deleted_at.is_(None),
        Certificate.certificate_state != DRAFT,  # type: ignore[arg-type]
    )
    number = Person.certificate_number
    rows = select(Person).where(Person.deleted_at.is_(None), ~known.exists())
    if with_number:
        rows = rows.where(number.is_not(None), number != "")  # type: ignore[union-attr]
    return list(session.scalars(rows.order_by(Person.sort_key, Person.id)))


def opening(session: Session) -> CertificateOpening | None:
    """What the paper book handed over, when somebody wrote it down."""
    return session.get(CertificateOpening, OPENING_ID)


def _with(session: Session, condition: ColumnElement[bool]) -> list[Certificate]:
    found = select(Certificate).where(condition, Certificate.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Certificate.id)))


def _fitting(session: Session, rows: Select, wanted: Wanted) -> Select:  # type: ignore[type-arg]
    rows = merger.with_person(rows, Certificate.person_id)
    rows = rows.where(Certificate.deleted_at.is_(None), Person.deleted_at.is_(None))
    if wanted.states:
        rows = rows.where(Certificate.certificate_state.in_(wanted.states))  # type: ignore[union-attr]
    if wanted.degree:
        rows = rows.where(Certificate.degree == wanted.degree)
    if wanted.communes:
        places = (Person.commune, Person.current_commune)
        rows = rows.where(or_(*(place.in_(wanted.communes) for place in places)))
    if wanted.until:
        rows = rows.where(Certificate.issued_on <= wanted.until)  # type: ignore[operator]
    if wanted.year:
        rows = rows.where(Certificate.issued_on.startswith(str(wanted.year)))  # type: ignore[union-attr]
    typed = nfc(wanted.query).strip()
    if typed:
        named = and_(*search_words.of_person(session, typed))
        said = (Certificate.certificate_number, Certificate.serial)
        direct = [part.contains(typed, autoescape=True) for part in said]  # type: ignore[union-attr]
        rows = rows.where(or_(named, *direct))
    return rows
