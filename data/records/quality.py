"""What is missing or doubtful in the records of persons, per commune or per who entered them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from data.records import likeness
from data.records.person import Person

AGE_MAX = 115
"""Nobody registered is older: a birth before that is a slip of the pen."""
PHONE_SHARED_BY = 4
"""So many records with one telephone are more than a family has."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Records (not removed, not merged away) of one commune or one person who entered them."""

    entered: int = 0
    waiting: int = 0
    returned: int = 0
    no_birth: int = 0
    no_sex: int = 0
    no_number: int = 0
    no_types: int = 0
    new_year: int = 0
    odd_birth: int = 0
    same_phone: int = 0
    alike: int = 0
    unsent: int = 0


def by_commune(session: Session, today: date) -> dict[str, Quality]:
    """By the commune as it was written."""
    return _by(session, Person.__table__.c.commune, today)


def by_author(session: Session, today: date) -> dict[str, Quality]:
    """By the login of who entered the record."""
    return _by(session, Person.__table__.c.created_by, today)


def _by(session: Session, key: ColumnElement[Any], today: date) -> dict[str, Quality]:
    """One look through the table; an empty key is who or where nobody wrote."""
    one = Person.__table__.c
    pairs = likeness.open_pairs().cte("pairs")
    shared = (
        select(one.phone)
        .where(one.phone.is_not(None), one.deleted_at.is_(None))
        .group_by(one.phone)
        .having(func.count() >= PHONE_SHARED_BY)
    )
    year = func.substr(one.birth, 1, 4)
    odd = or_(year < str(today.year - AGE_MAX), one.birth > today.isoformat())
    alike = or_(one.id.in_(select(pairs.c.one)), one.id.in_(select(pairs.c.other)))
    told = {
        "entered": one.id.is_not(None),
        "waiting": one.status == "waiting",
        "returned": one.status == "returned",
        "no_birth": one.birth.is_(None),
        "no_sex": one.sex.is_(None),
        "no_number": one.id_number.is_(None),
        "no_types": and_(one.types.is_(None), one.mine_victim.is_not(True)),
        "new_year": one.birth.like("____-01-01"),
        "odd_birth": odd,
        "same_phone": one.phone.in_(shared),
        "alike": alike,
        "unsent": one.server_version == 0,
    }
    sums = [func.sum(case((told[part.name], 1), else_=0)) for part in fields(Quality)]
    rows = select(key, *sums).where(one.deleted_at.is_(None)).group_by(key)
    return {
        str(row[0] or ""): Quality(*(int(n or 0) for n in row[1:])) for row in session.execute(rows)
    }
