"""Frozen values about a person's needs that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """One need as typed: dictionary names of `need`; the group follows from the item."""

    person_id: str
    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class NeedStepDraft:
    """A change of a need's status as typed; without a day it is today's."""

    status: str
    on: str = ""
    reason: str = ""
    review_on: str = ""


@dataclass(frozen=True, slots=True)
class NeedStepCard:
    """From which day a need stood so, why, and who wrote it down."""

    status: str
    on: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class NeedCard:
    """One need of a person; `priority` 1 is the most pressing.

    `due`: it is to be asked about again. `proposed` is the status that help since then suggests.
    """

    id: str
    person_id: str
    group: str
    item: str
    priority: int | None
    quantity: int | None
    declared_on: str | None
    declared_by: str | None
    status: str
    review_on: str | None
    note: str
    by: str
    at: str
    steps: tuple[NeedStepCard, ...] = ()
    due: bool = False
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class NeedsFilter:
    """Conditions on needs of everybody; empty ones do not count. `units` are unit keys.

    `due`: those that are to be asked about again.
    """

    groups: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    query: str = ""
    due: bool = False


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A need in a list of many persons."""

    id: str
    need: NeedCard
    person_id: str
    person_name: str
    birth: str | None
    commune: str | None


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """Some needs; in all so many needs (lượt) of so many persons (người)."""

    lines: tuple[NeedLine, ...]
    total: int
    persons: int
