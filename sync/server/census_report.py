"""The census as reports count it: all offices of the server at once, with the edits of the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    true,
)

from app.reports.over import Over, end_of_day
from data.counting import room
from data.counting.then import Source
from data.history import LATER
from sync.server import census, columnar, home, store
from sync.server import columnar_shape as shape
from sync.server.home import ServerHome
from sync.server.store import Store

PLANS = ("target", "period")
Scopes = Collection[str] | None
"""Ids of offices; None for all of them."""
TRAIL = Table(
    shape.EDITS,
    MetaData(),
    Column("scope_id", String(36)),
    Column("seq", Integer),
    Column("entity", String(24)),
    Column("row_id", String(36)),
    Column("at", String(40), quote=True),
    Column("op", String(8)),
    Column("field", String(40)),
    Column("old", Text),
    prefixes=["TEMPORARY"],
)
"""Edits, one line a field: the columnar copy has all of them; in a store of SQLite those since the
instant of the past that was asked for last, and who counts what stands now finds none later."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One steady picture of a server: where its records are counted, and where its log is."""

    records: Connection
    log: Connection


@contextmanager
def reading(at: ServerHome, found: Store, wait_s: float | None = None) -> Iterator[Reading]:
    """The census to count over: an SQLite store itself, the columnar copy of a PostgreSQL one.

    Raises StoreTrouble.
    """
    with found.read() as connection:
        if found.postgresql:
            with columnar.counted(at, connection, wait_s) as copy:
                yield Reading(copy, connection)
        else:
            with room.wide(connection):
                yield Reading(connection, connection)


@contextmanager
def opened(folder: Path) -> Iterator[Reading]:
    """The census of a server's home to count over. Raises StoreTrouble."""
    at = home.load(folder)
    found = home.open_store(at)
    try:
        with reading(at, found) as picture:
            yield picture
    finally:
        found.close()


@contextmanager
def counting(folder: Path) -> Iterator[Over]:
    """All offices of a server to count over. Raises StoreTrouble.

    Nobody who reads here was granted restricted facts.
    """
    with opened(folder) as at:
        yield over(at)


def over(at: Reading, scopes: Scopes = None, plans: Scopes = None) -> Over:
    """All offices of the census, or some (by their ids) as if there were no others.

    `plans` are the offices whose targets and periods count, where those are others.
    """
    today = datetime.now().astimezone().date()
    tables = _tables(scopes)
    if plans is not None:
        tables |= {name: _of(census.tables()[name], plans) for name in PLANS}

    def source(instant: str) -> Source:
        if at.records is at.log:
            TRAIL.create(at.log, checkfirst=True)
            if instant < LATER:
                _fill(at.log, instant, scopes)
            return Source(at.records, tables, TRAIL)
        edits = TRAIL if scopes is None else _of(TRAIL, scopes)
        return Source(at.records, tables, edits)

    return Over(source, _units(at.log, scopes), today, end_of_day, several=True)


def _tables(scopes: Scopes) -> dict[str, Any]:
    every = census.tables()
    return {name: table if scopes is None else _of(table, scopes) for name, table in every.items()}


def _of(table: Table, scopes: Iterable[str]) -> Any:
    """The rows of some offices, under the name of the whole table."""
    owner = table.c["office_id" if "office_id" in table.c else "scope_id"]
    columns = shape.kept(table.name) if table.name in shape.ENTITIES else table.columns
    return select(*columns).where(owner.in_(sorted(scopes))).subquery(table.name)


def _fill(connection: Connection, instant: str, scopes: Scopes) -> None:
    """The old values of every edit after the instant, as the history of a PC has them."""
    entry = store.entry.c
    pair = func.json_each(entry.fields).table_valued("key", "value")
    old = cast(func.json_extract(pair.c.value, "$[0]"), Text)
    number = func.row_number().over(order_by=(entry.scope_id, entry.seq))
    edits = (
        select(
            entry.scope_id, number, entry.entity, entry.row_id, entry.at, literal("edit"),
            pair.c.key, old,
        )
        .select_from(store.entry.join(pair, true()))
        .where(store.IS_EDIT, entry.at > instant)
    )  # fmt: skip
    if scopes is not None:
        edits = edits.where(entry.scope_id.in_(sorted(scopes)))
    connection.execute(delete(TRAIL))
    connection.execute(insert(TRAIL).from_select([one.name for one in TRAIL.columns], edits))
    connection.exec_driver_sql(f"ANALYZE {TRAIL.name}")


def _units(connection: Connection, scopes: Scopes) -> tuple[str, ...]:
    """The units of the offices, each once; what lies in another of them is left out."""
    office = store.office.c
    query = select(office.units).order_by(office.name)
    if scopes is not None:
        query = query.where(office.id.in_(sorted(scopes)))
    rows = connection.scalars(query)
    return tuple(dict.fromkeys(key for row in rows for key in json.loads(row)))
