"""Record tables as they stood at an instant: what is there now, with every later edit undone.

What a field held is the old value of the first edit after the instant (decision 0046). Only edits
since then are looked at, so yesterday costs little and a year ago costs the edits of a year.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
)

from data.base import STAMPS
from data.counting.moved import Moves
from data.history import LATER

EDITED = "edited_since"
"""The column that says whether the place of a person was written since the instant."""
PLACE = frozenset({"commune", "hamlet", "placed"})
WAS, NOTHING, SOMETHING = "was_", "-", "+"
FIRST = 10**15
"""Added to the numbers of entries, so that as text they are all of one length."""
SIGN = len(str(FIRST)) + 1


@dataclass(frozen=True, slots=True)
class Source:
    """What is counted over: record tables by entity on a connection, and the edits of them.

    `trail` has entity, row_id, field, old, at, seq, op ('edit' for an edit) as the history has;
    `alike` asks for the pairs (one, other) that may be one person, where they are known; `moves`
    tells who left the office or came into it. `promised` answers the ISO day a file's result is
    due: of its kind, reason, day of receipt, day the clock runs from, and whether a board decided.
    `among` asks for the ids beside which nobody is needed, so that a past day need not go back in
    the records of all others.
    """

    connection: Connection
    tables: Mapping[str, Table]
    trail: Table
    alike: Select[Any] | None = None
    moves: Moves | None = None
    promised: Callable[[str, str, str, str, bool], str] | None = None
    among: Select[Any] | None = None
    twin: Connection | None = None


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
    undone = _undone(source, entity, wanted, instant)
    moved = [undone.c[WAS + name].is_not(None) for name in wanted if name in PLACE]
    edited = case((or_(*moved), 1), else_=0) if moved else literal(0)
    found: Select[Any] = (
        select(*(_then(table, undone, name) for name in wanted), edited.label(EDITED))
        .select_from(table.outerjoin(undone, undone.c.row_id == table.c.id))
        .where(table.c.created_at <= instant)
    )
    if source.among is not None:
        found = found.where(table.c.id.in_(source.among))
    return _with_moves(source, found, table, instant, since)


def edits(trail: FromClause, entity: str, fields: Collection[str], instant: str) -> Any:
    """The condition on the history that asks for the edits of fields since an instant."""
    return and_(
        trail.c.entity == entity,
        trail.c.op == literal_column("'edit'"),
        trail.c.field.in_(sorted(fields)),
        trail.c.at > instant,
    )


def _with_moves(
    source: Source, found: Select[Any], table: Table, instant: str, since: str | None
) -> FromClause:
    if source.moves is not None and (since or instant < LATER):
        return source.moves.beside(found, table, instant, since).subquery()  # type: ignore[no-any-return]
    return found.subquery()


def _then(table: Table, undone: FromClause, name: str) -> ColumnElement[Any]:
    """A column as it was; what is worked out on each PC has no edits and is as it is."""
    column = table.c[name]
    if WAS + name not in undone.c:
        return column
    was = undone.c[WAS + name]
    held = func.substr(was, SIGN, 1) == SOMETHING
    old: ColumnElement[Any] = func.substr(was, SIGN + 1)
    if isinstance(column.type, Boolean):
        old = case((old == "1", true()), (old == "0", false()), else_=null())
    elif isinstance(column.type, Integer):
        old = cast(old, column.type)
    return case((was.is_(None), column), (held, old), else_=null()).label(name)


def _undone(source: Source, entity: str, names: Collection[str], instant: str) -> FromClause:
    """By row what each field held that was edited since the instant.

    The first edit knows it: the least of texts that begin with the number of the entry, all of
    one length. So one sorting by row does for all fields.
    """
    trail = source.trail
    fields = [name for name in names if name not in STAMPS]
    held = case((trail.c.old.is_(None), NOTHING), else_=SOMETHING + trail.c.old)
    number = cast(trail.c.seq, BigInteger) + literal(FIRST, BigInteger)
    told = cast(number, String) + held
    columns = [func.min(case((trail.c.field == name, told))).label(WAS + name) for name in fields]
    found = select(trail.c.row_id, *columns).where(edits(trail, entity, fields, instant))
    if source.among is not None:
        found = found.where(trail.c.row_id.in_(source.among))
    return found.group_by(trail.c.row_id).subquery()
