"""What many persons have, asked once for all of them; what few have is only said to be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data import history
from data.records import approval, merger, need
from data.records.application import Application
from data.records.approval import Amendment, Approval
from data.records.assistive_device import AssistiveDevice
from data.records.attachment import Attachment
from data.records.care_case import CareCase, CaseNote
from data.records.certificate import Certificate
from data.records.complaint import Complaint
from data.records.entitlement import Entitlement
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.need import Need
from data.records.person import Person
from data.records.referral import Referral
from data.records.screening import Screening
from data.records.support import Support
from data.records.trace import HistoryLine
from data.records.victim import Victim

SELDOM: tuple[type[Any], ...] = (
    Victim,
    CareCase,
    CaseNote,
    Attachment,
    Amendment,
    Referral,
    Support,
    AssistiveDevice,
    Entitlement,
    Certificate,
    Hearing,
    Screening,
    Application,
    Complaint,
    MedicalReferral,
)


@dataclass(frozen=True, slots=True)
class Belongings:
    """Persons who are not removed, and by person what each of them has, ordered as always.

    `holders` are by table those who have records that few have. Removed records count there: who
    is named may have nothing left, who is not has nothing.
    """

    ids: frozenset[str] = frozenset()
    persons: Mapping[str, Person] = field(default_factory=dict)
    needs: Mapping[str, Sequence[Need]] = field(default_factory=dict)
    approvals: Mapping[str, Sequence[Approval]] = field(default_factory=dict)
    history: Mapping[str, Sequence[HistoryLine]] = field(default_factory=dict)
    holders: Mapping[str, frozenset[str]] = field(default_factory=dict)


def of(session: Session, person_ids: Sequence[str], lines_max: int) -> Belongings:
    """What so many persons (at most 500) have, with the newest lines of their histories."""
    living = select(Person).where(Person.id.in_(person_ids), Person.deleted_at.is_(None))
    owners = merger.owners(session, person_ids)
    return Belongings(
        frozenset(person_ids),
        {person.id: person for person in session.scalars(living)},
        need.of_persons(session, owners),
        approval.of_persons(session, owners),
        history.of_persons(session, owners, lines_max),
        {kind.__tablename__: _holders(session, kind, owners) for kind in SELDOM},
    )


def _holders(
    session: Session,
    kind: type[Any],
    owners: Mapping[str, str],
) -> frozenset[str]:
    found = select(kind.person_id).where(kind.person_id.in_(owners)).distinct()
    return frozenset(owners[one] for one in session.scalars(found) if one is not None)
