"""Everybody as she was at a moment, looked at once for all kinds of papers of a report.

Each record leads to the person it was merged into, so that papers join it as they are written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, select, union_all

from data.counting import people, room, then
from data.counting.people import STANDING, Moment
from data.counting.then import EDITED, Source

NAME = "held_person"
DATED = "life_state_on"


@contextmanager
def held(source: Source, moment: Moment, asked: Collection[str]) -> Iterator[Source]:
    """The tables with everybody at hand; `asked` may name columns of others than persons."""
    whole = source.tables["person"].c
    more = sorted({*STANDING, DATED, *(name for name in asked if name in whole)})
    found = people.persons(source, moment, more)
    leads = people.leads(source, moment)
    columns = [one for one in found.c if one.name != EDITED] + [found.c[EDITED]]
    own = select(found.c.id.label("record"), *columns)
    own = own.where(found.c.id.not_in(select(leads.c.id)))
    merged = select(leads.c.id, *columns).join(found, found.c.id == leads.c.last)
    connection = source.connection
    table = _table(connection, found)
    names = [one.name for one in table.columns]
    with room.at_hand(connection):
        table.create(connection)
        connection.execute(insert(table).from_select(names, union_all(own, merged)))
    try:
        yield replace(source, held=(moment, table))
    finally:
        with room.at_hand(connection):
            table.drop(connection)


def _table(connection: Connection, found: then.FromClause) -> Table:
    """By record: in order of the records where a store looks each up, else as they come."""
    ordered = connection.dialect.name == "sqlite"
    return Table(
        NAME,
        MetaData(),
        Column("record", String(36), primary_key=ordered, nullable=False),
        *(Column(one.name, one.type) for one in found.c),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=False,
    )
