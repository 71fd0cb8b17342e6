"""Frames: how header, body and signature stand in a stream of bytes, and how they are cut out."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from typing import Any

import msgspec

MAGIC_BATCH = b"VSB1"
MAGIC_REQUEST = b"VSR1"
MAGIC_ANSWER = b"VSA1"
MAGIC_BYTES = 4
SIGNATURE_BYTES = 64
HEADER_BYTES_MAX = 4096
BODY_BYTES_MAX = 4 * 1024 * 1024


class BadFrame(ValueError):
    """Bytes that are no frame of this protocol; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


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


_BODY_LENGTH = msgspec.json.Decoder(_BodyLength)


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
