"""The first look at a long log: how its rows stand now, in slices that move the place with them.

A PC that has nothing of a scope, or less than its log still tells, takes the rows as they stood at
a number of the log; from there on it pulls. Their history comes afterwards (`sync.backfill`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from data import capture
from data.base import Base, now_text
from data.database import Database
from data.records import trace
from data.records.change import Change
from data.records.sync import ColdStart, SnapshotSeen, SyncCursor, UnknownRow
from sync import conflicts, fuse, incoming, protocol, state, transport
from sync.errors import NotOurServer, ServerRefused
from sync.incoming import Step, Unconfirmed
from sync.merge import MERGED_INTO, TOMBSTONE
from sync.protocol import Entry, Problem
from sync.snapshot_words import SnapshotAnswer, SnapshotRequest, StandingRow
from sync.talk import Talk, refused

LOG_SHORT = 2 * protocol.PULL_ROWS_MAX
"""A log of so few entries is pulled from its beginning: its history comes at once."""
SEATS = 512
"""Places in the history for one entry of the log: one for each of its fields."""
FIRST = ("user", "setting")
GONE = "snapshot_gone"


def underway(session: Session, scope: str) -> ColdStart | None:
    """How far a snapshot of a scope or its history came; None when nothing is outstanding."""
    return session.get(ColdStart, scope)


def needed(session: Session, scope: str, head: int) -> bool:
    """Whether rows of the scope are to come as a snapshot before its log goes on."""
    known = underway(session, scope)
    if known is not None:
        return known.history == 0
    cursor = session.get(SyncCursor, scope)
    return (cursor.seq if cursor else 0) == 0 and head > LOG_SHORT


def begin(session: Session, scope: str, over: bool) -> ColdStart:
    """Take the scope from its beginning; `over`: also where this PC has rows of it."""
    known = underway(session, scope)
    if known is not None:
        session.delete(known)
        session.flush()
    session.execute(delete(SnapshotSeen))
    fresh = ColdStart(scope=scope, over=int(over), upto=0, lane=0, before=0, done=0, total=0)
    fresh.history = fresh.floor = fresh.seat = 0
    session.add(fresh)
    session.flush()
    return fresh


@cache
def lanes() -> tuple[tuple[str, ...], ...]:
    """Kinds of records in the order they come: who works here, then parents before children.

    The last lane is for kinds that only a newer program knows: all but those of the others.
    """
    depth = {entity: _depth(entity) for entity in incoming.kinds()}
    deep = range(max(depth.values()) + 1)
    rest = [tuple(sorted(e for e in depth if depth[e] == d and e not in FIRST)) for d in deep]
    return (FIRST, *rest, tuple(sorted(depth)))


def _depth(entity: str) -> int:
    keys = incoming.kinds()[entity].__table__.foreign_keys
    return max((1 + _depth(key.column.table.name) for key in keys), default=0)


def fetch(talk: Talk) -> bool:
    """Fetch and apply the rows that are missing; False when it stopped before the end, because
    somebody cancelled or a change waits to be sent.

    Raises the errors of the wire.
    """
    while not talk.cancelled():
        start = _place(talk.database, talk.device.scope, talk.device)
        try:
            answer = _ask(talk, start)
        except ServerRefused as error:
            if error.code != GONE or talk.book is not None:
                raise
            with talk.database.write(talk.device.author) as session:
                begin(session, talk.device.scope, over=True)
            continue
        if take(talk, answer, start):
            return True
        if waits(talk):
            return False
    return False


def waits(talk: Talk) -> bool:
    """Whether somebody made a change meanwhile that is still to be sent."""
    with talk.own.read() as session:
        return state.sendable(session) > 0


def _place(database: Database, scope: str, device: state.Device) -> ColdStart:
    with database.read() as session:
        known = underway(session, scope)
    if known is not None:
        return known
    with database.write(device.author) as session:
        return begin(session, scope, over=False)


def _ask(talk: Talk, start: ColdStart) -> SnapshotAnswer:
    kinds, beside = list(lanes()[start.lane]), start.lane == len(lanes()) - 1
    rows = protocol.PULL_ROWS_MAX
    asked = SnapshotRequest(start.scope, start.upto, start.before, kinds, beside, rows)
    content, nonce = transport.signed_request(talk.device, "snapshot", asked)
    heard = talk.wire.post("/v1/snapshot", content)
    answer = transport.read_answer(talk.device, heard, nonce, SnapshotAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    ours = (answer.scope, answer.before) == (start.scope, start.before)
    numbers = [row.created for row in answer.rows]
    sound = numbers == sorted(set(numbers), reverse=True)
    if not ours or not sound or start.upto not in (0, answer.upto):
        raise NotOurServer("answer_to_another", url=talk.device.url)
    return answer


def take(talk: Talk, answer: SnapshotAnswer, start: ColdStart) -> bool:
    """Apply a page in slices of fifty rows, each with its place; True when all rows are here."""
    device = talk.device
    parts = list(_slices(answer.rows)) or [()]
    for number, part in enumerate(parts):
        with talk.database.write(device.author) as session, capture.applying(session):
            known = session.get_one(ColdStart, start.scope)
            if not known.upto:
                _numbered(session, known, answer)
            _Slice(session, device.scope, known, part).apply()
            known.done += len(part)
            if part:
                known.before = part[-1].created
            if answer.last and number == len(parts) - 1:
                known.lane, known.before = known.lane + 1, 0
            here = known.lane == len(lanes())
            if here:
                _finish(session, known)
            done, total = known.done, max(known.total, known.done)
        talk.done.pulled += len(part)
        talk.done.applied += 1
        talk.progress("rows", done, total)
        if here or talk.cancelled():
            return here
    return False


def _slices(rows: Sequence[StandingRow]) -> Iterator[Sequence[StandingRow]]:
    for at in range(0, len(rows), protocol.PAGE_ROWS_MAX):
        yield rows[at : at + protocol.PAGE_ROWS_MAX]


def _numbered(session: Session, start: ColdStart, answer: SnapshotAnswer) -> None:
    """The first page says of which number of the log the snapshot is."""
    start.upto, start.total, start.floor = answer.upto, answer.total, answer.floor
    start.seat = trace.keep_free(session, (answer.upto + 1) * SEATS)


def _finish(session: Session, start: ColdStart) -> None:
    """All rows are here: the log goes on from the snapshot's number."""
    cursor = state.cursor(session, start.scope)
    cursor.seq, cursor.head = max(cursor.seq, start.upto), max(cursor.head, start.upto)
    if start.over:
        cursor.seq = start.upto
        _unknown(session)
    start.history = start.upto + 1


def _unknown(session: Session) -> None:
    """What came from the server once and is not there any more is asked about, never sent again."""
    for entity, kind in incoming.kinds().items():
        table: Any = kind.__table__
        seen = select(SnapshotSeen.row_id).where(SnapshotSeen.entity == entity)
        waiting = select(Change.row_id).where(Change.entity == entity, Change.verdict.is_(None))
        owner = table.c.person_id if "person_id" in table.c else table.c.id
        lost = select(table.c.id, func.coalesce(owner, table.c.id)).where(
            table.c.server_version > 0, table.c.id.not_in(seen), table.c.id.not_in(waiting)
        )
        owners = dict(session.execute(lost).tuples().all())
        for row_id, whose in owners.items():
            at = now_text()
            session.merge(UnknownRow(entity=entity, row_id=row_id, owner=whose, found_at=at))
        ids = list(owners)
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            again = update(table).where(table.c.id.in_(part)).values(server_version=0)
            session.connection().execute(again)
    session.execute(delete(SnapshotSeen))


class _Slice:
    """Some rows on their way into the store."""

    def __init__(
        self, session: Session, scope: str, start: ColdStart, rows: Sequence[StandingRow]
    ) -> None:
        self.session = session
        self.scope = scope
        self.start = start
        self.rows = rows
        self.office = incoming.office_id(session)
        ids = {row.row for row in rows}
        self.unconfirmed = Unconfirmed(session, ids)
        self.records: dict[tuple[str, str], Any] = {}
        for entity in {row.entity for row in rows} & set(incoming.kinds()):
            kind: Any = incoming.kinds()[entity]
            mine = [row.row for row in rows if row.entity == entity]
            for record in session.scalars(select(kind).where(kind.id.in_(mine))):
                self.records[entity, record.id] = record

    def apply(self) -> None:
        """Bring the rows into the store; a second time it changes nothing."""
        with self.session.no_autoflush:
            for row in self.rows:
                self._row(row)
        if self.start.over and self.rows:
            seen = [{"entity": row.entity, "row_id": row.row} for row in self.rows]
            self.session.execute(insert(SnapshotSeen).prefix_with("OR IGNORE"), seen)
            known = self.session.get
            for row in self.rows:
                asked = known(UnknownRow, (row.entity, row.row))
                if asked is not None:
                    self.session.delete(asked)

    def _row(self, row: StandingRow) -> None:
        entry = Entry(0, row.entity, row.row, "I", row.version, row.fields, row.at, row.user)
        incoming.keep_unknown(self.session, entry)
        if row.entity not in incoming.kinds():
            return
        record = self.records.get((row.entity, row.row))
        if record is None:
            record = incoming.made(self.session, entry, self.office)
            self._hands(record, row)
        elif row.version > record.server_version or self.start.over:
            self._put(record, row)
        for conflict in row.conflicts:
            conflicts.raise_cards(self.session, self.scope, conflict, bool(conflict.own))

    def _hands(self, record: Any, row: StandingRow) -> None:
        """Who edited the row last, as if the edits had come one by one."""
        for hand in row.hands:
            record.updated_at, record.updated_by = hand.at, hand.user
            if hasattr(record, "derive"):
                record.derive(set(hand.fields), hand.user)

    def _put(self, record: Any, row: StandingRow) -> None:
        """Bring a row that is here to how it stands there; what waits to be sent stays."""
        kind: type[Base] = type(record)
        told = dict.fromkeys(incoming.columns(kind)) | incoming.fitting(kind, row.fields)
        waiting = self.unconfirmed.of(row.entity, row.row)
        step = Step(self.session, row.entity, row.row)
        seen = record.server_version
        if row.version < seen:
            step.ahead = {}
        values = {}
        for name, value in told.items():
            if getattr(record, name) == value:
                continue
            if name in waiting:
                step.held.setdefault(name, seen)
                step.pristine[name] = value
            elif value is not None or kind.__table__.columns[name].nullable:
                values[name] = value
        if TOMBSTONE not in waiting:
            for name in self._kept_back(record, row, told):
                values.pop(name, None)
        last = row.hands[-1] if row.hands else None
        at, by = (last.at, last.user) if last else (row.at, row.user)
        incoming.put(record, values, at, by)
        record.server_version = row.version
        step.reached(row.version, waiting)
        step.save()

    def _kept_back(self, record: Any, row: StandingRow, told: dict[str, Any]) -> frozenset[str]:
        """Of a row that stands removed there what is not written here yet: see `fuse`."""
        by = next((one for one in reversed(row.hands) if TOMBSTONE in one.fields), None)
        at, user = (by.at, by.user) if by else (row.at, row.user)
        names = [n for n in (*fuse.WITH_IT, MERGED_INTO) if told.get(n) is not None]
        pairs = {TOMBSTONE: [None, None]} | {name: [None, told[name]] for name in names}
        entry = Entry(0, row.entity, row.row, "U", row.version, pairs, at, user)
        return fuse.keep_back(self.session, entry, record)
