"""Benefits in kind by agreement with a firm, such as free bus rides, and who is entitled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person

ENTITLEMENT_NAMESPACE = UUID("5b8e2a3c-24b7-4d7c-8a38-9b0f6d7c1e52")


class Agreement(Travels, Base):
    """What a firm agreed to; it belongs to no person."""

    __tablename__ = "agreement"

    if TYPE_CHECKING:
        firm: Mapped[str | None]
        firm_phone: Mapped[str | None]
        firm_contact: Mapped[str | None]
        benefit: Mapped[str | None]
        percent_off: Mapped[int | None]
        routes: Mapped[str | None]
        for_degrees: Mapped[str | None]
        agreement_number: Mapped[str | None]
        valid_from: Mapped[str | None]
        valid_until: Mapped[str | None]
        agreement_note: Mapped[str | None]


class Entitlement(Travels, Base):
    """One person's benefit; firm and benefit are written out, the agreement stays here."""

    __tablename__ = "entitlement"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    agreement_id: Mapped[str | None] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        firm: Mapped[str | None]
        benefit: Mapped[str | None]
        card_number: Mapped[str | None]
        entitled_from: Mapped[str | None]
        entitled_until: Mapped[str | None]
        entitlement_status: Mapped[str | None]
        entitlement_note: Mapped[str | None]
        entitlement_origin: Mapped[str | None]


add_dictionary_columns(Agreement, "agreement")
add_dictionary_columns(Entitlement, "entitlement")
Index("entitlement_due", Entitlement.entitled_until)  # type: ignore[arg-type]


def entitlement_id(agreement_id: str, person_id: str) -> str:
    """The id of a person's benefit by an agreement: the same on every PC."""
    return str(uuid5(ENTITLEMENT_NAMESPACE, f"{agreement_id}/{person_id}"))


def of_person(session: Session, person_id: str) -> list[Entitlement]:
    """The benefits of a person, the newest first."""
    theirs = Entitlement.person_id.in_(merger.everybody(session, person_id))
    found = select(Entitlement).where(theirs, Entitlement.deleted_at.is_(None))
    day = func.coalesce(Entitlement.entitled_from, "")
    return list(session.scalars(found.order_by(day.desc(), Entitlement.id.desc())))


def agreements(session: Session, limit: int) -> list[Agreement]:
    """Agreements, the one valid longest first."""
    until = func.coalesce(Agreement.valid_until, "9999")
    found = select(Agreement).where(Agreement.deleted_at.is_(None))
    return list(session.scalars(found.order_by(until.desc(), Agreement.id).limit(limit)))


def entitled(session: Session, agreement_id: str) -> list[tuple[Entitlement, Person]]:
    """Whom an agreement is for, by name; removed persons left out."""
    rows = select(Entitlement, Person).select_from(Entitlement)
    rows = merger.with_person(rows, Entitlement.person_id).where(
        Entitlement.agreement_id == agreement_id,
        Entitlement.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
    ordered = rows.order_by(Person.sort_key, Person.id, Entitlement.id)
    return [(row, who) for row, who in session.execute(ordered)]


def counts(session: Session, agreement_ids: Sequence[str]) -> dict[str, int]:
    """By agreement how many persons are entitled."""
    persons = func.count(func.distinct(Person.id))
    rows = select(Entitlement.agreement_id, persons).select_from(Entitlement)
    rows = merger.with_person(rows, Entitlement.person_id).where(
        Entitlement.agreement_id.in_(agreement_ids),
        Entitlement.deleted_at.is_(None),
        Entitlement.entitlement_status == "active",
        Person.deleted_at.is_(None),
    )
    found = session.execute(rows.group_by(Entitlement.agreement_id))
    return {agreement_id: number for agreement_id, number in found if agreement_id}
