"""Do the rows of a scope stand on a PC as here: sums, rows of buckets, what the log says of a row.

The log is what counts. Where the table of rows beside it says otherwise it is mended from the log,
and both states are kept as an incident of the server.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from sync import buckets
from sync.buckets import (
    BucketAnswer,
    BucketRequest,
    ExplainAnswer,
    ExplainRequest,
    Standing,
    SumsAnswer,
    SumsRequest,
    ValuesAnswer,
    ValuesRequest,
)
from sync.merge import RowState
from sync.moves import ARRIVED, LEFT
from sync.protocol import Entry, to_json
from sync.server import census, log, rows, store
from sync.server.rows import Key, Rows

told = logging.getLogger(__name__)

EXPLAINED_AT_ONCE = 50
READ_AT_ONCE = 2000
IN_PER_QUERY = 400


def sums(connection: Connection, asked: SumsRequest) -> SumsAnswer:
    """The sums of the kinds in which the PC's digest is another than here.

    A PC that has not applied the whole log is told the head and nothing else: it asks later.
    """
    head = log.head(connection, asked.scope)
    if head != asked.at:
        return SumsAnswer(head, {})
    found = {}
    for entity, digest in sorted(asked.digests.items()):
        here = buckets.sums(standing(connection, asked.scope, entity))
        if buckets.digest(here) != digest:
            found[entity] = here
    return SumsAnswer(head, found)


def standing(
    connection: Connection, scope_id: str, entity: str, after: str = ""
) -> Iterator[Standing]:
    """How the rows of one kind stand that are at home here, in the order of their ids; a few at a
    time in memory."""
    row = store.row.c
    query = (
        select(row.row_id, row.version, row.deleted)
        .where(row.scope_id == scope_id, row.entity == entity, row.row_id > after)
        .where(row.moved_to == "")
        .order_by(row.row_id)
        .execution_options(yield_per=READ_AT_ONCE)
    )
    for row_id, version, deleted in connection.execute(query):
        yield row_id, version, bool(deleted)


def bucket(connection: Connection, asked: BucketRequest) -> BucketAnswer:
    """The rows of some buckets, as many as fit into one answer."""
    head = log.head(connection, asked.scope)
    wanted, most = set(asked.buckets), max(1, min(asked.rows, buckets.ROWS_MAX))
    found: list[Standing] = []
    for row in standing(connection, asked.scope, asked.entity, asked.after):
        if buckets.bucket_of(row[0]) in wanted:
            if len(found) == most:
                return BucketAnswer(head, found, True)
            found.append(row)
    return BucketAnswer(head, found)


def values(connection: Connection, asked: ValuesRequest) -> ValuesAnswer:
    """The hashes of the values of rows, as the census shows them, of the kinds that differ. A kind
    of which a program of another age knows other columns is left alone."""
    head = log.head(connection, asked.scope)
    found: dict[str, list[tuple[str, int]]] = {}
    for entity, (mark, digest) in sorted(asked.kinds.items()) if head == asked.at else ():
        names = census.columns(entity)
        if not names or buckets.mark(names) != mark:
            continue
        table = census.tables()[entity]
        here = list(_hashes(connection, table, (asked.scope, names, set(asked.buckets))))
        if buckets.total(one for _, one in here) != digest:
            found[entity] = here
    return ValuesAnswer(head, found)


def _hashes(
    connection: Connection, table: Table, asked: tuple[str, tuple[str, ...], set[int]]
) -> Iterator[tuple[str, int]]:
    scope, names, wanted = asked
    every = connection.scalars(select(table.c.id).where(table.c.office_id == scope))
    ids = [row_id for row_id in every if buckets.bucket_of(row_id) in wanted]
    for start in range(0, len(ids), IN_PER_QUERY):
        own = (table.c.office_id == scope, table.c.id.in_(ids[start : start + IN_PER_QUERY]))
        columns = select(table.c.id, *(table.c[name] for name in names))
        for row_id, *told_values in connection.execute(columns.where(*own)):
            yield row_id, buckets.values_hash(row_id, told_values)


def explain(connection: Connection, asked: ExplainRequest) -> ExplainAnswer:
    """What the log says of rows; on the way the table of rows is mended where it says otherwise.

    The scope's counter is held, as by a push: nobody moves a row meanwhile.
    """
    head = log.lock_scope(connection, asked.scope)
    keys = [(entity, row_id) for entity, row_id in asked.rows[:EXPLAINED_AT_ONCE]]
    kept = Rows(connection, asked.scope)
    kept.load(row_id for _, row_id in keys)
    gone = [key for key in keys if (state := kept.get(*key)) is not None and state.moved_to]
    at_home = [key for key in keys if key not in gone]
    lines = _lines(connection, asked.scope, at_home, kept)
    _mend(connection, asked.scope, kept, {key: lines.get(key, []) for key in at_home})
    entries: list[Entry] = []
    size = told_of = 0
    for key in keys:
        of_row = lines.get(key, [])
        size += sum(len(line.fields) for line in of_row)
        if entries and size > min(asked.chars, buckets.CHARS_MAX):
            break
        entries += [rows.entry_of(line) for line in of_row]
        told_of += 1
    return ExplainAnswer(head, told_of, entries, gone)


def _lines(
    connection: Connection, scope_id: str, keys: Sequence[Key], kept: Rows
) -> dict[Key, list[Any]]:
    """The log's entries of some rows. A creation is found by the number that the table of rows
    has of it; where that leads nowhere, by the row's name."""
    entry = store.entry.c
    here = (entry.scope_id == scope_id, entry.row_id.in_([row_id for _, row_id in keys]))
    states = [kept.get(*key) for key in keys]
    numbers = [one.created.seq for one in states if one is not None]
    arrived = select(store.entry).where(*here, entry.op == "X", entry.entity == "person")
    edits = connection.execute(select(store.entry).where(*here, store.IS_EDIT)).all()
    if any(entity == "person" for entity, _ in keys):
        edits = [*edits, *connection.execute(arrived)]
    made = select(store.entry).where(*here, entry.op == "I")
    found = _by_row([*connection.execute(made.where(entry.seq.in_(numbers))), *edits])
    if any(found.get(key, [None])[0] is None or found[key][0].op != "I" for key in keys):
        found = _by_row([*connection.execute(made), *edits])
    return found


def _by_row(lines: Iterable[Any]) -> dict[Key, list[Any]]:
    """Lines by row, each row's from its (last) creation here: who came back was written anew."""
    found: dict[Key, list[Any]] = {}
    for line in sorted(lines, key=lambda one: one.seq):
        of_row = found.setdefault((line.entity, line.row_id), [])
        if line.op == "I":
            of_row.clear()
        if of_row or line.op == "I":
            of_row.append(line)
    return {key: of_row for key, of_row in found.items() if of_row}


def _mend(connection: Connection, scope_id: str, kept: Rows, lines: dict[Key, list[Any]]) -> None:
    for key, of_row in lines.items():
        right, stored = folded(connection, scope_id, of_row), kept.get(*key)
        if right.get(*key) == stored:
            continue
        told.error("the row %s %s stood otherwise than in the log; mended", *key)
        row = store.row.c
        here = (row.scope_id == scope_id, row.entity == key[0], row.row_id == key[1])
        connection.execute(delete(store.row).where(*here))
        right.save()
        _note(connection, scope_id, key, (stored, right.get(*key)))


def folded(connection: Connection, scope_id: str, lines: Iterable[Any]) -> Rows:
    """The states of rows as their entries in the log make them."""
    right = Rows(connection, scope_id)
    for line in lines:
        follow(right, line)
    return right


def follow(states: Rows, line: Any) -> None:
    """Move rows on by one line of the log, as when it was written."""
    entry = rows.entry_of(line)
    key = (entry.entity, entry.row)
    if entry.op == "X":
        for entity, row_id in entry.fields.get(LEFT, ()):
            version = entry.version if row_id == entry.row else states.version(entity, row_id)
            states.leave((entity, row_id), version, str(entry.fields.get("to") or ""))
        if entry.fields.get(ARRIVED) and states.get(*key) is not None:
            states.bump(key, entry.version)
        return
    if entry.op == "I":
        states.forget(key)
    states.taken(entry, f"{line.device_id}/{line.epoch}")


def _note(
    connection: Connection, scope_id: str, key: Key, states: tuple[RowState | None, RowState | None]
) -> None:
    before, after = (None if one is None else to_json(rows.plain(one)).decode() for one in states)
    stamp = {"scope_id": scope_id, "id": str(uuid.uuid4()), "at": log.now_text()}
    line = {"entity": key[0], "row_id": key[1], "before": before, "after": after}
    connection.execute(store.incident.insert().values(stamp | line))
