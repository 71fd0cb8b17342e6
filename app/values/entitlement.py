"""Frozen values of agreements with firms and of who is entitled, crossing the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """An agreement as typed: dictionary names of `agreement`."""

    fields: Mapping[str, object]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementCard:
    """An agreement: its values, how many are entitled, whether it still holds."""

    id: str
    fields: Mapping[str, object]
    persons: int
    valid: bool
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class EntitlementCard:
    """One person's benefit with its values by dictionary name.

    `holds` says whether she may ride on it today: not ended, not past its day, and she is alive.
    """

    id: str
    person_id: str
    name: str
    birth: str | None
    commune: str | None
    hamlet: str
    degree: str | None
    certificate: str
    agreement_id: str | None
    fields: Mapping[str, object]
    by: str
    at: str
    holds: bool = True

    @property
    def active(self) -> bool:
        """Whether nobody ended it."""
        return self.fields["entitlement_status"] != "ended"


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """An agreement with who is or was entitled, by name."""

    card: AgreementCard
    lines: tuple[EntitlementCard, ...]


@dataclass(frozen=True, slots=True)
class FirmPaper:
    """The list for a firm as a PDF: who is on it, and what keeps the others off it."""

    content: bytes
    persons: tuple[str, ...]
    left_out: tuple[Problem, ...]
