"""The words that PCs and the server exchange: frames, headers, changes, verdicts, pages, limits."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

PROTO = 1
SCHEMA_V = 1
MEDIA_TYPE = "application/x-soansinh"

MAGIC_BATCH = b"VSB1"
MAGIC_REQUEST = b"VSR1"
MAGIC_ANSWER = b"VSA1"
MAGIC_BYTES = 4
SIGNATURE_BYTES = 64

HEADER_BYTES_MAX = 4096
BODY_BYTES_MAX = 4 * 1024 * 1024
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


class BadFrame(ValueError):
    """Bytes that are no frame of this protocol; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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
    kind: Literal["hello", "pull"]
    nonce: str
    at: str
    body_len: int
    sha256: str
    proto: int = PROTO


class AnswerHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What stands before a signed answer; `re` is the nonce or the
    first batch's digest of what it answers."""

    kind: Literal["enrol", "hello", "push", "pull", "problem"]
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
    """How a PC stands before a round; `clock` is its own time (ISO UTC)."""

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
    dicts: list[str] = []


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the PC must know about one change that was not simply taken.

    `code` is the reason; `theirs` the server's values of the fields it kept, `seen` their row
    versions, `by` who wrote them; `seq` the log entry that records a conflict.
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


class HelloAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How the server stands: the ledger's end for this device, the end of each scope's log, and
    the stored answers to batches after the last one that the PC has an answer to."""

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
    """Entries of a scope after a number, contiguous; `own` also with this PC's own values."""

    scope: str
    after: Count
    rows: Small = PAGE_ROWS_MAX
    bytes: Count = 1024 * 1024
    own: bool = False


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One accepted change in the log of a scope.

    For the PC that made it `own` is the number of its change and `fields` holds names only
    (a version bump). Op C records a conflict: `{field: [base, theirs, mine]}` and `theirs_by`.
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


class Frame(msgspec.Struct, frozen=True):
    """One frame cut from a stream: header bytes, body, signature, and what was signed."""

    magic: bytes
    header: bytes
    body: bytes
    signature: bytes

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return unsigned_frame(self.magic, self.header, self.body)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of everything but the signature: the name of a batch in the ledger."""
        return hashlib.sha256(self.signed).hexdigest()

    def whole(self) -> bytes:
        """The frame as it travels."""
        return self.signed + self.signature


class _BodyLength(msgspec.Struct):
    body_len: int


_ENCODER = msgspec.json.Encoder(order="deterministic")
_BODY_LENGTH = msgspec.json.Decoder(_BodyLength)


def to_json(value: Any) -> bytes:
    """Deterministic JSON: the same value always gives the same bytes."""
    return _ENCODER.encode(value)


def sha256_hex(content: bytes) -> str:
    """SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def unsigned_frame(magic: bytes, header: bytes, body: bytes) -> bytes:
    """`magic | u32 header length, big endian | header | body`."""
    if len(header) > HEADER_BYTES_MAX:
        raise BadFrame("header_too_large")
    return b"".join((magic, struct.pack(">I", len(header)), header, body))


class FrameReader:
    """Cuts frames of one magic from a stream of bytes; holds at most one frame and one chunk."""

    def __init__(self, magic: bytes, body_bytes_max: int = BODY_BYTES_MAX) -> None:
        self._magic = magic
        self._body_bytes_max = body_bytes_max
        self._kept = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Take the next bytes and yield each frame that is complete. Raises BadFrame."""
        self._kept += chunk
        while (frame := self._cut()) is not None:
            yield frame

    @property
    def rest(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._kept)

    def _cut(self) -> Frame | None:
        start = MAGIC_BYTES + 4
        if self._kept[:MAGIC_BYTES] != self._magic[: len(self._kept)]:
            raise BadFrame("not_our_format")
        if len(self._kept) < start:
            return None
        header_len = struct.unpack_from(">I", self._kept, MAGIC_BYTES)[0]
        if header_len > HEADER_BYTES_MAX:
            raise BadFrame("header_too_large")
        if len(self._kept) < start + header_len:
            return None
        header = bytes(self._kept[start : start + header_len])
        body_len = self._body_len(header)
        end = start + header_len + body_len
        if len(self._kept) < end + SIGNATURE_BYTES:
            return None
        body = bytes(self._kept[start + header_len : end])
        signature = bytes(self._kept[end : end + SIGNATURE_BYTES])
        del self._kept[: end + SIGNATURE_BYTES]
        return Frame(self._magic, header, body, signature)

    def _body_len(self, header: bytes) -> int:
        try:
            length = _BODY_LENGTH.decode(header).body_len
        except msgspec.MsgspecError:
            raise BadFrame("header_unreadable") from None
        if not 0 <= length <= self._body_bytes_max:
            raise BadFrame("body_too_large")
        return length


def one_frame(magic: bytes, content: bytes, body_bytes_max: int = BODY_BYTES_MAX) -> Frame:
    """The single frame that the bytes must be. Raises BadFrame."""
    reader = FrameReader(magic, body_bytes_max)
    frames = list(reader.feed(content))
    if len(frames) != 1 or reader.rest:
        raise BadFrame("not_one_frame")
    return frames[0]


def read_header(kind: type[Any], frame: Frame) -> Any:
    """The frame's header as a BatchHeader, RequestHeader or AnswerHeader. Raises BadFrame."""
    try:
        return msgspec.json.decode(frame.header, type=kind)
    except msgspec.MsgspecError:
        raise BadFrame("header_unreadable") from None
