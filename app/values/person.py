"""Frozen values about a person that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem

ORDERS = ("name", "birth", "commune", "degree", "status", "entered")
"""What lists of people are put in order by."""

PageKey = tuple[object, ...]
"""The place of a row in its list; to be given back as it is for the rows behind it."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """What somebody typed: only the fields that are to change, by their dictionary names.

    Values are text as typed or proper values (tuple for sets of codes). `before` holds, for an
    existing person, the values the typist saw; a field that somebody else changed meanwhile is
    refused instead of overwritten.
    """

    id: str | None
    fields: Mapping[str, object]
    before: Mapping[str, object] | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved person: its id, whether guarded changes now await approval, and warnings."""

    id: str
    pending: bool = False
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person as a line of a list. `sync` is local, sent, confirmed or conflict."""

    id: str
    name: str
    sex: str | None
    birth: str | None
    id_number: str | None
    commune: str | None
    current_commune: str | None
    hamlet: str | None
    types: tuple[str, ...]
    degree: str | None
    mine_victim: bool
    status: str
    life_state: str
    sync: str
    pending: bool
    possible_duplicate: bool


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which people: all given conditions hold; empty conditions do not count.

    `units` are unit keys; a district or province means all its communes. `missing` asks for
    people who lack a birth date, a sex, a number or a type.
    """

    query: str = ""
    units: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    mine_victim: bool | None = None
    status: tuple[str, ...] = ()
    life_state: tuple[str, ...] = ()
    missing: bool = False
    pending: bool = False
    removed: bool = False
    ids: tuple[str, ...] = ()
    order: str = "name"
    """One of ORDERS; who lacks what is ordered by stands last, whichever way it goes."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some cards in list order and the key after the last one (None at the end)."""

    cards: tuple[PersonCard, ...]
    next: PageKey | None


@dataclass(frozen=True, slots=True)
class AmendmentCard:
    """Guarded changes of an approved person: `changes` maps a field to (approved, asked)."""

    id: str
    person_id: str
    changes: Mapping[str, tuple[object, object]]
    state: str
    asked_by: str
    asked_at: str
    reason: str | None
    decided_by: str | None
    decided_at: str | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision on the record: submitted, approved, returned or undone."""

    decision: str
    by: str
    at: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history with the field's label; values as people read them."""

    at: str
    by: str
    op: str
    record: str
    field: str | None
    label: str
    old: str | None
    new: str | None
    source: str


@dataclass(frozen=True, slots=True)
class LateEdit:
    """A field of a merged record that somebody wrote without knowing of the merger."""

    field: str
    label: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """The other record of a merger that stands: its person's id and name, when and by whom.

    `late` is what was written since into the record that was merged away and its survivor does
    not say: nobody carries it over but by hand.
    """

    merger_id: str
    id: str
    name: str
    by: str
    at: str
    late: tuple[LateEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything about the person itself; needs, cases and files have their own actions.

    `merged_into` is whom this record was merged into, `merged_here` what was merged into this one.

    `fields` has every field of the dictionary (None when empty); `hidden` names restricted
    fields that have a value which this user may not read; `conflicts` has the labels of the
    fields in which two people's values wait for a decision. `moving_to` is the office that she is
    asked to be handed to, `moving_from` the one that she came from last.
    """

    card: PersonCard
    version: int
    fields: Mapping[str, object]
    hidden: frozenset[str] = frozenset()
    created_by: str = ""
    created_at: str = ""
    edited_by: str = ""
    updated_at: str = ""
    removed_reason: str | None = None
    merged_into: MergedRecord | None = None
    merged_here: tuple[MergedRecord, ...] = ()
    amendments: tuple[AmendmentCard, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    warnings: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    filled: int = 0
    countable: int = 0
    conflicts: tuple[str, ...] = ()
    moving_to: str = ""
    moving_from: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalResult:
    """Who was approved, and who was not and why (field is `id`, value the person's id).

    `received` are those of the approved who waited to be received: that can be undone; changes of
    somebody received before cannot.
    """

    approved: tuple[str, ...]
    skipped: tuple[Problem, ...] = ()
    received: tuple[str, ...] = ()
