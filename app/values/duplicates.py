"""Frozen values about records that may be one person, as they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.values.person import PersonCard, PersonPage


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for (weight above 0) or against two records being one person, in words."""

    code: str
    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A known person who may be the one in question: same or likely, and why."""

    card: PersonCard
    grade: str
    weight: int
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two records of the worklist, the grade and the reasons, the weightiest first."""

    a: PersonCard
    b: PersonCard
    grade: str
    weight: int
    reasons: tuple[Why, ...]

    @property
    def id(self) -> str:
        """The pair's name in a list."""
        return f"{self.a.id} {self.b.id}"


@dataclass(frozen=True, slots=True)
class Worklist:
    """Open pairs, how many there are in all, and how many persons are still to be looked at."""

    total: int
    pairs: tuple[AlikePair, ...]
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Belongs:
    """How much of each kind lies with a record: it all follows the person in a merger."""

    needs: int
    cases: int
    files: int
    accidents: int


@dataclass(frozen=True, slots=True)
class Review:
    """Two records side by side: the fields in which they differ, and what they own.

    `take` maps each of the fields to the side the program proposes: "a" or "b"; `survivor` is the
    side whose record had better stay. `may_merge` is false where somebody else has to do it;
    `said` is who said that they are two persons, when and why, "" when nobody did.
    """

    pair: AlikePair
    a: PersonPage
    b: PersonPage
    take: Mapping[str, str]
    belongs: tuple[Belongs, Belongs]
    photos: tuple[bytes, bytes]
    survivor: str
    may_merge: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merger was written: its id, the survivor, and whether guarded values await approval."""

    id: str
    survivor: str
    absorbed: str
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Unmerged:
    """A merger was undone: who stand apart again, fields given back, and fields that were changed
    since and therefore stay."""

    survivor: str
    freed: str
    returned: tuple[str, ...]
    kept: tuple[str, ...]
    pending: bool = False


@dataclass(frozen=True, slots=True)
class LaterRow:
    """What was written about a survivor since a merger: it may belong to the one set free."""

    id: str
    words: str
    by: str
    at: str
