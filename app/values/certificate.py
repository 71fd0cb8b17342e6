"""Frozen values about certificates and blanks that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """What a certificate shall be written from: a hearing, a referral to the medical board, or
    the certificate it replaces (`basis` exchange or lost). `fields` correct what the paper says."""

    person_id: str
    basis: str = ""
    hearing_id: str = ""
    medical_referral_id: str = ""
    replaces_id: str = ""
    application_id: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issuing:
    """The words of the act: day, number (the next one when empty), serial, the old paper.

    `aware` goes on where something speaks against it that was told (a complaint, a draft record),
    for the reason `aware_reason`; both are kept with the certificate.
    """

    issued_on: str = ""
    number: str = ""
    serial: str = ""
    collected_on: str = ""
    collected_note: str = ""
    signer: str = ""
    signer_position: str = ""
    aware: bool = False
    aware_reason: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against issuing: the code of the sentence, of which record, of which day."""

    code: str
    record_id: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Replacing:
    """The application for another paper in place of one: `basis` exchange or lost, the reason of
    an exchange (wrong_data, damaged), what differs, the day it was handed in (today when empty)."""

    basis: str
    reason: str = ""
    note: str = ""
    received_on: str = ""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The application that is open already: its id, reason, what differs, the day it came in."""

    id: str
    reason: str
    note: str
    received_on: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """Why a certificate is taken back: the authority's decision (TT 01/2019 Đ.9).

    `own` is what becomes of the person's own type and degree (keep, clear, standing: as the
    certificate that stands says), `own_reason` why they are kept.
    """

    reason: str
    by: str
    decision: str
    on: str
    collected_on: str = ""
    collected_note: str = ""
    own: str = ""
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """How a clash ends for one of its certificates: `way` is void, number (another one, the next
    when empty), blank (another one, none yet when empty) or collect (the sheet), and why.
    Void: the paper and the person's own values as when a certificate is revoked."""

    way: str
    reason: str
    number: str = ""
    serial: str = ""
    collected_on: str = ""
    collected_note: str = ""
    own: str = ""
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """One certificate; `fields` are dictionary names of `certificate`.

    `changes` are the person's own values (old, new) that issuing it would change, `doubts` what
    speaks against that and `outdated` why it is not issued as it was written, both in words. `acts`
    are what this user could do with it now. `replaced_by` is the id of the one that took its place.
    """

    id: str
    person_id: str
    name: str
    fields: Mapping[str, object]
    state: str
    replaces_id: str
    replaced_by: str
    application_id: str
    changes: tuple[tuple[str, object, object], ...]
    acts: tuple[str, ...]
    by: str
    at: str
    doubts: tuple[str, ...] = ()
    outdated: str = ""

    def text(self, name: str) -> str:
        """A field as text."""
        value = self.fields.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """Which certificates a list shows; empty conditions do not count."""

    query: str = ""
    states: tuple[str, ...] = ()
    degree: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register, as it stood on the day of the register."""

    number: str
    serial: str
    issued_on: str
    name: str
    birth: str
    sex: str
    address: str
    types: str
    degree: str
    basis: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Certificates that share a number (under one issuer) or a blank, or are in force of one
    person (`what` is holder, `value` her name); one whose words stand on another `sheet` too."""

    what: str
    value: str
    certificates: tuple[CertificateCard, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is found about a code: valid, altered, unknown_key, unknown_server, revoked, renumbered,
    lost_pc, old_list.

    `listed_at` is the day of the list of revoked ones, `since` the day from which it holds no
    more, `here` whether this office's own book says so.
    """

    verdict: str
    words: str
    number: str = ""
    degree: str = ""
    day: str = ""
    kind: str = ""
    listed_at: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class BlankCard:
    """One blank of the stock."""

    serial: str
    state: str
    received_on: str
    received_from: str
    on: str
    reason: str
    certificate_id: str

    @property
    def id(self) -> str:
        """By what a list knows it: no two blanks have one serial."""
        return self.serial


@dataclass(frozen=True, slots=True)
class BlankLine:
    """A certificate in a run of printing and the blank it goes onto."""

    id: str
    name: str
    number: str
    serial: str


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One total of the signed minute beside what was brought in."""

    what: str
    label: str
    said: int | None
    found: int

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.said == self.found


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What the paper book handed over, its totals, and who waits to be taken over."""

    fields: Mapping[str, object]
    lines: tuple[OpeningLine, ...]
    offered: int


@dataclass(frozen=True, slots=True)
class ToIssue:
    """One line of the desk: a certificate that waits to be issued, or a file that is ready to have
    one written (`draft` empty). `changes` are old and new of the person's own values, in words;
    `doubts` and `outdated` as of the certificate."""

    id: str
    person_id: str
    name: str
    draft: str
    application_id: str
    basis: str
    degree: str
    changes: str
    due_on: str
    own: bool
    doubts: tuple[str, ...] = ()
    outdated: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is written and waits for somebody with the right to issue."""
        return bool(self.draft)


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody whose own fields name a certificate of which there is no record yet."""

    person_id: str
    name: str
    number: str
    issued_on: str
    issued_by: str
    degree: str
    lacks: str
