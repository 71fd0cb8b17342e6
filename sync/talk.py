"""One round's talk with the server: the line, the store, who watches, what was done so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from data.database import Database
from sync.errors import Fenced, Revoked, ServerRefused, SyncError, Unreachable
from sync.protocol import Problem, ReadGrant
from sync.state import Device
from sync.transport import Wire

Step = Literal["hello", "send", "receive", "rows", "history", "photos"]
Progress = Callable[[Step, int, int], None]
"""Step, done so far, of how many (changes while sending, log entries while receiving, rows of a
snapshot, entries of its history, KB of photos)."""

Cancelled = Callable[[], bool]


@dataclass
class Done:
    """What a round did so far. Counts are changes; `pulled` counts changes of other PCs, `applied`
    all entries of the log that were applied, own ones too."""

    sent: int = 0
    acknowledged: int = 0
    merged: int = 0
    conflicts: int = 0
    deferred: int = 0
    rejected: int = 0
    pulled: int = 0
    applied: int = 0
    incidents: int = 0


class Errand(Protocol):
    """What writing down an answer needs of a round, over the line or from a stick."""

    @property
    def database(self) -> Database:
        """The store."""

    @property
    def device(self) -> Device:
        """Who this PC is to the server."""

    @property
    def progress(self) -> Progress:
        """Who watches."""

    @property
    def cancelled(self) -> Cancelled:
        """Whether to stop."""

    @property
    def done(self) -> Done:
        """What was done so far."""


@dataclass
class Talk:
    """One round's line with everything that it is about."""

    database: Database
    device: Device
    wire: Wire
    progress: Progress
    cancelled: Cancelled
    request_bytes: int
    heads: dict[str, int] = field(default_factory=dict)
    roster: str = ""
    offices: str = ""
    clock: str = ""
    token: str = ""
    blobs: int = 0
    compares: bool = False
    compares_values: bool = False
    counts: bool = False
    compared: bool = False
    line_too_bad: bool = False
    """For comparing in this round."""
    next_after_s: int = 0
    done: Done = field(default_factory=Done)
    underway: dict[int, int] = field(default_factory=dict)
    """Changes of the batches that left in this round and are not answered yet, by batch number."""
    grants: list[ReadGrant] = field(default_factory=list)
    book: Database | None = None
    """The store of this PC's own office, where `database` is a copy of another one's."""

    @property
    def own(self) -> Database:
        """The store where this PC's own changes wait."""
        return self.book or self.database


FENCING = frozenset({"cloned", "forked", "wrong_epoch", "expected"})
TOLD = frozenset(
    "device_unknown bad_signature not_for_this_server dictionary_unknown scope_not_granted "
    "too_large busy nothing_sent request_malformed reconcile snapshot_gone blob_no_room".split()
)
"""Refusals of our server that have a sentence of their own."""


def refused(problem: Problem) -> SyncError:
    """The error for a problem that our server signed."""
    code, facts = problem.code, problem.facts
    if code == "cut":
        return Unreachable("connection_cut")
    if code == "device_revoked":
        return Revoked(code, **facts)
    if code in FENCING:
        return Fenced(code, **facts)
    return ServerRefused(code, **facts) if code in TOLD else ServerRefused(reason=code)
