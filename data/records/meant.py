"""Whom the rows of a list mean: people by record id or number, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from data import fields, text
from data.records import merger
from data.records.person import Person

ASKED_MAX = 500
STANDING = or_(Person.deleted_at.is_(None), Person.merged_into.is_not(None))


def named(session: Session, ids: Collection[str], numbers: Collection[str]) -> dict[str, list[str]]:
    """The persons (not removed) that each record id or number (also an old one) stands for.

    An id or number of a record that was merged stands for the person it was found to be: a
    commune may send a list back that is older than the merger.
    """
    columns = (Person.id, Person.id_number, Person.old_id_number, Person.merged_into)
    found: dict[str, set[str]] = {}
    for some in _parts(ids):
        for row in session.execute(select(*columns).where(Person.id.in_(some), STANDING)):
            found.setdefault(row.id, set()).add(_now(session, row))
    for some in _parts(numbers):
        carried = or_(Person.id_number.in_(some), Person.old_id_number.in_(some))
        for row in session.execute(select(*columns).where(carried, STANDING)):
            for number in {row.id_number, row.old_id_number} - {None, ""}:
                found.setdefault(number, set()).add(_now(session, row))
    return {key: sorted(persons - {""}) for key, persons in found.items()}


class Holder(NamedTuple):
    """Who carries a certificate number."""

    id: str
    name: str
    commune: str | None


def with_certificates(session: Session, numbers: Collection[str]) -> dict[str, list[Holder]]:
    """The persons (not removed) that carry each certificate number."""
    columns = (Person.certificate_number, Person.id, Person.name, Person.commune)  # type: ignore[attr-defined]
    found: dict[str, list[Holder]] = {}
    for some in _parts(numbers):
        asked = select(*columns).where(
            Person.certificate_number.in_(some),  # type: ignore[attr-defined]
            Person.deleted_at.is_(None),
        )
        for number, *who in session.execute(asked):
            found.setdefault(number, []).append(Holder(*who))
    return found


def of_name(session: Session, name: str, year: str, commune: str) -> list[str]:
    """Persons (not removed) of this very name, born in that year and living in that commune.

    Year and commune may be empty; who lacks a birth date is not left out for it.
    """
    asked = select(Person.id, Person.birth, Person.commune, Person.current_commune).where(
        Person.name_key == text.fold(name), Person.deleted_at.is_(None)
    )
    return [
        row.id
        for row in session.execute(asked)
        if (not year or not row.birth or row.birth[:4] == year)
        and (not commune or commune in (row.commune, row.current_commune))
    ]


def values_of(session: Session, ids: Collection[str]) -> dict[str, dict[str, object]]:
    """The fields of persons (not removed) as columns hold them, with id and status."""
    return _values(session, ids, Person.deleted_at.is_(None))


def stubs_of(session: Session, ids: Collection[str]) -> dict[str, dict[str, object]]:
    """The same of records that were merged away, as they stood then."""
    return _values(session, ids, Person.merged_into.is_not(None))


def _values(
    session: Session, ids: Collection[str], standing: ColumnElement[bool]
) -> dict[str, dict[str, object]]:
    table = Person.__table__
    columns = [
        table.c[name] for name in ("id", "status", *(one.name for one in fields.of("person")))
    ]
    found: dict[str, dict[str, object]] = {}
    for some in _parts(ids):
        asked = select(*columns).where(Person.id.in_(some), standing)
        found |= {row["id"]: dict(row) for row in session.execute(asked).mappings()}
    return found


def _now(session: Session, row: Any) -> str:
    """The person a record stands for; "" where that one was removed."""
    if not row.merged_into:
        return str(row.id)
    leads = session.get(Person, merger.survivor(session, row.id))
    return leads.id if leads is not None and not leads.deleted_at else ""


def _parts(some: Collection[str]) -> Iterator[Sequence[str]]:
    ordered = sorted(some)
    for start in range(0, len(ordered), ASKED_MAX):
        yield ordered[start : start + ASKED_MAX]
