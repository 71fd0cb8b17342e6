"""What this PC knows about its sync: its enrolment, sealed batches, cursors, conflicts, rounds."""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base

DECIDES = "conflict:"
"""Source of a change that decides a conflict: this and the number of its entry in the log."""

RESTORED = "restored_here"
"""The trouble of a store that came out of a backup, until the server was asked."""


class SyncState(Base):
    """One row (id 1): this device's enrolment, its keys, its counters and how the last round went.

    Instants are ISO UTC text; the private keys lie here because the whole store is encrypted.
    `incarnation` and the rolling `token` lie outside the store too (sync.marker); `next_token` is
    what this PC proposes at its next hello. `door_key` is the private half of `door`, sealed as a
    restricted value: only who holds this PC's restricted key takes in those of other PCs.
    `restored_at` is when the server was last put back from a backup, as far as this PC met it, and
    batches up to `regain_upto` were made before (-1: what waits is still to be sealed).
    `unmetered`: photos and scans may use the line of this PC freely; `blobs_seen` marks what the
    server had of them when this PC last had nothing left to fetch.
    `due_at` is when the server wants to hear of this PC again though nothing happens, and
    `uncompared` how many rounds ago both sides were compared row by row.
    `roster` marks what the server last told of the office's PCs, `ring_roster` what a holder of
    the key has worked off, `offices` what it last told of the other offices.
    """

    __tablename__ = "sync_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    trust: Mapped[str] = mapped_column(Text, default="")
    server_id: Mapped[str] = mapped_column(String(36))
    generation: Mapped[str] = mapped_column(String(36))
    restored_at: Mapped[str] = mapped_column(String(24), default="")
    regain_upto: Mapped[int] = mapped_column(Integer, default=0)
    server_verify_key: Mapped[bytes] = mapped_column(LargeBinary)
    server_box_key: Mapped[bytes] = mapped_column(LargeBinary)
    device_id: Mapped[str] = mapped_column(String(36))
    device_name: Mapped[str] = mapped_column(Text)
    signing_key: Mapped[bytes] = mapped_column(LargeBinary)
    box_key: Mapped[bytes] = mapped_column(LargeBinary)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    scope: Mapped[str] = mapped_column(String(36))
    enrolled_at: Mapped[str] = mapped_column(String(24))
    next_batch_no: Mapped[int] = mapped_column(Integer, default=1)
    next_seq: Mapped[int] = mapped_column(Integer, default=1)
    last_digest: Mapped[str] = mapped_column(String(64), default="")
    hlc: Mapped[int] = mapped_column(Integer, default=0)
    incarnation: Mapped[str] = mapped_column(String(32), default="")
    token: Mapped[str] = mapped_column(String(32), default="")
    next_token: Mapped[str] = mapped_column(String(32), default="")
    door: Mapped[str] = mapped_column(String(64), default="")
    door_key: Mapped[str] = mapped_column(Text, default="")
    roster: Mapped[str] = mapped_column(String(16), default="")
    ring_roster: Mapped[str] = mapped_column(String(16), default="")
    offices: Mapped[str] = mapped_column(String(40), default="")
    clock_offset_ms: Mapped[int] = mapped_column(Integer, default=0)
    request_bytes: Mapped[int] = mapped_column(Integer, default=16384)
    uplink_bps: Mapped[int] = mapped_column(Integer, default=0)
    unmetered: Mapped[bool] = mapped_column(Boolean, default=False)
    blobs_seen: Mapped[str] = mapped_column(Text, default="")
    failures: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[str | None] = mapped_column(String(24))
    confirmed_at: Mapped[str | None] = mapped_column(String(24))
    due_at: Mapped[str | None] = mapped_column(String(24))
    uncompared: Mapped[int] = mapped_column(Integer, default=0)
    error_code: Mapped[str | None] = mapped_column(Text)
    error_facts: Mapped[str | None] = mapped_column(Text)
    error_at: Mapped[str | None] = mapped_column(String(24))


class StickAsk(Base):
    """A request to be let in that went out on a stick: what opens its answer, by its token.

    Kept as it was asked, since the store's keys may change before the answer comes.
    """

    __tablename__ = "stick_ask"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(16))
    signing_key: Mapped[bytes] = mapped_column(LargeBinary)
    box_key: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[str] = mapped_column(String(24))


class SyncCursor(Base):
    """How far this PC has applied the server's log of one scope, and how long that log was.

    `settled` is how far it was at the end of the last whole pull.
    """

    __tablename__ = "sync_cursor"

    scope: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    head: Mapped[int] = mapped_column(Integer, default=0)
    settled: Mapped[int] = mapped_column(Integer, default=0)


class ColdStart(Base):
    """How far a whole scope came as a snapshot of its rows at the number `upto` of its log, and
    its history after them; the line goes when both are here.

    Rows come by kinds (`lane`), the last made first, from below the creation number `before`; then
    the history's entries below `history`, newest first (0 while rows still come). `seat` is the
    place in the history that is kept free for them. `over`: rows are put to what the server has,
    for this PC's picture of it does not fit any more.
    """

    __tablename__ = "cold_start"

    scope: Mapped[str] = mapped_column(String(36), primary_key=True)
    upto: Mapped[int] = mapped_column(Integer, default=0)
    lane: Mapped[int] = mapped_column(Integer, default=0)
    before: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    history: Mapped[int] = mapped_column(Integer, default=0)
    floor: Mapped[int] = mapped_column(Integer, default=0)
    seat: Mapped[int] = mapped_column(Integer, default=0)
    over: Mapped[int] = mapped_column(Integer, default=0)


class OfficeGrant(Base):
    """Another office whose book this PC may read up to a day (ISO), with the key of its copy.

    `generation` is the server's when the copy was begun. Without a key the copy is gone.
    """

    __tablename__ = "office_grant"

    scope: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    units: Mapped[str] = mapped_column(Text)
    until: Mapped[str] = mapped_column(String(10))
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    generation: Mapped[str] = mapped_column(String(36), default="")
    given_at: Mapped[str] = mapped_column(String(24))
    fetched_at: Mapped[str | None] = mapped_column(String(24))


class ProvinceFigures(Base):
    """One row (id 1): what the offices that may be read came to when the server last counted.

    `content` is JSON as `app.reports.province` writes it, numbers only; `mark` is the server's.
    `failing_since` (ISO UTC) says that the server has been failing to count since then; a server
    that never counted leaves `content` empty.
    """

    __tablename__ = "province_figures"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    mark: Mapped[str] = mapped_column(String(32))
    counted_at: Mapped[str] = mapped_column(String(24))
    content: Mapped[str] = mapped_column(Text)
    failing_since: Mapped[str] = mapped_column(String(24), default="")


class SnapshotSeen(Base):
    """A row that the snapshot under way had, while rows are put to what the server has."""

    __tablename__ = "snapshot_seen"

    entity: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class UnknownRow(Base):
    """A row that came from the server once and that it does not know any more: asked about.

    `owner` is the person it belongs to, or the row itself.
    """

    __tablename__ = "unknown_row"

    entity: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(36), index=True)
    found_at: Mapped[str] = mapped_column(String(24))


class Batch(Base):
    """One sealed batch: never changed after sealing; kept with the server's signed answer.

    `state` is sealed, acked or backed_up; `digest` names the batch in the server's ledger.
    """

    __tablename__ = "batch"

    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    batch_no: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    first_seq: Mapped[int] = mapped_column(Integer)
    n_changes: Mapped[int] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    sealed_at: Mapped[str] = mapped_column(String(24))
    acked_at: Mapped[str | None] = mapped_column(String(24))
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)


Index("batch_by_state", Batch.state, Batch.epoch, Batch.batch_no)


class SyncRow(Base):
    """What is out of step between a row here and on the server; absent for rows in step.

    `ahead` {field: version}: confirmed values that stand here and are newer than what was pulled.
    `held` {field: version}: a pulled value was kept back because an unconfirmed one of this PC
    stands in its place; the version is what this PC's author had seen of the field.
    `pristine` {field: value}: the server's value of each held field.
    """

    __tablename__ = "sync_row"

    entity: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    ahead: Mapped[str] = mapped_column(Text, default="{}")
    held: Mapped[str] = mapped_column(Text, default="{}")
    pristine: Mapped[str] = mapped_column(Text, default="{}")


class SyncExtra(Base):
    """Values from a newer program that this one has no column for, kept until it has."""

    __tablename__ = "sync_extra"

    entity: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    fields: Mapped[str] = mapped_column(Text)


class Conflict(Base):
    """Two people changed the same field without seeing each other's change; both values stay.

    `id` is `<scope>:<seq in the server's log>:<field>`; values are JSON texts; `base` is what both
    saw, `mine` the value that the server did not take, `theirs` the one that stood then; `mine_on`
    and `theirs_on` name the PCs, `here` says that mine was written on this one. `state` is open,
    decided (here, and not confirmed yet) or resolved; `taken` the value decided on.
    """

    __tablename__ = "conflict"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str | None] = mapped_column(String(36))
    field: Mapped[str] = mapped_column(String(40))
    base: Mapped[str | None] = mapped_column(Text)
    mine: Mapped[str | None] = mapped_column(Text)
    theirs: Mapped[str | None] = mapped_column(Text)
    mine_by: Mapped[str] = mapped_column(Text)
    mine_at: Mapped[str] = mapped_column(String(24))
    mine_on: Mapped[str] = mapped_column(Text, default="")
    theirs_by: Mapped[str] = mapped_column(Text)
    theirs_at: Mapped[str] = mapped_column(String(24), default="")
    theirs_on: Mapped[str] = mapped_column(Text, default="")
    here: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(10))
    raised_at: Mapped[str] = mapped_column(String(24))
    taken: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[str | None] = mapped_column(String(24))

    @property
    def seq(self) -> int:
        """The number of the conflict's entry in the server's log."""
        return int(self.id.split(":")[1])


Index("conflict_by_state", Conflict.state, Conflict.raised_at)
Index("conflict_by_row", Conflict.row_id, Conflict.field)
Index("conflict_by_person", Conflict.person_id, Conflict.state)


class SyncRound(Base):
    """One talk with the server as the sync page's history shows it; `outcome` is ok or a code."""

    __tablename__ = "sync_round"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    started_at: Mapped[str] = mapped_column(String(24))
    ended_at: Mapped[str] = mapped_column(String(24))
    outcome: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text, default="{}")
    pushed: Mapped[int] = mapped_column(Integer, default=0)
    acknowledged: Mapped[int] = mapped_column(Integer, default=0)
    pulled: Mapped[int] = mapped_column(Integer, default=0)
    pending: Mapped[int] = mapped_column(Integer, default=0)
    conflicts: Mapped[int] = mapped_column(Integer, default=0)
    rejected: Mapped[int] = mapped_column(Integer, default=0)
    bytes_up: Mapped[int] = mapped_column(Integer, default=0)
    bytes_down: Mapped[int] = mapped_column(Integer, default=0)
