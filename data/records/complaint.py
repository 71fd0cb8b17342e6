"""Somebody does not agree with what the council concluded; the answer is given in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class Complaint(Travels, Base):
    """One complaint about the conclusion in a file (TT 01/2019/TT-BLĐTBXH Đ.6 k.1)."""

    __tablename__ = "complaint"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    application_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("application.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        received_on: Mapped[str | None]
        complainant: Mapped[str | None]
        complainant_relation: Mapped[str | None]
        about: Mapped[str | None]
        due_on: Mapped[str | None]
        answered_on: Mapped[str | None]
        answer_number: Mapped[str | None]
        complaint_outcome: Mapped[str | None]
        answer: Mapped[str | None]
        origin: Mapped[str | None]


add_dictionary_columns(Complaint, "complaint")
Index("complaint_by_due", Complaint.due_on)  # type: ignore[arg-type]


def of_person(session: Session, person_id: str) -> list[Complaint]:
    """The complaints in a person's files, the newest first."""
    theirs = Complaint.person_id.in_(merger.everybody(session, person_id))
    found = select(Complaint).where(theirs, Complaint.deleted_at.is_(None))
    day = func.coalesce(Complaint.received_on, "9999")
    return list(session.scalars(found.order_by(day.desc(), Complaint.id.desc())))


def of_application(session: Session, application_id: str) -> list[Complaint]:
    """The complaints about one file, the newest first."""
    theirs = (Complaint.application_id == application_id, Complaint.deleted_at.is_(None))
    day = func.coalesce(Complaint.received_on, "9999")
    found = select(Complaint).where(*theirs).order_by(day.desc(), Complaint.id.desc())
    return list(session.scalars(found))


def open_ones(session: Session) -> list[Complaint]:
    """The complaints that nobody answered, what is due first."""
    waits = (Complaint.answered_on.is_(None), Complaint.deleted_at.is_(None))
    due = func.coalesce(Complaint.due_on, "9999")
    return list(session.scalars(select(Complaint).where(*waits).order_by(due, Complaint.id)))
