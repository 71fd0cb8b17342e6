"""Sets of search words, filters and order that somebody named to ask for again; on this PC."""

from __future__ import annotations

from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base


class SavedFilter(Base):
    """One person's named question to the list of people; `which` is JSON of what it asks for."""

    __tablename__ = "saved_filter"

    login: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    which: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[str] = mapped_column(String(24))


def of_login(session: Session, login: str) -> list[SavedFilter]:
    """What a user saved on this PC."""
    return list(session.scalars(select(SavedFilter).where(SavedFilter.login == login)))


def drop(session: Session, login: str, name: str) -> None:
    """Forget a saved filter."""
    session.execute(delete(SavedFilter).where(SavedFilter.login == login, SavedFilter.name == name))
