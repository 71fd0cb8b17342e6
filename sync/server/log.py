"""The server's log: accept each sealed batch exactly once and put its changes in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select, update

from sync import protocol
from sync.protocol import BatchHeader, BatchResult, Change, Entry
from sync.server import regained, store
from sync.server.deciding import Deciding, Domain, Errand, Incoming, decide
from sync.server.rows import Rows, entry_of
from sync.server.store import Store

ANSWERS_AT_ONCE_MAX = 200


class Refusal(Exception):
    """The server does not take a batch or a request; `code` and `facts` go into the answer."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Sender:
    """The device whose batch or question it is, as the accounts know it."""

    office_id: str
    device_id: str
    epoch: int
    regain_upto: int = 0
    """Up to this batch of the epoch the changes were made for a log before a restore."""

    @property
    def mark(self) -> str:
        """Names the device in one epoch, for the field versions."""
        return f"{self.device_id}/{self.epoch}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One batch whose signature, hash and limits were checked, opened."""

    header: BatchHeader
    digest: str
    changes: Sequence[Change]


Census = Callable[[Connection, str, Sequence[Entry]], None]
"""Writes accepted entries of an office into the record tables, in the batch's transaction."""


def no_census(_connection: Connection, _office: str, _entries: Sequence[Entry]) -> None:
    """Nothing is kept beside the log."""


@dataclass(frozen=True)
class Logbook:
    """The log's store, what it is told about the records, and who else writes with it.

    `settle` carries out what a scope's entries ask of other scopes, after they are committed.
    """

    store: Store
    domain: Domain = field(default_factory=Domain)
    census: Census = no_census
    settle: Callable[[Logbook, str], None] = lambda _book, _scope: None


def accept(book: Logbook, sender: Sender, delivery: Delivery) -> BatchResult:
    """Take one batch in one transaction; the answer leaves only after the commit.

    A batch whose number and digest are known gets its stored answer again. Raises Refusal
    `forked` (same number, other content), `expected` (a gap), `wrong_epoch`.
    """
    result, abroad = _accepted_once(book, sender, delivery)
    if abroad:
        book.settle(book, sender.office_id)
    return result


def _accepted_once(book: Logbook, sender: Sender, delivery: Delivery) -> tuple[BatchResult, bool]:
    """The answer, and whether other scopes are concerned."""
    with book.store.write() as connection:
        seq = lock_scope(connection, sender.office_id)
        known = _known_answer(connection, sender, delivery)
        if known is not None:
            return known, False
        _check_order(connection, sender, delivery.header)
        rows = Rows(connection, sender.office_id)
        work = Deciding(book.domain, connection, sender.office_id, rows, seq, now_text())
        if delivery.header.batch_no <= sender.regain_upto:
            work.base = regained.base(connection, sender.office_id)
        result = _decide_all(work, sender, delivery)
        write_log(work)
        book.census(connection, sender.office_id, accepted(work))
        _write_ledger(connection, sender, delivery, result)
    return result, bool(work.errands)


def last_batch(connection: Connection, sender: Sender) -> tuple[int, str]:
    """Number and digest of the newest batch of the device's epoch; (0, "") when none came."""
    line = connection.execute(_last_batch(sender)).first()
    return (line.batch_no, line.digest) if line else (0, "")


def _last_batch(sender: Sender) -> Select[Any]:
    ledger = store.ledger.c
    return (
        select(ledger.batch_no, ledger.digest, ledger.first_seq, ledger.n_changes)
        .where(
            ledger.office_id == sender.office_id,
            ledger.device_id == sender.device_id,
            ledger.epoch == sender.epoch,
        )
        .order_by(ledger.batch_no.desc())
        .limit(1)
    )


def answers_after(
    connection: Connection, sender: Sender, batch_no: int, digest: str
) -> list[BatchResult]:
    """Stored answers to the batches after the last one that the PC has an answer to.

    Raises Refusal `forked` when the ledger knows that one with other content.
    """
    ledger = store.ledger.c
    own = (
        ledger.office_id == sender.office_id,
        ledger.device_id == sender.device_id,
        ledger.epoch == sender.epoch,
    )
    known = select(ledger.digest).where(*own, ledger.batch_no == batch_no)
    if connection.scalar(known) not in (None, digest):
        raise Refusal("forked", epoch=sender.epoch, batch_no=batch_no)
    later = select(ledger.answer).where(*own, ledger.batch_no > batch_no)
    lines = connection.scalars(later.order_by(ledger.batch_no).limit(ANSWERS_AT_ONCE_MAX))
    return [msgspec.json.decode(line, type=BatchResult) for line in lines]


def page(book: Logbook, sender: Sender, request: protocol.PullRequest) -> protocol.PullAnswer:
    """Contiguous entries after a number, bounded by rows and bytes.

    Raises Refusal `scope_not_granted`, `reconcile` (the log does not go back so far).
    """
    entry, scope = store.entry.c, store.scope.c
    query = select(store.entry).where(entry.scope_id == request.scope, entry.seq > request.after)
    if request.before:
        query = query.where(entry.seq < request.before).order_by(entry.seq.desc())
    else:
        query = query.order_by(entry.seq)
    query = query.limit(max(1, min(request.rows, protocol.PULL_ROWS_MAX)))
    entries: list[Entry] = []
    size = 0
    with book.store.read() as connection:
        demand_scope(connection, sender, request.scope)
        standing = connection.execute(select(store.scope).where(scope.id == request.scope)).one()
        if request.after < standing.floor and not request.before:
            raise Refusal("reconcile", floor=standing.floor)
        for line in connection.execute(query):
            size += len(line.fields)
            if entries and size > request.bytes:
                break
            entries.append(_entry(line, sender, request.own))
    if request.before:
        entries.reverse()
    return protocol.PullAnswer(request.scope, request.after, standing.seq, entries, standing.floor)


def heads(connection: Connection, sender: Sender) -> dict[str, int]:
    """The end of the log of each scope that the device reads."""
    scope = store.scope.c
    wanted = {sender.office_id, *granted(connection, sender)}
    query = select(scope.id, scope.seq).where(scope.id.in_(wanted))
    return dict(connection.execute(query).tuples().all())


def head(connection: Connection, scope_id: str) -> int:
    """The end of the log of one scope."""
    scope = store.scope.c
    return connection.execute(select(scope.seq).where(scope.id == scope_id)).scalar_one()


def granted(connection: Connection, sender: Sender) -> dict[str, str]:
    """The scopes of other offices that a device may read now, and until which day (ISO)."""
    grant = store.grant.c
    query = select(grant.scope_id, grant.until).where(
        grant.device_id == sender.device_id, grant.until >= now_text()[:10]
    )
    return dict(connection.execute(query).tuples().all())


def demand_scope(connection: Connection, sender: Sender, scope: str) -> None:
    """A device reads its own office and what it was granted. Raises Refusal `scope_not_granted`.

    Whether there is such an office at all is not told either.
    """
    if scope != sender.office_id and scope not in granted(connection, sender):
        raise Refusal("scope_not_granted", scope=scope)


def now_text() -> str:
    """This instant as ISO text in UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")[:23] + "Z"


def lock_scope(connection: Connection, scope_id: str) -> int:
    """The first write of the transaction takes the scope's counter and holds it to the commit.

    So numbers are handed out in the order of commits, without gaps (specification 2.6).
    """
    scope = store.scope.c
    query = update(store.scope).where(scope.id == scope_id).values(seq=scope.seq)
    return connection.execute(query.returning(scope.seq)).scalar_one()


def _known_answer(connection: Connection, sender: Sender, delivery: Delivery) -> BatchResult | None:
    ledger, header = store.ledger.c, delivery.header
    query = select(ledger.digest, ledger.answer).where(
        ledger.office_id == sender.office_id,
        ledger.device_id == sender.device_id,
        ledger.epoch == header.epoch,
        ledger.batch_no == header.batch_no,
    )
    line = connection.execute(query).first()
    if line is None:
        return None
    if line.digest != delivery.digest:
        raise Refusal("forked", epoch=header.epoch, batch_no=header.batch_no)
    return msgspec.json.decode(line.answer, type=BatchResult)


def _check_order(connection: Connection, sender: Sender, header: BatchHeader) -> None:
    if header.epoch != sender.epoch:
        raise Refusal("wrong_epoch", epoch=sender.epoch)
    last = connection.execute(_last_batch(sender)).first()
    last_no, last_digest, next_seq = 0, "", 1
    if last is not None:
        last_no, last_digest, next_seq = last.batch_no, last.digest, last.first_seq + last.n_changes
    if header.batch_no != last_no + 1:
        raise Refusal("expected", batch_no=last_no + 1)
    if (header.prev_sha256, header.first_seq) != (last_digest, next_seq):
        raise Refusal("forked", epoch=header.epoch, batch_no=last_no)


def _decide_all(work: Deciding, sender: Sender, delivery: Delivery) -> BatchResult:
    work.load(delivery.changes)
    verdicts, versions, notes = [], [], {}
    first = delivery.header.first_seq
    for index, change in enumerate(delivery.changes):
        before = work.rows.version(change.entity, change.row)
        verdict, note = decide(work, Incoming(change, first + index, sender.mark))
        after = work.rows.version(change.entity, change.row)
        verdicts.append(verdict)
        versions.append(after if after > before else 0)
        if note is not None:
            notes[str(index)] = note
    _not_deferred_after_all(work, sender, first, verdicts)
    return BatchResult(
        batch_no=delivery.header.batch_no,
        digest=delivery.digest,
        first_seq=first,
        verdicts="".join(verdicts),
        versions=versions,
        notes=notes,
    )


def _not_deferred_after_all(
    work: Deciding, sender: Sender, first: int, verdicts: list[str]
) -> None:
    """A change may wait for a row that comes later in the same batch."""
    for (mark, number), verdict in work.unparked.items():
        if mark == sender.mark and 0 <= number - first < len(verdicts):
            verdicts[number - first] = verdict


def accepted(work: Deciding) -> list[Entry]:
    """The entries that say how rows stand."""
    return [entry for entry, _ in work.entries if entry.op != "C"]


def write_log(work: Deciding) -> None:
    """Write the entries, the rows as they stand now, errands elsewhere, and the counter."""
    if work.entries:
        lines = [_line(work, entry, incoming) for entry, incoming in work.entries]
        store.insert_many(work.connection, store.entry, lines)
    work.rows.save()
    if work.errands:
        work.connection.execute(store.errand.insert(), [_errand(work, one) for one in work.errands])
    scope = store.scope.c
    query = update(store.scope).where(scope.id == work.scope_id)
    values = {"seq": work.seq, "changes": scope.changes + len(accepted(work))}
    work.connection.execute(query.values(values))


def _write_ledger(
    connection: Connection, sender: Sender, delivery: Delivery, result: BatchResult
) -> None:
    header = delivery.header
    connection.execute(
        store.ledger.insert().values(
            office_id=sender.office_id,
            device_id=sender.device_id,
            epoch=header.epoch,
            batch_no=header.batch_no,
            digest=delivery.digest,
            prev_digest=header.prev_sha256,
            first_seq=header.first_seq,
            n_changes=header.n_changes,
            schema_v=header.schema_v,
            received_at=now_text(),
            answer=protocol.to_json(result),
        )
    )


def _errand(work: Deciding, one: Errand) -> dict[str, Any]:
    return {
        "scope_id": work.scope_id,
        "seq": one.entry.seq,
        "entity": one.entry.entity,
        "row_id": one.entry.row,
        "other": one.other,
        "change": protocol.to_json(one.change).decode() if one.change else "",
    }


def _line(work: Deciding, entry: Entry, incoming: Incoming) -> dict[str, Any]:
    return {
        "scope_id": work.scope_id,
        "seq": entry.seq,
        "entity": entry.entity,
        "row_id": entry.row,
        "op": entry.op,
        "version": entry.version,
        "fields": protocol.to_json(entry.fields).decode(),
        "at": entry.at,
        "user": entry.user,
        "source": entry.source,
        "device_id": entry.device,
        "epoch": int(incoming.mark.partition("/")[2]),
        "change_seq": incoming.number,
        "theirs_by": entry.theirs_by,
        "received_at": work.received_at,
    }


def _entry(line: Any, sender: Sender, own: bool) -> Entry:
    entry = entry_of(line)
    if line.device_id != sender.device_id or line.epoch != sender.epoch:
        return entry
    bump = not own and line.op not in "CX"
    fields = dict.fromkeys(entry.fields) if bump else entry.fields
    return msgspec.structs.replace(entry, fields=fields, own=line.change_seq)
