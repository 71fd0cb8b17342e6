"""The cryptography the store stands on: derive, wrap, seal, and the restricted box."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random as random_bytes

from data.errors import DataError, NotAllowed, StoreDamaged

KEY_BYTES = 32
SALT_BYTES = 16
KEY_ID_BYTES = 4
RESTRICTED_MARK = "enc1:"
RESTRICTED_PATTERN = re.compile(r"enc1:[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True)
class Cost:
    """How much work one guess of a password costs (Argon2id)."""

    rounds: int
    memory_kib: int
    lanes: int = 1

    standard: ClassVar[Cost]
    quick: ClassVar[Cost]


# 64 MiB and four rounds take 0.2 s on a 2020 PC and about 0.5 s on the oldest office PC.
Cost.standard = Cost(rounds=4, memory_kib=64 * 1024)
# For tests only: it must be passed by hand and is written into the slot it weakens.
Cost.quick = Cost(rounds=1, memory_kib=64)


def new_key() -> bytes:
    """32 fresh random bytes."""
    return random_bytes(KEY_BYTES)


def new_salt() -> bytes:
    """16 fresh random bytes."""
    return random_bytes(SALT_BYTES)


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The 32-byte key that a password (or recovery code) opens; slow on purpose.

    Composed form first: one keyboard writes "ế" as one character, another as three.
    """
    return hash_secret_raw(
        unicodedata.normalize("NFC", secret).encode("utf-8"),
        salt,
        time_cost=cost.rounds,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def wrap(key: bytes, plain: bytes) -> bytes:
    """`plain` locked with a symmetric key (XSalsa20-Poly1305, random nonce in front)."""
    return bytes(SecretBox(key).encrypt(plain))


def unwrap(key: bytes, locked: bytes) -> bytes | None:
    """The bytes inside, or None when the key is another one or the bytes were changed."""
    try:
        return bytes(SecretBox(key).decrypt(locked))
    except (CryptoError, ValueError):
        return None


def new_pair() -> tuple[bytes, bytes]:
    """A fresh X25519 pair: (private, public), 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def seal_to(public: bytes, plain: bytes) -> bytes:
    """`plain` sealed so that only the holder of the private key reads it."""
    return bytes(SealedBox(PublicKey(public)).encrypt(plain))


def open_sealed(private: bytes, sealed: bytes) -> bytes | None:
    """What was sealed to this pair, or None when it was not or was changed."""
    try:
        return bytes(SealedBox(PrivateKey(private)).decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def seal_between(private: bytes, public: bytes, plain: bytes) -> bytes:
    """`plain` sealed from one pair to another: who opens it knows which pair sealed it."""
    return bytes(Box(PrivateKey(private), PublicKey(public)).encrypt(plain))


def open_between(private: bytes, public: bytes, sealed: bytes) -> bytes | None:
    """What the pair of `public` sealed to this one, or None when it did not."""
    try:
        return bytes(Box(PrivateKey(private), PublicKey(public)).decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def mark(key: bytes, text: bytes, purpose: bytes) -> str:
    """A keyed fingerprint (64 hex digits) that only holders of the key can make."""
    return hashlib.blake2b(text, key=key, person=purpose, digest_size=32).hexdigest()


def key_id(key: bytes) -> bytes:
    """Four bytes that name a key without giving it away."""
    return hashlib.blake2b(key, person=b"key-id", digest_size=KEY_ID_BYTES).digest()


@dataclass(frozen=True)
class RestrictedBox:
    """Seals restricted fields under the second key; older keys only open.

    `keys[0]` seals. The others are those of an office's other PCs and of former times.
    """

    keys: tuple[bytes, ...] = field(repr=False)

    def seal(self, text: str) -> str:
        """The text as "enc1:…" (ASCII, safe inside JSON)."""
        locked = key_id(self.keys[0]) + wrap(self.keys[0], text.encode("utf-8"))
        return RESTRICTED_MARK + base64.urlsafe_b64encode(locked).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text inside "enc1:…".

        Raises NotAllowed (`restricted_key_unknown`) when it was sealed under a key this user does
        not hold, StoreDamaged when its bytes were changed.
        """
        locked = _bytes_of(sealed)
        for key in self.keys:
            if key_id(key) == locked[:KEY_ID_BYTES]:
                plain = unwrap(key, locked[KEY_ID_BYTES:])
                if plain is None:
                    raise StoreDamaged(file="store.db", what="restricted")
                return plain.decode("utf-8")
        raise NotAllowed("restricted_key_unknown")

    def with_ring(self, rows: Iterable[str]) -> RestrictedBox:
        """The same box with the keys that lie sealed in the rows of a ring, as far as they open.

        A row may be sealed under a key that another row holds.
        """
        found, left = list(self.keys), list(rows)
        while True:
            box, fresh, closed = RestrictedBox(tuple(found)), [], []
            for row in left:
                try:
                    fresh.append(base64.b64decode(box.open(row)))
                except NotAllowed:
                    closed.append(row)
            found, left = list(dict.fromkeys((*found, *fresh))), closed
            if len(found) == len(box.keys):
                return box

    def resealer(self) -> Callable[[str], str]:
        """A function that gives a text with every "enc1:…" in it sealed under the newest key.

        What was the same stays the same wherever it stands: an amendment is compared with its
        person. What none of the keys opens (somebody typed these five characters) stays as it is.
        """
        one = cache(self._resealed)
        return lambda text: RESTRICTED_PATTERN.sub(lambda found: one(found.group(0)), text)

    def _resealed(self, sealed: str) -> str:
        try:
            if _bytes_of(sealed)[:KEY_ID_BYTES] == key_id(self.keys[0]):
                return sealed
            return self.seal(self.open(sealed))
        except DataError:
            return sealed


def _bytes_of(sealed: str) -> bytes:
    if not sealed.startswith(RESTRICTED_MARK):
        raise StoreDamaged(file="store.db", what="restricted")
    try:
        return base64.urlsafe_b64decode(sealed[len(RESTRICTED_MARK) :].encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        raise StoreDamaged(file="store.db", what="restricted") from None
