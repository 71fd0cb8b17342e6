"""What is missing or doubtful in the office's records, per commune or per who entered them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from data import defects as kinds
from data.defects import Quality
from data.records import likeness
from data.records.person import Person

DEFECTS = (
    "no_birth", "no_sex", "no_number", "no_types", "new_year", "odd_birth", "same_phone", "alike",
    "unsent",
)  # fmt: skip
NAMED = ("id", "name", "birth", "id_number", "commune", "hamlet", "created_by", "created_at")
Page = tuple[str, int]
"""After which id, and how many."""


def by_commune(session: Session, today: date) -> dict[str, Quality]:
    """By the commune as it was written."""
    return _by(session, Person.__table__.c.commune, today)


def by_author(session: Session, today: date) -> dict[str, Quality]:
    """By the login of who entered the record."""
    return _by(session, Person.__table__.c.created_by, today)


def people(
    session: Session, whose: Mapping[str, str], defects: Sequence[str], today: date, page: Page
) -> list[Mapping[str, Any]]:
    """Records with at least one of these defects, by id: what names them, and for each defect of
    `DEFECTS` whether they have it. `whose` narrows by columns (`commune`, `created_by`)."""
    table = Person.__table__
    known = kinds.conditions(table, today, _alike())
    marks = [case((known[name], 1), else_=0).label(name) for name in DEFECTS]
    rows = (
        select(*(table.c[name] for name in NAMED), *marks)
        .where(table.c.deleted_at.is_(None), or_(*(known[name] for name in defects)))
        .where(*(func.coalesce(table.c[name], "") == value for name, value in whose.items()))
        .where(table.c.id > page[0])
        .order_by(table.c.id)
        .limit(page[1])
    )
    return [dict(row) for row in session.execute(rows).mappings()]


def _by(session: Session, key: ColumnElement[Any], today: date) -> dict[str, Quality]:
    """One look through the table; an empty key is who or where nobody wrote."""
    rows = session.execute(kinds.by(Person.__table__, key, today, _alike()))
    return {str(row[0] or ""): Quality(*(int(n or 0) for n in row[1:])) for row in rows}


def _alike() -> ColumnElement[bool]:
    pairs = likeness.open_pairs().cte("pairs")
    one = Person.__table__.c.id
    return or_(one.in_(select(pairs.c.one)), one.in_(select(pairs.c.other)))
