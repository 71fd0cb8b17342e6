"""What the next round would do, told without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from data.database import Database
from data.records import blob_waiting, outgoing
from data.records.blob_waiting import Loads
from data.records.change import Change as Pending
from data.records.sync import Batch
from sync import photos, state
from sync.errors import NotEnrolled
from sync.photos import Choice


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the next round would send: changes in all and by kind of record, the rows they are
    of, and how many lie in batches that are sealed already, with their bytes. Apart from those,
    what waits of photos and scans in either direction, and what the line is marked for."""

    pending: int
    by_record: dict[str, int]
    rows: int
    sealed: int
    sealed_bytes: int
    attachments: Loads = Loads()
    line: Choice = "thumbnails"


def ahead(database: Database) -> Forecast:
    """What would go now; nothing is sealed, sent or written. Raises NotEnrolled."""
    with database.read() as session:
        if state.row(session) is None:
            raise NotEnrolled()
        waiting = Pending.verdict.is_(None)
        kinds = outgoing.waiting_by_entity(session)
        sealed = select(func.count()).where(waiting, Pending.batch_no.is_not(None))
        size = select(func.sum(func.length(Batch.sealed))).where(Batch.state == "sealed")
        return Forecast(
            pending=state.pending(session),
            by_record={entity: changes for entity, changes, _rows in kinds},
            rows=sum(rows for _entity, _changes, rows in kinds),
            sealed=session.scalar(sealed) or 0,
            sealed_bytes=session.scalar(size) or 0,
            attachments=blob_waiting.loads(session),
            line=photos.setting(database),
        )
