"""Signed words that any PC under one central server can check without a line.

A PC signs with the key it was enrolled with; the server's word for that key goes along, so that
whoever knows the server knows whom to believe.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records.certificate import RevokedMark, SealState
from data.records.sync import SyncState

PURPOSE = b"soansinh certificate code 1\n"
MARK_BYTES = 8


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature with the key that made it and the server's word for the key."""

    key: bytes
    endorsement: bytes
    signature: bytes


def endorsed_words(office_id: str, key: bytes) -> bytes:
    """What the server signs when it vouches for a PC's key."""
    return b"soansinh endorses 1\n" + office_id.encode() + b"\n" + key


def mark(certificate_id: str) -> str:
    """What stands in the list of certificates that hold no more: it names nobody."""
    said = b"soansinh certificate\n" + certificate_id.encode()
    return hashlib.sha256(said).digest()[:MARK_BYTES].hex()


def key_mark(key: bytes) -> str:
    """What stands in that list of the key of a PC that was lost: whoever has it signs on."""
    return hashlib.sha256(b"soansinh lost key\n" + key).digest()[:MARK_BYTES].hex()


def sign(session: Session, content: bytes) -> Signed | None:
    """Sign with this PC's key; None before a server vouched for it."""
    standing, state = session.get(SyncState, 1), session.get(SealState, 1)
    if standing is None or state is None or not state.endorsement:
        return None
    pair = SigningKey(standing.signing_key)
    signature = pair.sign(PURPOSE + content).signature
    return Signed(bytes(pair.verify_key), bytes.fromhex(state.endorsement), signature)


def is_intact(content: bytes, signed: Signed) -> bool:
    """Whether the words are those that the key signed."""
    return _verified(PURPOSE + content, signed.signature, signed.key)


def is_known(session: Session, office_id: str, signed: Signed) -> bool | None:
    """Whether our server vouched for the key; None on a PC that knows no server."""
    standing = session.get(SyncState, 1)
    if standing is None:
        return None
    words = endorsed_words(office_id, signed.key)
    return _verified(words, signed.endorsement, standing.server_verify_key)


def revoked_since(session: Session, certificate_id: str) -> str:
    """Since which day a certificate is on the server's list; "" when it is not."""
    row = session.get(RevokedMark, mark(certificate_id))
    return row.since if row is not None else ""


def lost_since(session: Session, signed: Signed) -> str:
    """Since which day the PC that signed is lost, by the server's list; "" when it is not."""
    row = session.get(RevokedMark, key_mark(signed.key))
    return row.since if row is not None else ""


def listed_at(session: Session) -> str:
    """Of which instant this PC's list is; "" when it has none."""
    return session.scalar(select(SealState.listed_at)) or ""


def _verified(content: bytes, signature: bytes, key: bytes) -> bool:
    try:
        VerifyKey(key).verify(content, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True
