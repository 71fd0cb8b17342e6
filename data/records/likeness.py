"""What this PC worked out about who may be whom: keys to find people by, pairs, who is due.

All of it follows from the persons and is thrown away and made again at will; nothing travels.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Index,
    Integer,
    Row,
    String,
    Text,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.selectable import Select

from data.base import Base
from data.records import merger
from data.records.merger import DistinctPair

CROWD = 200
"""Holders of one key above which it tells nobody apart and is not followed."""

COMPARED = (
    "id",
    "name",
    "other_name",
    "sex",
    "birth",
    "id_number",
    "old_id_number",
    "phone",
    "contact_phone",
    "commune",
    "current_commune",
    "hamlet",
    "head_name",
    "carer_name",
    "certificate_number",
    "deleted_at",
)
"""Columns of a person that the judgement rests on; moving one makes the person due again."""


class LikenessKeys(Base):
    """A person in the index of keys: a small number in place of the id, and the keys (JSON)."""

    __tablename__ = "likeness_keys"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), unique=True)
    keys: Mapped[str] = mapped_column(Text)


class LikenessKey(Base):
    """One key of one person."""

    __tablename__ = "likeness_key"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)


class LikenessPair(Base):
    """Two persons (the smaller id first) who are alike; `reasons` is JSON, `grade` 2 is same."""

    __tablename__ = "likeness_pair"

    one: Mapped[str] = mapped_column(String(36), primary_key=True)
    other: Mapped[str] = mapped_column(String(36), primary_key=True)
    grade: Mapped[int] = mapped_column(Integer)
    weight: Mapped[int] = mapped_column(Integer)
    reasons: Mapped[str] = mapped_column(Text)


class LikenessDue(Base):
    """A person who is new or was changed since the pairs were last brought up to date."""

    __tablename__ = "likeness_due"

    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)


class LikenessState(Base):
    """One row (id 1): the edition of the rules by which everybody was judged."""

    __tablename__ = "likeness_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    rules: Mapped[int] = mapped_column(Integer)


Index("likeness_pair_by_weight", LikenessPair.grade.desc(), LikenessPair.weight.desc())
Index("likeness_pair_by_other", LikenessPair.other)

GIVEN = "(SELECT value FROM json_each(:given))"
HOLDERS = (
    "SELECT k.key, p.person_id FROM likeness_key AS k "
    f"JOIN likeness_keys AS p ON p.number = k.number WHERE k.key IN {GIVEN}"
)
KEYS_OF = f"SELECT person_id, number, keys FROM likeness_keys WHERE person_id IN {GIVEN}"
LEADS = (
    "WITH RECURSIVE leads(id, last) AS ("
    f"SELECT id, merged_into FROM person WHERE id IN {GIVEN} AND merged_into IS NOT NULL "
    "UNION SELECT leads.id, next.merged_into FROM leads JOIN person AS next "
    "ON next.id = leads.last WHERE next.merged_into IS NOT NULL) "
    "SELECT leads.id, leads.last FROM leads JOIN person AS own ON own.id = leads.last "
    "WHERE own.merged_into IS NULL AND own.deleted_at IS NULL"
)
TRIGGERS = (
    "CREATE TRIGGER person_due_insert AFTER INSERT ON person BEGIN "
    "INSERT OR IGNORE INTO likeness_due(person_id) VALUES (new.id); END",
    f"CREATE TRIGGER person_due_update AFTER UPDATE OF {', '.join(COMPARED[1:])} ON person BEGIN "
    "INSERT OR IGNORE INTO likeness_due(person_id) VALUES (new.id); END",
)
"""Whatever door a person comes through (typing, list, sync, repair), the pairs will hear of it."""


class Pair(NamedTuple):
    """Two alike persons as the worklist knows them."""

    one: str
    other: str
    grade: int
    weight: int
    reasons: str


def due(session: Session, limit: int) -> list[str]:
    """Ids of persons whose pairs are to be worked out, at most `limit`."""
    return list(session.scalars(select(LikenessDue.person_id).limit(limit)))


def due_count(session: Session) -> int:
    """How many persons are still to be looked at."""
    return session.scalar(select(func.count()).select_from(LikenessDue)) or 0


def outdated(session: Session, rules: int) -> bool:
    """Whether the pairs were judged by another edition of the rules."""
    return session.scalar(select(LikenessState.rules)) != rules


def begin_anew(session: Session, rules: int) -> None:
    """Forget everything worked out; everybody is due."""
    for kind in (LikenessKey, LikenessKeys, LikenessPair, LikenessState):
        session.execute(delete(kind))
    session.execute(insert(LikenessState).values(id=1, rules=rules))
    session.execute(text("INSERT OR IGNORE INTO likeness_due(person_id) SELECT id FROM person"))


def compared(session: Session, ids: Collection[str]) -> list[Row[Any]]:
    """The compared columns (as COMPARED) and `merged_into` of persons and stubs, none removed."""
    query = (
        f"SELECT {', '.join(COMPARED)}, merged_into FROM person "
        f"WHERE (deleted_at IS NULL OR merged_into IS NOT NULL) AND id IN {GIVEN}"
    )
    return _asked(session, query, ids)


def leads(session: Session, stubs: Collection[str]) -> dict[str, str]:
    """The person that each stub leads to, however far; not where that one was removed."""
    return {row.id: row.last for row in _asked(session, LEADS, stubs)}


def holders(session: Session, keys: Collection[int]) -> dict[int, list[str]]:
    """Ids of the persons under each key, without the keys of a crowd."""
    found: dict[int, list[str]] = {}
    for key, person_id in _asked(session, HOLDERS, keys):
        found.setdefault(key, []).append(person_id)
    return {key: ids for key, ids in found.items() if len(ids) <= CROWD}


def keep_keys(session: Session, keys: Mapping[str, frozenset[int]]) -> None:
    """Write the keys of persons in place of their earlier ones; no keys take them out."""
    known = {
        one: (number, frozenset(json.loads(before)))
        for one, number, before in _asked(session, KEYS_OF, list(keys))
    }
    following = (session.scalar(select(func.max(LikenessKeys.number))) or 0) + 1
    fresh = [one for one in keys if one not in known and keys[one]]
    numbers = {one: number for one, (number, _) in known.items()}
    numbers |= {one: following + at for at, one in enumerate(fresh)}
    gone, come = [], []
    for one, now in keys.items():
        before = known[one][1] if one in known else frozenset()
        gone += [(key, numbers[one]) for key in before - now]
        come += [(key, numbers[one]) for key in now - before]
    _many(session, "DELETE FROM likeness_key WHERE key = ? AND number = ?", gone)
    _many(session, "INSERT INTO likeness_key(key, number) VALUES (?, ?)", sorted(come))
    _write_keys(session, keys, numbers, set(fresh))


def _write_keys(
    session: Session,
    keys: Mapping[str, frozenset[int]],
    numbers: Mapping[str, int],
    fresh: set[str],
) -> None:
    lines = {one: (json.dumps(list(keys[one])), number) for one, number in numbers.items()}
    new = [(number, one, kept) for one, (kept, number) in lines.items() if one in fresh]
    old = [line for one, line in lines.items() if one not in fresh and keys[one]]
    empty = [(numbers[one],) for one in lines if not keys[one]]
    _many(session, "INSERT INTO likeness_keys(number, person_id, keys) VALUES (?, ?, ?)", new)
    _many(session, "UPDATE likeness_keys SET keys = ? WHERE number = ?", old)
    _many(session, "DELETE FROM likeness_keys WHERE number = ?", empty)


def _many(session: Session, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """One statement for many rows, without the cost of named places."""
    if rows:
        session.connection().exec_driver_sql(statement, list(rows))


def _asked(session: Session, query: str, values: Collection[object]) -> list[Row[Any]]:
    """The rows of a query over many given values: one statement, however many they are."""
    if not values:
        return []
    given = {"given": json.dumps(list(values))}
    return list(session.connection().execute(text(query), given).all())


def keep_pairs(session: Session, ids: Collection[str], pairs: Iterable[Pair]) -> None:
    """Write the pairs of some persons in place of their earlier ones."""
    mine = [(one, one) for one in ids]
    _many(session, "DELETE FROM likeness_pair WHERE one = ? OR other = ?", mine)
    _many(
        session,
        "INSERT INTO likeness_pair(one, other, grade, weight, reasons) VALUES (?, ?, ?, ?, ?)",
        list(pairs),
    )


def looked_at(session: Session, ids: Collection[str]) -> None:
    """These persons are due no more."""
    _many(session, "DELETE FROM likeness_due WHERE person_id = ?", [(one,) for one in ids])


def forget(session: Session, ids: Collection[str]) -> None:
    """Nothing is worked out of these persons any more."""
    keep_keys(session, dict.fromkeys(ids, frozenset()))
    keep_pairs(session, ids, ())
    looked_at(session, ids)


def page(session: Session, limit: int, offset: int = 0, only: str = "") -> list[Pair]:
    """Open pairs, the surest first; `only` names a person of the pair."""
    columns = (LikenessPair.one, LikenessPair.other, LikenessPair.grade)
    query = _open(select(*columns, LikenessPair.weight, LikenessPair.reasons))
    if only:
        query = query.where(or_(LikenessPair.one == only, LikenessPair.other == only))
    surest = (LikenessPair.grade.desc(), LikenessPair.weight.desc())
    ordered = query.order_by(*surest, LikenessPair.one, LikenessPair.other)
    return [Pair(*row) for row in session.execute(ordered.limit(limit).offset(offset))]


def count(session: Session) -> int:
    """How many open pairs there are."""
    return session.scalar(_open(select(func.count()).select_from(LikenessPair))) or 0


def open_pairs() -> Select[tuple[str, str]]:
    """The persons of every open pair, for counting."""
    return _open(select(LikenessPair.one, LikenessPair.other))


def among(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of the persons who stand in an open pair."""
    if not ids:
        return set()
    given = select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
    either = or_(LikenessPair.one.in_(given), LikenessPair.other.in_(given))
    rows = session.execute(_not_said(select(LikenessPair.one, LikenessPair.other).where(either)))
    pairs = {(one, other) for one, other in rows}
    # Of so few pairs it is asked by themselves: all that mergers say takes longer than a list may.
    pairs -= merger.apart_among(session, sorted({one for pair in pairs for one in pair}))
    return {one for pair in pairs for one in pair}.intersection(ids)


def _open(query: Select[Any]) -> Select[Any]:
    """Without the pairs somebody said to be two persons, also by mergers."""
    pair = tuple_(LikenessPair.one, LikenessPair.other)
    return _not_said(query).where(pair.not_in(merger.apart_by_mergers()))


def _not_said(query: Select[Any]) -> Select[Any]:
    """Without the pairs of which it was said in so many words."""
    said = exists().where(
        DistinctPair.person_id == LikenessPair.one,
        DistinctPair.other_id == LikenessPair.other,
        DistinctPair.deleted_at.is_(None),
    )
    return query.where(~said)
