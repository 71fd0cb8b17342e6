"""Who this PC is to its server: read from and written to the store's one row of sync state."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from data.base import instant_text, now_text
from data.database import Author
from data.records.change import Change
from data.records.fuse import OUT, HeldRemoval
from data.records.sync import RESTORED, SyncCursor, SyncState
from sync import keys
from sync.errors import Fenced
from sync.keys import KeyPair

STATE_ID = 1
ENROL_ANEW = frozenset(
    f"{RESTORED} cloned store_restored forked wrong_epoch expected device_unknown "
    "device_revoked".split()
)
"""Troubles that end when the admin enrols this store anew with a fresh code of its office."""


@dataclass(frozen=True, slots=True)
class Device:
    """This PC as enrolled: where the server is, its keys, and ours."""

    url: str
    trust: str
    server_id: str
    generation: str
    server_verify_key: bytes
    server_box_key: bytes
    device_id: str
    epoch: int
    scope: str
    pair: KeyPair
    clock_offset_ms: int
    request_bytes: int
    uplink_bps: int
    restored_at: str = ""
    regain_upto: int = 0

    @property
    def author(self) -> Author:
        """Who writes what comes from the server."""
        return Author("", f"sync:{self.device_id}")


def row(session: Session) -> SyncState | None:
    """The row of sync state; None before enrolment."""
    return session.get(SyncState, STATE_ID)


def device(session: Session) -> Device | None:
    """This PC's enrolment as a frozen value; None before enrolment."""
    found = row(session)
    if found is None:
        return None
    return Device(
        url=found.url,
        trust=found.trust,
        server_id=found.server_id,
        generation=found.generation,
        server_verify_key=found.server_verify_key,
        server_box_key=found.server_box_key,
        device_id=found.device_id,
        epoch=found.epoch,
        scope=found.scope,
        pair=keys.pair_from(found.signing_key, found.box_key),
        clock_offset_ms=found.clock_offset_ms,
        request_bytes=found.request_bytes,
        uplink_bps=found.uplink_bps,
        restored_at=found.restored_at,
        regain_upto=found.regain_upto,
    )


def cursor(session: Session, scope: str) -> SyncCursor:
    """How far the log of a scope was applied, from 0."""
    found = session.get(SyncCursor, scope)
    if found is None:
        found = SyncCursor(scope=scope, seq=0, head=0, settled=0)
        session.add(found)
    return found


def fenced(session: Session) -> Fenced | None:
    """What keeps this PC from its server until it is enrolled anew; None when nothing does."""
    found = row(session)
    code = (found.error_code or "") if found else ""
    if found is None or code not in ENROL_ANEW or code == RESTORED:
        return None
    return Fenced(code, **json.loads(found.error_facts or "{}"))


def pending(session: Session) -> int:
    """How many changes have no verdict of the server yet."""
    return session.scalar(select(func.count()).where(Change.verdict.is_(None))) or 0


def sendable(session: Session) -> int:
    """How many of them may go: all but what waits for a person's yes with its row."""
    held = select(HeldRemoval.row_id).where(
        HeldRemoval.way == OUT, HeldRemoval.allowed_at.is_(None)
    )
    if session.scalar(held.limit(1)) is None:
        return pending(session)
    waits = Change.verdict.is_(None), or_(Change.batch_no.is_not(None), Change.row_id.not_in(held))
    return session.scalar(select(func.count()).where(*waits)) or 0


def settled(session: Session, due_at: str | None = None, compared: bool = False) -> None:
    """Note that a signed answer left nothing to do: the light may be green from now. The next
    round is due then, when nothing happens before; this one `compared` all rows."""
    found = row(session)
    if found is not None:
        found.confirmed_at = now_text()
        found.due_at = due_at
        found.uncompared = 0 if compared else found.uncompared + 1
        found.failures = 0
        found.next_try_at = None
        found.error_code = found.error_facts = found.error_at = None


def failed(session: Session, code: str, facts: dict[str, object], wait_s: float) -> None:
    """Note what went wrong and when the next try is due."""
    found = row(session)
    if found is not None:
        found.failures += 1
        found.error_code = code
        found.error_facts = json.dumps(facts, ensure_ascii=False, default=str)
        found.error_at = now_text()
        found.next_try_at = instant_text(datetime.now(UTC) + timedelta(seconds=wait_s))


def moved(session: Session) -> None:
    """The server's ledger moved: waiting times start again from the shortest."""
    found = row(session)
    if found is not None:
        found.failures = 0
        found.next_try_at = None
