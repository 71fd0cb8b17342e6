"""What is missing or doubtful in records of persons, counted over any table that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
)

AGE_MAX = 115
"""Nobody registered is older: a birth before that is a slip of the pen."""
PHONE_SHARED_BY = 3
"""So many records with one telephone are more than a couple has: worth a look."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Records (not removed, not merged away) of one commune, one office or one who entered them."""

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


CONDITIONS = tuple(part.name for part in fields(Quality))


def by(
    person: FromClause, key: ColumnElement[Any], today: date, alike: ColumnElement[bool]
) -> Select[Any]:
    """One look through the table: the key ("" for none), the numbers of `Quality` in their order.

    As an expression the key is sorted by; led by an index of it, each row would be fetched alone.
    """
    told = conditions(person, today, alike)
    sums = [func.sum(case((told[name], 1), else_=0)) for name in CONDITIONS]
    whose = func.coalesce(key, "").label("whose")
    return select(whose, *sums).where(person.c.deleted_at.is_(None)).group_by(whose)


def conditions(
    person: FromClause, today: date, alike: ColumnElement[bool]
) -> Mapping[str, ColumnElement[bool]]:
    """By name what is to be true of a record that counts there."""
    one = person.c
    shared = (
        select(one.phone)
        .where(one.phone.is_not(None), one.deleted_at.is_(None))
        .group_by(one.phone)
        .having(func.count() >= PHONE_SHARED_BY)
    )
    year = func.substr(one.birth, 1, 4)
    return {
        "entered": one.id.is_not(None),
        "waiting": one.status == "waiting",
        "returned": one.status == "returned",
        "no_birth": one.birth.is_(None),
        "no_sex": one.sex.is_(None),
        "no_number": one.id_number.is_(None),
        "no_types": and_(one.types.is_(None), one.mine_victim.is_not(True)),
        "new_year": one.birth.like("____-01-01"),
        "odd_birth": or_(year < str(today.year - AGE_MAX), one.birth > today.isoformat()),
        "same_phone": one.phone.in_(shared),
        "alike": alike,
        "unsent": one.server_version == 0 if "server_version" in one else false(),
    }


def counted(person: FromClause, today: date, connection: Connection) -> dict[str, int]:
    """All records together, where nobody keeps pairs of who may be one person (`shares_number`)."""
    found = dict.fromkeys(CONDITIONS, 0)
    for line in connection.execute(by(person, person.c.office_id, today, shares_number(person))):
        for name, number in zip(CONDITIONS, line[1:], strict=True):
            found[name] += int(number or 0)
    return found


def shares_number(person: FromClause) -> ColumnElement[bool]:
    """Whether another record has the same identity number: what can be told without the pairs
    that PCs keep of who may be one person."""
    one = person.c
    twice = (
        select(one.id_number)
        .where(one.id_number.is_not(None), one.deleted_at.is_(None))
        .group_by(one.id_number)
        .having(func.count() > 1)
    )
    return one.id_number.in_(twice)
