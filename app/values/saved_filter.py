"""Frozen values of saved filters that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.values.person import PeopleFilter


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A named question to the list of people, with the order it is answered in.

    `everyone`: an admin gave it to the whole office, on every PC; else it is this user's own on
    this PC. `kept_as` is the name it is kept under, where another of that name stands beside it.
    """

    name: str
    which: PeopleFilter
    everyone: bool = False
    kept_as: str = field(default="", compare=False)
