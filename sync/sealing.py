"""Outbox to sealed batches: each is encoded, encrypted to the server and signed once, and kept."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from data import outbox
from data.base import now_text
from data.capture import row_values
from data.database import Database
from data.records import incident
from data.records.change import Change as Pending
from data.records.incident import Incident
from data.records.sync import Batch, SyncRow, SyncState
from sync import codec, frames, fuse, incoming, keys, protocol, state
from sync.merge import TOMBSTONE
from sync.protocol import BatchHeader, Change
from sync.state import Device

log = logging.getLogger(__name__)

SLOW_LINE_BPS = 2_000_000
CHANGES_FAST, CHANGES_SLOW = 300, 120
BYTES_SLOW = 8 * 1024
"""A batch that a slow line loses when it is cut costs a second; a smaller one packs worse."""

RAW_BYTES_AIM = 512 * 1024
HOLD_PEN_S = 0.05
HLC_COUNTER_BITS = 16
SEAL_BYTES = 48


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed batch as it waits to be sent."""

    batch_no: int
    digest: str
    n_changes: int
    content: bytes


def waiting(session: Session, device: Device, after: int, size: int) -> list[Sealed]:
    """Sealed batches after a number, in order, until their sizes reach `size` bytes."""
    query = (
        select(Batch)
        .where(Batch.epoch == device.epoch, Batch.batch_no > after)
        .order_by(Batch.batch_no)
        .execution_options(yield_per=16)
    )
    found: list[Sealed] = []
    taken = 0
    for batch in session.scalars(query):
        found.append(Sealed(batch.batch_no, batch.digest, batch.n_changes, batch.sealed))
        taken += len(batch.sealed)
        if taken >= size:
            break
    return found


def check_net(database: Database, device: Device) -> int:
    """Send what only the triggers saw, and tell of it as the defect it is; how many rows."""
    with database.write(device.author) as session:
        bare = outbox.cover_dirty(session)
        session.add_all(_slipped(session, item) for item in bare)
    for item in bare:
        what = "deletion" if item.gone else "change"
        log.error("a %s of %s %s was not in the outbox", what, item.entity, item.row_id)
    return len(bare)


def _slipped(session: Session, item: outbox.Uncovered) -> Incident:
    record = incoming.record_of(session, item.entity, item.row_id)
    person = item.row_id if item.entity == "person" else getattr(record, "person_id", None)
    return Incident(
        kind=incident.GONE if item.gone else incident.BYPASS,
        entity=item.entity,
        row_id=item.row_id,
        person_id=person,
        version_mine=0 if record is None else record.server_version,
        mine=None if record is None else json.dumps(row_values(record), ensure_ascii=False),
    )


def seal_some(database: Database, device: Device, size: int) -> int:
    """Seal waiting changes into batches until `size` bytes; how many batches were made.

    The pen is given back after a few hundredths of a second so that nobody who types waits.
    """
    made = sealed_bytes = 0
    more = True
    while more and sealed_bytes < size:
        began = time.monotonic()
        with database.write(device.author) as session:
            while time.monotonic() - began < HOLD_PEN_S and sealed_bytes < size:
                length = _seal_one(session, device)
                sealed_bytes += length
                more = length > 0
                if not more:
                    break
                made += 1
    return made


def _seal_one(session: Session, device: Device) -> int:
    standing = state.row(session)
    lines = _unsealed(session, _per_batch(device))
    if fuse.hold_fresh(session, lines):
        lines = _unsealed(session, _per_batch(device))
    if standing is None or not lines:
        return 0
    changes = _changes(session, lines)
    slow = _slow(device)
    level = codec.LEVEL_SLOW if slow else codec.LEVEL_FAST
    aim = BYTES_SLOW if slow else protocol.BATCH_BYTES_AIM - 1024
    packed = codec.pack(changes, level)
    while len(packed.payload) > aim and len(changes) > 1:
        share = aim / len(packed.payload)
        changes = changes[: max(1, min(len(changes) - 1, int(len(changes) * share * 0.9)))]
        packed = codec.pack(changes, level)
    if not _fits(packed):
        return _set_aside(session, lines[0])
    return _keep(session, device, standing, lines[: len(changes)], packed)


def _fits(packed: codec.Packed) -> bool:
    sealed = len(packed.payload) + SEAL_BYTES
    return packed.raw_len <= protocol.RAW_BYTES_MAX and sealed <= frames.BODY_BYTES_MAX


def _set_aside(session: Session, line: Row[Any]) -> int:
    """One change that no server would take is shown as rejected and stops no other."""
    verdict = update(Pending).where(Pending.seq == line.seq)
    session.execute(
        verdict.values(batch_no=0, verdict="rejected", verdict_code="too_large_to_send")
    )
    return 1


def _keep(
    session: Session,
    device: Device,
    standing: SyncState,
    lines: list[Row[Any]],
    packed: codec.Packed,
) -> int:
    number, first = standing.next_batch_no, standing.next_seq
    # The store's own epoch: whoever asked may have read his before a round began a new one.
    epoch = standing.epoch
    purpose = f"batch/{epoch}/{number}".encode()
    body = device.pair.seal(packed.payload, device.server_box_key, purpose)
    standing.hlc = _next_hlc(standing.hlc)
    header = BatchHeader(
        device=device.device_id,
        epoch=epoch,
        batch_no=number,
        prev_sha256=standing.last_digest,
        sha256=protocol.sha256_hex(body),
        body_len=len(body),
        n_changes=len(lines),
        first_seq=first,
        schema_v=protocol.SCHEMA_V,
        proto=protocol.PROTO,
        codec=packed.codec,  # type: ignore[arg-type]
        packing=packed.packing,  # type: ignore[arg-type]
        dict_id="",
        raw_len=packed.raw_len,
        hlc=standing.hlc,
        clock_offset_ms=standing.clock_offset_ms,
        key_id=keys.key_id(device.server_box_key),
    )
    unsigned = frames.unsigned_frame(frames.MAGIC_BATCH, protocol.to_json(header), body)
    digest = protocol.sha256_hex(unsigned)
    content = unsigned + device.pair.sign(unsigned)
    session.add(
        Batch(
            epoch=epoch,
            batch_no=number,
            digest=digest,
            first_seq=first,
            n_changes=len(lines),
            sealed=content,
            state="sealed",
            sealed_at=now_text(),
        )
    )
    session.execute(
        update(Pending)
        .where(Pending.seq.in_([line.seq for line in lines]), Pending.batch_no.is_(None))
        .values(batch_no=number)
    )
    standing.next_batch_no, standing.next_seq = number + 1, first + len(lines)
    standing.last_digest = digest
    session.flush()
    return len(content)


def _unsealed(session: Session, limit: int) -> list[Row[Any]]:
    query = (
        select(
            Pending.seq,
            Pending.entity,
            Pending.row_id,
            Pending.op,
            Pending.base_version,
            Pending.fields,
            Pending.at,
            Pending.user,
            Pending.source,
        )
        .where(Pending.batch_no.is_(None))
        .order_by(Pending.seq)
        .limit(limit)
    )
    held = fuse.waits(session)
    lines = list(session.execute(query if held is None else query.where(held)))
    size = 0
    for index, line in enumerate(lines):
        size += len(line.fields)
        if size > RAW_BYTES_AIM and index:
            return lines[:index]
    return lines


def _changes(session: Session, lines: Iterable[Row[Any]]) -> list[Change]:
    ids = {line.row_id for line in lines}
    steps, unseen = _out_of_step(session, ids), fuse.unseen(session, ids)
    changes = []
    for line in lines:
        fields = json.loads(line.fields)
        seen = steps.get((line.entity, line.row_id), {})
        bases = {n: v for n, v in seen.items() if n in fields and v != line.base_version}
        if (removed := unseen.get((line.entity, line.row_id))) is not None:
            bases[TOMBSTONE] = min(removed - 1, bases.get(TOMBSTONE, removed))
        changes.append(
            Change(
                entity=line.entity,
                row=line.row_id,
                op=line.op,
                base=line.base_version,
                fields=fields,
                at=line.at,
                user=line.user,
                source=line.source,
                bases=bases,
            )
        )
    return changes


def _out_of_step(session: Session, ids: set[str]) -> dict[tuple[str, str], dict[str, int]]:
    """Fields of which the author saw an older version than of the row (a pulled value was kept
    back), or a newer one (a verdict brought the server's value before the pull did)."""
    found = {}
    for row in session.scalars(select(SyncRow).where(SyncRow.row_id.in_(ids))):
        found[row.entity, row.row_id] = json.loads(row.ahead) | json.loads(row.held)
    return found


def _slow(device: Device) -> bool:
    return 0 < device.uplink_bps < SLOW_LINE_BPS


def is_quick(device: Device) -> bool:
    """Whether the line is known, and known to be quick."""
    return device.uplink_bps >= SLOW_LINE_BPS


def _per_batch(device: Device) -> int:
    return CHANGES_SLOW if _slow(device) else CHANGES_FAST


def _next_hlc(before: int) -> int:
    """Hybrid clock: milliseconds and a counter; never behind itself when the PC's clock jumps."""
    now = time.time_ns() // 1_000_000 << HLC_COUNTER_BITS
    return max(now, before + 1)
