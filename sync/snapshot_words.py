"""What a PC and the server say of a snapshot: how the rows of a scope stood at a number of its log.

The log keeps every value, so the server can say at any later time how a row stood at a number.
"""

from __future__ import annotations

from typing import Any

import msgspec

from sync.protocol import PULL_ROWS_MAX, Count, Entry, Small

PAGE_BYTES = 1024 * 1024


class SnapshotRequest(msgspec.Struct, frozen=True):
    """The rows of some kinds (`besides`: of all others) as they stood at the number `upto`, the
    last made first, from below the creation number `before`; 0: now, and from the newest."""

    scope: str
    upto: Count
    before: Count
    entities: list[str]
    besides: bool = False
    rows: Small = PULL_ROWS_MAX
    bytes: Count = PAGE_BYTES


class Hand(msgspec.Struct, frozen=True, array_like=True):
    """Who last set some fields of a row, and when."""

    user: str
    at: str
    fields: list[str]


class StandingRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row as it stood: its values, the number and author of its creation, and in the order of
    the log who last set what since; `conflicts` are the log's entries of its open conflicts."""

    entity: str
    row: str
    created: int
    version: int
    fields: dict[str, Any]
    at: str
    user: str
    hands: list[Hand] = []
    conflicts: list[Entry] = []


class SnapshotAnswer(msgspec.Struct, frozen=True):
    """Rows below the asked creation number; `last` when there are no more of these kinds.

    `total` counts the rows of the whole scope; only a first page (`before` 0) has it.
    """

    scope: str
    upto: int
    before: int
    rows: list[StandingRow]
    last: bool
    floor: int = 0
    total: int = 0
