"""Which contents wait to be sent or fetched, by lane; only those that a kept file refers to.

Contents of who left for another office before they were sent go after her.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, func, not_, or_, select, true
from sqlalchemy.orm import Session

from data.records.attachment import Attachment
from data.records.blob import Blob, known
from data.records.transfer import Departed

Lane = Literal["small", "asked", "all"]
"""Small pictures; originals that somebody asked for; every original."""

NAMES = (Attachment.sha256, Attachment.small_sha256)
Line = tuple[str, int]
"""SHA-256 and size of a content."""


@dataclass(frozen=True, slots=True)
class Load:
    """So many contents with so many bytes (what is on its way counts with what is left)."""

    count: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Loads:
    """What waits to be sent and to be fetched: small pictures and originals apart."""

    small_up: Load = Load()
    small_down: Load = Load()
    up: Load = Load()
    down: Load = Load()


def to_send(session: Session, lane: Lane) -> list[Line]:
    """Contents that are whole here and not on the server yet, the smallest first."""
    query = _outgoing(lane).order_by(Blob.size, Blob.sha256)
    return [(digest, size) for digest, size in session.execute(query)]


def to_fetch(session: Session, lane: Lane) -> list[Line]:
    """Contents that are not whole here, those of the newest files first."""
    newest = func.max(Attachment.id).desc()
    query = _incoming(lane).order_by(newest)
    return [(digest, size) for digest, size, _kept in session.execute(query)]


def loads(session: Session) -> Loads:
    """Everything that waits, whatever line there is."""
    return Loads(
        _up(session, "small"), _down(session, "small"), _up(session, "all"), _down(session, "all")
    )


def ask(session: Session, digest: str, size: int, at: str) -> None:
    """Somebody wants an original carried over any line, to this PC or from it."""
    known(session, digest, size).asked_at = at


def asked(session: Session) -> int:
    """How many originals somebody asked for that are still on their way."""
    return session.scalar(select(func.count()).where(Blob.asked_at.is_not(None))) or 0


def _outgoing(lane: Lane) -> Select[Any]:
    named = _column(lane)
    kept = select(Attachment.id).where(named == Blob.sha256, Attachment.deleted_at.is_(None))
    whole = Blob.kept == Blob.size, Blob.sent < Blob.size
    wanted = or_(kept.exists(), _left_with(lane))
    query = select(Blob.sha256, Blob.size).where(*whole, wanted)
    return query.where(Blob.asked_at.is_not(None)) if lane == "asked" else query


def _left_with(lane: Lane) -> Any:
    """Contents of who left for another office, which waits for them there: this PC may be the only
    one that has them. Nothing is read of the copies of who left but for contents that no file
    here names any more."""
    here = [select(Attachment.id).where(one == Blob.sha256).exists() for one in NAMES]
    files = func.json_each(Departed.content, "$.rows.attachment").table_valued("value", name="file")
    name = func.json_extract(files.c.value, f"$.{_column(lane).key}")
    with_files = Departed.content.contains('"attachment":[')
    left = select(name).select_from(Departed).join(files, true()).where(with_files)
    return and_(not_(or_(*here)), Blob.sha256.in_(left))


def _incoming(lane: Lane) -> Select[Any]:
    named = _column(lane)
    size = Attachment.small_size if lane == "small" else Attachment.size
    query = (
        select(named, func.max(size).label("size"), func.max(Blob.kept).label("done"))
        .join(Blob, Blob.sha256 == named, isouter=True)
        .where(Attachment.deleted_at.is_(None), named.is_not(None), size > 0)
        .where(or_(Blob.sha256.is_(None), Blob.kept < Blob.size))
        .group_by(named)
    )
    return query.where(Blob.asked_at.is_not(None)) if lane == "asked" else query


def _column(lane: Lane) -> Any:
    return Attachment.small_sha256 if lane == "small" else Attachment.sha256


def _up(session: Session, lane: Lane) -> Load:
    lines = _outgoing(lane).add_columns(Blob.sent.label("done")).subquery()
    return _load(session, lines)


def _down(session: Session, lane: Lane) -> Load:
    return _load(session, _incoming(lane).subquery())


def _load(session: Session, lines: Any) -> Load:
    left = func.sum(lines.c.size - func.coalesce(lines.c.done, 0))
    row = session.execute(select(func.count(), left).select_from(lines)).one()
    return Load(row[0], row[1] or 0)
