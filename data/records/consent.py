"""On what basis data of a person may be shared: by law, by consent, in an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class Consent(Travels, Base):
    """One basis for one purpose; `paper_id` is the scan of the signed paper among her files.

    It is never overwritten by a withdrawal: that has a day of its own, and what was shared before
    it stays lawful (Luật 91/2025/QH15 Đ.10).
    """

    __tablename__ = "consent"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    paper_id: Mapped[str | None] = mapped_column(String(36))

    if TYPE_CHECKING:
        consent_purpose: Mapped[str | None]
        consent_basis: Mapped[str | None]
        consent_source: Mapped[str | None]
        consented_on: Mapped[str | None]
        consenter: Mapped[str | None]
        consenter_name: Mapped[str | None]
        not_own_reason: Mapped[str | None]
        consenter_relation: Mapped[str | None]
        child_agreed: Mapped[bool | None]
        consent_form: Mapped[str | None]
        consent_witness: Mapped[str | None]
        consent_recipient: Mapped[str | None]
        consent_until: Mapped[str | None]
        withdrawn_on: Mapped[str | None]
        withdrawal_note: Mapped[str | None]


add_dictionary_columns(Consent, "consent")


def of_person(session: Session, person_id: str) -> list[Consent]:
    """Every basis of a person, withdrawn ones too, the newest first."""
    theirs = Consent.person_id.in_(merger.everybody(session, person_id))
    found = select(Consent).where(theirs, Consent.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Consent.consented_on.desc(), Consent.id.desc())))
