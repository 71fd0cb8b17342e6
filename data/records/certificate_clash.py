"""Certificates that cannot both be right: one number, one blank, or one person for two."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.records import merger
from data.records.blank import ISSUED, Blank
from data.records.certificate import PAPER, VALID, VOID, Certificate, of_person
from data.records.person import Person
from data.text import search_fold


def clashes(session: Session) -> list[list[Certificate]]:
    """Certificates that share a number under one issuer, or one blank: nobody may leave that."""
    numbered = _sharing(session, Certificate.certificate_number)
    told = (one for group in numbered for one in _of_one_issuer(group))
    return [*told, *_sharing(session, Certificate.serial)]


def same_issuer(one: str, other: str) -> bool:
    """Whether two names of issuers are the same but for large letters, marks and blanks."""
    return _folded(one) == _folded(other)


def _folded(issuer: str) -> str:
    return " ".join(search_fold(issuer).split())


def _of_one_issuer(group: list[Certificate]) -> list[list[Certificate]]:
    """Those of a number that nobody may leave: one was issued in the program and has the number of
    a paper one, or their issuers are the same but for large letters and marks. Two communes may
    each have had a number 7."""
    if len({one.origin == PAPER for one in group}) > 1:
        return [group]
    issuers: dict[str, list[Certificate]] = {}
    for one in group:
        issuers.setdefault(_folded(one.issued_by or ""), []).append(one)
    return [same for same in issuers.values() if len(same) > 1]


def in_force_twice(session: Session) -> list[list[Certificate]]:
    """By person the certificates in force, where there are several; removed persons left out."""
    rows = merger.with_person(select(Person.id).select_from(Certificate), Certificate.person_id)
    here = (Certificate.deleted_at.is_(None), Certificate.certificate_state == VALID)
    twice = rows.where(*here, Person.deleted_at.is_(None))
    twice = twice.group_by(Person.id).having(func.count() > 1).order_by(Person.id)
    return [
        [one for one in of_person(session, who) if one.certificate_state == VALID]
        for who in session.scalars(twice)
    ]


def on_other_sheets(session: Session) -> list[tuple[Blank, Certificate]]:
    """Blanks that were used for a certificate which is not on them: two PCs issued or printed one
    draft, one of them stands, the sheet of the other one is in somebody's hand."""
    rows = select(Blank, Certificate).join(Certificate, Certificate.id == Blank.certificate_id)
    rows = rows.where(
        Blank.deleted_at.is_(None),
        Blank.blank_state == ISSUED,
        Certificate.deleted_at.is_(None),
        func.coalesce(Certificate.serial, "") != Blank.serial,
    )
    return [(one, other) for one, other in session.execute(rows.order_by(Blank.serial))]


def _sharing(session: Session, *keys: Any) -> list[list[Certificate]]:
    """Groups of certificates that say the same in these columns, and something in the first."""
    here: tuple[Any, ...] = (
        Certificate.deleted_at.is_(None),
        keys[0] != "",
        Certificate.certificate_state != VOID,
    )
    twice = select(*keys).where(*here).group_by(*keys).having(func.count() > 1)
    groups = []
    for said in session.execute(twice).all():
        same = [key == value for key, value in zip(keys, said, strict=True)]
        groups.append(list(session.scalars(select(Certificate).where(*here, *same))))
    return groups
