"""A person is sent on to somebody who can help; what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, String, func, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person

ASKED = "sent"
"""The status of who waits for an answer."""
OPEN = ("written", ASKED, "accepted")
"""Statuses of which something is still expected."""


class Referral(Travels, Base):
    """One referral of one person, with a need and a case or without.

    Whom it goes to is written out (`referred_to`): the line of the directory may change or end,
    and does not go along to another office. Case, need, service and scan are named by no foreign
    key, for they may stay behind.
    """

    __tablename__ = "referral"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(String(36), index=True)
    need_id: Mapped[str | None] = mapped_column(String(36))
    provider_id: Mapped[str | None] = mapped_column(String(36), index=True)
    answer_file_id: Mapped[str | None] = mapped_column(String(36))

    if TYPE_CHECKING:
        referred_to: Mapped[str | None]
        service_asked: Mapped[str | None]
        referral_reason: Mapped[str | None]
        referral_secret: Mapped[str | None]
        referral_status: Mapped[str | None]
        sent_on: Mapped[str | None]
        letter_number: Mapped[str | None]
        answer_due_on: Mapped[str | None]
        answered_on: Mapped[str | None]
        answer_note: Mapped[str | None]
        served_on: Mapped[str | None]
        referral_origin: Mapped[str | None]


add_dictionary_columns(Referral, "referral")
Index("referral_by_due", Referral.referral_status, Referral.answer_due_on)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on referrals; `overdue_on` (ISO): whose answer was due before that day."""

    statuses: tuple[str, ...] = ()
    overdue_on: str = ""
    case_id: str = ""
    provider_id: str = ""


def of_person(session: Session, person_id: str) -> list[Referral]:
    """The referrals of a person, the newest first."""
    theirs = Referral.person_id.in_(merger.everybody(session, person_id))
    found = select(Referral).where(theirs, Referral.deleted_at.is_(None))
    day = func.coalesce(Referral.sent_on, "9999")
    return list(session.scalars(found.order_by(day.desc(), Referral.id.desc())))


def page(
    session: Session, wanted: Wanted, limit: int, offset: int = 0
) -> list[tuple[Referral, Person]]:
    """Referrals that fit with their persons, the longest overdue first."""
    due = func.coalesce(Referral.answer_due_on, "9999")
    found = _fitting(select(Referral, Person), wanted).order_by(due, Referral.id)
    return [(row, who) for row, who in session.execute(found.limit(limit).offset(offset))]


def count(session: Session, wanted: Wanted) -> int:
    """How many referrals fit."""
    return session.scalar(_fitting(select(func.count()), wanted)) or 0


def _fitting(rows: Select[Any], wanted: Wanted) -> Select[Any]:
    rows = merger.with_person(rows.select_from(Referral), Referral.person_id)
    rows = rows.where(Referral.deleted_at.is_(None), Person.deleted_at.is_(None))
    if wanted.statuses:
        rows = rows.where(Referral.referral_status.in_(wanted.statuses))  # type: ignore[union-attr]
    if wanted.overdue_on:
        due = Referral.answer_due_on
        today = func.substr(literal(wanted.overdue_on), 1, func.length(due))
        rows = rows.where(Referral.referral_status == ASKED, due < today)  # "2026-01": not yet over
    if wanted.case_id:
        rows = rows.where(Referral.case_id == wanted.case_id)
    if wanted.provider_id:
        rows = rows.where(Referral.provider_id == wanted.provider_id)
    return rows
