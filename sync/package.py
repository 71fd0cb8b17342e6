"""Envelopes: the sealed batches of a PC as files on a stick, and what comes back the same way.

An envelope is a row of frames: the first asks (the hello of a round), the others carry whole
batches as they were sealed, and behind them parts of photos and scans. Every frame is encrypted to
the server and signed by its PC, so that whoever carries the stick reads nothing, and each can be
delivered by itself over a bad line.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Literal

import msgspec

from sync import frames, protocol
from sync.frames import BODY_BYTES_MAX, HEADER_BYTES_MAX
from sync.protocol import Count, EnrolAnswer, Problem, Small

MAGIC_ENVELOPE = b"VSP1"
FRAME_BYTES_AIM = 32 * 1024
FRAME_BODY_BYTES_MAX = BODY_BYTES_MAX + 2 * HEADER_BYTES_MAX
PART_BYTES_AIM = 1024 * 1024
PARTS_MAX = 999
ANSWER_BODY_BYTES_MAX = 2 * protocol.RAW_BYTES_MAX
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NAME_LETTERS = 5

SENT, ANSWERED, ASKED_IN, LET_IN = "GTDN"
"""Third letter of a file's name: gói gửi, trả lời, xin đăng ký, nhận đăng ký."""

NAME = re.compile(
    rf"SA([{SENT}{ANSWERED}{ASKED_IN}{LET_IN}])([0-9A-Z]{{{NAME_LETTERS}}})\.(\d{{3}})"
)
UNFINISHED = re.compile(
    rf"SA[{SENT}{ANSWERED}{ASKED_IN}{LET_IN}][0-9A-Z]{{{NAME_LETTERS}}}\.T[0-9A-Z]{{2}}"
)


class EnvelopeHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever carries a frame may read: whose, for which server, and where it belongs.

    `number` counts the frames of the package from 1, `upto` is the last batch in it, `ends` says
    whether the file or the whole package ends with it.
    """

    kind: Literal["ask", "push", "enrol", "part"]
    package: str
    server_id: str
    device: str
    part: Small
    number: Small
    ends: Literal["", "part", "package"]
    upto: Count
    changes: Small
    body_len: Count
    sha256: str
    key_id: str
    at: str
    proto: int = protocol.PROTO


class StickEnrolment(msgspec.Struct, frozen=True, kw_only=True):
    """A PC without a line asks to become a device.

    The code itself never lies on the stick: `lookup` names it to the server that gave it, `proof`
    binds these keys to it, and by `token`, the answer's `re`, the PC finds its question again.
    `url` and `trust` come back too: where the server is once there is a line.
    """

    lookup: str
    proof: str
    token: str
    device_name: str
    verify_key: str
    box_key: str
    url: str
    trust: str


class StickEnrolled(msgspec.Struct, frozen=True):
    """The answer, sealed to the PC that asked."""

    answer: EnrolAnswer
    url: str
    trust: str


class Carried(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the server tells whoever carries: the newest batch it has of that PC, where the answer
    goes on (empty at its end), and why it took no more."""

    last_batch_no: int
    next: str = ""
    problem: Problem | None = None


def letters_of(package: str) -> str:
    """Five letters that stand for a package in the names of its files."""
    number = int.from_bytes(hashlib.sha256(package.encode()).digest()[:8], "big")
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(NAME_LETTERS))


def file_name(kind: str, package: str, part: int) -> str:
    """The name of a file of a package: eight letters, a dot, three digits (any FAT takes it)."""
    return f"SA{kind}{letters_of(package)}.{part:03d}"


def unfinished_name(kind: str, package: str, part: int) -> str:
    """The name of the same file while it is being written."""
    high, low = divmod(part, 36)
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return f"SA{kind}{letters_of(package)}.T{digits[high]}{digits[low]}"


def proof_of(code_hash: str, verify_key: str, box_key: str, token: str) -> tuple[str, str]:
    """(lookup, proof) of an enrolment: only who knows the code, or its hash, can make them."""
    key = bytes.fromhex(code_hash)
    lookup = hashlib.blake2b(b"lookup", key=key, digest_size=32).hexdigest()
    told = f"{verify_key}/{box_key}/{token}".encode()
    return lookup, hashlib.blake2b(b"proof " + told, key=key, digest_size=32).hexdigest()


def unsigned(header: EnvelopeHeader, body: bytes) -> bytes:
    """The bytes of a frame that are signed."""
    return frames.unsigned_frame(MAGIC_ENVELOPE, protocol.to_json(header), body)


def header_of(frame: frames.Frame) -> EnvelopeHeader:
    """The header of a frame of an envelope. Raises BadFrame."""
    header: Any = frames.read_header(EnvelopeHeader, frame)
    if protocol.sha256_hex(frame.body) != header.sha256 or not header.number:
        raise frames.BadFrame("wrong_hash")
    return header  # type: ignore[no-any-return]
