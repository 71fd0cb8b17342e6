"""What is missing or doubtful in the office's records, per commune or per who entered them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from data.counting import quality
from data.counting.quality import Quality
from data.records import likeness
from data.records.person import Person


def by_commune(session: Session, today: date) -> dict[str, Quality]:
    """By the commune as it was written."""
    return _by(session, Person.__table__.c.commune, today)


def by_author(session: Session, today: date) -> dict[str, Quality]:
    """By the login of who entered the record."""
    return _by(session, Person.__table__.c.created_by, today)


def defect(name: str, today: date) -> ColumnElement[bool]:
    """What is true of a record with a defect of `Quality`. Raises KeyError."""
    return quality.conditions(Person.__table__, today, _alike())[name]


def _by(session: Session, key: ColumnElement[Any], today: date) -> dict[str, Quality]:
    """One look through the table; an empty key is who or where nobody wrote."""
    rows = session.execute(quality.by(Person.__table__, key, today, _alike()))
    return {str(row[0] or ""): Quality(*(int(n or 0) for n in row[1:])) for row in rows}


def _alike() -> ColumnElement[bool]:
    pairs = likeness.open_pairs().cte("pairs")
    one = Person.__table__.c.id
    return or_(one.in_(select(pairs.c.one)), one.in_(select(pairs.c.other)))
