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
class Coming:
    """A book that still comes from the server: `what` (rows, history) is on its way, how much."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Attention:
    """Something a person must look at: a conflict, or a change the server did not take.

    `kind` is conflict, rejected, deferred or unknown (the server does not know records any more
    that came from it) and `id` names it among its kind; `why` says in words what happened and
    `remedy` what to do. In a conflict `theirs` by `by` stands, `mine` by `mine_by` (on whichever
    PC) was not taken; `code` is the server's reason of a refusal.
    """

    kind: str
    id: str
    person_id: str
    name: str
    record: str
    field: str
    by: str
    at: str
    why: str
    remedy: str
    code: str = ""
    mine: str = ""
    theirs: str = ""
    mine_by: str = ""
