"""Snapshots: how the rows of a scope stood at a number of its log, told from the log itself.

A page is read in one transaction, and what it says depends on the number alone: pages of one
snapshot fit together whenever they are asked for, also when the log has moved on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, text

from sync import protocol
from sync.protocol import Entry
from sync.server import log, store
from sync.server.log import Logbook, Refusal, Sender
from sync.server.rows import IN_PER_QUERY, entry_of
from sync.snapshot_words import Hand, SnapshotAnswer, SnapshotRequest, StandingRow


def page(book: Logbook, sender: Sender, asked: SnapshotRequest) -> SnapshotAnswer:
    """A page of a snapshot. Raises Refusal `scope_not_granted`, `snapshot_gone`."""
    wanted = max(1, min(asked.rows, protocol.PULL_ROWS_MAX))
    with book.store.read() as connection:
        log.demand_scope(connection, sender, asked.scope)
        scope = store.scope.c
        now = connection.execute(select(store.scope).where(scope.id == asked.scope)).one()
        upto = asked.upto or now.seq
        if upto > now.seq:
            raise Refusal("snapshot_gone", upto=upto)
        lines = _lines(connection, asked, upto, wanted)
        decides = book.domain.classes.decides
        rows = list(_bounded(_standing(connection, asked.scope, lines, upto, decides), asked.bytes))
        total = 0 if asked.before else _total(connection, asked.scope, upto)
    last = len(rows) == len(lines) < wanted
    return SnapshotAnswer(asked.scope, upto, asked.before, rows, last, now.floor, total)


def _lines(
    connection: Connection, asked: SnapshotRequest, upto: int, wanted: int
) -> Sequence[Row[Any]]:
    row = store.row.c
    kinds = row.entity.in_(asked.entities)
    query = (
        select(row.entity, row.row_id, row.created_seq, row.version)
        .where(row.scope_id == asked.scope, row.created_seq <= upto, row.moved_to == "")
        .where(~kinds if asked.besides else kinds)
        .order_by(row.created_seq.desc())
        .limit(wanted)
    )
    if asked.before:
        query = query.where(row.created_seq < asked.before)
    return connection.execute(query).all()


def _total(connection: Connection, scope: str, upto: int) -> int:
    row = store.row.c
    query = select(func.count()).where(
        row.scope_id == scope, row.created_seq <= upto, row.moved_to == ""
    )
    return connection.scalar(query) or 0


def _bounded(rows: Iterator[StandingRow], limit: int) -> Iterator[StandingRow]:
    """Rows until they are too many bytes, one at least."""
    size = 0
    for row in rows:
        size += sum(len(value) for value in row.fields.values() if isinstance(value, str))
        yield row
        if size > limit:
            return


def _standing(
    connection: Connection, scope: str, lines: Sequence[Row[Any]], upto: int, decides: str
) -> Iterator[StandingRow]:
    """The rows of the lines, each from its creation and the edits up to the number."""
    entry = store.entry.c
    mine = (entry.scope_id == scope,)
    made = {
        found.seq: found
        for part in _parts([line.created_seq for line in lines])
        for found in connection.execute(select(store.entry).where(*mine, entry.seq.in_(part)))
    }
    every = _of_rows(connection, mine, [one.row_id for one in lines if one.version > 1], "U")
    edits = {key: [one for one in some if one.seq <= upto] for key, some in every.items()}
    raised = _of_rows(connection, mine, [line.row_id for line in lines], "C")
    conflicts = {key: [one for one in some if one.seq <= upto] for key, some in raised.items()}
    for line in lines:
        key = (line.entity, line.row_id)
        # Who came from another office stands at a version that no edit made.
        later = len(every.get(key, ())) - len(edits.get(key, ()))
        version = line.version - later
        still = _open(key, edits, conflicts, decides)
        yield _folded(made[line.created_seq], edits.get(key, []), still, version)


def _of_rows(
    connection: Connection, mine: tuple[Any, ...], ids: Sequence[str], op: str
) -> dict[tuple[str, str], list[Row[Any]]]:
    """Entries of one kind (U or C) by row, in the log's order."""
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for part in _parts(ids):
        query = select(store.entry).where(*mine, store.entry.c.row_id.in_(part))
        query = query.where(text(f"log_entry.op = '{op}'"))
        # Not ordered by the store: SQLite would read the whole log in its order instead.
        for line in sorted(connection.execute(query), key=lambda line: line.seq):
            found.setdefault((line.entity, line.row_id), []).append(line)
    return found


def _folded(
    made: Row[Any], edits: Sequence[Row[Any]], conflicts: list[Entry], version: int
) -> StandingRow:
    values = msgspec.json.decode(made.fields)
    last: dict[str, tuple[str, str]] = {}
    for edit in edits:
        for name, pair in msgspec.json.decode(edit.fields).items():
            values[name] = pair[1]
            last.pop(name, None)
            last[name] = (edit.user, edit.at)
    hands: dict[tuple[str, str], list[str]] = {}
    for name, hand in last.items():
        hands.setdefault(hand, []).append(name)
    return StandingRow(
        entity=made.entity,
        row=made.row_id,
        created=made.seq,
        version=version,
        fields={name: value for name, value in values.items() if value is not None},
        at=made.at,
        user=made.user,
        hands=[Hand(user, at, names) for (user, at), names in hands.items()],
        conflicts=conflicts,
    )


def _open(
    key: tuple[str, str],
    edits: dict[tuple[str, str], list[Row[Any]]],
    conflicts: dict[tuple[str, str], list[Row[Any]]],
    decides: str,
) -> list[Entry]:
    """The conflicts of a row that no decision had ended, with the fields that are still open."""
    raised = conflicts.get(key, [])
    ended = {
        (line.source, name)
        for line in (*edits.get(key, []), *raised)
        if raised and line.source.startswith(decides)
        for name in msgspec.json.decode(line.fields)
    }
    found = []
    for line in raised:
        entry = entry_of(line)
        mark = f"{decides}{line.seq}"
        still = {n: value for n, value in entry.fields.items() if (mark, n) not in ended}
        if still:
            found.append(msgspec.structs.replace(entry, fields=still))
    return found


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), IN_PER_QUERY):
        yield values[start : start + IN_PER_QUERY]
