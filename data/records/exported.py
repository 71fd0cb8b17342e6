"""Persons as whole rows, slice by slice, for lists that leave the store."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records.person import Person


def persons(session: Session, ids: Sequence[str]) -> list[Person]:
    """The persons with these ids (at most 500) in the order asked for."""
    found = {row.id: row for row in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [found[each] for each in ids if each in found]
