"""Questions to the history: what happened to a person, and how a record stood on a day."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from typing import Any

from sqlalchemy import Boolean, Integer, and_, case, func, or_, select
from sqlalchemy.orm import Session

from data import authorship
from data.authorship import Deed
from data.base import Base
from data.confidential import told_closely
from data.records import case_plan, merger
from data.records.trace import History, HistoryLine
from data.records.victim import Victim

LINE = tuple(getattr(History, part.name) for part in dataclass_fields(HistoryLine))
"""The columns of an entry as it is shown."""

LATER = "9999"
"""An instant after every other."""
ROWS_MAX = 500
"""Records asked for at once."""


def of_person(
    session: Session, person_id: str, limit: int = 1000, until: str = LATER
) -> tuple[HistoryLine, ...]:
    """The entries of a person and all that belongs to it up to an instant, newest first.

    Those of records that were merged into the person are among them.
    """
    rows = session.execute(
        select(*LINE)
        .where(History.person_id.in_(merger.everybody(session, person_id)), History.at <= until)
        .order_by(History.seq.desc())
        .limit(limit)
    )
    return told_closely(session, (HistoryLine(*row) for row in rows))


def of_persons(
    session: Session,
    owners: Mapping[str, str],
    limit: int = 1000,
    since: str = "",
    until: str = LATER,
) -> dict[str, tuple[HistoryLine, ...]]:
    """The newest entries of each of many persons after an instant and up to another, as
    `of_person` has them.

    `owners` are the ids under which their rows may lie (`merger.owners`, at most 500 persons).
    """
    rows = session.execute(
        select(History.person_id, *LINE)
        .where(History.person_id.in_(owners), History.at > since, History.at <= until)
        .order_by(History.seq.desc())
    ).all()
    found: dict[str, list[HistoryLine]] = {}
    for row, line in zip(
        rows, told_closely(session, (HistoryLine(*row[1:]) for row in rows)), strict=True
    ):
        found.setdefault(owners[row[0]], []).append(line)
    return {person_id: tuple(lines[:limit]) for person_id, lines in found.items()}


def of_rows(
    session: Session, ids: Sequence[str], since: str = "", until: str = LATER
) -> dict[str, tuple[HistoryLine, ...]]:
    """The entries of each of many records after an instant and up to another, newest first."""
    found: dict[str, list[HistoryLine]] = {}
    for start in range(0, len(ids), ROWS_MAX):
        some = ids[start : start + ROWS_MAX]
        wanted = (History.row_id.in_(some), History.at > since, History.at <= until)
        rows = session.execute(select(*LINE).where(*wanted).order_by(History.seq.desc()))
        for line in told_closely(session, (HistoryLine(*row) for row in rows)):
            found.setdefault(line.row_id, []).append(line)
    return {row_id: tuple(lines) for row_id, lines in found.items()}


def latest(session: Session, person_id: str, besides: str) -> str:
    """When (instant) something of a person or what belongs to it was last changed, leaving out
    records of one kind; "" for never."""
    theirs = History.person_id.in_(merger.everybody(session, person_id))
    found = select(func.max(History.at)).where(theirs, History.entity != besides)
    return session.scalar(found) or ""


def left(session: Session, row_id: str, field: str, now: Collection[str]) -> str:
    """What a field of a record said before it last came to say one of `now`; "" where the history
    does not know."""
    mine = (History.row_id == row_id, History.field == field, History.new.in_(now))
    found = select(History.old).where(*mine).order_by(History.seq.desc()).limit(1)
    return session.scalar(found) or ""


def since_merged(session: Session, stub_id: str, merged_at: str) -> list[HistoryLine]:
    """The edits of a merged record made after the merger, or known here only after it, in order.

    Who made one without knowing has it before the merger, with its later hour.
    """
    mine = (History.entity == "person", History.row_id == stub_id)
    merged = session.scalar(
        select(func.max(History.seq)).where(
            *mine, History.field == "merged_into", History.new.is_not(None)
        )
    )
    txn = select(History.txn).where(History.seq == merged)
    after = or_(History.seq > (merged or 0), History.at > merged_at)
    late = select(*LINE).where(*mine, after, History.txn.not_in(txn))
    return [HistoryLine(*row) for row in session.execute(late.order_by(History.seq))]


AMENDED = "amendment:"
"""Source of edits that carry out an approved amendment."""


def writers_of(session: Session, entity: str, ids: Collection[str]) -> dict[str, frozenset[str]]:
    """For each of some records (at most 500 of one kind) whose work it is.

    See `data.authorship`: logins of who made it, and of who changed it or what belongs to it, also
    by a merger, since its last approval.
    """
    owners = merger.owners(session, tuple(ids)) if entity == "person" else {}
    accidents = _accidents(session, owners)
    status = authorship.STATUS[entity]
    wanted = [and_(History.entity == entity, History.row_id.in_(ids))]
    if entity == "person":
        beside = History.entity.in_(authorship.BELONGINGS)
        wanted.append(and_(History.person_id.in_(owners), beside))
        wanted.append(and_(History.entity == "accident", History.row_id.in_(accidents)))
    parts = case_plan.ids_of_plans(session, ids) if entity == "case_plan" else {}
    if parts:
        wanted.append(and_(History.entity == "plan_activity", History.row_id.in_(parts)))
    creators: dict[str, str] = {}
    deeds: dict[str, list[Deed]] = {one: [] for one in ids}
    for each in wanted:
        stands = case((History.field == status, History.new))
        columns = (History.seq, History.entity, History.row_id, History.person_id)
        query = select(*columns, History.by, History.op, History.field, stands).where(each)
        for seq, kind, row_id, person_id, by, op, field, new in session.execute(query):
            if kind != entity:
                whose = [parts[row_id]] if row_id in parts else accidents.get(row_id)
                for owner in whose or (owners[person_id],):
                    deeds[owner].append(Deed(seq, by, {}, beside=True))
            elif op == "create":
                creators.setdefault(row_id, by)
            elif field is not None:
                deeds[row_id].append(Deed(seq, by, {field: new}))
    return {
        one: authorship.writers(entity, creators[one], deeds[one]) for one in ids if one in creators
    }


def _accidents(session: Session, owners: Mapping[str, str]) -> dict[str, list[str]]:
    """The persons (of those asked for) whom each accident hurt, by the accident's id."""
    rows = session.execute(
        select(Victim.accident_id, Victim.person_id).where(
            Victim.person_id.in_(owners), Victim.accident_id.is_not(None)
        )
    )
    found: dict[str, list[str]] = {}
    for accident_id, person_id in rows:
        found.setdefault(accident_id or "", []).append(owners[person_id or ""])
    return found


def values_at(session: Session, record: type[Base], row_id: str, instant: str) -> dict[str, Any]:
    """A row's values as they stood at an instant (ISO UTC text); empty when it did not exist."""
    rows = session.scalars(
        select(History).where(History.row_id == row_id, History.at <= instant).order_by(History.seq)
    ).all()
    values: dict[str, Any] = {}
    for row in rows:
        if row.op == "create":
            values = json.loads(row.new or "{}") | values
        elif row.field is not None:
            values[row.field] = from_text(record, row.field, row.new)
    return values


def from_text(record: type[Base], field: str, value: str | None) -> Any:
    """A value of the history as its column holds it."""
    column = record.__table__.columns.get(field)
    if value is None or column is None:
        return value
    if isinstance(column.type, Boolean):
        return value == "1"
    if isinstance(column.type, Integer):
        return int(value)
    return value
