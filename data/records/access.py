"""Questions to and entries in the log of who saw a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data.base import instant_text
from data.records import access_chain
from data.records.trace import AccessLog, OpenedAgain

IDS_AT_ONCE = 500


def write(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Append entries (keys at, by, kind, person_id, detail)."""
    session.execute(insert(AccessLog), access_chain.linked(session, rows))


def opened_again(session: Session, login: str, person_id: str, detail: str, at: str) -> None:
    """Remember when a page was last opened whose look is in the log already."""
    session.merge(OpenedAgain(by=login, person_id=person_id, detail=detail, at=at))


def viewed_among(
    session: Session,
    person_ids: Sequence[str],
    login: str,
    seconds: int,
    detail: str | None = None,
) -> set[str]:
    """Those of the persons whom the user looked at within some seconds.

    With a detail only looks at that part of a person count.
    """
    now = datetime.now(UTC)
    since = instant_text(now - timedelta(seconds=seconds))
    # A look that lies ahead was logged while the clock was wrong: it says nothing of now.
    lately = AccessLog.at.between(since, instant_text(now))
    looks = [AccessLog.by == login, AccessLog.kind == "view", lately]
    if detail is not None:
        looks.append(AccessLog.detail == detail)
    found: set[str] = set()
    for start in range(0, len(person_ids), IDS_AT_ONCE):
        found |= set(
            session.scalars(
                select(AccessLog.person_id).where(
                    AccessLog.person_id.in_(person_ids[start : start + IDS_AT_ONCE]), *looks
                )
            )
        )
    return found


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


def of_kind(session: Session, kind: str, limit: int) -> list[AccessLog]:
    """The newest entries of one kind, whomever they are about."""
    found = select(AccessLog).where(AccessLog.kind == kind)
    return list(session.scalars(found.order_by(AccessLog.seq.desc()).limit(limit)))
