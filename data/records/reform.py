"""The reform of 1 July 2025 in one office: where its old communes went, as the office says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data import text
from data.base import Base, Travels
from data.records.person import Person

ANSWER_NAMESPACE = UUID("3f2b8a52-61b7-4f0e-9a55-5d0f6f3f2c11")


class ReformAnswer(Travels, Base):
    """What became of an old commune, or of one of its hamlets: the office's own word.

    `hamlet` is as written, empty for the commune's persons of whom nothing nearer was said.
    """

    __tablename__ = "reform_answer"

    old: Mapped[str] = mapped_column(String(12))
    hamlet: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)


class Group(NamedTuple):
    """Persons on the lists who have one commune, hamlet and present unit."""

    commune: str | None
    hamlet: str | None
    placed: str | None
    current: str | None
    persons: int


def answer_id(office: str, old: str, hamlet: str) -> str:
    """The id of an answer: the same on every PC of the office that gives it."""
    return str(uuid5(ANSWER_NAMESPACE, f"{office}/{old}/{text.match_key(hamlet)}"))


def answers(session: Session) -> list[ReformAnswer]:
    """All answers that stand."""
    found = select(ReformAnswer).where(ReformAnswer.deleted_at.is_(None))
    return list(session.scalars(found.order_by(ReformAnswer.old, ReformAnswer.hamlet)))


def groups(session: Session) -> list[Group]:
    """All persons on the lists, counted by where they live."""
    where = (Person.commune, Person.hamlet, Person.placed, Person.current_commune)
    rows = session.execute(
        select(*where, func.count()).where(Person.deleted_at.is_(None)).group_by(*where)
    )
    return [Group(*row) for row in rows]


def by_commune(session: Session) -> Mapping[str | None, int]:
    """The number of persons on the lists by the commune that was written down."""
    rows = session.execute(
        select(Person.commune, func.count())
        .where(Person.deleted_at.is_(None))
        .group_by(Person.commune)
    )
    return dict(row.tuple() for row in rows)


def by_present(session: Session, olds: Sequence[str]) -> Mapping[str | None, int]:
    """The number of persons of old communes by the unit they are in now."""
    found: dict[str | None, int] = {}
    rows = session.execute(
        select(Person.commune, Person.current_commune, func.count())
        .where(Person.deleted_at.is_(None))
        .group_by(Person.commune, Person.current_commune)
    )
    wanted = set(olds)
    for commune, current, number in rows:
        if commune in wanted:
            found[current] = found.get(current, 0) + number
    return found


def persons(session: Session, group: Group) -> Sequence[Person]:
    """The persons of a group."""
    return session.scalars(
        select(Person).where(
            Person.deleted_at.is_(None),
            Person.commune.is_(group.commune),
            Person.hamlet.is_(group.hamlet),
            Person.placed.is_(group.placed),
            Person.current_commune.is_(group.current),
        )
    ).all()


def ids(session: Session, places: Sequence[tuple[str | None, str | None]]) -> list[str]:
    """Ids of the persons on the lists who live in some communes and hamlets, in list order."""
    found: list[tuple[str, str]] = []
    for commune, hamlet in dict.fromkeys(places):
        rows = session.execute(
            select(Person.sort_key, Person.id).where(
                Person.deleted_at.is_(None),
                Person.commune.is_(commune),
                Person.hamlet.is_(hamlet),
            )
        )
        found += (row.tuple() for row in rows)
    return [one for _key, one in sorted(found)]


def count_placed(session: Session) -> int:
    """How many persons on the lists an answer placed."""
    found = select(func.count()).select_from(Person)
    listed = Person.placed.is_not(None), Person.deleted_at.is_(None)
    return session.scalar(found.where(*listed)) or 0


def placed(session: Session, old: str = "") -> Sequence[Person]:
    """All persons whom an answer placed, of one old commune if one is given."""
    found = select(Person).where(Person.placed.is_not(None))
    return session.scalars(found.where(Person.commune == old) if old else found).all()
