"""Frozen values about what comes when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """Which coming event: its kind, the record it follows from, its computed day, whose it is."""

    kind: str
    ref_id: str
    ref_on: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that comes on a day (ISO), in words: `title` says what, `detail` of what.

    `worker` is the full name of who is to do it, `worker_login` as the record has it ("" nobody).
    """

    ref: Ref
    on: str
    title: str
    detail: str
    person_id: str
    person_name: str
    commune: str | None
    case_id: str
    worker: str
    worker_login: str
    late: bool
    put_off: bool
    flags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What tells it from every other one in a list."""
        return f"{self.ref.kind}:{self.ref.ref_id}:{self.ref.ref_on}"


@dataclass(frozen=True, slots=True)
class DuesFilter:
    """Which: up to a day and from one on; of one worker ("" of nobody, None of everybody)."""

    until: str
    since: str = ""
    worker: str | None = None
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class DuesPage:
    """Some of them, the most overdue first, and the key after the last one (None at the end)."""

    dues: tuple[Due, ...]
    next: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much of one kind comes on a day."""

    day: str
    kind: str
    title: str
    count: int
