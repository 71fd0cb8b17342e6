"""Questions about rows that the server does not know any more, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data import capture
from data.base import Base, now_text
from data.records.sync import UnknownRow


@dataclass(frozen=True, slots=True)
class Asked:
    """The unknown rows of one owner: a person, or a row that belongs to nobody."""

    owner: str
    entity: str
    rows: int
    found_at: str


def asked(session: Session, limit: int) -> list[Asked]:
    """Whose rows the server does not know, the oldest question first."""
    query = (
        select(
            UnknownRow.owner,
            func.max(UnknownRow.entity),
            func.count(),
            func.min(UnknownRow.found_at),
        )
        .group_by(UnknownRow.owner)
        .order_by(func.min(UnknownRow.found_at), UnknownRow.owner)
        .limit(limit)
    )
    return [Asked(*row) for row in session.execute(query)]


def of_owner(session: Session, owner: str) -> list[UnknownRow]:
    """The unknown rows of one owner."""
    return list(session.scalars(select(UnknownRow).where(UnknownRow.owner == owner)))


def keep(session: Session, rows: list[UnknownRow], kinds: dict[str, type[Base]]) -> int:
    """Send rows to the server as new ones, as they stand; how many."""
    kept = [record for row in rows if (record := _record(session, row, kinds)) is not None]
    for record in sorted(kept, key=lambda one: one.id):
        capture.offer(session, record)
    _answered(session, rows)
    return len(kept)


def drop(session: Session, rows: list[UnknownRow], kinds: dict[str, type[Base]], why: str) -> int:
    """Take rows off this PC's lists; nothing is sent, and the history says who did it; how many."""
    gone = [record for row in rows if (record := _record(session, row, kinds)) is not None]
    with capture.applying(session):
        for record in gone:
            capture.note(session, record, "deleted_at", now_text())
            record.deleted_at, record.deleted_reason = now_text(), why
    _answered(session, rows)
    return len(gone)


def _record(session: Session, row: UnknownRow, kinds: dict[str, type[Base]]) -> Any:
    kind = kinds.get(row.entity)
    return session.get(kind, row.row_id) if kind is not None else None


def _answered(session: Session, rows: list[UnknownRow]) -> None:
    for row in rows:
        session.delete(row)
