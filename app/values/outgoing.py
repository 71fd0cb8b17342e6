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


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """Whose changes wait: how many of the newest, and since when."""

    person_id: str
    name: str
    changes: int
    since: str


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """One record whose removal waits for a yes: whose it is, and who removed it when."""

    person_id: str
    name: str
    record: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class HeldRemovals:
    """Too many removals at once: `way` is out (made here) or in (made on other PCs); the first of
    those concerned, of `count` in all."""

    way: str
    count: int
    people: tuple[HeldPerson, ...]


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """A record that stood otherwise here than on the server, and what was done about it.

    `fields` are the names of what differed, in the words of the office; the values of both sides
    lie in the store.
    """

    id: str
    at: str
    kind: str
    person_id: str
    name: str
    record: str
    fields: str
    what: str
    done: str
