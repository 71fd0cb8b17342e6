"""A report that something lies there which may explode: where, who told it, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Index, func, select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns

REPORTED, PASSED_ON, CLEARED, NOT_FOUND = "reported", "passed_on", "cleared", "not_found"
OPEN = (REPORTED, PASSED_ON)


class Hazard(Travels, Base):
    """One report; it belongs to a place, to no person, and stays with the office of the place."""

    __tablename__ = "hazard"

    if TYPE_CHECKING:
        reported_on: Mapped[str | None]
        reporter_name: Mapped[str | None]
        reporter_phone: Mapped[str | None]
        hazard_commune: Mapped[str | None]
        hazard_hamlet: Mapped[str | None]
        hazard_place: Mapped[str | None]
        hazard_coordinates: Mapped[str | None]
        hazard_device: Mapped[str | None]
        hazard_count: Mapped[int | None]
        hazard_look: Mapped[str | None]
        hazard_marked: Mapped[str | None]
        hazard_state: Mapped[str | None]
        passed_on: Mapped[str | None]
        passed_to: Mapped[str | None]
        cleared_on: Mapped[str | None]
        cleared_by: Mapped[str | None]
        hazard_note: Mapped[str | None]


add_dictionary_columns(Hazard, "hazard")
Index("hazard_by_state", Hazard.hazard_state, Hazard.reported_on)  # type: ignore[arg-type]


def page(
    session: Session, states: tuple[str, ...], after: tuple[str, str] | None, limit: int
) -> list[Hazard]:
    """The next reports of some states (all when none are named), latest reported first."""
    day = func.coalesce(Hazard.reported_on, "")
    found = select(Hazard).where(*_fits(states))
    if after is not None:
        told, last = after
        found = found.where((day < told) | ((day == told) & (Hazard.id < last)))
    return list(session.scalars(found.order_by(day.desc(), Hazard.id.desc()).limit(limit)))


def count(session: Session, states: tuple[str, ...]) -> int:
    """How many reports there are of some states (of all when none are named)."""
    found = select(func.count()).select_from(Hazard).where(*_fits(states))
    return int(session.scalar(found) or 0)


def _fits(states: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    kept = Hazard.deleted_at.is_(None)
    return (kept, Hazard.hazard_state.in_(states)) if states else (kept,)
