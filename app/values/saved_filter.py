"""Frozen values of saved filters that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass

from app.values.person import PeopleFilter


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A named question to the list of people, with the order it is answered in.

    `everyone`: an admin gave it to the whole office, on every PC; else it is this user's own on
    this PC.
    """

    name: str
    which: PeopleFilter
    everyone: bool = False
