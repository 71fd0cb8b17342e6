"""The census as reports count it: all offices of the server at once, with the edits of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, insert, select

from app.reports.over import Over, end_of_day
from data.capture import as_text
from data.counting.then import Source
from data.history import LATER
from sync.server import census, home, store

ROWS_AT_ONCE = 2_000
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
            today = datetime.now().astimezone().date()
            yield Over(
                lambda instant: _source(connection, instant), _units(connection), today, end_of_day
            )
    finally:
        opened.close()


def _source(connection: Connection, instant: str) -> Source:
    TRAIL.drop(connection, checkfirst=True)
    TRAIL.create(connection)
    if instant < LATER:
        _fill(connection, instant)
    return Source(connection, census.tables(), TRAIL)


def _fill(connection: Connection, instant: str) -> None:
    """The old values of every edit after the instant, as the history of a PC has them."""
    entry = store.entry.c
    edits = (
        select(entry.entity, entry.row_id, entry.at, entry.fields)
        .where(entry.op == "U", entry.at > instant)
        .order_by(entry.scope_id, entry.seq)
    )
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


def _units(connection: Connection) -> tuple[str, ...]:
    """The units of all offices, each once; what lies in another of them is left out."""
    rows = connection.scalars(select(store.office.c.units).order_by(store.office.c.name))
    return tuple(dict.fromkeys(key for row in rows for key in json.loads(row)))
