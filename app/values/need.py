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
class NeedCard:
    """One need of a person; `priority` 1 is the most pressing."""

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
