"""A mine or UXO accident: its place and time, apart from where its victims live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session

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
        accident_hamlet: Mapped[str | None]
        accident_accuracy: Mapped[str | None]
        coordinates: Mapped[str | None]
        device: Mapped[str | None]
        killed: Mapped[int | None]
        injured: Mapped[int | None]
        totals_note: Mapped[str | None]


add_dictionary_columns(Accident, "accident")


def look_up(session: Session, commune: str, year: str, limit: int) -> list[tuple[Accident, int]]:
    """Accidents in a commune (or of unknown place) and year, latest first, with their victims."""
    found = select(Accident, _hurt(Victim.id)).where(Accident.deleted_at.is_(None))
    if commune:
        place = Accident.accident_commune
        found = found.where(or_(place == commune, place.is_(None)))
    if year:
        found = found.where(Accident.accident_on.startswith(year, autoescape=True))
    day = func.coalesce(Accident.accident_on, "")
    rows = session.execute(found.order_by(day.desc(), Accident.id).limit(limit))
    return [(accident, victims) for accident, victims in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on accidents; empty ones do not count. `year` is the beginning of the date."""

    communes: tuple[str, ...] = ()
    year: str = ""
    device: tuple[str, ...] = ()


def page(
    session: Session, wanted: Wanted, after: tuple[str, str] | None, limit: int
) -> list[tuple[Accident, int, int]]:
    """The next accidents, latest first, each with its victims and how many are registered."""
    day = func.coalesce(Accident.accident_on, "")
    found = select(Accident, _hurt(Victim.id), _hurt()).where(*_fits(wanted))
    if after is not None:
        told, last = after
        found = found.where(or_(day < told, (day == told) & (Accident.id < last)))
    rows = session.execute(found.order_by(day.desc(), Accident.id.desc()).limit(limit))
    return [(row, hurt_in_all, registered) for row, hurt_in_all, registered in rows]


def count(session: Session, wanted: Wanted) -> int:
    """How many accidents fit."""
    found = select(func.count()).select_from(Accident).where(*_fits(wanted))
    return int(session.scalar(found) or 0)


def all_of(session: Session) -> list[Accident]:
    """Every accident, earliest first, as reports have them."""
    day = func.coalesce(Accident.accident_on, "")
    found = select(Accident).where(Accident.deleted_at.is_(None))
    return list(session.scalars(found.order_by(day, Accident.id)))


def _hurt(*unregistered: InstrumentedAttribute[str]) -> ScalarSelect[int]:
    """How many an accident hurt, whom two merged records name once; the registered ones alone
    unless a column stands for the others."""
    who = func.coalesce(Person.merged_into, Victim.person_id, *unregistered)
    return (
        select(func.count(func.distinct(who)))
        .select_from(Victim)
        .outerjoin(Person, Person.id == Victim.person_id)
        .where(Victim.accident_id == Accident.id, Victim.deleted_at.is_(None))
        .scalar_subquery()
    )


def _fits(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [Accident.deleted_at.is_(None)]
    if wanted.communes:
        found.append(Accident.accident_commune.in_(wanted.communes))
    if wanted.year:
        found.append(Accident.accident_on.startswith(wanted.year, autoescape=True))
    if wanted.device:
        found.append(Accident.device.in_(wanted.device))
    return tuple(found)
