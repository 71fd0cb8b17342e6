"""What the province wants of a unit in a period, as a number of one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns

NAMESPACE = UUID("5f0a0d6b-9a35-4c31-a3a0-9f0a3c8b4b02")


class Target(Travels, Base):
    """One number set to one unit (key) for one figure in one period (its code)."""

    __tablename__ = "target"

    if TYPE_CHECKING:
        figure: Mapped[str | None]
        unit: Mapped[str | None]
        period: Mapped[str | None]
        number: Mapped[int | None]


add_dictionary_columns(Target, "target")


def id_of(office_id: str, figure: str, unit: str, period: str) -> str:
    """The id of a target: the same on every PC, so that a unit never has two of a figure."""
    return str(uuid5(NAMESPACE, f"{office_id}/{figure}/{unit}/{period}"))


def fitting(session: Session, period: str = "", figure: str = "") -> list[Target]:
    """Targets of a period and a figure, or all; by period, figure and unit."""
    rows = select(Target).where(Target.deleted_at.is_(None))
    if period:
        rows = rows.where(Target.period == period)
    if figure:
        rows = rows.where(Target.figure == figure)
    order = (Target.period.desc(), Target.figure, Target.unit, Target.id)  # type: ignore[union-attr]
    return list(session.scalars(rows.order_by(*order)))
