"""Frozen values of a person's timeline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One entry: its (partial) day, the instant it was written, what it is and says.

    `title` is empty where the record's own name says it; `hidden` words are not for this reader;
    `mine` is a note without a case that this reader wrote.
    """

    id: str
    on: str
    at: str
    kind: str
    entity: str
    title: str
    words: str
    by: str
    case_id: str = ""
    hidden: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some entries, newest day first, and the key after the last one (None at the end)."""

    lines: tuple[TimelineLine, ...]
    next: tuple[str, str, str] | None
