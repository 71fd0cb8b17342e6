"""The census as reports count it: all offices of the server at once, with the edits of the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    true,
)

from app.reports.over import Over, end_of_day
from data.counting import room
from data.counting.then import Source
from data.history import LATER
from sync.server import census, home, store

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
"""The edits since the instant of the past that was asked for last, one line a field. Who counts
what stands now finds none of them later than that."""


@contextmanager
def counting(folder: Path) -> Iterator[Over]:
    """The census to count over, in one steady picture. Raises StoreTrouble.

    Nobody who reads here was granted restricted facts.
    """
    opened = home.open_store(home.load(folder))
    try:
        with opened.read() as connection, room.wide(connection):
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
        TRAIL.create(connection, checkfirst=True)
        if instant < LATER:
            _empty(connection)
            _fill(connection, instant, scopes)
        return Source(connection, tables, TRAIL)

    return Over(source, _units(connection, scopes), today, end_of_day, several=True)


def _empty(connection: Connection) -> None:
    """A connection keeps its one table: a new one for each count of each office of a province
    would let locks and lines of the database's own catalogue pile up."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"TRUNCATE {TRAIL.name}")
    else:
        connection.execute(delete(TRAIL))


def _tables(scopes: Scopes) -> dict[str, Any]:
    every = census.tables()
    return {name: table if scopes is None else _of(table, scopes) for name, table in every.items()}


def _of(table: Table, scopes: Iterable[str]) -> Any:
    """The rows of some offices, under the name of the whole table."""
    return select(table).where(table.c.office_id.in_(sorted(scopes))).subquery(table.name)


def _fill(connection: Connection, instant: str, scopes: Scopes) -> None:
    """The old values of every edit after the instant, as the history of a PC has them."""
    entry = store.entry.c
    pair, name, old = _pairs(connection.dialect.name)
    number = func.row_number().over(order_by=(entry.scope_id, entry.seq))
    edits = (
        select(number, entry.entity, entry.row_id, entry.at, literal("edit"), name, old)
        .select_from(store.entry.join(pair, true()))
        .where(store.IS_EDIT, entry.at > instant)
    )
    if scopes is not None:
        edits = edits.where(entry.scope_id.in_(sorted(scopes)))
    connection.execute(insert(TRAIL).from_select([one.name for one in TRAIL.columns], edits))
    connection.exec_driver_sql(f"ANALYZE {TRAIL.name}")


def _pairs(dialect: str) -> tuple[FromClause, ColumnElement[Any], ColumnElement[Any]]:
    """The fields of an entry as lines: their names, and what they held as text (1, 0 of a mark)."""
    fields = store.entry.c.fields
    if dialect != "postgresql":
        pair: Any = func.json_each(fields).table_valued("key", "value")
        return pair, pair.c.key, cast(func.json_extract(pair.c.value, "$[0]"), Text)
    pair = func.json_each(cast(fields, JSON)).table_valued(
        column("key", Text), column("value", JSON)
    )
    pair = pair.render_derived(name="pair").lateral()
    held = pair.c.value.op("->>", return_type=Text())(literal_column("0"))
    mark = func.json_typeof(pair.c.value.op("->")(literal_column("0"))) == "boolean"
    return pair, pair.c.key, case((mark, case((held == "true", "1"), else_="0")), else_=held)


def _units(connection: Connection, scopes: Scopes) -> tuple[str, ...]:
    """The units of the offices, each once; what lies in another of them is left out."""
    office = store.office.c
    query = select(office.units).order_by(office.name)
    if scopes is not None:
        query = query.where(office.id.in_(sorted(scopes)))
    rows = connection.scalars(query)
    return tuple(dict.fromkeys(key for row in rows for key in json.loads(row)))
