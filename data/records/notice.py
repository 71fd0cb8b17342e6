"""Public notices of what the council concluded (TT 01/2019 Đ.6 k.1): one for each session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns

NOTICE_NAMESPACE = UUID("9f3f1c0a-8c1b-4a7e-8a57-66a7be1f2d31")
DRAFT, APPROVED, POSTED, TAKEN_DOWN = "draft", "approved", "posted", "taken_down"


class Notice(Travels, Base):
    """What hangs at the office and how long. The list itself is made from the hearings."""

    __tablename__ = "notice"

    session_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        notice_number: Mapped[str | None]
        notice_state: Mapped[str | None]
        notice_place: Mapped[str | None]
        posted_on: Mapped[str | None]
        take_down_on: Mapped[str | None]
        taken_down_on: Mapped[str | None]
        approved_on: Mapped[str | None]
        approved_by: Mapped[str | None]


add_dictionary_columns(Notice, "notice")
Index("notice_take_down", Notice.take_down_on)  # type: ignore[arg-type]


def notice_id(session_id: str) -> str:
    """The id of a session's notice: the same on every PC, so that there is one."""
    return str(uuid5(NOTICE_NAMESPACE, session_id))


def of_session(session: Session, session_id: str) -> Notice | None:
    """The notice of a session, if one was written."""
    row = session.get(Notice, notice_id(session_id))
    return None if row is None or row.deleted_at else row


def all_of(session: Session, limit: int) -> list[Notice]:
    """Notices, the latest written first."""
    found = select(Notice).where(Notice.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Notice.id.desc()).limit(limit)))


def with_number(session: Session, number: str) -> Notice | None:
    """The notice (not removed) that carries a number."""
    found = select(Notice).where(Notice.notice_number == number, Notice.deleted_at.is_(None))
    return session.scalars(found.limit(1)).first()
