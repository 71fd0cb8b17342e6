"""Sums over rows that two sides compare instead of the rows: 256 per kind of record.

A bucket is named by the last byte of a row's id. Ids are UUID version 7: the first half is the
time and shared by whatever was typed or imported in one hour, while the last 62 bits are random
(in version 5, a hash), so that the last byte fills the buckets evenly.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

from sync.protocol import Count, Entry, Small

COUNT = 256
WRAP = 2**64

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
    """How the rows of some buckets of one kind stand, in the order of their ids, after one."""

    scope: str
    entity: str
    buckets: list[Small]
    after: str = ""


class BucketAnswer(msgspec.Struct, frozen=True):
    """Rows as (id, version, removed), and whether there are more."""

    head: int
    rows: list[tuple[str, int, bool]]
    more: bool = False


class ExplainRequest(msgspec.Struct, frozen=True):
    """What the log says of some rows, `[entity, id]`."""

    scope: str
    rows: list[tuple[str, str]]


class ExplainAnswer(msgspec.Struct, frozen=True):
    """Every entry of the first `told` of the rows, in the order of the log, with all values; `gone`
    are those that have their home in another scope now."""

    head: int
    told: int
    entries: list[Entry]
    gone: list[tuple[str, str]] = []
