"""The unit of work's witness: on each flush it writes history and outbox beside the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import delete, event, func, insert, inspect, select, text
from sqlalchemy.orm import Session, sessionmaker

from data.base import Base, Travels, new_id, now_text, travelling_columns
from data.changes import touch
from data.records.change import Change, Dirty
from data.records.trace import History

Row = dict[str, Any]
COLUMNS: dict[type[Base], tuple[str, ...]] = {}
COVERED, SEEN_BEFORE = "covered", "seen_before"
NEWEST_SEEN = select(func.coalesce(func.max(Dirty.seq), 0))


def attach(factory: sessionmaker[Session]) -> None:
    """Let every session of the factory record what it changes."""
    event.listen(factory, "before_flush", _before_flush)
    event.listen(factory, "after_flush", _after_flush)


@contextmanager
def applying(session: Session) -> Iterator[None]:
    """While changes of the server are applied: no outbox entries, and the triggers keep still.

    The switch lies in the same transaction, so that a crash rolls both back together.
    """
    session.flush()
    session.info["applying"] = True
    session.execute(text("UPDATE capture_state SET applying = 1 WHERE id = 1"))
    try:
        yield
        session.flush()
        session.execute(text("UPDATE capture_state SET applying = 0 WHERE id = 1"))
    finally:
        session.info.pop("applying", None)


def add_rows(session: Session, kind: type[Travels], rows: Sequence[tuple[Row, str]]) -> None:
    """Write new records of one kind as `session.add` would, without a mapped object for each.

    Each row has its values by column, id and office with them, and its source. For long lists:
    three times as fast. Records with keys of their own say them in `derived(values)`.
    """
    if not rows:
        return
    entity = kind.__tablename__  # type: ignore[attr-defined]
    columns, defaults = _places(kind), _defaults(kind)  # type: ignore[arg-type]
    history: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    written: list[Row] = []
    one = _stamp_of(session, None)
    for given, source in rows:
        stamp = one | {"source": source} if source else one
        row = defaults | {name: value for name, value in given.items() if value is not None}
        row |= {"version": 1, "server_version": 0, "created_at": stamp["at"]}
        row |= {"updated_at": stamp["at"], "created_by": stamp["login"]}
        row["updated_by"] = stamp["login"]
        filled = [name for name in row if name in columns and row[name] is not None]
        values = _json({name: row[name] for name in sorted(filled, key=columns.__getitem__)})
        if hasattr(kind, "derived"):
            row |= kind.derived(row, stamp["login"])
        written.append(row)
        person = row["id"] if entity == "person" else row.get("person_id")
        common = {"txn": stamp["txn"], "entity": entity, "row_id": row["id"]}
        common |= {"at": stamp["at"], "source": stamp["source"]}
        line = {"person_id": person, "by": stamp["login"], "op": "create", "new": values}
        history.append(common | line)
        change = {"base_version": 0, "user": stamp["login"], "op": "I", "fields": values}
        changes.append(common | change)
        touch(session, entity, row["id"])
    seen = session.connection().scalar(NEWEST_SEEN)
    for table, some in ((entity, written), ("history", history), ("change", changes)):
        _insert(session, table, some)
    _take_out(session, frozenset((entity, str(row["id"])) for row in written), seen)


def confirm(session: Session, record: Any, name: str) -> None:
    """Write down that somebody decided for the value that a field of a record has already.

    History and outbox say it as an edit from the value to itself, so that it reaches every PC.
    """
    stamp, value = _stamp(session, record), getattr(record, name)
    told = {"op": "edit", "field": name, "old": as_text(value), "new": as_text(value)}
    session.execute(insert(History), [_line(record, stamp) | told])
    fields = _json({name: [value, value]})
    session.execute(insert(Change), [_change(record, stamp) | {"op": "U", "fields": fields}])
    touch(session, record.__tablename__, record.id)


def offer(session: Session, record: Any) -> None:
    """Put a whole record into the outbox as a new one: the server does not know it any more."""
    fields = _json(row_values(record))
    line = _change(record, _stamp(session, record)) | {"op": "I", "fields": fields}
    session.execute(insert(Change), [line | {"base_version": 0}])
    touch(session, record.__tablename__, record.id)


def note(session: Session, record: Any, name: str, new: str) -> None:
    """Write into the history alone that a field of a record was set, on this PC only."""
    told = {"op": "edit", "field": name, "old": as_text(getattr(record, name)), "new": new}
    session.execute(insert(History), [_line(record, _stamp(session, record)) | told])
    touch(session, record.__tablename__, record.id)


def _insert(session: Session, table: str, rows: Sequence[Row]) -> None:
    """Bare INSERT of rows with the columns that any of them has."""
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    values = [tuple(map(row.get, names)) for row in rows]
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places})'
    session.connection().exec_driver_sql(statement, values)


@cache
def _places(kind: type[Base]) -> dict[str, int]:
    """The travelling columns of a kind and their order."""
    return {name: at for at, name in enumerate(_columns(kind))}


@cache
def _defaults(kind: type[Base]) -> Row:
    return {
        column.name: column.default.arg
        for column in kind.__table__.columns
        if column.default is not None and column.default.is_scalar
    }


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def row_values(record: Any) -> dict[str, Any]:
    """The travelling values of a record that are not empty, by column name."""
    columns = _columns(type(record))
    state = record.__dict__
    return {name: state[name] for name in columns if state.get(name) is not None}


def _columns(kind: type[Base]) -> tuple[str, ...]:
    if kind not in COLUMNS:
        COLUMNS[kind] = travelling_columns(kind)
    return COLUMNS[kind]


def _before_flush(session: Session, _context: object, _instances: object) -> None:
    session.info[COVERED] = frozenset()
    if session.info.get("applying"):
        return
    history: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for record in session.new:
        if isinstance(record, Travels):
            _created(session, record, history, changes)
    for record in session.dirty:
        if isinstance(record, Travels) and session.is_modified(record):
            _edited(session, record, history, changes)
    if not changes:
        return
    connection = session.connection()
    session.info[COVERED] = frozenset((one["entity"], one["row_id"]) for one in changes)
    session.info[SEEN_BEFORE] = connection.scalar(NEWEST_SEEN)
    if history:
        connection.execute(insert(History), history)
    connection.execute(insert(Change), changes)


def _after_flush(session: Session, _context: object) -> None:
    """Take out of the net what this flush itself announced: whatever stays there slipped by."""
    covered = session.info[COVERED]
    if covered:
        _take_out(session, covered, session.info[SEEN_BEFORE])


def _take_out(session: Session, covered: frozenset[tuple[str, str]], seen: int | None) -> None:
    """Take covered rows that the net noted after `seen` out of it."""
    connection = session.connection()
    since = Dirty.seq > (seen or 0)
    noted = connection.execute(select(Dirty.seq, Dirty.entity, Dirty.row_id).where(since)).all()
    slipped = [seq for seq, entity, row_id in noted if (entity, row_id) not in covered]
    connection.execute(delete(Dirty).where(since, Dirty.seq.not_in(slipped)))


def _stamp(session: Session, record: Any) -> dict[str, Any]:
    """Who, when and from where; `session.info["sources"]` may name a source for each row id."""
    return _stamp_of(session, session.info.get("sources", {}).get(record.id))


def _stamp_of(session: Session, source: str | None) -> dict[str, Any]:
    author = session.info["author"]
    txn = session.info.get("txn") or session.info.setdefault("txn", new_id())
    at = session.info.get("at") or now_text()
    source = source or author.source
    return {"txn": txn, "at": at, "login": author.login, "source": source}


def _created(session: Session, record: Any, history: list[Any], changes: list[Any]) -> None:
    record.id = record.id or new_id()
    stamp = _stamp(session, record)
    record.version = 1
    record.server_version = 0
    record.created_at = record.updated_at = stamp["at"]
    record.created_by = record.updated_by = stamp["login"]
    _apply_defaults(record)
    if hasattr(record, "derive"):
        record.derive(_columns(type(record)), stamp["login"])
    values = json.dumps(row_values(record), ensure_ascii=False, separators=(",", ":"))
    line = _line(record, stamp)
    history.append(line | {"op": "create", "field": None, "old": None, "new": values})
    changes.append(_change(record, stamp) | {"op": "I", "fields": values})


def _apply_defaults(record: Any) -> None:
    for column in record.__table__.columns:
        default = column.default
        if default is not None and default.is_scalar and getattr(record, column.name) is None:
            setattr(record, column.name, default.arg)


def _edited(session: Session, record: Any, history: list[Any], changes: list[Any]) -> None:
    edits = _edits(record)
    if not edits:
        return
    stamp = _stamp(session, record)
    record.version = record.version + 1
    record.updated_at = stamp["at"]
    record.updated_by = stamp["login"]
    if hasattr(record, "derive"):
        record.derive(edits, stamp["login"])
    line = _line(record, stamp) | {"op": "edit"}
    for name, (old, new) in edits.items():
        history.append(line | {"field": name, "old": as_text(old), "new": as_text(new)})
    payload = json.dumps(edits, ensure_ascii=False, separators=(",", ":"))
    changes.append(_change(record, stamp) | {"op": "U", "fields": payload})


def _edits(record: Any) -> dict[str, tuple[Any, Any]]:
    state = inspect(record)
    edits = {}
    for name in _columns(type(record)):
        past = state.attrs[name].history
        if past.has_changes():
            old = past.deleted[0] if past.deleted else None
            new = past.added[0] if past.added else None
            if old != new:
                edits[name] = (old, new)
    return edits


def _line(record: Any, stamp: dict[str, Any]) -> dict[str, Any]:
    entity = record.__tablename__
    person = record.id if entity == "person" else getattr(record, "person_id", None)
    return {
        "txn": stamp["txn"],
        "entity": entity,
        "row_id": record.id,
        "person_id": person,
        "at": stamp["at"],
        "by": stamp["login"],
        "source": stamp["source"],
    }


def _change(record: Any, stamp: dict[str, Any]) -> dict[str, Any]:
    return {
        "txn": stamp["txn"],
        "entity": record.__tablename__,
        "row_id": record.id,
        "base_version": record.server_version,
        "at": stamp["at"],
        "user": stamp["login"],
        "source": stamp["source"],
    }


def as_text(value: Any) -> str | None:
    """A stored value as the history keeps it: text, `1`/`0` for yes/no, None for empty."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)
