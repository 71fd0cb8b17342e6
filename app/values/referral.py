"""Frozen values of referrals that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """One referral as typed: dictionary names of `referral`, and what it belongs to.

    With `provider_id` whom it goes to and the service follow from the directory unless typed.
    """

    person_id: str
    fields: Mapping[str, object]
    id: str | None = None
    provider_id: str | None = None
    need_id: str | None = None
    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralStep:
    """What became of a referral: its new status, the day (today when empty), and in words.

    `due_on` and `letter_number` go with sending; `file_id` is the scan of the answer.
    """

    status: str
    on: str = ""
    note: str = ""
    due_on: str = ""
    letter_number: str = ""
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralsFilter:
    """Conditions on referrals of everybody; empty ones do not count."""

    statuses: tuple[str, ...] = ()
    overdue: bool = False
    case_id: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """One referral with its values by dictionary name; `moves` are the next legal statuses."""

    id: str
    person_id: str
    person_name: str
    fields: Mapping[str, object]
    case_id: str | None
    need_id: str | None
    provider_id: str | None
    answer_file_id: str | None
    overdue: bool
    moves: tuple[str, ...]
    by: str
    at: str

    @property
    def status(self) -> str:
        """Where it stands."""
        return str(self.fields["referral_status"] or "written")


@dataclass(frozen=True, slots=True)
class ReferralsPage:
    """Some referrals, and how many there are."""

    cards: tuple[ReferralCard, ...]
    total: int
