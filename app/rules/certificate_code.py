"""The checkable code on receipts, proofs and case files: bytes in, text of a QR out, and back.

It says ids, number, degree, day; no name, no type. Digits alone: a scanner types through the
keyboard, and a Vietnamese one swallows letters (decision 0038). Signing is `data.seal`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

EDITION = b"\x01"
"""The first byte: which edition of the code it is; it also keeps zeros that would stand first."""
CERTIFICATE, RECEIPT = "C", "R"
KINDS = (CERTIFICATE, RECEIPT)
LETTERS = {"profound": "1", "severe": "2", "mild": "3", "": "0"}
EPOCH = date(2000, 1, 1)
KEY, SIGNATURE = 32, 64
NUMBER_BYTES_MAX = 60
DIGITS_MAX = 1000


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed: of which office, which record, its number, degree (or "") and ISO day."""

    kind: str
    office_id: str
    record_id: str
    number: str
    degree: str
    day: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A statement with who signed it: the PC's key, the server's word for that key."""

    said: Statement
    content: bytes
    key: bytes
    endorsement: bytes
    signature: bytes


def content(said: Statement) -> bytes:
    """The bytes that are signed."""
    number = said.number.encode()[:NUMBER_BYTES_MAX]
    days = (date.fromisoformat(said.day) - EPOCH).days
    head = said.kind.encode() + LETTERS[said.degree].encode()
    ids = UUID(said.office_id).bytes + UUID(said.record_id).bytes
    return head + ids + days.to_bytes(2, "big") + bytes([len(number)]) + number


def text(signed: bytes, key: bytes, endorsement: bytes, signature: bytes) -> str:
    """The text of the QR code."""
    return str(int.from_bytes(EDITION + signed + key + endorsement + signature, "big"))


def read(typed: str) -> Sealed | None:
    """What a scanned or typed text says; None when it is none of ours or cut off."""
    digits = re.sub(r"\s", "", typed)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > DIGITS_MAX:
        return None
    number = int(digits)
    whole = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if not whole.startswith(EDITION):
        return None
    try:
        return _taken_apart(whole.removeprefix(EDITION))
    except (ValueError, IndexError, KeyError):
        return None


def _taken_apart(whole: bytes) -> Sealed:
    length = whole[36]
    end = 37 + length
    rest = whole[end:]
    if len(rest) != KEY + 2 * SIGNATURE:
        raise ValueError(len(rest))
    degree = {letter: code for code, letter in LETTERS.items()}[chr(whole[1])]
    kind = chr(whole[0])
    if kind not in KINDS:
        raise ValueError(kind)
    day = EPOCH + timedelta(days=int.from_bytes(whole[34:36], "big"))
    said = Statement(
        kind,
        str(UUID(bytes=whole[2:18])),
        str(UUID(bytes=whole[18:34])),
        whole[37:end].decode(),
        degree,
        day.isoformat(),
    )
    return Sealed(said, whole[:end], rest[:KEY], rest[KEY : KEY + SIGNATURE], rest[-SIGNATURE:])
