"""The census as reports count it: all offices of the server at once, with the edits of the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
)

from app.reports.over import Over, end_of_day
from data.capture import as_text
from data.counting.then import Source
from data.history import LATER
from sync.server import census, home, store

ROWS_AT_ONCE = 2_000
PLANS = ("target", "period")
Scopes = Collection[str] | None
"""Ids of offices; None for all of them."""
TRAIL = Table(
    "past_edit",
    MetaData(),
    Column("seq", Integer),
    Column("entity", String(24)),
    Column("row_id", String(36)),
    Column("at", String(40)),
    Column("op", String(8)),
    Column("field", String(40)),
    Column("old", Text),
    prefixes=["TEMPORARY"],
)
"""The edits since an instant, one line a field; it is there only while a report is counted."""


@contextmanager
def counting(folder: Path) -> Iterator[Over]:
    """The census to count over, in one steady picture. Raises StoreTrouble.

    Nobody who reads here was granted restricted facts.
    """
    opened = home.open_store(home.load(folder))
    try:
        with opened.read() as connection:
            yield over(connection)
    finally:
        opened.close()


def over(connection: Connection, scopes: Scopes = None, plans: Scopes = None) -> Over:
    """All offices of the census, or some (by their ids) as if there were no others.

    `plans` are the offices whose targets and periods count, where those are others.
    """
    today = datetime.now().astimezone().date()
    tables = _tables(scopes)
    if plans is not None:
        tables |= {name: _of(census.tables()[name], plans) for name in PLANS}

    def source(instant: str) -> Source:
        TRAIL.drop(connection, checkfirst=True)
        TRAIL.create(connection)
        if instant < LATER:
            _fill(connection, instant, scopes)
        return Source(connection, tables, TRAIL)

    return Over(source, _units(connection, scopes), today, end_of_day)


def _tables(scopes: Scopes) -> dict[str, Any]:
    every = census.tables()
    return {name: table if scopes is None else _of(table, scopes) for name, table in every.items()}


def _of(table: Table, scopes: Iterable[str]) -> Any:
    """The rows of some offices, under the name of the whole table."""
    return select(table).where(table.c.office_id.in_(sorted(scopes))).subquery(table.name)


def _fill(connection: Connection, instant: str, scopes: Scopes) -> None:
    """The old values of every edit after the instant, as the history of a PC has them."""
    entry = store.entry.c
    edits = (
        select(entry.entity, entry.row_id, entry.at, entry.fields)
        .where(entry.op == "U", entry.at > instant)
        .order_by(entry.scope_id, entry.seq)
    )
    if scopes is not None:
        edits = edits.where(entry.scope_id.in_(sorted(scopes)))
    lines: list[dict[str, object]] = []
    number = 0
    for entity, row_id, at, fields in connection.execute(edits).all():
        for name, pair in json.loads(fields).items():
            number += 1
            told = {"seq": number, "entity": entity, "row_id": row_id, "at": at, "op": "edit"}
            lines.append(told | {"field": name, "old": as_text(pair[0])})
        if len(lines) >= ROWS_AT_ONCE:
            connection.execute(insert(TRAIL), lines)
            lines = []
    if lines:
        connection.execute(insert(TRAIL), lines)


def _units(connection: Connection, scopes: Scopes) -> tuple[str, ...]:
    """The units of the offices, each once; what lies in another of them is left out."""
    office = store.office.c
    query = select(office.units).order_by(office.name)
    if scopes is not None:
        query = query.where(office.id.in_(sorted(scopes)))
    rows = connection.scalars(query)
    return tuple(dict.fromkeys(key for row in rows for key in json.loads(row)))
