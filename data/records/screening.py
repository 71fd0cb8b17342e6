"""Answers to the questions of the Washington Group: a screening, never the council's measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class Screening(Travels, Base):
    """One set of answers of one person, in the edition of the instrument they were given in."""

    __tablename__ = "screening"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    hearing_id: Mapped[str | None] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        instrument: Mapped[str | None]
        instrument_edition: Mapped[str | None]
        answers: Mapped[str | None]
        done_on: Mapped[str | None]
        answered_by: Mapped[str | None]


add_dictionary_columns(Screening, "screening")


def loose(session: Session, person_id: str) -> list[Screening]:
    """Those of a person that no hearing has."""
    return [one for one in of_person(session, person_id) if not one.hearing_id]


def of_person(session: Session, person_id: str) -> list[Screening]:
    """The screenings of a person, the newest first."""
    theirs = Screening.person_id.in_(merger.everybody(session, person_id))
    found = select(Screening).where(theirs, Screening.deleted_at.is_(None))
    day = func.coalesce(Screening.done_on, "")
    return list(session.scalars(found.order_by(day.desc(), Screening.id.desc())))


def of_hearing(session: Session, hearing_id: str) -> list[Screening]:
    """The screenings made for a hearing, the newest first."""
    found = select(Screening).where(
        Screening.hearing_id == hearing_id, Screening.deleted_at.is_(None)
    )
    return list(session.scalars(found.order_by(Screening.id.desc())))
