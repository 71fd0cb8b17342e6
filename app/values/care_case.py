"""Frozen values about a case that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.rules.case_steps import Step


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What somebody writes to open a case. `opened_on` empty means today; origin new or paper."""

    reason: str
    worker: str = ""
    opened_on: str = ""
    origin: str = "new"
    case_number: str = ""
    step: str = ""
    """Where the paper file stands that the case is taken over from; empty means just received."""
    intake: Mapping[str, object] = field(default_factory=dict)
    """Further fields of the record: who reports, how, whether it is an emergency."""


@dataclass(frozen=True, slots=True)
class CaseEdit:
    """Corrections of an opened case; None leaves a value as it is, empty text empties it."""

    reason: str | None = None
    worker: str | None = None
    opened_on: str | None = None
    case_number: str | None = None
    intake: Mapping[str, object] = field(default_factory=dict)
    """Further fields of the record: intake and criteria."""


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """How a case ends: one of the twelve reasons (TT 02/2020 Đ.8 k.3a), a note, a day.

    `minutes` are the fields of the closing minutes (Mẫu 06). `aware`: who closes was told what
    speaks against it and goes on.
    """

    reason: str
    note: str = ""
    closed_on: str = ""
    minutes: Mapping[str, object] = field(default_factory=dict)
    aware: bool = False


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note, visit or call; a confidential text is kept under the second key.

    `help_kinds` are those of Mẫu 05, `activity_id` the activity whose progress it tells.
    """

    text: str
    kind: str = "note"
    noted_on: str = ""
    confidential: bool = False
    help_kinds: tuple[str, ...] = ()
    activity_id: str = ""


@dataclass(frozen=True, slots=True)
class NoteCard:
    """One note as this user may read it: `text` is empty and `hidden` set when he may not."""

    id: str
    case_id: str
    kind: str
    noted_on: str
    text: str
    confidential: bool
    hidden: bool
    by: str
    at: str
    corrected: bool
    help_kinds: tuple[str, ...] = ()
    activity_id: str = ""


@dataclass(frozen=True, slots=True)
class CaseDecision:
    """One step in the life of a case: opened, submitted, approved, returned, closed, reopened."""

    decision: str
    by: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case as a line of a list; days are partial dates, `contact_on` the latest note's day.

    `worker` is who works on it as people read it, `worker_login` as the case has it.
    """

    id: str
    person_id: str
    person_name: str
    commune: str | None
    status: str
    opened_on: str
    worker: str
    case_number: str
    contact_on: str | None
    closed_on: str | None
    close_reason: str | None
    worker_login: str = ""
    emergency: bool = False


NOBODY = "-"
"""As the worker of a filter: cases that nobody works on."""


@dataclass(frozen=True, slots=True)
class CasesFilter:
    """Which cases: all given conditions hold; `query` looks in names, numbers and workers.

    `units` are unit keys; a district or province means all its communes.
    """

    query: str = ""
    status: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    worker: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class CasesPage:
    """Some cases, newest opening first, and the key after the last one (None at the end)."""

    cards: tuple[CaseCard, ...]
    next: tuple[str, str] | None
    total: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything about one case: the card, its text, notes (newest first), decisions, moves."""

    card: CaseCard
    reason: str
    origin: str
    close_note: str
    notes: tuple[NoteCard, ...]
    decisions: tuple[CaseDecision, ...]
    moves: tuple[str, ...]
    created_by: str
    created_at: str
    hands: frozenset[str]
    facts: Mapping[str, object] = field(default_factory=dict)
    """Further fields of the record by name: intake, criteria, minutes of the ending."""
    steps: tuple[Step, ...] = ()
    review_due: str = ""
    suggested: tuple[str, ...] = ()
    """Reasons for an ending that the record itself suggests."""
    activities: tuple[tuple[str, str], ...] = ()
    """(id, words) of the activities that a note may be about."""
    before_birth: bool = False
    """Whether a paper taken over as it stands was opened before the person was born."""
    urgent: tuple[str, ...] = ()
    """The urgent activities that are to be carried out now, in words."""


@dataclass(frozen=True, slots=True)
class Hanging:
    """Something that was done because of an ending, or since: which record, and in words."""

    record: str
    id: str
    words: str
