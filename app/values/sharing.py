"""Frozen values about consent and what leaves the office, as they cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """A basis as typed: dictionary names of `consent`; `paper_id` is a file of the person."""

    person_id: str
    fields: Mapping[str, object]
    paper_id: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """A recorded basis; `lacks` and `remarks` are codes with a sentence each, empty when it holds.

    `fields` are the dictionary's values by name.
    """

    id: str
    person_id: str
    purpose: str
    basis: str
    fields: Mapping[str, object]
    paper_id: str | None
    paper: str
    lacks: tuple[str, ...]
    remarks: tuple[str, ...]
    withdrawn_on: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class SharingDraft:
    """A wish to share persons' data: purpose of `sharing_purpose`, with whom, why and what."""

    person_ids: tuple[str, ...]
    purpose: str
    recipient: str
    reason: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class SharingCard:
    """A request or an act of sharing; of an act `shared_at` and `shared_by` are filled.

    `basis_lacks` says what has come to lack since: a withdrawn consent, one that expired.
    """

    id: str
    person_id: str
    person_name: str
    purpose: str
    recipient: str
    reason: str
    what: str
    state: str
    answer: str
    basis: str
    basis_lacks: tuple[str, ...]
    asked_by: str
    asked_at: str
    decided_by: str
    decided_at: str
    shared_by: str
    shared_at: str
    told_on: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """Both approvals stand: data of this person may go to this recipient for this purpose.

    `basis` is the code of the legal basis; `stands_on` names the approval for the paper itself.
    `changed_on` is the latest day of what the approval did not see, "" for none. Made by
    `sharing.demand` alone.
    """

    person_id: str
    purpose: str
    recipient: str
    approval_id: str
    consent_id: str
    basis: str
    stands_on: str = ""
    changed_on: str = ""
