"""Entries of the server's log, applied in slices of fifty rows that move the cursor with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data import capture
from data.records.change import Change as Pending
from data.records.sync import Batch, SyncRow, UnknownRow
from sync import backfill, conflicts, fuse, incoming, moving, protocol, snapshot, state, transport
from sync.errors import NotOurServer, ServerRefused
from sync.incoming import Step, Unconfirmed
from sync.protocol import Entry, Problem, PullAnswer, PullRequest
from sync.regain import AGAIN
from sync.state import Device
from sync.talk import Errand, Talk, refused

RECONCILE = "reconcile"


def pull(talk: Talk) -> bool:
    """Fetch and apply everything that is missing: of a long log first its rows as a snapshot, then
    what follows, at last the history of those rows. Stops between slices when cancelled.

    False when a change waits to be sent before it goes on. Raises the errors of the wire, and
    NotOurServer `pull_not_contiguous`.
    """
    scope = talk.device.scope
    with talk.database.read() as session:
        whole = snapshot.needed(session, scope, talk.heads.get(scope, 0))
    if whole and not snapshot.fetch(talk):
        return False
    try:
        _follow(talk)
    except ServerRefused as error:
        if error.code != RECONCILE or talk.book is not None:
            raise
        with talk.database.write(talk.device.author) as session:
            snapshot.begin(session, scope, over=True)
        return False
    fuse.settle(talk, asks=talk.book is None)
    return backfill.fetch(talk)


def _follow(talk: Talk) -> None:
    with talk.database.read() as session:
        after = _position(session, talk.device)
    if not talk.done.sent and talk.heads.get(talk.device.scope) == after:
        return
    while not talk.cancelled():
        answer = _ask(talk, after)
        after = take(talk, answer, after, aside=talk.book is None)
        if after >= answer.head or not answer.entries:
            return


def take(talk: Errand, answer: PullAnswer, after: int, aside: bool = True) -> int:
    """Apply a page slice by slice until cancelled; the number of the last entry applied. Who
    leaves is kept `aside` in the own office's book only.

    Raises NotOurServer `pull_not_contiguous`.
    """
    for part in slices(answer.entries):
        _check(part, after)
        _apply(talk, answer, part, aside)
        after = part[-1].seq
        talk.progress("receive", after, answer.head)
        if talk.cancelled():
            break
    return after


def slices(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Entries cut so that no slice writes more than fifty rows of other PCs."""
    part: list[Entry] = []
    weight = 0
    for entry in entries:
        part.append(entry)
        weight += 1 if not entry.own else 0
        if weight >= protocol.PAGE_ROWS_MAX or len(part) >= 8 * protocol.PAGE_ROWS_MAX:
            yield part
            part, weight = [], 0
    if part:
        yield part


def _position(session: Session, device: Device) -> int:
    cursor = session.get(state.SyncCursor, device.scope)
    return cursor.seq if cursor else 0


def _ask(talk: Talk, after: int) -> PullAnswer:
    device = talk.device
    request = PullRequest(device.scope, after, protocol.PULL_ROWS_MAX)
    content, nonce = transport.signed_request(device, "pull", request)
    answer = transport.read_answer(device, talk.wire.post("/v1/pull", content), nonce, PullAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    if answer.scope != device.scope or answer.after != after:
        raise NotOurServer("answer_to_another", url=device.url)
    return answer


def _check(part: list[Entry], after: int) -> None:
    """Numbers without a gap are the proof that nothing is missing."""
    if [entry.seq for entry in part] != list(range(after + 1, after + 1 + len(part))):
        raise NotOurServer("pull_not_contiguous", after=after)


def _apply(talk: Errand, answer: PullAnswer, part: list[Entry], aside: bool) -> None:
    device = talk.device
    with talk.database.write(device.author) as session, capture.applying(session):
        cursor = state.cursor(session, device.scope)
        work = _Page(session, device, part, aside)
        with session.no_autoflush:
            for entry in part:
                work.apply(entry)
        incoming.flush_history(session)
        cursor.seq = max(cursor.seq, part[-1].seq)
        cursor.head = max(cursor.head, answer.head)
    talk.done.pulled += work.rows
    talk.done.conflicts += work.conflicts
    talk.done.applied += len(part)


class _Page:
    """One slice on its way into the store."""

    def __init__(self, session: Session, device: Device, part: list[Entry], aside: bool) -> None:
        self.session = session
        self.device = device
        self.aside = aside
        self.office = incoming.office_id(session)
        ids = {entry.row for entry in part}
        self.unconfirmed = Unconfirmed(session, ids)
        self.conflicting = conflicts.of_rows(session, ids)
        session.execute(delete(UnknownRow).where(UnknownRow.row_id.in_(ids)))
        self.out_of_step = set(
            session.scalars(select(SyncRow.row_id).where(SyncRow.row_id.in_(ids)))
        )
        self.deferred = bool(
            session.scalar(select(Pending.seq).where(Pending.verdict == "deferred").limit(1))
        )
        self.versions = _server_versions(session, [entry for entry in part if entry.own])
        self.records = _records(session, [entry for entry in part if not entry.own])
        self.rows = 0
        self.conflicts = 0

    def apply(self, entry: Entry) -> None:
        """Bring one entry into the store; a second time it changes nothing."""
        if entry.op == "C":
            self._conflict(entry)
        elif entry.op == "X":
            self._moves(entry)
        elif entry.own:
            self._own(entry)
        else:
            incoming.keep_unknown(self.session, entry)
            self._foreign(entry)
        if entry.row in self.conflicting:
            conflicts.end(self.session, self.conflicting[entry.row], entry)

    def _conflict(self, entry: Entry) -> None:
        scope = self.device.scope
        raised = conflicts.raise_cards(self.session, scope, entry, bool(entry.own))
        self.conflicting.setdefault(entry.row, []).extend(raised)
        self.conflicts += len(raised)

    def _moves(self, entry: Entry) -> None:
        """Somebody leaves for another office, or comes from one."""
        if entry.own and self.deferred:
            _undefer(self.session, self.device, entry.own)
        for key in moving.apply(self.session, entry, self.aside):
            self.records.pop(key, None)
            self.versions.pop(key, None)
            self.conflicting.pop(key[1], None)
            self.rows += 1

    def _foreign(self, entry: Entry) -> None:
        key = (entry.entity, entry.row)
        record = self.records.get(key)
        if entry.entity not in incoming.kinds():
            return
        if record is None:
            self.records[key] = incoming.create(self.session, entry, self.office)
            self.rows += 1
        elif entry.version > record.server_version:
            self._edit(entry, record)
            self.rows += 1

    def _edit(self, entry: Entry, record: Any) -> None:
        if entry.op == "I":
            entry = _as_edit(entry, record)
        held = fuse.keep_back(self.session, entry, record)
        step = Step(self.session, entry.entity, entry.row)
        waiting = self.unconfirmed.of(entry.entity, entry.row)
        names = []
        for name in entry.fields:
            seen = max(step.ahead.get(name, 0), record.server_version)
            if seen >= entry.version or name in held:
                continue
            if name in waiting:
                step.held.setdefault(name, seen)
                step.pristine[name] = entry.fields[name][1]
            else:
                names.append(name)
        incoming.edit(self.session, record, entry, names)
        if entry.entity == "proposal":
            moving.answered(self.session, record, self.office)
        record.server_version = entry.version
        step.reached(entry.version, waiting)
        step.save()

    def _own(self, entry: Entry) -> None:
        """Our own change comes back as a bump of the version."""
        key = (entry.entity, entry.row)
        sent = _undefer(self.session, self.device, entry.own) if self.deferred else None
        if sent is not None:
            self._as_sent(entry, sent)
        made = self.records.get(key)
        known = made.server_version if made is not None else self.versions.get(key)
        if known is None or entry.version <= known:
            return
        self.versions[key] = entry.version
        record = self.records.get(key)
        if record is None:
            record = incoming.record_of(self.session, entry.entity, entry.row)
        record.server_version = entry.version
        if entry.row in self.out_of_step:
            step = Step(self.session, entry.entity, entry.row)
            step.reached(entry.version, self.unconfirmed.of(entry.entity, entry.row))
            step.save()

    def _as_sent(self, entry: Entry, sent: Pending) -> None:
        """What waited on the server until somebody came (back) here was not written here anew:
        the log tells its author only that it was taken."""
        key, values = (entry.entity, entry.row), json.loads(sent.fields)
        record = self.records.get(key)
        if record is None:
            record = incoming.record_of(self.session, *key)
        if record is None and sent.op == "I":
            whole = msgspec.structs.replace(entry, op="I", fields=values)
            self.records[key] = incoming.create(self.session, whole, self.office)
        elif record is not None and sent.op == "U":
            later = select(Pending.fields).where(
                Pending.entity == sent.entity,
                Pending.row_id == sent.row_id,
                Pending.seq > sent.seq,
                Pending.source.not_like(f"{AGAIN}%"),
            )
            newer = {name for text in self.session.scalars(later) for name in json.loads(text)}
            new = {name: value[1] for name, value in values.items() if name not in newer}
            incoming.put(record, incoming.fitting(type(record), new), entry.at, entry.user)


def _records(session: Session, part: list[Entry]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for entity, ids in _ids(part).items():
        kind: Any = incoming.kinds()[entity]
        for record in session.scalars(select(kind).where(kind.id.in_(ids))):
            found[entity, record.id] = record
    return found


def _server_versions(session: Session, part: list[Entry]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for entity, ids in _ids(part).items():
        kind: Any = incoming.kinds()[entity]
        query = select(kind.id, kind.server_version).where(kind.id.in_(ids))
        for row_id, version in session.execute(query):
            found[entity, row_id] = version
    return found


def _ids(part: list[Entry]) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {}
    for entry in part:
        if entry.entity in incoming.kinds() and entry.op != "C":
            wanted.setdefault(entry.entity, set()).add(entry.row)
    return wanted


def _as_edit(entry: Entry, record: Any) -> Entry:
    """A creation of a row that is here too (the same user on two PCs) is an edit of its fields."""
    pairs = {name: [getattr(record, name, None), value] for name, value in entry.fields.items()}
    return Entry(entry.seq, entry.entity, entry.row, "U", entry.version, pairs, entry.at,
                 entry.user, entry.device, entry.source)  # fmt: skip


def _undefer(session: Session, device: Device, number: int) -> Pending | None:
    """A change that waited on the server for another row was taken after all: which one."""
    deferred = session.execute(
        select(Pending.seq).where(Pending.verdict == "deferred").limit(1)
    ).first()
    if deferred is None:
        return None
    batch = session.scalars(
        select(Batch).where(
            Batch.epoch == device.epoch,
            Batch.first_seq <= number,
            Batch.first_seq + Batch.n_changes > number,
        )
    ).first()
    if batch is None:
        return None
    line = session.scalars(
        select(Pending)
        .where(Pending.batch_no == batch.batch_no)
        .order_by(Pending.seq)
        .offset(number - batch.first_seq)
        .limit(1)
    ).first()
    if line is None or line.verdict != "deferred":
        return None
    line.verdict, line.verdict_code = "accepted", None
    return line
