"""Questions about changes on their way to the server: what waits, what came back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.orm import Session

from data.base import Base
from data.records.change import Change
from data.records.incident import Incident
from data.records.person import Person
from data.records.transfer import CAME_TOO_LATE, Departed


def waiting_by_entity(session: Session) -> list[tuple[str, int, int]]:
    """(entity, changes, rows) of everything without a verdict, the most first."""
    rows = session.execute(
        select(Change.entity, func.count(), func.count(Change.row_id.distinct()))
        .where(Change.verdict.is_(None))
        .group_by(Change.entity)
        .order_by(func.count().desc())
    )
    return [(str(entity), int(changes), int(rows_)) for entity, changes, rows_ in rows]


def unsent_of(session: Session, login: str) -> int:
    """How many changes that somebody made on this PC wait for the server."""
    own = select(func.count()).where(Change.verdict.is_(None), Change.user == login)
    return session.scalar(own) or 0


def not_taken(session: Session, limit: int) -> list[Change]:
    """Changes that the server refused or put aside, newest first."""
    found = select(Change).where(*of_concern())
    return list(session.scalars(found.order_by(Change.seq.desc()).limit(limit)))


def of_concern() -> tuple[ColumnElement[bool], ...]:
    """Which changes are for somebody here to look at: not those that a person of another office
    decides on, to which their row has moved. The transfer desk shows these."""
    elsewhere = func.coalesce(Change.verdict_code, "") == CAME_TOO_LATE
    refused = Change.verdict.in_(("rejected", "deferred"))
    return refused, Change.settled_at.is_(None), ~elsewhere


def person_names(session: Session, ids: list[str]) -> dict[str, str]:
    """Names of persons by id, of those who were removed or left too."""
    here = select(Person.id, Person.name).where(Person.id.in_(ids))
    left = select(Departed.person_id, Departed.name).where(Departed.person_id.in_(ids))
    return {str(one): str(name) for rows in (left, here) for one, name in session.execute(rows)}


def waiting_rows(session: Session, limit: int) -> list[tuple[str, str, str]]:
    """(entity, row, instant) of the newest changes without a verdict."""
    rows = session.execute(
        select(Change.entity, Change.row_id, Change.at)
        .where(Change.verdict.is_(None))
        .order_by(Change.seq.desc())
        .limit(limit)
    )
    return [(str(entity), str(row_id), str(at)) for entity, row_id, at in rows]


def owners(session: Session, entity: str, ids: list[str]) -> dict[str, str]:
    """Whose records of one kind are, by id; of persons themselves. The office's own have none."""
    if entity == Person.__tablename__:
        return {one: one for one in ids}
    table: Any = Base.metadata.tables.get(entity)
    if table is None or "person_id" not in table.c:
        return {}
    found = session.execute(select(table.c.id, table.c.person_id).where(table.c.id.in_(ids)))
    return {str(row_id): str(person) for row_id, person in found if person}


def empty_values(session: Session, ids: Sequence[str]) -> None:
    """Of rows whose values are to be read no more: what sent changes and incidents tell of them.

    Changes that wait for an answer, or for somebody to read it, keep theirs; the line stays of all,
    for the numbers of sent changes are counted by it.
    """
    ended = or_(Change.verdict.in_(("accepted", "merged")), Change.settled_at.is_not(None))
    sent = update(Change).where(Change.row_id.in_(ids), Change.batch_no.is_not(None), ended)
    told = update(Incident).where(or_(Incident.row_id.in_(ids), Incident.person_id.in_(ids)))
    calm = {"synchronize_session": False}
    session.execute(sent.values(fields="{}"), execution_options=calm)
    session.execute(told.values(mine=None, theirs=None), execution_options=calm)
