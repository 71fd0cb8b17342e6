"""The mass-delete fuse: too many removals in one push or pull wait until a person says yes.

Only the removals wait, with what follows of the same rows; nothing else is held up by them. A
record that was merged into another is no removal, nor is one that the other side never had.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from data import capture, changes
from data.base import now_text
from data.database import Database
from data.records import fuse
from data.records.change import Change as Pending
from data.records.fuse import IN, OUT, HeldRemoval
from data.records.sync import SyncCursor
from data.records.trace import History
from sync import incoming
from sync.merge import MERGED_INTO, TOMBSTONE
from sync.protocol import Entry
from sync.state import Device
from sync.talk import Errand

WITH_IT = (TOMBSTONE, "deleted_reason")
IN_PER_QUERY = 400


def hold_back(database: Database, device: Device) -> None:
    """Before anything is sealed: removals that are too many wait; those allowed go."""
    with database.read() as session:
        if not _removals(session) and _held(session) == 0:
            return
    with database.write(device.author) as session, capture.applying(session):
        _bring_up_to_date(session)
        _hold(session)
        _let_in(session, HeldRemoval.allowed_at.is_not(None))


def hold_fresh(session: Session, lines: Iterable[Any]) -> bool:
    """Whether of changes about to be sealed removals are to wait after all: they were made since
    the round began, and are too many together with what else is unsealed."""
    removing = {line.row_id for line in lines if line.op == "U" and f'"{TOMBSTONE}"' in line.fields}
    return bool(removing) and bool(removing - _known(session)) and _hold(session)


def _hold(session: Session) -> bool:
    known, more = _known(session), False
    for entity, lines in _by_entity(_removals(session)).items():
        fresh = {line.row_id: line for line in lines if line.row_id not in known}
        if fuse.too_many(len(fresh), _living(session, entity) + len(fresh)):
            session.add_all(_held_out(session, line) for line in fresh.values())
            more = True
    session.flush()
    return more


def _known(session: Session) -> set[str]:
    return set(session.scalars(select(HeldRemoval.row_id).where(HeldRemoval.way == OUT)))


def waits(session: Session) -> Any:
    """The condition that leaves rows out whose removal waits; None when nothing does."""
    held = select(HeldRemoval.row_id).where(
        HeldRemoval.way == OUT, HeldRemoval.allowed_at.is_(None)
    )
    if session.scalar(held.limit(1)) is None:
        return None
    return Pending.row_id.not_in(held)


def keep_back(session: Session, entry: Entry, record: Any) -> frozenset[str]:
    """The fields of an arriving entry that are not written yet: a removal waits for the end of its
    pull, when it is known how many there are. The history tells it at once, as the log does."""
    if TOMBSTONE not in entry.fields or MERGED_INTO in entry.fields:
        return frozenset()
    kept = _kept(session, (entry.entity, entry.row, IN))
    if entry.fields[TOMBSTONE][1] is None or record.deleted_at is not None:
        if kept is not None and kept in session.new:
            session.expunge(kept)
        elif kept is not None:
            session.delete(kept)
        return frozenset()
    if kept is None:
        kept = HeldRemoval(entity=entry.entity, row_id=entry.row, way=IN)
        session.add(kept)
    held = {name: entry.fields[name][1] for name in WITH_IT if name in entry.fields}
    kept.person_id = entry.row if entry.entity == "person" else getattr(record, "person_id", None)
    kept.by, kept.at, kept.version = entry.user, entry.at, entry.version
    kept.fields = json.dumps(held, ensure_ascii=False)
    return frozenset(held)


def _kept(session: Session, key: tuple[str, str, str]) -> HeldRemoval | None:
    """A line of this page, which nobody has flushed yet, or one of an earlier page."""
    fresh = (one for one in session.new if isinstance(one, HeldRemoval))
    mine = next((one for one in fresh if (one.entity, one.row_id, one.way) == key), None)
    return mine or session.get(HeldRemoval, key)


def unseen(session: Session, ids: Iterable[str]) -> dict[tuple[str, str], int]:
    """Of rows whose removal waits here: the version that carries it, which nobody here saw."""
    query = select(HeldRemoval).where(HeldRemoval.way == IN, HeldRemoval.row_id.in_(set(ids)))
    return {(line.entity, line.row_id): line.version for line in session.scalars(query)}


def settle(errand: Errand, asks: bool = True) -> None:
    """At the end of a pull: few removals are written, too many are asked about.

    Nobody is asked (`asks`) where nobody works: in the copy of another office's book.
    """
    scope = errand.device.scope
    if errand.cancelled():
        return
    with errand.database.read() as session:
        cursor = session.get(SyncCursor, scope)
        arrived = select(HeldRemoval.row_id).where(HeldRemoval.way == IN, _unasked())
        nothing = session.scalar(arrived.limit(1)) is None
        if cursor is None or cursor.seq < cursor.head:
            return
        if nothing and cursor.settled == cursor.seq:
            return
    with errand.database.write(errand.device.author) as session, capture.applying(session):
        cursor = session.get_one(SyncCursor, scope)
        lines = session.scalars(select(HeldRemoval).where(HeldRemoval.way == IN, _unasked())).all()
        for entity, some in _by_entity(lines).items():
            known = set(_known_before(session, some, cursor.settled))
            if asks and fuse.too_many(len(known), _living(session, entity)):
                for line in some:
                    line.asked_at = now_text() if line.row_id in known else None
        session.flush()
        _let_in(session, or_(_unasked(), HeldRemoval.allowed_at.is_not(None)))
        cursor.settled = cursor.seq


def _removals(session: Session) -> list[Any]:
    """Unsealed changes that take a record off, which the server has, off the lists.

    What a server put back from a backup is given again is none: somebody had let it through.
    """
    query = select(
        Pending.seq, Pending.entity, Pending.row_id, Pending.fields, Pending.at, Pending.user
    ).where(
        Pending.batch_no.is_(None),
        text("change.op = 'U'"),
        Pending.verdict.is_(None),
        Pending.base_version > 0,
        Pending.source.not_like("again:%"),
        Pending.fields.contains(f'"{TOMBSTONE}"'),
    )
    found = []
    for line in session.execute(query):
        fields = json.loads(line.fields)
        removes = fields.get(TOMBSTONE, [None, None])[1] is not None and MERGED_INTO not in fields
        record = incoming.record_of(session, line.entity, line.row_id) if removes else None
        if record is not None and record.deleted_at is not None:
            found.append(line)
    return found


def _held(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(HeldRemoval)) or 0


def _held_out(session: Session, line: Any) -> HeldRemoval:
    record = incoming.record_of(session, line.entity, line.row_id)
    person = line.row_id if line.entity == "person" else getattr(record, "person_id", None)
    return HeldRemoval(
        entity=line.entity,
        row_id=line.row_id,
        way=OUT,
        person_id=person,
        by=line.user,
        at=line.at,
        fields="{}",
        asked_at=now_text(),
    )


def _bring_up_to_date(session: Session) -> None:
    """A removal that was taken back, or is on its way, is held no more."""
    waiting = {line.row_id for line in _removals(session)}
    for line in session.scalars(select(HeldRemoval).where(HeldRemoval.way == OUT)):
        if line.row_id not in waiting:
            session.delete(line)
    session.flush()


def _by_entity(lines: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for line in lines:
        found.setdefault(line.entity, []).append(line)
    return found


def _living(session: Session, entity: str) -> int:
    table: Any = incoming.kinds()[entity].__table__
    query = select(func.count()).select_from(table)
    return (
        session.scalar(query.where(table.c.deleted_at.is_(None), table.c.server_version > 0)) or 0
    )


def _unasked() -> Any:
    return HeldRemoval.asked_at.is_(None)


def _known_before(session: Session, lines: list[HeldRemoval], settled: int) -> Iterable[str]:
    """Those of the records that stood here before this pull: of others nobody here knows."""
    ids = [line.row_id for line in lines] if settled else []
    made: dict[str, str] = {}
    for start in range(0, len(ids), IN_PER_QUERY):
        some = ids[start : start + IN_PER_QUERY]
        query = select(History.row_id, History.txn).where(
            History.row_id.in_(some), History.op == "create"
        )
        made |= dict(session.execute(query).tuples().all())
    for row_id in ids:
        number = made.get(row_id, "").removeprefix("sync:")
        if not number.isdigit() or int(number) <= settled:
            yield row_id


def _let_in(session: Session, which: Any) -> None:
    """Write removals that arrived: the record leaves the lists."""
    for line in session.scalars(select(HeldRemoval).where(HeldRemoval.way == IN, which)).all():
        record = incoming.record_of(session, line.entity, line.row_id)
        if record is not None:
            waiting = incoming.Unconfirmed(session, [line.row_id]).of(line.entity, line.row_id)
            values = {n: v for n, v in json.loads(line.fields).items() if n not in waiting}
            last = max((line.at, line.by), (record.updated_at, record.updated_by))
            incoming.put(record, values, *last)
            changes.touch(session, line.entity, line.row_id)
        session.delete(line)
