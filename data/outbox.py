"""The outbox: what was changed on this PC and waits for the server, and the net that checks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from data.base import now_text
from data.capture import row_values
from data.records.change import Change, Dirty
from data.schema import travelling


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A row that the triggers saw change and the unit of work did not: a defect, sent whole.

    `gone` says that the row is not there any more; that cannot be sent, only told.
    """

    entity: str
    row_id: str
    gone: bool = False


def pending_count(session: Session) -> int:
    """How many changes have no verdict of the server yet."""
    return session.scalar(select(func.count()).where(Change.verdict.is_(None))) or 0


def cover_dirty(session: Session) -> tuple[Uncovered, ...]:
    """Empty the net of what only the triggers saw; the caller logs each as a defect.

    Each row becomes a change with all its values and source `bypass`, so that even a repair
    script's work reaches the server.
    """
    rows = session.execute(select(Dirty.entity, Dirty.row_id).distinct()).all()
    kinds = travelling()
    found = []
    for entity, row_id in rows:
        record = session.get(kinds[entity], row_id)
        found.append(Uncovered(entity, row_id, record is None))
        if record is not None:
            session.add(_whole(record))
    session.execute(delete(Dirty))
    return tuple(found)


def _whole(record: Any) -> Change:
    payload = {name: [None, value] for name, value in row_values(record).items()}
    return Change(
        txn="bypass",
        entity=record.__tablename__,
        row_id=record.id,
        op="U",
        base_version=record.server_version,
        fields=json.dumps(payload, ensure_ascii=False),
        at=now_text(),
        user="",
        source="bypass",
    )
