"""Sessions of the council, and who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns

ATTENDANCE_NAMESPACE = UUID("5b1f3c86-0d5d-4d0e-9a53-21f4c9e7a7d0")
PLANNED, HELD, CLOSED, CANCELLED = "planned", "held", "closed", "cancelled"


class CouncilSession(Travels, Base):
    """One meeting of the council at one place; each person heard there is a `Hearing`."""

    __tablename__ = "council_session"

    chair_id: Mapped[str | None] = mapped_column(String(36))
    secretary_id: Mapped[str | None] = mapped_column(String(36))
    """Members who lead this very session and write its minutes."""

    if TYPE_CHECKING:
        session_on: Mapped[str | None]
        session_starts: Mapped[str | None]
        session_ends: Mapped[str | None]
        place_kind: Mapped[str | None]
        session_place: Mapped[str | None]
        session_state: Mapped[str | None]
        session_note: Mapped[str | None]
        session_origin: Mapped[str | None]


class Attendance(Travels, Base):
    """Whether a member was there; who stands for somebody else is named."""

    __tablename__ = "attendance"

    session_id: Mapped[str] = mapped_column(String(36), index=True)
    member_id: Mapped[str] = mapped_column(String(36))

    if TYPE_CHECKING:
        present: Mapped[bool | None]
        stands_for: Mapped[str | None]


add_dictionary_columns(CouncilSession, "council_session")
add_dictionary_columns(Attendance, "attendance")
Index("council_session_by_day", CouncilSession.session_on)  # type: ignore[arg-type]


def attendance_id(session_id: str, member_id: str) -> str:
    """The same on every PC, so that two who tick one member write one row."""
    return str(uuid5(ATTENDANCE_NAMESPACE, f"{session_id}/{member_id}"))


def all_of(session: Session, limit: int) -> list[CouncilSession]:
    """Sessions, the newest day first."""
    found = select(CouncilSession).where(CouncilSession.deleted_at.is_(None))
    day = func.coalesce(CouncilSession.session_on, "9999")
    return list(session.scalars(found.order_by(day.desc(), CouncilSession.id.desc()).limit(limit)))


def began(session: Session) -> str | None:
    """The day of the first session that was held here; None while there was none."""
    held = CouncilSession.session_state.in_((HELD, CLOSED))  # type: ignore[union-attr]
    found = select(func.min(CouncilSession.session_on)).where(
        CouncilSession.deleted_at.is_(None), held
    )
    return session.scalar(found)


def attendance(session: Session, session_id: str) -> dict[str, Attendance]:
    """Who was there, by member."""
    found = select(Attendance).where(
        Attendance.session_id == session_id, Attendance.deleted_at.is_(None)
    )
    return {one.member_id: one for one in session.scalars(found)}
