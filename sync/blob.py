"""The words about contents of photos and scans: what is where, the next bytes, and their limits.

A content is named by the SHA-256 of its bytes as the record says it. Its parts travel by the wire
and by stick in the same words; each part is encrypted to the server and signed by its PC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated

import msgspec

from sync.frames import BadFrame
from sync.protocol import Count, Problem, Small

BLOB_BYTES_MAX = 26_000_000
"""No kept file is larger (`app.pictures`); locked ones are a few bytes longer."""

CHUNK_BYTES_MIN, CHUNK_BYTES_MAX = 8 * 1024, 64 * 1024
BODY_BYTES_MAX = CHUNK_BYTES_MAX + 1024
ASKED_MAX = 180
"""So many names are one small request."""
FETCH_BYTES_MIN, FETCH_BYTES_MAX = CHUNK_BYTES_MIN, 512 * 1024
LOST_TOLD_MAX = 200
UNFINISHED_DAYS = 30

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, msgspec.Meta(ge=1, le=BLOB_BYTES_MAX)]


class Part(msgspec.Struct, frozen=True):
    """Bytes of a content from a place on."""

    sha256: Digest
    size: Size
    at: Count
    content: bytes


class StandingRequest(msgspec.Struct, frozen=True):
    """How many bytes of contents (name, size) the server has."""

    asked: list[tuple[Digest, Size]]


class StandingAnswer(msgspec.Struct, frozen=True):
    """Bytes in the order asked; all of them only when the whole hash was right."""

    kept: list[int]


class KeptAnswer(msgspec.Struct, frozen=True):
    """What the server has now of each content that parts came of, and why it took no more."""

    kept: dict[str, int]
    problem: Problem | None = None


class FetchRequest(msgspec.Struct, frozen=True):
    """The next bytes of contents (name, from where on), in this order, about so many in all."""

    wanted: list[tuple[Digest, Count]]
    bytes: Small


class FetchAnswer(msgspec.Struct, frozen=True):
    """Parts in the order wanted; contents that the server has not whole are left out."""

    parts: list[Part]


def packed(part: Part) -> bytes:
    """A part as it is sealed: binary, for pictures do not get smaller."""
    return msgspec.msgpack.encode(part)


def unpacked(content: bytes) -> Part:
    """A part that was opened. Raises BadFrame for what is none or does not fit its content."""
    try:
        part = msgspec.msgpack.decode(content, type=Part)
    except (msgspec.MsgspecError, RecursionError):
        raise BadFrame("body_unreadable") from None
    within = 0 < len(part.content) <= CHUNK_BYTES_MAX and part.at + len(part.content) <= part.size
    if not within:
        raise BadFrame("part_outside")
    return part


def digest_of(parts: Iterable[bytes]) -> str:
    """The name of a content that is read part by part."""
    summed = hashlib.sha256()
    for part in parts:
        summed.update(part)
    return summed.hexdigest()
