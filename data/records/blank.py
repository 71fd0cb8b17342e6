"""Blank certificates that the province printed: each by its serial, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records.certificate import VOID, Certificate

BLANK_NAMESPACE = UUID("7c2f1d0a-90e3-4a35-8d4b-2a64d7f51b08")
IN_STOCK, ISSUED, SPOILED, LOST = "in_stock", "issued", "spoiled", "lost"


class Blank(Travels, Base):
    """One blank of the office; it belongs to no person. `certificate_id` is what it became.

    Its id follows from its serial: two PCs that write down the same lot write the same rows, and
    two that use one blank meet in a conflict.
    """

    __tablename__ = "blank"

    certificate_id: Mapped[str | None] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        serial: Mapped[str | None]
        blank_state: Mapped[str | None]
        received_on: Mapped[str | None]
        received_from: Mapped[str | None]
        blank_on: Mapped[str | None]
        blank_reason: Mapped[str | None]


add_dictionary_columns(Blank, "blank")
Index("blank_by_state", Blank.blank_state, Blank.serial)  # type: ignore[arg-type]


def blank_id(serial: str) -> str:
    """The id of a blank: the same on every PC, before enrolment and after."""
    return str(uuid5(BLANK_NAMESPACE, serial))


def known(session: Session, ids: Sequence[str]) -> set[str]:
    """Which of these (at most 500) are written down already."""
    return set(session.scalars(select(Blank.id).where(Blank.id.in_(ids))))


def listing(
    session: Session, states: Sequence[str], query: str, limit: int, offset: int = 0
) -> list[Blank]:
    """Blanks in the order of their serials."""
    rows = select(Blank).where(Blank.deleted_at.is_(None))
    if states:
        rows = rows.where(Blank.blank_state.in_(states))  # type: ignore[union-attr]
    if query:
        rows = rows.where(Blank.serial.contains(query, autoescape=True))  # type: ignore[union-attr]
    return list(session.scalars(rows.order_by(Blank.serial).limit(limit).offset(offset)))


def counts(session: Session) -> dict[str, int]:
    """How many blanks there are in each state."""
    rows = select(Blank.blank_state, func.count()).where(Blank.deleted_at.is_(None))
    return {
        state or "": number for state, number in session.execute(rows.group_by(Blank.blank_state))
    }


def next_in_stock(session: Session) -> Blank | None:
    """The blank with the lowest serial that is still there."""
    return next(iter(stock_from(session, "", 1)), None)


def stock_from(session: Session, serial: str, count: int) -> list[Blank]:
    """So many blanks that are still there, from a serial on ("" is from the lowest), and that no
    certificate names."""
    rows = select(Blank).where(Blank.deleted_at.is_(None), Blank.blank_state == IN_STOCK)
    named = select(Certificate.id).where(
        Certificate.serial == Blank.serial,
        Certificate.deleted_at.is_(None),
        Certificate.certificate_state != VOID,  # type: ignore[arg-type]
    )
    rows = rows.where(Blank.serial >= serial, Blank.certificate_id.is_(None), ~named.exists())  # type: ignore[operator]
    return list(session.scalars(rows.order_by(Blank.serial).limit(count)))
