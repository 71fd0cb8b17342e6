"""A victim: the tie between a person and an accident, known or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person


class Victim(Travels, Base):
    """What an accident did to one person; most war-time victims have no known accident.

    Who is not registered (many of the killed) has a name here, and no `person_id` until somebody
    links one. `number` is the victim's place in the accident: it goes into reports for good.
    """

    __tablename__ = "victim"

    person_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    accident_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("accident.id", deferrable=True, initially="DEFERRED"), index=True
    )

    number: Mapped[int | None] = mapped_column(Integer)

    if TYPE_CHECKING:
        injuries: Mapped[str | None]
        losses: Mapped[str | None]
        consequence: Mapped[str | None]
        later_consequence: Mapped[str | None]
        age_then: Mapped[int | None]
        victim_name: Mapped[str | None]
        victim_sex: Mapped[str | None]
        victim_birth: Mapped[str | None]


add_dictionary_columns(Victim, "victim")


def of_person(session: Session, person_id: str) -> list[Victim]:
    """What accidents did to a person, in the order of writing."""
    theirs = Victim.person_id.in_(merger.everybody(session, person_id))
    found = select(Victim).where(theirs, Victim.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Victim.id)))


def of_accident(session: Session, accident_id: str) -> list[Victim]:
    """Everybody an accident hurt, in the order of writing."""
    found = select(Victim).where(Victim.accident_id == accident_id, Victim.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Victim.id)))


def once(session: Session, rows: Iterable[Victim]) -> tuple[list[Victim], dict[str, Victim]]:
    """Each person once, by the first row; of the others, by id, the row that stands for them.

    Two records that were merged may both be tied to one explosion. Of unknown accidents one person
    may have survived several: there only what another record of hers says is the same again.
    """
    first: dict[str, Victim] = {}
    kept, again = [], {}
    for row in rows:
        who = merger.survivor(session, row.person_id) if row.person_id else row.id
        known = first.setdefault(who, row)
        another = row.accident_id is None and row.person_id == known.person_id
        if known is row or another:
            kept.append(row)
        else:
            again[row.id] = known
    return kept, again


def ever_of_accident(session: Session, accident_id: str) -> list[Victim]:
    """Everybody ever recorded for an accident, removed ones too: a number is given once."""
    found = select(Victim).where(Victim.accident_id == accident_id)
    return list(session.scalars(found.order_by(Victim.id)))


def without_accident(session: Session) -> list[Victim]:
    """Victims of whose accident nothing is known (most of the war's), in the order of writing."""
    found = select(Victim).where(Victim.accident_id.is_(None), Victim.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Victim.id)))


def names_of_accident(session: Session, accident_id: str) -> list[tuple[str, str]]:
    """(person id, name) of the persons (not removed) whom an accident hurt."""
    tied = select(Victim.person_id).where(
        Victim.accident_id == accident_id,
        Victim.deleted_at.is_(None),
        Victim.person_id.is_not(None),
    )
    hurt = {merger.survivor(session, one) for one in session.scalars(tied) if one}
    rows = session.execute(
        select(Person.id, Person.name)
        .where(Person.id.in_(hurt), Person.deleted_at.is_(None))
        .order_by(Person.sort_key, Person.id)
    )
    return [(person_id, name or "") for person_id, name in rows]
