"""Questions about changes on their way to the server: what waits, what came back."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.records.change import Change
from data.records.person import Person


def waiting_by_entity(session: Session) -> list[tuple[str, int, int]]:
    """(entity, changes, rows) of everything without a verdict, the most first."""
    rows = session.execute(
        select(Change.entity, func.count(), func.count(Change.row_id.distinct()))
        .where(Change.verdict.is_(None))
        .group_by(Change.entity)
        .order_by(func.count().desc())
    )
    return [(str(entity), int(changes), int(rows_)) for entity, changes, rows_ in rows]


def not_taken(session: Session, limit: int) -> list[Change]:
    """Changes that the server refused or put aside, newest first."""
    return list(
        session.scalars(
            select(Change)
            .where(Change.verdict.in_(("rejected", "deferred")), Change.settled_at.is_(None))
            .order_by(Change.seq.desc())
            .limit(limit)
        )
    )


def person_names(session: Session, ids: list[str]) -> dict[str, str]:
    """Names of persons by id, removed ones too."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {str(person_id): str(name) for person_id, name in rows}
