"""What somebody must look at: conflicts, rejected and waiting changes; and what is still to go."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.database import Database
from data.records.change import Change as Pending
from data.records.person import Person
from data.records.sync import Conflict
from sync import incoming

LINES_MAX = 500


@dataclass(frozen=True, slots=True)
class AttentionLine:
    """One thing to look at. `code` is a code of `app/sentences/sync.csv`; instants are ISO UTC.

    `mine` and `theirs` are values of a conflict's field, None otherwise.
    """

    kind: Literal["conflict", "rejected", "deferred"]
    id: str
    entity: str
    row_id: str
    person_id: str | None
    person_name: str
    fields: tuple[str, ...]
    code: str
    by: str
    at: str
    mine: object = None
    theirs: object = None


def lines(database: Database, limit: int = LINES_MAX) -> tuple[AttentionLine, ...]:
    """Open conflicts first, then changes the server rejected or keeps waiting, newest first."""
    with database.read() as session:
        cards = session.scalars(
            select(Conflict)
            .where(Conflict.state == "open")
            .order_by(Conflict.raised_at.desc())
            .limit(limit)
        ).all()
        changes = session.scalars(
            select(Pending)
            .where(Pending.verdict.in_(("rejected", "deferred")))
            .order_by(Pending.seq.desc())
            .limit(limit)
        ).all()
        found = [_of_conflict(session, card) for card in cards]
        found += [_of_change(session, change) for change in changes]
    return tuple(found[:limit])


def waiting(database: Database) -> dict[str, int]:
    """How many changes of each entity wait for the server."""
    query = (
        select(Pending.entity, func.count())
        .where(Pending.verdict.is_(None))
        .group_by(Pending.entity)
        .order_by(Pending.entity)
    )
    with database.read() as session:
        return dict(session.execute(query).tuples().all())


def _of_conflict(session: Session, card: Conflict) -> AttentionLine:
    person_id, name = _person(session, card.entity, card.row_id)
    return AttentionLine(
        kind="conflict",
        id=card.id,
        entity=card.entity,
        row_id=card.row_id,
        person_id=person_id,
        person_name=name,
        fields=(card.field,),
        code="changed_by_other",
        by=card.mine_by,
        at=card.mine_at,
        mine=_value(card.mine),
        theirs=_value(card.theirs),
    )


def _of_change(session: Session, change: Pending) -> AttentionLine:
    person_id, name = _person(session, change.entity, change.row_id)
    return AttentionLine(
        kind="rejected" if change.verdict == "rejected" else "deferred",
        id=str(change.seq),
        entity=change.entity,
        row_id=change.row_id,
        person_id=person_id,
        person_name=name,
        fields=tuple(json.loads(change.fields)),
        code=change.verdict_code or "row_missing",
        by=change.user,
        at=change.at,
    )


def _person(session: Session, entity: str, row_id: str) -> tuple[str | None, str]:
    record: Any = incoming.record_of(session, entity, row_id)
    person_id = row_id if entity == "person" else getattr(record, "person_id", None)
    person = session.get(Person, person_id) if person_id else None
    return person_id, person.name if person else ""


def _value(text: str | None) -> object:
    return None if text is None else json.loads(text)
