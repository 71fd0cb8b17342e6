"""Questions to the history: what happened to a person, and how a record stood on a day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from typing import Any

from sqlalchemy import Boolean, Integer, or_, select
from sqlalchemy.orm import Session

from data.base import Base
from data.confidential import told_closely
from data.records import merger
from data.records.trace import History, HistoryLine

LINE = tuple(getattr(History, part.name) for part in dataclass_fields(HistoryLine))
"""The columns of an entry as it is shown."""

LATER = "9999"
"""An instant after every other."""


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
    session: Session, owners: Mapping[str, str], limit: int = 1000
) -> dict[str, tuple[HistoryLine, ...]]:
    """The newest entries of each of many persons, as `of_person` has them.

    `owners` are the ids under which their rows may lie (`merger.owners`, at most 500 persons).
    """
    rows = session.execute(
        select(History.person_id, *LINE)
        .where(History.person_id.in_(owners))
        .order_by(History.seq.desc())
    ).all()
    found: dict[str, list[HistoryLine]] = {}
    for row, line in zip(
        rows, told_closely(session, (HistoryLine(*row[1:]) for row in rows)), strict=True
    ):
        found.setdefault(owners[row[0]], []).append(line)
    return {person_id: tuple(lines[:limit]) for person_id, lines in found.items()}


AMENDED = "amendment:"
"""Source of edits that carry out an approved amendment: the approver did not write them."""


def authors_of(
    session: Session, row_ids: Sequence[str], ignoring: frozenset[str]
) -> dict[str, frozenset[str]]:
    """Logins of everybody who created each row or changed a field outside `ignoring`."""
    rows = session.execute(
        select(History.row_id, History.by)
        .where(
            History.row_id.in_(row_ids),
            or_(History.op == "create", History.field.not_in(tuple(ignoring))),
            History.source.not_like(f"{AMENDED}%"),
        )
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for row_id, by in rows:
        found.setdefault(row_id, set()).add(by)
    return {row_id: frozenset(logins) for row_id, logins in found.items()}


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
