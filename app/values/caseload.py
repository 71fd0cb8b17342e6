"""Frozen values about who does how much, and about somebody who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caseload:
    """What one worker has: cases that go on by status, things late, the latest contact's day.

    `login` is as the cases have it: of a user, or a name from paper; "" is nobody.
    """

    login: str
    name: str
    active: bool
    status: Mapping[str, int]
    late: int
    contact_on: str

    @property
    def id(self) -> str:
        """What tells the line from the others."""
        return self.login or "-"

    @property
    def cases(self) -> int:
        """How many cases go on."""
        return sum(self.status.values())


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stands in the name of somebody who is to leave: at the office, and on this PC.

    `typing` says of what something was begun and not saved on this PC, `forms_out` how many blank
    forms he printed here are still to come back, `unsent` how many changes of his wait here for the
    server; `password` and `confidential` are the keys he holds here.
    """

    login: str
    name: str
    title: str
    active: bool
    cases: int
    tasks: int
    typing: tuple[str, ...]
    unsent: int
    password: bool
    confidential: bool
    handed: int
    tasks_handed: int = 0
    forms_out: int = 0


@dataclass(frozen=True, slots=True)
class HandedCase:
    """A case that went to somebody else, as the minute names it."""

    number: str
    person: str
    commune: str
    status: str
    taker: str


@dataclass(frozen=True, slots=True)
class HandingMinute:
    """The minute of a hand-over between two colleagues."""

    leaver: str
    title: str
    day: str
    cases: tuple[HandedCase, ...]
    tasks: tuple[tuple[str, str, str], ...]
    """What is to be done: title, day (ISO), and who took it over ("" when nobody yet)."""
    facts: Leaving
