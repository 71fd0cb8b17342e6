"""The server's verdicts, written down here: what was confirmed, what stands in its place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from data import capture, changes
from data.base import now_text
from data.records.change import Change as Pending
from data.records.sync import Batch, SyncRow
from sync import conflicts, incoming, protocol, regain, state
from sync.errors import NotOurServer
from sync.incoming import Step
from sync.protocol import BatchResult, Entry, Note
from sync.state import Device
from sync.talk import Done, Errand

UNSEEN = ("approval", "plan_activity")
"""Records that do not stand here either once the server did not take them: what nobody approved
is in no approved plan."""
NOT_AS_SENT = (protocol.CONFLICT, protocol.REJECTED, protocol.MERGED)


def record(talk: Errand, results: Sequence[BatchResult]) -> int:
    """Write signed results down, each batch in one transaction; the newest confirmed number.

    Results of batches that are not ours as sealed change nothing. Raises NotOurServer.
    """
    last, device = 0, talk.device
    for result in results:
        with talk.database.write(device.author) as session, capture.applying(session):
            batch = session.get(Batch, (device.epoch, result.batch_no))
            if batch is None or batch.digest != result.digest:
                raise NotOurServer("answer_to_another", url=device.url)
            fresh = batch.state == "sealed"
            if fresh:
                _record(session, device, batch, result)
                state.moved(session)
        if fresh:
            _count(result, talk.done)
        last = result.batch_no
    return last


def inside_backup(talk: Errand, watermark: int) -> None:
    """Note which confirmed batches the server has in a verified backup, and only those.

    Their bytes stay nevertheless: an older backup than the newest may be the one put back.
    """
    batches = (Batch.epoch == talk.device.epoch, Batch.batch_no <= watermark)
    waiting = select(Batch.batch_no).where(*batches, Batch.state == "acked").limit(1)
    with talk.database.read() as session:
        if not watermark or session.scalar(waiting) is None:
            return
    with talk.database.write(talk.device.author) as session:
        safe = update(Batch).where(*batches, Batch.state == "acked").values(state="backed_up")
        session.execute(safe, execution_options={"synchronize_session": False})


def _record(session: Session, device: Device, batch: Batch, result: BatchResult) -> None:
    if not len(result.verdicts) == len(result.versions) == batch.n_changes:
        raise NotOurServer("answer_not_ours", reason="wrong_number_of_verdicts")
    lines = _lines(session, batch.batch_no)
    for letter in set(result.verdicts):
        seqs = [line.seq for line, one in zip(lines, result.verdicts, strict=True) if one == letter]
        _mark(session, batch.batch_no, seqs, protocol.VERDICTS.get(letter, "rejected"))
    out_of_step = _out_of_step(session, lines)
    for index, line in enumerate(lines):
        letter, note = result.verdicts[index], result.notes.get(str(index))
        if note is not None and letter == protocol.DEFERRED:
            _why(session, line, note)
        if note is not None and letter in NOT_AS_SENT:
            if _not_taken(session, device, line, note, letter) is not None:
                _theirs(session, line, note, _taken_later(lines, result, index))
        if line.row_id in out_of_step and letter != protocol.DEFERRED:
            _let_go(session, line, note)
    if batch.answer is not None:
        regain.taken_now(session, lines, batch.answer, result)
    _step_on(session, lines, result)
    for index in map(int, result.notes):
        _caught_up(session, lines[index])
    batch.state, batch.acked_at = "acked", now_text()
    batch.answer = protocol.to_json(result)


def _lines(session: Session, batch_no: int) -> list[Row[Any]]:
    query = (
        select(
            Pending.seq,
            Pending.entity,
            Pending.row_id,
            Pending.op,
            Pending.fields,
            Pending.at,
            Pending.user,
            Pending.source,
        )
        .where(Pending.batch_no == batch_no)
        .order_by(Pending.seq)
    )
    return list(session.execute(query))


def _mark(session: Session, batch_no: int, seqs: list[int], verdict: str) -> None:
    query = update(Pending).where(Pending.batch_no == batch_no, Pending.verdict.is_(None))
    query = query.where(Pending.seq.in_(seqs)).values(verdict=verdict)
    session.execute(query, execution_options={"synchronize_session": False})


def _out_of_step(session: Session, lines: list[Row[Any]]) -> set[str]:
    ids = {line.row_id for line in lines}
    return set(session.scalars(select(SyncRow.row_id).where(SyncRow.row_id.in_(ids))))


def _step_on(session: Session, lines: list[Row[Any]], result: BatchResult) -> None:
    """Rows' server versions move on by single steps only: a gap means that changes of other PCs
    lie between, which this PC's people have not seen yet."""
    steps: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for index, (line, version) in enumerate(zip(lines, result.versions, strict=True)):
        if version and line.entity in incoming.kinds():
            step = {"row": line.row_id, "before": version - 1, "after": version}
            steps.setdefault(line.entity, []).append((index, step))
            changes.touch(session, line.entity, line.row_id)
    for entity, group in steps.items():
        table = incoming.kinds()[entity].__table__
        moved = session.connection().execute(_one_step(table), [step for _, step in group])
        if moved.rowcount != len(group):
            for index, step in group:
                note = result.notes.get(str(index))
                _perhaps_ahead(session, table, lines[index], step["after"], note)


def _one_step(table: Any) -> Any:
    return (
        update(table)
        .where(table.c.id == bindparam("row"), table.c.server_version == bindparam("before"))
        .values(server_version=bindparam("after"))
    )


def _perhaps_ahead(
    session: Session, table: Any, line: Row[Any], version: int, note: Note | None
) -> None:
    known = session.scalar(select(table.c.server_version).where(table.c.id == line.row_id)) or 0
    if version > known:
        step = Step(session, line.entity, line.row_id)
        step.ahead |= dict.fromkeys(_kept(line, note), version)
        step.save()


def _kept(line: Row[Any], note: Note | None) -> set[str]:
    """The fields of a change that the server has as this PC sent them."""
    return set(json.loads(line.fields)) - set(note.theirs if note else ())


def _let_go(session: Session, line: Row[Any], note: Note | None) -> None:
    """Nothing holds pulled values back any more once the last own change is judged."""
    step = Step(session, line.entity, line.row_id)
    waiting = incoming.Unconfirmed(session, [line.row_id]).of(line.entity, line.row_id)
    step.let_go(_kept(line, note) - waiting)
    kept = incoming.record_of(session, line.entity, line.row_id)
    if kept is not None:
        step.reached(kept.server_version, waiting)
    step.save()


def _caught_up(session: Session, line: Row[Any]) -> None:
    """What the verdict brought is not ahead of a row whose version came as far by the same one."""
    kind = incoming.kinds().get(line.entity)
    if kind is None:
        return
    table: Any = kind.__table__
    version = session.scalar(select(table.c.server_version).where(table.c.id == line.row_id))
    step = Step(session, line.entity, line.row_id)
    waiting = incoming.Unconfirmed(session, [line.row_id]).of(line.entity, line.row_id)
    step.reached(version or 0, waiting)
    step.save()


def _taken_later(lines: list[Row[Any]], result: BatchResult, index: int) -> set[str]:
    """Fields of a line that the server took from a later line of the same batch."""
    found: set[str] = set()
    for at in range(index + 1, len(lines)):
        row = (lines[at].entity, lines[at].row_id)
        if row == (lines[index].entity, lines[index].row_id) and result.versions[at]:
            found |= _kept(lines[at], result.notes.get(str(at)))
    return found


def _not_taken(session: Session, device: Device, line: Row[Any], note: Note, letter: str) -> Any:
    """The server's values stand; ours stay in the history and on the conflict card. The record."""
    _why(session, line, note)
    kept = incoming.record_of(session, line.entity, line.row_id)
    if letter == protocol.CONFLICT:
        conflicts.raise_cards(session, device.scope, _as_entry(device, line, note), True)
    elif letter == protocol.REJECTED:
        conflicts.open_again(session, device.scope, line.source, json.loads(line.fields))
        if line.op == "I" and line.entity in UNSEEN and kept is not None:
            kept.deleted_at, kept.deleted_reason = now_text(), f"rejected:{note.code}"
    return kept


def _why(session: Session, line: Row[Any], note: Note) -> None:
    session.execute(update(Pending).where(Pending.seq == line.seq).values(verdict_code=note.code))


def _theirs(session: Session, line: Row[Any], note: Note, later: set[str]) -> None:
    """Put the server's values where nothing of ours waits or was taken after them."""
    waiting = incoming.Unconfirmed(session, [line.row_id]).of(line.entity, line.row_id)
    kept = incoming.record_of(session, line.entity, line.row_id)
    names = set(note.theirs) - waiting - later
    if not names:
        return
    step = Step(session, line.entity, line.row_id)
    values = incoming.fitting(type(kept), {name: note.theirs[name] for name in names})
    incoming.put(kept, values, now_text(), ", ".join(sorted(set(note.by.values()))) or line.user)
    step.let_go(names)
    newer = {name: note.seen.get(name, 0) for name in names}
    step.ahead |= {name: at for name, at in newer.items() if at > kept.server_version}
    step.save()
    session.flush()


def _as_entry(device: Device, line: Row[Any], note: Note) -> Entry:
    fields = json.loads(line.fields)

    def mine(name: str) -> Any:
        if name not in fields:
            return None
        return fields[name] if line.op == "I" else fields[name][1]

    values = {name: [note.base[name], note.theirs[name], mine(name)] for name in note.base}
    authors = ", ".join(sorted(set(note.by.values())))
    return Entry(note.seq, line.entity, line.row_id, "C", 0, values, line.at, line.user,
                 device.device_id, "", 1, authors)  # fmt: skip


def _count(result: BatchResult, done: Done) -> None:
    done.acknowledged += len(result.verdicts)
    done.merged += result.verdicts.count(protocol.MERGED)
    done.conflicts += result.verdicts.count(protocol.CONFLICT)
    done.deferred += result.verdicts.count(protocol.DEFERRED)
    done.rejected += result.verdicts.count(protocol.REJECTED)
