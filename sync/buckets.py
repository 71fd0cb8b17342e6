"""Sums over rows that two sides compare instead of the rows: 256 per kind of record.

A bucket is named by the last byte of a row's id. Ids are UUID version 7: the first half is the
time and shared by whatever was typed or imported in one hour, while the last 62 bits are random
(in version 5, a hash), so that the last byte fills the buckets evenly.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from sync.protocol import Count, Entry, Small

COUNT = 256
WRAP = 2**64
ROWS_MAX = 4000
CHARS_MAX = 2_000_000
"""The most that one answer tells: rows, and characters of the log."""

Standing = tuple[str, int, bool]
"""A row's id, its version on the server, and whether it is removed."""


def bucket_of(row_id: str) -> int:
    """The bucket of a row; ids of no UUID's form share one."""
    try:
        return int(row_id[-2:], 16)
    except ValueError:
        return 0


def hash64(row: Standing) -> int:
    """64 bits that change with the id, the version or the removal."""
    row_id, version, removed = row
    words = f"{row_id}\n{version}\n{int(removed)}".encode()
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big")


def sums(rows: Iterable[Standing]) -> list[int]:
    """The sum of the hashes of each bucket; the order of the rows says nothing."""
    found = [0] * COUNT
    for row in rows:
        bucket = bucket_of(row[0])
        found[bucket] = (found[bucket] + hash64(row)) % WRAP
    return found


def digest(found: Sequence[int]) -> str:
    """All sums of one kind of record as 32 hex digits."""
    return blake2b(struct.pack(f">{COUNT}Q", *found), digest_size=16).hexdigest()


def differing(here: Sequence[int], there: Sequence[int]) -> list[int]:
    """The numbers of the buckets in which two sides do not agree."""
    return [at for at, (one, other) in enumerate(zip(here, there, strict=True)) if one != other]


def values_hash(row_id: str, values: Iterable[Any]) -> int:
    """64 bits that change with any value of a row: the same on every store that can hold them."""
    words = "\n".join((row_id, *map(_words, values))).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big")


def _words(value: Any) -> str:
    """A value as one line. No store of the server keeps a NUL."""
    if isinstance(value, str):
        return repr(value.replace("\x00", ""))
    return "" if value is None else str(int(value))


def mark(columns: Iterable[str]) -> str:
    """By which two programs see that they know the same columns of a kind, in the same order."""
    return blake2b(" ".join(columns).encode(), digest_size=4).hexdigest()


def total(hashes: Iterable[int]) -> str:
    """The sum of hashes as 16 hex digits; their order says nothing."""
    return f"{sum(hashes) % WRAP:016x}"


class SumsRequest(msgspec.Struct, frozen=True):
    """A PC that applied a scope's log up to `at` asks whether its rows stand as here: a digest of
    the sums (sync.buckets) of each kind of record."""

    scope: str
    at: Count
    digests: dict[str, str]


class SumsAnswer(msgspec.Struct, frozen=True):
    """The end of the log that the sums are of, and the sums of the kinds that differ."""

    head: int
    sums: dict[str, list[int]]


class BucketRequest(msgspec.Struct, frozen=True):
    """How the rows of some buckets of one kind stand, in the order of their ids, after one; at most
    so many at once."""

    scope: str
    entity: str
    buckets: list[Small]
    after: str = ""
    rows: Small = ROWS_MAX


class BucketAnswer(msgspec.Struct, frozen=True):
    """Rows as (id, version, removed), and whether there are more."""

    head: int
    rows: list[tuple[str, int, bool]]
    more: bool = False


class ValuesRequest(msgspec.Struct, frozen=True):
    """Do the rows of some buckets hold the same values: for each kind of record the mark of its
    columns, and the sum of the rows' hashes over them."""

    scope: str
    at: Count
    buckets: list[Small]
    kinds: dict[str, tuple[str, str]]


class ValuesAnswer(msgspec.Struct, frozen=True):
    """The hashes of the rows of each kind whose sum is another one here."""

    head: int
    rows: dict[str, list[tuple[str, int]]]


class ExplainRequest(msgspec.Struct, frozen=True):
    """What the log says of some rows, `[entity, id]`, in about so many characters."""

    scope: str
    rows: list[tuple[str, str]]
    chars: Small = CHARS_MAX


class ExplainAnswer(msgspec.Struct, frozen=True):
    """Every entry of the first `told` of the rows, in the order of the log, with all values; `gone`
    are those that have their home in another scope now."""

    head: int
    told: int
    entries: list[Entry]
    gone: list[tuple[str, str]] = []
