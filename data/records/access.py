"""Questions to and entries in the log of who saw a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, select
from sqlalchemy.orm import Session

from data.base import instant_text
from data.records.trace import AccessLog


def write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Append entries (keys at, by, kind, person_id, detail)."""
    session.execute(insert(AccessLog), list(rows))


def viewed_within(session: Session, person_id: str, login: str, seconds: int) -> bool:
    """Whether the user's last look at the person is less than some seconds old."""
    since = instant_text(datetime.now(UTC) - timedelta(seconds=seconds))
    found = exists().where(
        AccessLog.person_id == person_id,
        AccessLog.by == login,
        AccessLog.kind == "view",
        AccessLog.at >= since,
    )
    return bool(session.scalar(select(found)))


def of_person(session: Session, person_id: str, limit: int) -> list[AccessLog]:
    """The newest entries about a person."""
    return list(
        session.scalars(
            select(AccessLog)
            .where(AccessLog.person_id == person_id)
            .order_by(AccessLog.seq.desc())
            .limit(limit)
        )
    )
