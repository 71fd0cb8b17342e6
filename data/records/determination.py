"""What the reports on determining disability count: files, hearings, referrals, certificates.

Each row comes with whom it belongs to now, so that a person of two merged records is one. Removed
persons and rows are left out; who was handed over to another office is counted there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from data.records import merger
from data.records.application import Application
from data.records.certificate import GIVEN, Certificate
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

Rows = Sequence[Row[Any]]


def files(session: Session, begins: str, ends: str) -> Rows:
    """Files that were open on a day of the period, or were received or ended in it."""
    one = Application
    rows = _joined(select(one, Person.id, Person.commune), one)
    rows = rows.where(
        one.received_on <= ends,  # type: ignore[operator]
        or_(one.ended_on.is_(None), one.ended_on >= begins),  # type: ignore[operator, union-attr]
    )
    return session.execute(rows).all()


def hearings(session: Session, begins: str, ends: str) -> Rows:
    """Hearings whose minutes are of the period."""
    one = Hearing
    rows = _joined(select(one, Person.id, Person.commune), one)
    return session.execute(rows.where(one.minutes_on.between(begins, ends))).all()  # type: ignore[union-attr]


def referrals(session: Session, begins: str, ends: str) -> Rows:
    """Referrals that were sent, or answered, in the period."""
    one = MedicalReferral
    rows = _joined(select(one, Person.id, Person.commune), one)
    within = [day.between(begins, ends) for day in (one.sent_on, one.received_on)]  # type: ignore[union-attr]
    return session.execute(rows.where(or_(*within))).all()


def board_answers(session: Session) -> dict[str, str]:
    """By file the day on which the minutes of the medical board came, the latest."""
    one = MedicalReferral
    rows = select(one.application_id, one.received_on).where(
        one.application_id.is_not(None), one.received_on.is_not(None), one.deleted_at.is_(None)
    )
    found: dict[str, str] = {}
    for file, day in session.execute(rows):
        found[file] = max(found.get(file, ""), day)
    return found


def certificates(session: Session, ends: str) -> Rows:
    """Certificates issued up to the last day, with the life of whom they belong to."""
    one = Certificate
    asked = select(
        one,
        Person.id,
        Person.commune,
        Person.life_state,
        Person.life_state_on,  # type: ignore[attr-defined]
    )
    rows = _joined(asked, one).where(
        one.issued_on <= ends,  # type: ignore[operator]
        one.certificate_state.in_(GIVEN),  # type: ignore[union-attr]
    )
    return session.execute(rows).all()


def kinds(session: Session) -> dict[str, tuple[str, str]]:
    """By file its kind and reason."""
    rows = select(Application.id, Application.application_kind, Application.application_reason)  # type: ignore[call-overload]
    return {file: (kind or "", reason or "") for file, kind, reason in session.execute(rows)}


def _joined(rows: Select[Any], one: type[Any]) -> Select[Any]:
    rows = merger.with_person(rows.select_from(one), one.person_id)
    return rows.where(one.deleted_at.is_(None), Person.deleted_at.is_(None))
