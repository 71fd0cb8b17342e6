"""Named periods of reporting: from when until when, as of which day, due on which."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns

NAMESPACE = UUID("c1f0c6ad-6d2e-49a6-a7be-3d0b5e5a9a01")


class Period(Travels, Base):
    """One period by its code (`2020-Q3`); all four days are the office's own to set."""

    __tablename__ = "period"

    if TYPE_CHECKING:
        code: Mapped[str | None]
        name: Mapped[str | None]
        starts_on: Mapped[str | None]
        ends_on: Mapped[str | None]
        cutoff_on: Mapped[str | None]
        due_on: Mapped[str | None]


add_dictionary_columns(Period, "period")


def id_of(office_id: str, code: str) -> str:
    """The id of an office's period: the same on every PC, so that none makes it twice."""
    return str(uuid5(NAMESPACE, f"{office_id}/{code}"))


def of_code(session: Session, code: str) -> Period | None:
    """The period (not removed) of a code."""
    found = select(Period).where(Period.code == code, Period.deleted_at.is_(None))
    return session.scalars(found.order_by(Period.id)).first()


def all_of(session: Session) -> list[Period]:
    """All periods, the newest first."""
    rows = select(Period).where(Period.deleted_at.is_(None))
    return list(session.scalars(rows.order_by(Period.starts_on.desc(), Period.id)))  # type: ignore[union-attr]
