"""The server was put back from a backup: this PC gives again what the backup did not have.

Its own batches go again as they were sealed. What it had pulled of other PCs above the backup's
end is offered again as changes, for those PCs may be gone. Nobody has to press anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Boolean, Integer, Row, bindparam, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from data import capture
from data.base import new_id, now_text
from data.records import blob
from data.records.change import Change as Pending
from data.records.sync import Batch, Conflict, SyncExtra, SyncRound
from data.records.trace import History
from sync import incoming, protocol, sealing, snapshot, state, transport
from sync.incoming import Key, Step, Unconfirmed
from sync.protocol import BatchResult, HelloAnswer, Problem, RowsAnswer, RowsRequest
from sync.state import Device
from sync.talk import Talk, refused

AGAIN = "again:"
OUTCOME = "server_restored"
ROWS_AT_ONCE = 500
SEAL_ALL = 2**40
NOT_SEALED = -1
BY_THE_SERVER = "sync:"
"""Source of what the server wrote itself (transfers): it follows again from what PCs give it."""


def adopt(talk: Talk, answer: HelloAnswer, generation: str) -> None:
    """Go on with the server as it was put back. Everything that this PC knows and the server does
    not waits again; then all of it is sealed.

    Raises the errors of the wire; then nothing was changed.
    """
    told = answer.restored
    if told is None:
        raise LookupError(generation)
    talk.device = replace(talk.device, generation=generation, restored_at=told.restored_at)
    device, last = talk.device, answer.last_batch_no
    base = told.bases.get(device.scope, 0)
    with talk.database.read() as session:
        lost = _lost_rows(session, device, last, base)
    versions = _versions(talk, lost, base)
    with talk.database.write(device.author) as session, capture.applying(session):
        offered = _offer(session, device, base, versions)
        again = _unconfirmed_again(session, device, last)
        _back_to(session, versions)
        _forget_conflicts(session, base)
        _whole_again(session, device.scope, base)
        cursor = state.cursor(session, device.scope)
        cursor.seq, cursor.head = min(cursor.seq, base), min(cursor.head, base)
        standing = state.row(session)
        if standing is None:
            raise LookupError(device.device_id)
        standing.generation, standing.restored_at = generation, told.restored_at
        standing.regain_upto = NOT_SEALED
        standing.blobs_seen = ""
        blob.sent_anew(session)
        day = datetime.fromisoformat(told.backup_at).astimezone().strftime("%d/%m/%Y")
        facts = {"day": day, "batches": again, "offered": offered}
        session.add(_told(facts))
    talk.device = replace(talk.device, regain_upto=NOT_SEALED)
    finish(talk)


def _whole_again(session: Session, scope: str, base: int) -> None:
    """A snapshot that is not here with its history says nothing of a log that was cut: this PC
    cannot tell what it has above the cut, so it takes the rows as the server has them now."""
    known = snapshot.underway(session, scope)
    if known is not None and (known.history == 0 or known.history > base + 1):
        snapshot.begin(session, scope, over=True)


def finish(talk: Talk) -> None:
    """Seal what was made before, so that the server can tell it from what follows."""
    if talk.device.regain_upto != NOT_SEALED:
        return
    sealing.seal_some(talk.database, talk.device, SEAL_ALL)
    with talk.database.write(talk.device.author) as session:
        _waiting_back_to(session)
        standing = state.row(session)
        upto = standing.next_batch_no - 1 if standing else 0
        if standing is not None:
            standing.regain_upto = upto
    talk.device = replace(talk.device, regain_upto=upto)


def taken_now(session: Session, lines: list[Row[Any]], before: bytes, now: BatchResult) -> None:
    """What the server had not taken before its restore and takes now stands here too."""
    former = msgspec.json.decode(before, type=BatchResult)
    for index, line in enumerate(lines):
        was, note = former.notes.get(str(index)), now.notes.get(str(index))
        if was is None or now.verdicts[index] in (protocol.REJECTED, protocol.DEFERRED):
            continue
        waiting = Unconfirmed(session, [line.row_id]).of(line.entity, line.row_id)
        names = set(was.theirs) - set(note.theirs if note else ()) - waiting
        fields, kept = (
            json.loads(line.fields),
            incoming.record_of(session, line.entity, line.row_id),
        )
        if kept is not None:
            sent = {n: fields[n] if line.op == "I" else fields[n][1] for n in names if n in fields}
            incoming.put(kept, incoming.fitting(type(kept), sent), line.at, line.user)
            session.flush()


def _lost_rows(session: Session, device: Device, last: int, base: int) -> list[Key]:
    """Rows of which this PC knows more than the server, as far as it can tell."""
    unsure = or_(Pending.batch_no > last, Pending.batch_no.is_(None))
    own = select(Pending.entity, Pending.row_id).where(unsure).distinct()
    found = {(entity, row_id) for entity, row_id in session.execute(own)}
    found |= {(line.entity, line.row_id) for line in _pulled_after(session, base)}
    kept = session.execute(select(SyncExtra.entity, SyncExtra.row_id)).tuples().all()
    return sorted({key for key in found if key[0] in incoming.kinds()} | set(kept))


def _pulled_after(session: Session, base: int) -> Iterable[History]:
    number = cast(func.substr(History.txn, 6), Integer)
    pulled = select(History).where(History.txn.like("sync:%"), number > base)
    pulled = pulled.where(History.source != BY_THE_SERVER)
    return session.scalars(pulled.order_by(number, History.seq))


def _versions(talk: Talk, rows: list[Key], base: int) -> dict[Key, int]:
    """Which version the server has of rows, at the end of what it shares with this PC."""
    found: dict[Key, int] = {}
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        asked = RowsRequest(talk.device.scope, base, part)
        content, nonce = transport.signed_request(talk.device, "rows", asked)
        heard = talk.wire.post("/v1/rows", content)
        answer = transport.read_answer(talk.device, heard, nonce, RowsAnswer)
        if isinstance(answer, Problem):
            raise refused(answer)
        found |= dict(zip(part, answer.versions, strict=True))
    return found


def _offer(session: Session, device: Device, base: int, versions: dict[Key, int]) -> int:
    """Put other PCs' changes above the restored end into the outbox, in the order of the log."""
    made = 0
    for _, group in groupby(_pulled_after(session, base), key=lambda line: line.txn):
        lines = list(group)
        first = lines[0]
        if (first.entity, first.row_id) not in versions:
            continue
        source = "" if first.source.startswith("sync:") else first.source
        whole = first.op == "create"
        session.add(
            Pending(
                txn=new_id(),
                entity=first.entity,
                row_id=first.row_id,
                op="I" if whole else "U",
                base_version=0 if whole else versions[first.entity, first.row_id],
                fields=json.dumps(fields_of(lines), ensure_ascii=False),
                at=first.at,
                user=first.by,
                source=AGAIN + source,
            )
        )
        made += 1
    session.flush()
    return made + _offer_unknown(session, versions)


def _offer_unknown(session: Session, versions: dict[Key, int]) -> int:
    """Values of a newer program, which this one only keeps, are given back with the others."""
    made = 0
    for (entity, row_id), there in versions.items():
        kept = session.get(SyncExtra, (entity, row_id))
        if kept is None or kept.version <= there:
            continue
        whole = entity not in incoming.kinds() and not there
        values = json.loads(kept.fields)
        pairs = {name: [None, value] for name, value in values.items()}
        session.add(
            Pending(
                txn=new_id(),
                entity=entity,
                row_id=row_id,
                op="I" if whole else "U",
                base_version=there,
                fields=json.dumps(values if whole else pairs, ensure_ascii=False),
                at=now_text(),
                user="",
                source=AGAIN,
            )
        )
        made += 1
    session.flush()
    return made


def fields_of(lines: list[History]) -> dict[str, Any]:
    """What one transaction did to one row, out of the history, as the fields of a change."""
    first = lines[0]
    if first.op == "create":
        whole: dict[str, Any] = json.loads(first.new or "{}")
        return whole
    pairs = ((line.field or "", line.old, line.new) for line in lines)
    return {
        n: [_typed(first.entity, n, old), _typed(first.entity, n, new)] for n, old, new in pairs
    }


def _typed(entity: str, name: str, value: str | None) -> Any:
    """A value out of the history, where everything is text, as its column has it."""
    kind = incoming.kinds()[entity].__table__.columns[name].type
    if value is None:
        return None
    if isinstance(kind, Boolean):
        return value == "1"
    return int(value) if isinstance(kind, Integer) else value


def _unconfirmed_again(session: Session, device: Device, last: int) -> int:
    """Own batches above the ledger's end, as sealed; how many. Their former answers stay beside."""
    own = (Batch.epoch == device.epoch, Batch.batch_no > last)
    calm = {"synchronize_session": False}
    again = session.scalar(select(func.count()).where(*own)) or 0
    session.execute(update(Batch).where(*own).values(state="sealed", acked_at=None),
                    execution_options=calm)  # fmt: skip
    lines = update(Pending).where(Pending.batch_no > last)
    nothing = {"verdict": None, "verdict_code": None, "settled_at": None}
    session.execute(lines.values(nothing), execution_options=calm)
    return again


def _back_to(session: Session, versions: dict[Key, int]) -> None:
    """Rows count on from the version that the server has."""
    known = [pair for pair in sorted(versions.items()) if pair[0][0] in incoming.kinds()]
    for entity, group in groupby(known, key=lambda pair: pair[0][0]):
        table: Any = incoming.kinds()[entity].__table__
        step = update(table).where(table.c.id == bindparam("row"))
        step = step.where(table.c.server_version > bindparam("there"))
        back = step.values(server_version=bindparam("there"))
        lines = [{"row": row_id, "there": there} for (_, row_id), there in group]
        session.connection().execute(back, lines)
    for (entity, row_id), there in versions.items():
        kept = Step(session, entity, row_id)
        kept.ahead = {name: at for name, at in kept.ahead.items() if at <= there}
        kept.save()


def _waiting_back_to(session: Session) -> None:
    """What is not sealed with the rest (a removal that waits for a yes) follows what the others
    give again: it counts from the version that the server has, so that none of it is passed over.
    """
    waiting = select(Pending.entity).where(Pending.batch_no.is_(None)).distinct()
    for entity in session.scalars(waiting).all():
        kind: Any = incoming.kinds().get(entity)
        if kind is None:
            continue
        table = kind.__table__.c
        there = select(table.server_version).where(table.id == Pending.row_id).scalar_subquery()
        own = (Pending.entity == entity, Pending.batch_no.is_(None), Pending.base_version > there)
        session.execute(
            update(Pending).where(*own).values(base_version=there),
            execution_options={"synchronize_session": False},
        )


def _forget_conflicts(session: Session, base: int) -> None:
    """Cards of the log above the restored end: the log raises them again under its new numbers."""
    keys = [key for key in session.scalars(select(Conflict.id)) if int(key.split(":")[1]) > base]
    for part in _parts(keys):
        session.execute(delete(Conflict).where(Conflict.id.in_(part)))


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), ROWS_AT_ONCE):
        yield keys[start : start + ROWS_AT_ONCE]


def _told(facts: dict[str, object]) -> SyncRound:
    """The line of the history of rounds that says what happened."""
    now, words = now_text(), json.dumps(facts, ensure_ascii=False)
    return SyncRound(started_at=now, ended_at=now, outcome=OUTCOME, facts=words)
