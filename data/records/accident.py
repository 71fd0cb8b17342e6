"""A mine or UXO accident: its place and time, apart from where its victims live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns
from data.records.person import Person
from data.records.victim import Victim


class Accident(Travels, Base):
    """One explosion with any number of victims."""

    __tablename__ = "accident"

    if TYPE_CHECKING:
        accident_known: Mapped[bool | None]
        accident_on: Mapped[str | None]
        accident_commune: Mapped[str | None]
        accident_place: Mapped[str | None]
        device: Mapped[str | None]


add_dictionary_columns(Accident, "accident")


def look_up(session: Session, commune: str, year: str, limit: int) -> list[tuple[Accident, int]]:
    """Accidents in a commune (or of unknown place) and year, latest first, with their victims."""
    number = (
        select(
            func.count(
                func.distinct(func.coalesce(Person.merged_into, Victim.person_id, Victim.id))
            )
        )
        .select_from(Victim)
        .outerjoin(Person, Person.id == Victim.person_id)
        .where(Victim.accident_id == Accident.id, Victim.deleted_at.is_(None))
        .scalar_subquery()
    )
    found = select(Accident, number).where(Accident.deleted_at.is_(None))
    if commune:
        place = Accident.accident_commune
        found = found.where(or_(place == commune, place.is_(None)))
    if year:
        found = found.where(Accident.accident_on.startswith(year, autoescape=True))
    day = func.coalesce(Accident.accident_on, "")
    rows = session.execute(found.order_by(day.desc(), Accident.id).limit(limit))
    return [(accident, victims) for accident, victims in rows]
