"""After a restore: changes made for the log as it was before meet the log as it is now.

The numbers of versions above the restored end were given twice. What the author saw of a field is
told there by its values: each edit names the value before it, so edits of a field form a chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from sync import merge
from sync.merge import RowState
from sync.protocol import Change, RestoredServer, RowsAnswer, RowsRequest
from sync.server import store
from sync.server.rows import Rows

AGAIN = "again:"
"""How the source of a change begins that a PC offers again for another one."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One change with its number, and `mark` for its device and epoch (`<device>/<epoch>`)."""

    change: Change
    number: int
    mark: str


def as_seen_again(incoming: Incoming) -> Incoming:
    """What a PC offers for another one is nobody's own change: it never passes for unseen."""
    change = incoming.change
    if not change.source.startswith(AGAIN):
        return incoming
    plain = msgspec.structs.replace(change, source=change.source.removeprefix(AGAIN))
    return replace(incoming, change=plain, mark=incoming.mark.partition("/")[0] + "/0")


def against(
    rows: Rows, change: Change, row: RowState, base: int, decides: str
) -> tuple[Change, list[str]]:
    """The change with the versions its author saw in today's numbers, and the fields that it
    need not set because somebody who had seen its value went on from it."""
    edits = [edit for edit in rows.edits(change.entity, [change.row]) if edit.seq > base]
    superseded, bases = [], dict(change.bases)
    for name in change.fields:
        new, chain = (
            merge.new_value(change, name),
            [e.fields[name] for e in edits if name in e.fields],
        )
        if _went_on(chain, new):
            superseded.append(name)
            continue
        touch = row.touch(name)
        if touch.seq <= base:
            continue
        seen = change.op != "I" and rows.value(touch, name) == merge.old_value(change, name)
        bases[name] = touch.version if seen else touch.version - 1
    fields = {name: value for name, value in change.fields.items() if name not in superseded}
    if merge.TOMBSTONE not in fields and row.touch(merge.TOMBSTONE).seq > base:
        bases[merge.TOMBSTONE] = row.touch(merge.TOMBSTONE).version - 1
    source = _decides(rows, change, base, decides)
    return msgspec.structs.replace(change, fields=fields, bases=bases, source=source), superseded


def _decides(rows: Rows, change: Change, base: int, decides: str) -> str:
    """A decision of a conflict that the log raised again ends it under its new number."""
    number = change.source.removeprefix(decides)
    if number == change.source or not number.isdigit() or int(number) <= base:
        return change.source
    entry = store.entry.c
    raised = select(func.max(entry.seq)).where(
        entry.scope_id == rows.scope_id,
        entry.row_id == change.row,
        entry.op == "C",
        entry.seq > base,
    )
    found = rows.connection.scalar(raised)
    return f"{decides}{found}" if found else change.source


def _went_on(chain: Sequence[Any], value: Any) -> bool:
    """Whether more edits began at the value than came to it."""
    began = sum(pair[0] == value for pair in chain)
    came = sum(pair[1] == value for pair in chain)
    return began > came


def base(connection: Connection, scope_id: str) -> int | None:
    """Where the last restore left the log of a scope; None when there was none."""
    line = store.generation.c
    query = select(line.base).where(line.scope_id == scope_id)
    return connection.scalar(query.order_by(line.restored_at.desc()).limit(1))


def restored(connection: Connection, scope_id: str, known: str) -> RestoredServer | None:
    """How far a PC that knows another generation may keep what it has of the log."""
    line = store.generation.c
    query = select(store.generation).where(line.scope_id == scope_id).order_by(line.restored_at)
    lines = connection.execute(query).all()
    if not lines or lines[-1].id == known:
        return None
    ours = [index for index, one in enumerate(lines) if one.before == known]
    bottom = min(one.base for one in lines[ours[0] :]) if ours else 0
    last = lines[-1]
    return RestoredServer(last.backup_at, last.restored_at, {scope_id: bottom})


def versions(connection: Connection, asked: RowsRequest) -> RowsAnswer:
    """Which version rows had at a number of the log."""
    row, entry = store.row.c, store.entry.c
    ids = [row_id for _, row_id in asked.rows]
    here = (row.scope_id == asked.scope, row.row_id.in_(ids), row.created_seq <= asked.base)
    found = {(one.entity, one.row_id): 1 for one in connection.execute(
        select(row.entity, row.row_id).where(*here))}  # fmt: skip
    edits = (
        select(entry.entity, entry.row_id, func.max(entry.version).label("version"))
        .where(entry.scope_id == asked.scope, entry.row_id.in_(ids), text("log_entry.op = 'U'"))
        .where(entry.seq <= asked.base)
        .group_by(entry.entity, entry.row_id)
    )
    found |= {(one.entity, one.row_id): one.version for one in connection.execute(edits)}
    return RowsAnswer([found.get((entity, row_id), 0) for entity, row_id in asked.rows])
