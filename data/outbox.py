"""The outbox: what was changed on this PC and waits for the server, and the net that checks it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from data.base import now_text
from data.capture import row_values
from data.records.change import Change, Dirty
from data.schema import travelling


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A row that the triggers saw change and the unit of work did not: a defect, sent whole."""

    entity: str
    row_id: str


def pending_count(session: Session) -> int:
    """How many changes have no verdict of the server yet."""
    return session.scalar(select(func.count()).where(Change.verdict.is_(None))) or 0


def unsealed(session: Session, limit: int) -> list[Change]:
    """The oldest changes that are in no batch yet, in the order they were made."""
    return list(
        session.scalars(
            select(Change).where(Change.batch_no.is_(None)).order_by(Change.seq).limit(limit)
        )
    )


def cover_dirty(session: Session) -> tuple[Uncovered, ...]:
    """Check the trigger net against the outbox and empty it.

    A row that only the triggers saw becomes a change with all its values and source `bypass`,
    so that even a repair script's work reaches the server; the caller logs each as a defect.
    """
    rows = session.execute(select(Dirty.entity, Dirty.row_id).distinct()).all()
    seen = set(session.scalars(select(Change.row_id).where(Change.batch_no.is_(None)).distinct()))
    bare = tuple(Uncovered(entity, row_id) for entity, row_id in rows if row_id not in seen)
    kinds = travelling()
    for item in bare:
        record = session.get(kinds[item.entity], item.row_id)
        if record is None:
            continue
        values = row_values(record)
        payload = {name: [None, value] for name, value in values.items()}
        session.add(
            Change(
                txn="bypass",
                entity=item.entity,
                row_id=item.row_id,
                op="U",
                base_version=record.server_version,  # type: ignore[attr-defined]
                fields=json.dumps(payload, ensure_ascii=False),
                at=now_text(),
                user="",
                source="bypass",
            )
        )
    session.execute(delete(Dirty))
    return bare


def change_user(session: Session, old: str, new: str) -> None:
    """Rename the author of unsealed changes, when enrolment adopts a login of the server."""
    session.execute(
        update(Change).where(Change.user == old, Change.batch_no.is_(None)).values(user=new)
    )
