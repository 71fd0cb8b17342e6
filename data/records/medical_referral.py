"""A person is sent to the medical board, or brings minutes of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class MedicalReferral(Travels, Base):
    """One referral to a medical board (Luật 51/2010/QH12 Đ.15 k.2) and its minutes.

    Minutes of earlier years that lie on paper belong to no file here.
    """

    __tablename__ = "medical_referral"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    application_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("application.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        medical_board_reason: Mapped[str | None]
        number: Mapped[str | None]
        sent_on: Mapped[str | None]
        findings: Mapped[str | None]
        disagreement: Mapped[str | None]
        evidence: Mapped[str | None]
        papers_sent: Mapped[str | None]
        board: Mapped[str | None]
        due_on: Mapped[str | None]
        minutes_number: Mapped[str | None]
        minutes_on: Mapped[str | None]
        received_on: Mapped[str | None]
        conclusion: Mapped[str | None]
        types: Mapped[str | None]
        degree: Mapped[str | None]
        loss_percent: Mapped[int | None]
        old_self_care: Mapped[str | None]
        valid_until: Mapped[str | None]
        origin: Mapped[str | None]


add_dictionary_columns(MedicalReferral, "medical_referral")
Index("medical_referral_by_due", MedicalReferral.due_on)  # type: ignore[arg-type]
Index("medical_referral_by_end", MedicalReferral.valid_until)  # type: ignore[arg-type]


def of_person(session: Session, person_id: str) -> list[MedicalReferral]:
    """The referrals and board minutes of a person, the newest first."""
    theirs = MedicalReferral.person_id.in_(merger.everybody(session, person_id))
    found = select(MedicalReferral).where(theirs, MedicalReferral.deleted_at.is_(None))
    day = func.coalesce(MedicalReferral.sent_on, MedicalReferral.minutes_on, "9999")
    return list(session.scalars(found.order_by(day.desc(), MedicalReferral.id.desc())))


def of_application(session: Session, application_id: str) -> list[MedicalReferral]:
    """The referrals out of one file, the newest first."""
    one = MedicalReferral
    theirs = (one.application_id == application_id, one.deleted_at.is_(None))
    return list(session.scalars(select(one).where(*theirs).order_by(one.id.desc())))


def loose(session: Session, person_id: str) -> list[MedicalReferral]:
    """Those of no file here: board minutes of earlier years."""
    return [one for one in of_person(session, person_id) if not one.application_id]
