"""Where this PC and the server held a row differently, and how it was put right."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Index, Integer, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, new_id, now_text

LOST_HERE, OLD_HERE, DIFFERS = "lost_here", "old_here", "differs"
UNKNOWN_THERE, OLD_THERE, LOST_THERE = "unknown_there", "old_there", "lost_there"
BYPASS, GONE = "bypass", "gone"
ELSEWHERE = "elsewhere"
"""Lost, old or different here: the server's log was followed. Unknown or old on the server: this
PC's values go there again. Lost there: the server mended itself from its log. Bypass and gone: the
net saw a change (a deletion) that no program had announced. Elsewhere: the row lives in another
office's book, and was taken out of this one."""


class Incident(Base):
    """One row on which a PC and the server did not agree though nothing was on its way.

    `mine` and `theirs` are the two states before the repair, as JSON `{field: value}` (None where
    the side had no such row), with their versions; `seen_at` says that somebody has looked at it.
    """

    __tablename__ = "incident"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    at: Mapped[str] = mapped_column(String(24), default=now_text)
    kind: Mapped[str] = mapped_column(String(16))
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str | None] = mapped_column(String(36))
    version_mine: Mapped[int] = mapped_column(Integer, default=0)
    version_theirs: Mapped[int] = mapped_column(Integer, default=0)
    mine: Mapped[str | None] = mapped_column(Text)
    theirs: Mapped[str | None] = mapped_column(Text)
    seen_at: Mapped[str | None] = mapped_column(String(24))
    seen_by: Mapped[str | None] = mapped_column(Text)


Index("incident_by_seen", Incident.seen_at, Incident.at)


def unseen(session: Session, limit: int) -> Sequence[Incident]:
    """The incidents nobody has looked at yet, newest first."""
    query = select(Incident).where(Incident.seen_at.is_(None))
    return session.scalars(
        query.order_by(Incident.at.desc(), Incident.id.desc()).limit(limit)
    ).all()


def count_unseen(session: Session) -> int:
    """How many that are."""
    return session.scalar(select(func.count(Incident.id)).where(Incident.seen_at.is_(None))) or 0
