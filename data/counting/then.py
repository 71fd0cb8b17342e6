"""Record tables as they stood at an instant: what is there now, with every later edit undone.

What a field held is the old value of the first edit after the instant (decision 0046). Only edits
since then are looked at, so yesterday costs little and a year ago costs the edits of a year.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Table,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
)

from data.base import STAMPS
from data.counting.moved import Moves
from data.history import LATER

EDITED = "edited_since"
"""The column that says whether the place of a person was written since the instant."""
PLACE = frozenset({"commune", "hamlet", "placed"})


@dataclass(frozen=True, slots=True)
class Source:
    """What is counted over: record tables by entity on a connection, and the edits of them.

    `trail` has entity, row_id, field, old, at, seq, op ('edit' for an edit) as the history has;
    `alike` asks for the pairs (one, other) that may be one person, where they are known; `moves`
    tells who left the office or came into it. `promised` answers the ISO day a file's result is
    due: of its kind, reason, day of receipt, day the clock runs from, and whether a board decided.
    """

    connection: Connection
    tables: Mapping[str, Table]
    trail: Table
    alike: Select[Any] | None = None
    moves: Moves | None = None
    promised: Callable[[str, str, str, str, bool], str] | None = None


def rows(
    source: Source, entity: str, names: Collection[str], instant: str, since: str | None = None
) -> FromClause:
    """The rows of a kind that were there at an instant, with these columns, `id`, `deleted_at` and
    `edited_since`; `instant` is ISO UTC text, `LATER` for now. With `since` also those of who left
    for another office between the two, as removed ones."""
    wanted = tuple(dict.fromkeys(("id", "deleted_at", *names)))
    table = source.tables[entity]
    if instant >= LATER:
        now = select(*(table.c[name] for name in wanted), literal(0).label(EDITED))
        return _with_moves(source, now, table, instant, since)
    undone = _undone(source.trail, entity, wanted, instant)
    moved = [undone.c[f"is_{name}"] for name in wanted if name in PLACE]
    edited = case((_any(moved), 1), else_=0) if moved else literal(0)
    found: Select[Any] = (
        select(*(_then(table, undone, name) for name in wanted), edited.label(EDITED))
        .select_from(table.outerjoin(undone, undone.c.row_id == table.c.id))
        .where(table.c.created_at <= instant)
    )
    return _with_moves(source, found, table, instant, since)


def _with_moves(
    source: Source, found: Select[Any], table: Table, instant: str, since: str | None
) -> FromClause:
    if source.moves is not None and (since or instant < LATER):
        return source.moves.beside(found, table, instant, since).subquery()  # type: ignore[no-any-return]
    return found.subquery()


def _any(flags: Collection[ColumnElement[Any]]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = false()
    for flag in flags:
        found = found | (flag == 1)
    return found


def _then(table: Table, undone: FromClause, name: str) -> ColumnElement[Any]:
    """A column as it was; what is worked out on each PC has no edits and is as it is."""
    column = table.c[name]
    if f"is_{name}" not in undone.c:
        return column
    old: ColumnElement[Any] = undone.c[f"old_{name}"]
    if isinstance(column.type, Boolean):
        old = case((old == "1", true()), (old == "0", false()), else_=null())
    elif isinstance(column.type, Integer):
        old = cast(old, column.type)
    return case((undone.c[f"is_{name}"] == 1, old), else_=column).label(name)


def _undone(trail: Table, entity: str, names: Collection[str], instant: str) -> FromClause:
    """By row the fields that were edited since the instant, with what they held."""
    fields = [name for name in names if name not in STAMPS]
    nth = func.row_number().over(partition_by=(trail.c.row_id, trail.c.field), order_by=trail.c.seq)
    first = (
        select(trail.c.row_id, trail.c.field, trail.c.old, nth.label("nth"))
        .where(
            trail.c.entity == entity,
            trail.c.op == literal_column("'edit'"),
            trail.c.field.in_(fields),
            trail.c.at > instant,
        )
        .subquery()
    )
    columns: list[ColumnElement[Any]] = []
    for name in fields:
        columns.append(func.max(case((first.c.field == name, 1))).label(f"is_{name}"))
        columns.append(func.max(case((first.c.field == name, first.c.old))).label(f"old_{name}"))
    found = select(first.c.row_id, *columns).where(first.c.nth == 1)
    return found.group_by(first.c.row_id).subquery()
