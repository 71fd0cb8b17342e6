"""What somebody has begun (typing, a print), kept on this PC until it is done or given up."""

from __future__ import annotations

from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base


class Draft(Base):
    """What somebody was typing, kept after a short pause so that a power cut loses nothing.

    Also how far a long print is. `key` begins with what it is of (`person:…`, `print:…`).
    """

    __tablename__ = "draft"

    login: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[str] = mapped_column(String(24))


def of_login(session: Session, login: str) -> list[Draft]:
    """What a user left unfinished on this PC, the latest first."""
    found = select(Draft).where(Draft.login == login)
    return list(session.scalars(found.order_by(Draft.saved_at.desc(), Draft.key)))


def of_record(session: Session, begins: str) -> list[Draft]:
    """What anybody left unfinished on this PC of one kind: the beginning of its keys."""
    return list(session.scalars(select(Draft).where(Draft.key.startswith(begins))))


def drop(session: Session, login: str, key: str) -> None:
    """Forget one unfinished piece of typing."""
    session.execute(delete(Draft).where(Draft.login == login, Draft.key == key))
