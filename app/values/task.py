"""Frozen values about tasks and flags."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A task by hand; an empty day means today, an empty worker who writes it."""

    title: str
    due_on: str = ""
    worker: str = ""
    note: str = ""
    person_id: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class TaskCard:
    """A task by hand as it stands."""

    id: str
    title: str
    due_on: str
    worker: str
    worker_login: str
    done: bool
    done_on: str
    note: str
    person_id: str
    case_id: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class FlagDraft:
    """A flag on a person, maybe on one case of hers; an empty last day means until taken away."""

    person_id: str
    kind: str
    reason: str
    until: str = ""
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class FlagCard:
    """A flag that holds."""

    id: str
    person_id: str
    case_id: str
    kind: str
    reason: str
    until: str
    by: str
    at: str
