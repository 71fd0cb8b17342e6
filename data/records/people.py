"""Questions about persons: pages of lists, counts, and who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.selectable import TextualSelect

from data.records.approval import Amendment
from data.records.change import Change
from data.records.person import Person
from data.records.sync import Conflict
from data.text import fold, joined_numbers, nfc, other_tone_place, search_fold

QUERY_WORDS_MAX = 8
Columns = TypeVar("Columns", bound=tuple[Any, ...])

CARD_COLUMNS = (
    Person.id,
    Person.name,
    Person.sex,
    Person.birth,
    Person.id_number,
    Person.commune,
    Person.current_commune,
    Person.hamlet,
    Person.types,
    Person.degree,
    Person.mine_victim,
    Person.status,
    Person.life_state,
    Person.server_version,
    Person.sort_key,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on persons; empty ones do not count. `communes` are unit keys of communes."""

    query: str = ""
    communes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    mine_victim: bool | None = None
    status: tuple[str, ...] = ()
    life_state: tuple[str, ...] = ()
    missing: bool = False
    pending: bool = False
    removed: bool = False
    ids: tuple[str, ...] = ()
    newest: bool = False
    """Last entered first; ids are made in the order of time, so they carry it."""


def page(
    session: Session, wanted: Wanted, after: tuple[str, str] | None, limit: int, offset: int = 0
) -> list[tuple[object, ...]]:
    """Card columns of the next persons in list order, after a (sort_key, id) or an offset."""
    for marked in (True, False):
        conditions = _conditions(wanted, marked)
        if conditions is None:
            continue
        statement = select(*CARD_COLUMNS).where(*conditions)
        if after is not None:
            statement = statement.where(_behind(after, wanted.newest))
        rows = session.execute(_ordered(statement, wanted.newest).limit(limit).offset(offset)).all()
        if rows or not marked or after is not None:
            return [tuple(row) for row in rows]
    return []


def cards(session: Session, ids: Sequence[str]) -> list[tuple[object, ...]]:
    """Card columns of persons by their ids (at most 500), removed ones too."""
    rows = session.execute(select(*CARD_COLUMNS).where(Person.id.in_(ids)))
    return [tuple(row) for row in rows]


def count(session: Session, wanted: Wanted) -> int:
    """How many persons fit the conditions."""
    for marked in (True, False):
        conditions = _conditions(wanted, marked)
        if conditions is None:
            continue
        total = session.scalar(select(func.count()).select_from(Person).where(*conditions)) or 0
        if total or not marked:
            return total
    return 0


def ids(session: Session, wanted: Wanted) -> list[str]:
    """Ids of all persons who fit the conditions, in list order."""
    for marked in (True, False):
        conditions = _conditions(wanted, marked)
        if conditions is None:
            continue
        found = list(session.scalars(_ordered(select(Person.id).where(*conditions), wanted.newest)))
        if found or not marked:
            return found
    return []


def status_counts(session: Session) -> dict[str, int]:
    """Number of persons (not removed) by status."""
    rows = session.execute(
        select(Person.status, func.count())
        .where(Person.deleted_at.is_(None))
        .group_by(Person.status)
    )
    return {str(status): int(number) for status, number in rows}


def with_ids(session: Session, ids: Sequence[str]) -> list[Person]:
    """Persons (not removed) with these ids (at most 500)."""
    return list(
        session.scalars(select(Person).where(Person.id.in_(ids), Person.deleted_at.is_(None)))
    )


def hamlets(session: Session, commune: str) -> list[str]:
    """The hamlets that persons (not removed) of a commune live in, in the order of the alphabet."""
    found = select(Person.hamlet).where(
        Person.commune == commune, Person.hamlet.is_not(None), Person.deleted_at.is_(None)
    )
    return sorted({hamlet for hamlet in session.scalars(found.distinct()) if hamlet}, key=fold)


def names(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Names by id, also of removed persons (at most 500)."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(row.tuple() for row in rows)


def sync_marks(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """For persons with unfinished work: local (in no batch), sent, or conflict.

    A conflict is one that nobody has decided yet, or a change that the server did not take and
    nobody has looked at.
    """
    rows = session.execute(
        select(Change.row_id, Change.batch_no).where(
            Change.row_id.in_(ids), Change.verdict.is_(None)
        )
    )
    marks: dict[str, str] = {}
    for row_id, batch_no in rows:
        if batch_no is None:
            marks[row_id] = "local"
        else:
            marks.setdefault(row_id, "sent")
    refused = Change.verdict.in_(("rejected", "deferred")), Change.settled_at.is_(None)
    stuck = session.scalars(select(Change.row_id).where(Change.row_id.in_(ids), *refused))
    cards = session.scalars(
        select(Conflict.person_id).where(Conflict.person_id.in_(ids), Conflict.state == "open")
    )
    return marks | dict.fromkeys((*stuck, *(one for one in cards if one)), "conflict")


def amended(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of the persons who have guarded changes awaiting approval."""
    return set(
        session.scalars(
            select(Amendment.person_id).where(
                Amendment.person_id.in_(ids), Amendment.state == "waiting"
            )
        )
    )


def _ordered(statement: Select[Columns], newest: bool) -> Select[Columns]:
    if newest:
        return statement.order_by(Person.id.desc())
    return statement.order_by(Person.sort_key, Person.id)


def _behind(after: tuple[str, str], newest: bool) -> ColumnElement[bool]:
    """What comes after a (sort_key, id) in list order."""
    if newest:
        return Person.id < literal(after[1])
    return tuple_(Person.sort_key, Person.id) > tuple_(literal(after[0]), literal(after[1]))


def _conditions(wanted: Wanted, marked: bool) -> list[ColumnElement[bool]] | None:
    """The WHERE parts; None when a marked query has no marks and needs no second look."""
    parts = _plain_conditions(wanted)
    words = joined_numbers(nfc(wanted.query)).split()[:QUERY_WORDS_MAX]
    if not words:
        return None if marked else parts
    if marked:
        with_marks = [word for word in words if fold(word) != word.lower()]
        if not with_marks:
            return None
        parts.extend(_has_marked(word) for word in with_marks)
    folded = [part for word in words for part in search_fold(word).split()]
    if not folded:
        parts.append(false())
    else:
        parts.append(literal_column("person.rowid").in_(_found(folded)))
    return parts


def _found(folded: list[str]) -> TextualSelect:
    """Rows whose search text has all the words; a stub's words find the person it became.

    Stubs are few and have an index of their own, so they are looked through one by one.
    """
    match = " ".join(f'"{part}"*' for part in folded)
    words = {f"w{at}": f"% {part}%" for at, part in enumerate(folded)}
    has = " AND ".join(f"' ' || stub.search_text LIKE :{name}" for name in words)
    found = text(
        "SELECT rowid FROM person_search WHERE person_search MATCH :match "
        "UNION ALL SELECT own.rowid FROM person AS own WHERE own.id IN (WITH RECURSIVE "
        "leads(id) AS (SELECT stub.merged_into FROM person AS stub "
        f"WHERE stub.merged_into IS NOT NULL AND {has} "
        "UNION SELECT next.merged_into FROM person AS next JOIN leads ON next.id = leads.id "
        "WHERE next.merged_into IS NOT NULL) SELECT id FROM leads)"
    )
    return found.bindparams(match=match, **words).columns(column("rowid"))


def _has_marked(word: str) -> ColumnElement[bool]:
    forms = {word.lower(), other_tone_place(word.lower())}
    shapes = {shape for form in forms for shape in (form, form.upper(), form.capitalize())}
    places = (Person.name, Person.hamlet)
    return or_(*(place.contains(shape) for shape in shapes for place in places))


def _plain_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    parts.append(Person.deleted_at.is_not(None) if wanted.removed else Person.deleted_at.is_(None))
    if wanted.removed:
        parts.append(Person.merged_into.is_(None))
    if wanted.communes:
        keys = wanted.communes
        parts.append(or_(Person.commune.in_(keys), Person.current_commune.in_(keys)))
    if wanted.types:
        parts.append(or_(*(_has_code(Person.types, code) for code in wanted.types)))
    if wanted.degrees:
        parts.append(Person.degree.in_(wanted.degrees))
    if wanted.mine_victim is not None:
        parts.append(func.coalesce(Person.mine_victim, False).is_(wanted.mine_victim))
    if wanted.status:
        parts.append(Person.status.in_(wanted.status))
    if wanted.life_state:
        parts.append(func.coalesce(Person.life_state, "living").in_(wanted.life_state))
    if wanted.missing:
        needed = (Person.birth, Person.sex, Person.id_number, Person.types)
        parts.append(or_(*(value.is_(None) for value in needed)))
    if wanted.pending:
        waits = exists().where(Amendment.person_id == Person.id, Amendment.state == "waiting")
        parts.append(or_(Person.status == "waiting", waits))
    if wanted.ids:
        parts.append(Person.id.in_(wanted.ids))
    return parts


def _has_code(codes: InstrumentedAttribute[str | None], code: str) -> ColumnElement[bool]:
    return and_(codes.is_not(None), (" " + codes + " ").contains(f" {code} "))
