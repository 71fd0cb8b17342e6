"""Frozen values of supports and gift rounds that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SupportDraft:
    """One support as typed: dictionary names of `support`, and what it belongs to, if anything."""

    person_id: str
    fields: Mapping[str, object]
    id: str | None = None
    need_id: str | None = None
    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class SupportCard:
    """One support with its values by dictionary name; `round_name` when it came in a round."""

    id: str
    person_id: str
    fields: Mapping[str, object]
    need_id: str | None
    case_id: str | None
    gift_round_id: str | None
    round_name: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """A gift round as typed: dictionary names of `gift_round`."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A gift round: its values, and how many persons by status of their gift."""

    id: str
    fields: Mapping[str, object]
    counts: Mapping[str, int]
    by: str
    at: str

    @property
    def persons(self) -> int:
        """How many are to get or got it."""
        return sum(number for status, number in self.counts.items() if status != "cancelled")


@dataclass(frozen=True, slots=True)
class GiftLine:
    """One person of a round. `twice`: two records that were merged both stand in the list.
    `gone`: died before the gift was given."""

    id: str
    person_id: str
    name: str
    birth: str | None
    commune: str | None
    hamlet: str
    status: str
    received_by: str
    support_on: str
    twice: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its list, by name."""

    card: RoundCard
    lines: tuple[GiftLine, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Who came into a list, who was in it already, who could not and why, and what to look at.

    `before` are persons who got the same within the year: (name, day). They are in the list.
    """

    added: int
    already: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    before: tuple[tuple[str, str], ...] = ()
