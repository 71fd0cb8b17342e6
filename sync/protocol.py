"""The words that PCs and the server exchange: headers, changes, verdicts, pages, limits."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import msgspec

from sync.frames import BODY_BYTES_MAX

PROTO = 1
SCHEMA_V = 1
MEDIA_TYPE = "application/x-soansinh"

RAW_BYTES_MAX = 8 * 1024 * 1024
WINDOW_BYTES_MAX = 8 * 1024 * 1024
RATIO_MAX = 200
BATCH_BYTES_AIM = 32 * 1024
CHANGES_PER_BATCH_MAX = 400
REQUEST_BYTES_MAX = 16 * 1024 * 1024
PAGE_ROWS_MAX = 50
PULL_ROWS_MAX = 1000
CLOCK_OFFSET_MS_MAX = 366 * 24 * 3600 * 1000

Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Small = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
"""Numbers that every store can hold; what is larger is no frame of ours."""

Op = Literal["I", "U", "D", "X", "C"]
ACCEPTED, MERGED, CONFLICT, DEFERRED, REJECTED = "amcdr"
VERDICTS = {
    ACCEPTED: "accepted",
    MERGED: "merged",
    CONFLICT: "conflict",
    DEFERRED: "deferred",
    REJECTED: "rejected",
}


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of one row.

    `fields` is `{name: new}` for op I and `{name: [old, new]}` otherwise. `base` is the server's
    version of the row that the author saw; `bases` names fields of which he saw an older one.
    """

    entity: str
    row: str
    op: Op
    base: int
    fields: dict[str, Any]
    at: str
    user: str
    source: str = ""
    bases: dict[str, int] = {}


class BatchHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What stands unencrypted before a sealed batch; identity is (device, epoch, batch_no)."""

    device: str
    epoch: Small
    batch_no: Count
    prev_sha256: str
    sha256: str
    body_len: Count
    n_changes: Small
    first_seq: Count
    schema_v: Small
    proto: Small
    codec: Literal["jc", "jr"]
    packing: Literal["zstd", "none"]
    dict_id: str
    raw_len: int
    hlc: int
    clock_offset_ms: int
    key_id: str


class RequestHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What stands before a signed request of a device other than a push."""

    device: str
    kind: Literal[
        "hello", "pull", "snapshot", "devices", "rows", "offices", "figures", "part", "parts",
        "standing", "sums", "bucket", "values", "explain",
    ]  # fmt: skip
    nonce: str
    at: str
    body_len: int
    sha256: str
    proto: int = PROTO


class AnswerHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What stands before a signed answer; `re` is the nonce or the
    first batch's digest of what it answers."""

    kind: Literal[
        "enrol", "hello", "push", "pull", "snapshot", "devices", "rows", "offices", "figures",
        "carried", "problem", "part", "parts", "standing", "sums", "bucket", "values", "explain",
    ]  # fmt: skip
    server_id: str
    generation: str
    device: str
    re: str
    at: str
    body_len: int
    sha256: str
    raw_len: int
    sealed: bool


class Limits(msgspec.Struct, frozen=True):
    """What the server takes at once; sizes in bytes."""

    request_bytes: int = REQUEST_BYTES_MAX
    batch_bytes: int = BODY_BYTES_MAX
    pull_rows: int = PULL_ROWS_MAX


class Problem(msgspec.Struct, frozen=True):
    """Why the server did not do something: a code and facts, never a sentence."""

    code: str
    facts: dict[str, Any] = {}


class OfficeCard(msgspec.Struct, frozen=True):
    """The office as the server knows it; `units` are `SYSTEM:CODE`."""

    id: str
    name: str
    units: list[str]


class EnrolRequest(msgspec.Struct, frozen=True):
    """A new PC shows its one-time code and its public keys (hex)."""

    code: str
    device_name: str
    verify_key: str
    box_key: str
    nonce: str
    proto: int = PROTO


class EnrolAnswer(msgspec.Struct, frozen=True):
    """The server makes the PC a device of an office."""

    device: str
    epoch: int
    server_id: str
    generation: str
    verify_key: str
    box_key: str
    office: OfficeCard


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """How a PC stands before a round; `clock` is its own time (ISO UTC).

    `token` is the one the server last took, `next_token` what the PC proposes in its place,
    `outside_token` the one that lies on the PC outside its store. `generation` is the server's as
    the PC knows it; batches up to `regain_upto` were made for the log of an earlier one. On a
    stick `blobs` names contents of photos that the PC wants, `offers` those that it sends, and
    `offices` the mark of the offices that it knows (None: a program that does not ask).
    """

    epoch: Small
    last_batch_no: Count
    last_digest: str
    sealed_upto: Count
    cursors: dict[str, int]
    clock: str
    proto_min: int = PROTO
    proto_max: int = PROTO
    incarnation: str = ""
    token: str = ""
    next_token: str = ""
    outside_token: str = ""
    generation: str = ""
    regain_upto: Count = 0
    dicts: list[str] = []
    blobs: list[str] = []
    offers: list[str] = []
    offices: str | None = None


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the PC must know about one change that was not simply taken.

    `code` is the reason; `theirs` the server's values of fields that stand otherwise than sent,
    `seen` their row versions; of those in conflict `base` is what the author saw, `by` who wrote
    theirs; `seq` the log entry that records the conflict.
    """

    code: str = ""
    theirs: dict[str, Any] = {}
    base: dict[str, Any] = {}
    by: dict[str, str] = {}
    seen: dict[str, int] = {}
    seq: int = 0


class BatchResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The stored answer to one batch: one letter per change, and the row version that the change
    made (0 when it made none)."""

    batch_no: int
    digest: str
    first_seq: int
    verdicts: str
    versions: list[int]
    notes: dict[str, Note] = {}


class RestoredServer(msgspec.Struct, frozen=True):
    """The server was put back from a backup: of when, when that was done, and up to which number
    of each scope's log nothing of what the PC knew has changed."""

    backup_at: str
    restored_at: str
    bases: dict[str, int]


class RowsRequest(msgspec.Struct, frozen=True):
    """Which version rows (`[entity, id]`) had at a number of a scope's log."""

    scope: str
    base: Count
    rows: list[tuple[str, str]]


class RowsAnswer(msgspec.Struct, frozen=True):
    """Versions in the order asked; 0 for a row that was not there."""

    versions: list[int]


class ReadGrant(msgspec.Struct, frozen=True):
    """This PC may read another office's scope up to a day (ISO)."""

    office: OfficeCard
    until: str


class HelloAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How the server stands: the ledger's end for this device, the end of each scope's log, and
    the stored answers to batches after the last one that the PC has an answer to.

    `blobs` marks what contents of photos the server has; `lost_blobs` are some that it had and
    lost: whoever has them sends them again."""

    epoch: int
    last_batch_no: int
    last_digest: str
    heads: dict[str, int]
    clock: str
    proto: int
    limits: Limits
    next_sync_after_s: int
    results: list[BatchResult] = []
    backup_watermark: int = 0
    token: str = ""
    roster: str = ""
    offices: str = ""
    restored: RestoredServer | None = None
    grants: list[ReadGrant] = []
    blobs: int = 0
    lost_blobs: list[str] = []
    compares: bool = False
    """Whether this server can be asked for sums over its rows; `compares_values`: and over what
    stands in them."""
    compares_values: bool = False
    counts: bool = False
    """Whether this server can be asked what the offices come to that this PC reads."""


class PushAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Results of the batches that were committed, and why the rest was not; `busy_ms` is the
    time that the server worked and did not wait for the line."""

    epoch: int
    last_batch_no: int
    last_digest: str
    results: list[BatchResult]
    limits: Limits
    next_sync_after_s: int
    problem: Problem | None = None
    busy_ms: int = 0
    backup_watermark: int = 0
    token: str = ""


class PullRequest(msgspec.Struct, frozen=True):
    """Entries of a scope after a number, contiguous; `own` also with this PC's own values.

    With `before` the newest ones below that number, so that a history is read from its end.
    """

    scope: str
    after: Count
    rows: Small = PAGE_ROWS_MAX
    bytes: Count = 1024 * 1024
    own: bool = False
    before: Count = 0


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One accepted change in the log of a scope.

    For the PC that made it `own` is the number of its change and `fields` holds names only
    (a version bump). Op C records a conflict: `{field: [base, theirs, mine, facts]}` and
    `theirs_by`; the facts say `by`, `at` and `on` which PC theirs was set, and mine (`mine_on`).
    Op X tells that a person moves between scopes, see `sync.moves`.
    """

    seq: int
    entity: str
    row: str
    op: Op
    version: int
    fields: dict[str, Any]
    at: str
    user: str
    device: str = ""
    source: str = ""
    own: int = 0
    theirs_by: str = ""


class PullAnswer(msgspec.Struct, frozen=True):
    """Contiguous entries after the asked number, and the end of the scope's log."""

    scope: str
    after: int
    head: int
    entries: list[Entry]
    floor: int = 0


TOKEN_COUNT_DIGITS = 8


def rolls(token: str) -> int:
    """How often a device's token rolled until it was this one."""
    try:
        return int(token[:TOKEN_COUNT_DIGITS] or "0", 16)
    except ValueError:
        return 0


_ENCODER = msgspec.json.Encoder(order="deterministic")


def to_json(value: Any) -> bytes:
    """Deterministic JSON: the same value always gives the same bytes."""
    return _ENCODER.encode(value)


def sha256_hex(content: bytes) -> str:
    """SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()
