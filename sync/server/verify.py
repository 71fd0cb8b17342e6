"""Does the server hold what its log says? The log is read from its first entry into a scratch
store, and the scratch is compared with the tables of rows and the census, row by row.

The scratch is a file beside the server's, encrypted with a key that nobody keeps; what is in
memory at once is a thousand rows. The server may go on working: one snapshot is looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Row, Table, collate, select

from sync import buckets
from sync.moves import LEFT
from sync.server import census, comparing, home, rows, store
from sync.server.rows import Rows
from sync.server.store import Store

READ_AT_ONCE = 1000
TOLD_MAX = 200

Progress = Callable[[int, int], None]
Difference = dict[str, object]


@dataclass
class Found:
    """What was looked at and what differs: at most two hundred differences by name, all by number.

    A difference names office, table, kind of record, id, what is wrong (missing, extra, differs,
    gap) and, of what differs, the fields; never a value.
    """

    offices: int = 0
    entries: int = 0
    rows: int = 0
    census: int = 0
    buckets: int = 0
    count: int = 0
    differences: list[Difference] = field(default_factory=list)

    def tell(self, **difference: object) -> None:
        """Note one difference."""
        self.count += 1
        if len(self.differences) < TOLD_MAX:
            self.differences.append(difference)


def verify(folder: Path, progress: Progress, database: str = "") -> Found:
    """Look at everything. Raises StoreTrouble."""
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        with opened.write() as connection:
            census.prepare(connection)
        with opened.read() as connection, _scratch(folder) as scratch:
            return _verified(connection, scratch, progress)
    finally:
        opened.close()


@contextmanager
def _scratch(folder: Path) -> Iterator[Store]:
    with TemporaryDirectory(prefix="verify-", dir=folder) as place:
        scratch = store.open_sqlite(Path(place) / "scratch.db", os.urandom(32))
        try:
            with scratch.write() as connection:
                store.metadata.create_all(connection)
                census.prepare(connection)
            yield scratch
        finally:
            scratch.close()


def _verified(connection: Connection, scratch: Store, progress: Progress) -> Found:
    found = Found()
    office, scope = store.office.c, store.scope.c
    query = (
        select(office.id, office.name, scope.seq, scope.changes)
        .join(store.scope, scope.id == office.id)
        .order_by(office.name)
    )
    offices = connection.execute(query).all()
    total = sum(line.seq for line in offices)
    for line in offices:
        found.offices += 1
        one = _Office(connection, scratch, line, found)
        one.read_log(lambda: progress(found.entries, total))
        one.compare()
    return found


class _Office:
    """One office's log, and what stands beside it."""

    def __init__(self, connection: Connection, scratch: Store, line: Row[Any], found: Found):
        self.connection, self.scratch, self.found = connection, scratch, found
        self.id, self.name, self.head, self.changes = line.id, line.name, line.seq, line.changes

    def tell(self, table: str, what: str, **more: object) -> None:
        """Note one difference of this office."""
        self.found.tell(office=self.name, table=table, what=what, **more)

    def read_log(self, progress: Callable[[], None]) -> None:
        """The log into the scratch, a thousand entries at a time; its numbers have no gap."""
        entry = store.entry.c
        last = taken = 0
        whole = True
        while True:
            query = select(store.entry).where(entry.scope_id == self.id, entry.seq > last)
            lines = self.connection.execute(query.order_by(entry.seq).limit(READ_AT_ONCE)).all()
            if not lines:
                break
            for line in lines:
                if line.seq != last + 1:
                    self.tell("log", "gap", after=last, before=line.seq)
                last = line.seq
                whole = whole and line.op != "X"
            taken += self._write(lines)
            self.found.entries += len(lines)
            progress()
        if last != self.head:
            self.tell("log", "gap", after=last, before=self.head + 1)
        elif taken < self.changes or (whole and taken != self.changes):
            # who left took entries of conflicts along, which nobody had counted
            self.tell("log", "differs", fields=["changes"])

    def _write(self, lines: Sequence[Row[Any]]) -> int:
        taken = [line for line in lines if line.op != "C"]
        with self.scratch.write() as connection:
            states = Rows(connection, self.id)
            states.load({line.row_id for line in taken} | set(_left(taken)))
            for line in taken:
                comparing.follow(states, line)
            states.save()
            census.write(connection, self.id, [rows.entry_of(line) for line in taken])
        return len(taken)

    def compare(self) -> None:
        """Rows, sums and census against the scratch."""
        with self.scratch.read() as right:
            for entity in self._entities(right):
                self._rows(right, entity)
                self._sums(right, entity)
            for entity, table in census.tables().items():
                self._census(right, entity, table)

    def _entities(self, right: Connection) -> list[str]:
        kinds = select(store.row.c.entity).where(store.row.c.scope_id == self.id).distinct()
        return sorted({*self.connection.scalars(kinds), *right.scalars(kinds)})

    def _rows(self, right: Connection, entity: str) -> None:
        row = store.row
        query = select(row).where(row.c.scope_id == self.id, row.c.entity == entity)
        for at, here, there in _side_by_side(self.connection, right, query, row.c.row_id):
            self.found.rows += 1
            if there is None and here is not None and here.moved_to:
                continue  # of a late record that never was here: no entry names it
            self._told("row", entity, at, _different(_state(here), _state(there)))

    def _sums(self, right: Connection, entity: str) -> None:
        sides = (comparing.standing(one, self.id, entity) for one in (self.connection, right))
        here, there = (buckets.sums(rows) for rows in sides)
        self.found.buckets += buckets.COUNT
        for bucket in buckets.differing(here, there):
            self.tell("bucket", "differs", entity=entity, bucket=bucket)

    def _census(self, right: Connection, entity: str, table: Table) -> None:
        query = select(table).where(table.c.office_id == self.id)
        for at, here, there in _side_by_side(self.connection, right, query, table.c.id):
            self.found.census += 1
            self._told("census", entity, at, _different(_values(here), _values(there)))

    def _told(self, table: str, entity: str, at: str, fields: list[str] | str) -> None:
        if isinstance(fields, str):
            self.tell(table, fields, entity=entity, id=at)
        elif fields:
            self.tell(table, "differs", entity=entity, id=at, fields=fields)


Pair = tuple[str, Row[Any] | None, Row[Any] | None]


def _side_by_side(here: Connection, right: Connection, query: Any, key: Any) -> Iterator[Pair]:
    """The lines of both sides by their ids, each side read once in the same order."""
    left_lines, right_lines = (_in_order(one, query, key) for one in (here, right))
    left, other = next(left_lines, None), next(right_lines, None)
    while left is not None or other is not None:
        ids = [line._mapping[key.name] for line in (left, other) if line is not None]
        at = min(ids)
        mine = left if left is not None and left._mapping[key.name] == at else None
        theirs = other if other is not None and other._mapping[key.name] == at else None
        yield at, mine, theirs
        left = next(left_lines, None) if mine is not None else left
        other = next(right_lines, None) if theirs is not None else other


def _in_order(connection: Connection, query: Any, key: Any) -> Iterator[Row[Any]]:
    order = collate(key, "C") if connection.dialect.name == "postgresql" else key
    asked = query.order_by(order).execution_options(yield_per=READ_AT_ONCE)
    yield from connection.execute(asked)


def _left(lines: Sequence[Row[Any]]) -> Iterator[str]:
    """The ids of rows that some lines say to have left."""
    for line in lines:
        if line.op == "X":
            for _entity, row_id in rows.entry_of(line).fields.get(LEFT, ()):
                yield row_id


def _state(line: Row[Any] | None) -> dict[str, Any] | None:
    """Of a row that left only where it went: its entries went with it."""
    state = None if line is None else rows.state_of(line)
    if state is not None and state.moved_to:
        return {"moved_to": state.moved_to}
    return None if state is None else rows.plain(state)


def _values(line: Row[Any] | None) -> dict[str, Any] | None:
    return None if line is None else dict(line._mapping)


def _different(here: dict[str, Any] | None, there: dict[str, Any] | None) -> list[str] | str:
    """The fields that differ; or that the server lacks a line of the log, or has one too many."""
    if here is None or there is None:
        return "missing" if here is None else "extra"
    return sorted(name for name in there if here.get(name) != there[name])
