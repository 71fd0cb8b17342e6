"""Frozen values about two people's values of one field, and the decision between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SIDES = ("theirs", "mine", "base")
"""The value that stands, the one that the server did not take, and the one both had seen."""


@dataclass(frozen=True, slots=True)
class Side:
    """Who wrote a value, when (ISO UTC, by the clock there) and on which PC."""

    by: str
    at: str
    on: str


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One conflict to decide.

    `values` are raw and `words` what people read, both by side; `set_by` says who wrote mine and
    theirs. `takes` are the sides this user may choose, `typed` that he may also type a value;
    `why_not` is the code of why he may not choose all. `awaits` that a chosen value goes to
    approval first; `closed` that the values are restricted and not for this user. `merged` is the
    name of the record it is about, where that was merged into the person of the card; `alike`
    that both values read the same.
    """

    id: str
    person_id: str
    name: str
    record: str
    row_id: str
    field: str
    label: str
    values: Mapping[str, object]
    words: Mapping[str, str]
    set_by: Mapping[str, Side]
    takes: tuple[str, ...]
    typed: bool
    why_not: str = ""
    awaits: bool = False
    closed: bool = False
    merged: str = ""
    alike: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision took; `pending` says that it awaits approval and until then theirs stands."""

    id: str
    field: str
    label: str
    take: str
    words: str
    pending: bool
