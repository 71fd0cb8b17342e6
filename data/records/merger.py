"""What people decided about two records: one person (merged, undoable) or two persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import CTE, Index, Select, String, Text, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, aliased, mapped_column

from data.base import Base, Travels
from data.made_once import made_once
from data.records.person import Person

DISTINCT_NAMESPACE = UUID("7f0c2e0e-4a53-4d5e-9c0b-1d3f9b9a6a21")
MERGED, UNDONE = "merged", "undone"
OWNERS_MAX = 500


class DistinctPair(Travels, Base):
    """“Not the same person”: a decision about two persons, the smaller id first.

    Neither here nor in `Merger` is a person named by a foreign key: one of the two may have gone
    to another office.
    """

    __tablename__ = "distinct_pair"

    person_id: Mapped[str] = mapped_column(String(36))
    other_id: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str | None] = mapped_column(Text)


class Merger(Travels, Base):
    """One record was found to be another person's: `person_id` survives, `absorbed_id` is a stub.

    `changes` is JSON {field: [value before, value taken]} of the survivor, so that the merger can
    be undone; `state` is merged or undone. Rows that belong to the absorbed person keep naming it:
    whoever asks for the survivor's asks for those of everybody merged into it (`everybody`), so
    nothing is moved, and nothing need be moved back.
    """

    __tablename__ = "merger"

    person_id: Mapped[str] = mapped_column(String(36), index=True)
    absorbed_id: Mapped[str] = mapped_column(String(36), index=True)
    changes: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)


Index("distinct_pair_by_persons", DistinctPair.person_id, DistinctPair.other_id)


def distinct_id(one: str, other: str) -> str:
    """The id of the decision about two persons: the same on every PC that decides it."""
    return str(uuid5(DISTINCT_NAMESPACE, f"{min(one, other)}/{max(one, other)}"))


def everybody(session: Session, person_id: str) -> list[str]:
    """The ids under which a person's rows may lie: its own and of all who were merged into it."""
    found = [person_id]
    fresh = [person_id]
    while fresh:
        query = select(Person.id).where(Person.merged_into.in_(fresh))
        fresh = [one for one in session.scalars(query.order_by(Person.id)) if one not in found]
        found += fresh
    return found


def survivor(session: Session, person_id: str) -> str:
    """The person a record stands for now: itself, or whom it was merged into, however far."""
    seen = {person_id}
    while True:
        leads = session.scalar(select(Person.merged_into).where(Person.id == person_id))
        if not leads or leads in seen:
            return person_id
        seen.add(leads)
        person_id = leads


def owners(session: Session, person_ids: Sequence[str]) -> dict[str, str]:
    """Every id under which rows of these persons (at most 500) may lie, and whose they are."""
    found = {one: one for one in person_ids}
    fresh = list(person_ids)
    while fresh:
        rows = session.execute(
            select(Person.id, Person.merged_into).where(Person.merged_into.in_(fresh))
        )
        new = {stub: found[leads] for stub, leads in rows if leads and stub not in found}
        found |= new
        fresh = list(new)
    return found


@made_once
def stubs() -> CTE:
    """For a join: `id` of every stub and `last`, the person it leads to, however far. One and the
    same each time, so that several joins of a query share it."""
    following, own = aliased(Person), aliased(Person)
    leads = (
        select(Person.id.label("id"), Person.merged_into.label("last"))
        .where(Person.merged_into.is_not(None))
        .cte("leads", recursive=True)
    )
    leads = leads.union(
        select(leads.c.id, following.merged_into)
        .join(following, following.id == leads.c.last)
        .where(following.merged_into.is_not(None))
    )
    ends = select(leads.c.id, leads.c.last).join(own, own.id == leads.c.last)
    return ends.where(own.merged_into.is_(None)).cte("stubs")


def with_person(rows: Select[Any], owner: InstrumentedAttribute[str]) -> Select[Any]:
    """Join rows that belong to a person with whom they belong to now."""
    leads = stubs()
    rows = rows.outerjoin(leads, leads.c.id == owner)
    return rows.join(Person, Person.id == func.coalesce(leads.c.last, owner))


def standing(session: Session, absorbed_id: str) -> Merger | None:
    """The merger by which a stub became one; None when it is none.

    Where two PCs merged one record into two persons, the one whose survivor the stub leads to.
    """
    found = select(Merger).where(Merger.absorbed_id == absorbed_id, Merger.state == MERGED)
    found = found.join(Person, Person.id == Merger.absorbed_id)
    leads = (Person.merged_into == Merger.person_id).desc()
    return session.scalars(
        found.order_by(leads, Merger.created_at.desc(), Merger.id.desc())
    ).first()


def of_person(session: Session, person_id: str) -> list[Merger]:
    """All mergers a person took part in, newest first."""
    mine = or_(Merger.person_id == person_id, Merger.absorbed_id == person_id)
    found = select(Merger).where(mine, Merger.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Merger.created_at.desc(), Merger.id.desc())))


def distinct(session: Session, one: str, other: str) -> DistinctPair | None:
    """The decision about two persons, withdrawn ones among them."""
    return session.get(DistinctPair, distinct_id(one, other))


def apart(session: Session, one: str, other: str) -> list[DistinctPair]:
    """The standing decisions that two persons are two, also said of records merged into them."""
    mine, theirs = everybody(session, one), everybody(session, other)
    ids = [distinct_id(each, their) for each in mine for their in theirs]
    found = select(DistinctPair).where(DistinctPair.id.in_(ids), DistinctPair.deleted_at.is_(None))
    return list(session.scalars(found.order_by(DistinctPair.id)))


def apart_among(session: Session, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Those pairs (the smaller id first) of some persons that `apart_by_mergers` has."""
    leads: dict[str, str] = {}
    for start in range(0, len(ids), OWNERS_MAX):
        leads |= owners(session, ids[start : start + OWNERS_MAX])
    merged = [one for one, last in leads.items() if one != last]
    found: set[tuple[str, str]] = set()
    for start in range(0, len(merged), OWNERS_MAX):
        some = merged[start : start + OWNERS_MAX]
        either = or_(DistinctPair.person_id.in_(some), DistinctPair.other_id.in_(some))
        said = select(DistinctPair.person_id, DistinctPair.other_id).where(
            either, DistinctPair.deleted_at.is_(None)
        )
        for one, other in session.execute(said):
            a, b = leads.get(one, one), leads.get(other, other)
            found.add((min(a, b), max(a, b)))
    return found


def apart_by_mergers() -> Select[tuple[str, str]]:
    """Pairs (the smaller id first) who are two persons because it was said of a record merged.

    Whoever A was found to be is not C either. It follows from the mergers that stand and is written
    nowhere: when they part again, only what was said itself holds.
    """
    leads = stubs()
    mine, theirs = leads.alias("mine"), leads.alias("theirs")
    one = func.coalesce(mine.c.last, DistinctPair.person_id)
    other = func.coalesce(theirs.c.last, DistinctPair.other_id)
    return (
        select(func.min(one, other), func.max(one, other))  # of two values, not of the rows
        .select_from(DistinctPair)
        .outerjoin(mine, mine.c.id == DistinctPair.person_id)
        .outerjoin(theirs, theirs.c.id == DistinctPair.other_id)
        .where(
            DistinctPair.deleted_at.is_(None),
            or_(mine.c.last.is_not(None), theirs.c.last.is_not(None)),
        )
    )
