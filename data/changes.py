"""What a commit touched, told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

TOUCHED = "touched"


@dataclass(frozen=True)
class Changes:
    """Entities (table names) and ids that one commit touched; `source` as the author gave it."""

    entities: frozenset[str]
    ids: frozenset[str]
    source: str = ""


Listener = Callable[[Changes], None]


def note(factory: sessionmaker[Session]) -> None:
    """Let every session of the factory remember what it flushes."""
    event.listen(factory, "after_flush", _after_flush)


def touch(session: Session, entity: str, row_id: str = "") -> None:
    """Tell listeners about rows that a bulk statement changed and the session cannot see."""
    session.info.setdefault(TOUCHED, set()).add((entity, row_id))


def touched(session: Session, source: str) -> Changes | None:
    """What the session touched since it began, or None when nothing was."""
    pairs: set[tuple[str, str]] = session.info.get(TOUCHED, set())
    if not pairs:
        return None
    entities = frozenset(entity for entity, _ in pairs)
    return Changes(entities, frozenset(row_id for _, row_id in pairs if row_id), source)


def _after_flush(session: Session, _context: object) -> None:
    for kind in (session.new, session.dirty, session.deleted):
        for record in kind:
            touch(session, record.__tablename__, str(getattr(record, "id", "") or ""))
