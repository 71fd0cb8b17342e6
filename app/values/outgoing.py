"""Frozen values about work that is not confirmed by the server yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WaitingKind:
    """How many changes of one kind of record wait, and of how many records."""

    record: str
    changes: int
    rows: int


@dataclass(frozen=True, slots=True)
class Attention:
    """Something a person must look at: a conflict, or a change the server did not take.

    `kind` is conflict, rejected or deferred; values are in the words of the office: `theirs` by
    `by` stands, `mine` by `mine_by` (on whichever PC) was not taken; `code` is the server's reason
    of a refusal.
    """

    kind: str
    person_id: str
    name: str
    record: str
    field: str
    mine: str
    theirs: str
    by: str
    at: str
    code: str
    mine_by: str = ""
