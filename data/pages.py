"""A look at the store's pages without opening it: does every byte still carry its seal?"""

from __future__ import annotations

import hashlib
import hmac
import random
import time
from collections.abc import Iterable
from pathlib import Path

PAGE_BYTES = 4096
# SQLCipher 4 ends each page with a 16-byte initialisation vector and a 64-byte HMAC-SHA512.
SEAL_BYTES = 64
SALT_BYTES = 16
HMAC_SALT_MASK = 0x3A
HMAC_KEY_ROUNDS = 2
LOCK_PAGE = 2**30 // PAGE_BYTES + 1
"""SQLite locks the bytes at one gibibyte and never writes this page: it has no seal."""


def log_in_use(path: Path) -> bool:
    """True when a write-ahead log with content lies beside: pages may be younger there."""
    log = path.with_name(path.name + "-wal")
    try:
        return log.stat().st_size > 0
    except FileNotFoundError:
        return False


def damaged_sample(path: Path, file_key: bytes, budget_s: float) -> tuple[int, ...]:
    """Numbers of damaged pages among a sample: the first, the last and random ones.

    Stops after `budget_s` seconds; a whole small store is checked, of a large one a part.
    """
    count = max(1, path.stat().st_size // PAGE_BYTES)
    first = [1, count]
    rest = random.Random().sample(range(1, count + 1), min(count, 20_000))
    deadline = time.monotonic() + budget_s
    return damaged(path, file_key, (*first, *rest), deadline)


def damaged(
    path: Path, file_key: bytes, numbers: Iterable[int], deadline: float | None = None
) -> tuple[int, ...]:
    """Those of the pages whose seal does not fit their bytes (a torn last page counts too)."""
    found: set[int] = set()
    with open(path, "rb") as store:
        salt = store.read(SALT_BYTES)
        seal_key = _seal_key(file_key, salt)
        for number in numbers:
            if number == LOCK_PAGE:
                continue
            store.seek((number - 1) * PAGE_BYTES)
            if not _fits(store.read(PAGE_BYTES), number, seal_key):
                found.add(number)
            if deadline is not None and time.monotonic() > deadline:
                break
    return tuple(sorted(found))


def _seal_key(file_key: bytes, salt: bytes) -> bytes:
    masked = bytes(byte ^ HMAC_SALT_MASK for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", file_key, masked, HMAC_KEY_ROUNDS, 32)


def _fits(page: bytes, number: int, seal_key: bytes) -> bool:
    if len(page) != PAGE_BYTES:
        return False
    start = SALT_BYTES if number == 1 else 0
    sealed, seal = page[start:-SEAL_BYTES], page[-SEAL_BYTES:]
    made = hmac.digest(seal_key, sealed + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(made, seal)
