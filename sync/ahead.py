"""What the next round would send, how much that is on the line, and how long it takes there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.database import Database
from data.records import blob_waiting, fuse, outgoing
from data.records.blob_waiting import Loads
from data.records.change import Change as Pending
from data.records.sync import Batch
from sync import photos, state
from sync.errors import NotEnrolled
from sync.fuse import waits
from sync.photos import Choice

PACKED_SHARE = 0.3
"""Of the bytes of changes, what is left of them sealed, while this PC has sent nothing yet."""
TELLING_CHANGES = 100


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the next round would send: changes in all and by kind of record, the rows they are
    of, and how many lie in batches that are sealed already, with their bytes. `bytes` is all of
    it as it will be on the line, by what earlier changes took; `seconds` on this line, None
    while nobody has measured it; `held` removals stay here until somebody says yes. Apart from
    those, what waits of photos and scans in either direction, and what the line is marked for."""

    pending: int
    by_record: dict[str, int]
    rows: int
    sealed: int
    sealed_bytes: int
    bytes: int = 0
    seconds: int | None = None
    held: int = 0
    attachments: Loads = Loads()
    line: Choice = "thumbnails"


def forecast(database: Database) -> Forecast:
    """What would go now; nothing is sealed, sent or written. Raises NotEnrolled."""
    with database.read() as session:
        standing = state.row(session)
        if standing is None:
            raise NotEnrolled()
        waiting = Pending.verdict.is_(None)
        kinds = outgoing.waiting_by_entity(session)
        sealed = select(func.count()).where(waiting, Pending.batch_no.is_not(None))
        size = select(func.sum(func.length(Batch.sealed))).where(Batch.state == "sealed")
        sealed_bytes = session.scalar(size) or 0
        ahead = sealed_bytes + _unsealed_bytes(session)
        bps, held = standing.uplink_bps, fuse.count_asked(session, fuse.OUT)
        return Forecast(
            pending=state.pending(session),
            by_record={entity: changes for entity, changes, _rows in kinds},
            rows=sum(rows for _entity, _changes, rows in kinds) - held,
            sealed=session.scalar(sealed) or 0,
            sealed_bytes=sealed_bytes,
            bytes=ahead,
            seconds=-(-ahead * 8 // bps) if bps else None,
            held=held,
            attachments=blob_waiting.loads(session),
            line=photos.setting(database),
        )


def _unsealed_bytes(session: Session) -> int:
    """By what a change took in the last batches; before there were enough, by its length."""
    query = select(func.count(), func.sum(func.length(Pending.fields))).where(
        Pending.verdict.is_(None), Pending.batch_no.is_(None)
    )
    kept_back = waits(session)
    count, length = session.execute(query if kept_back is None else query.where(kept_back)).one()
    latest = (
        select(func.length(Batch.sealed).label("size"), Batch.n_changes)
        .order_by(Batch.epoch.desc(), Batch.batch_no.desc())
        .limit(50)
        .subquery()
    )
    size, changes = session.execute(
        select(func.sum(latest.c.size), func.sum(latest.c.n_changes))
    ).one()
    if (changes or 0) >= TELLING_CHANGES:
        return int(count * size / changes)
    return int((length or 0) * PACKED_SHARE)
