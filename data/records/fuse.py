"""The mass-delete fuse: removals that wait because there are too many of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base

OUT, IN = WAYS = "out", "in"
REMOVALS_MIN, SHARE = 50, 20
"""So many removals of one kind of record are nobody's mistake; and no more than a twentieth."""


class HeldRemoval(Base):
    """A record whose removal was kept back: `out` on its way to the server, `in` on its way here.

    Of one on its way here `fields` are the removal's values (JSON `{name: new}`) and `version`
    the server's version of the row that carries them; `by` at `at` is who removed the record.
    `asked_at` says that a person must say yes (an arriving removal waits for the end of its pull
    before that is known), `allowed_at` that somebody did.
    """

    __tablename__ = "held_removal"

    entity: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    way: Mapped[str] = mapped_column(String(3), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(String(36))
    by: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(24))
    version: Mapped[int] = mapped_column(Integer, default=0)
    fields: Mapped[str] = mapped_column(Text, default="{}")
    asked_at: Mapped[str | None] = mapped_column(String(24))
    allowed_at: Mapped[str | None] = mapped_column(String(24))
    allowed_by: Mapped[str | None] = mapped_column(Text)


def too_many(removals: int, living: int) -> bool:
    """Whether so many removals of one kind, of so many records that were there, need a person."""
    return removals > max(REMOVALS_MIN, living // SHARE)


def asked(session: Session, way: str, limit: int = -1) -> Sequence[HeldRemoval]:
    """The removals that wait for a person's yes, the oldest first."""
    query = select(HeldRemoval).where(*_asked(way)).order_by(HeldRemoval.at, HeldRemoval.row_id)
    return session.scalars(query.limit(limit)).all()


def count_asked(session: Session, way: str) -> int:
    """How many that are."""
    return session.scalar(select(func.count()).select_from(HeldRemoval).where(*_asked(way))) or 0


def _asked(way: str) -> tuple[ColumnElement[bool], ...]:
    return (
        HeldRemoval.way == way,
        HeldRemoval.asked_at.is_not(None),
        HeldRemoval.allowed_at.is_(None),
    )
