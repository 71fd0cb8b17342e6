"""What the server sent, written into the office's records without leaving outbox entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Integer, insert, select
from sqlalchemy.orm import Session

from data.base import Base, travelling_columns
from data.capture import as_text
from data.records.change import Change as Pending
from data.records.office import Office
from data.records.sync import DECIDES, SyncExtra, SyncRow, SyncState
from data.records.trace import History
from data.schema import travelling
from sync.protocol import Entry

Key = tuple[str, str]
HISTORY = "history of the page"
INTEGER_MAX = 2**63 - 1
STATE_ID = 1


class Unconfirmed:
    """The fields of some rows that this PC changed and the server has not judged yet."""

    def __init__(self, session: Session, ids: Iterable[str]) -> None:
        query = select(Pending.entity, Pending.row_id, Pending.fields).where(
            Pending.row_id.in_(set(ids)), Pending.verdict.is_(None)
        )
        self._fields: dict[Key, set[str]] = {}
        for entity, row_id, fields in session.execute(query):
            self._fields.setdefault((entity, row_id), set()).update(json.loads(fields))

    def of(self, entity: str, row_id: str) -> set[str]:
        """Names of the unconfirmed fields of one row."""
        return self._fields.get((entity, row_id), set())


class Step:
    """How far a row here is out of step with the server: see data.records.sync.SyncRow."""

    def __init__(self, session: Session, entity: str, row_id: str) -> None:
        self._session = session
        self._key = (entity, row_id)
        self._row = session.get(SyncRow, self._key)
        row = self._row
        self.ahead: dict[str, int] = json.loads(row.ahead) if row else {}
        self.held: dict[str, int] = json.loads(row.held) if row else {}
        self.pristine: dict[str, Any] = json.loads(row.pristine) if row else {}

    def let_go(self, names: Iterable[str]) -> None:
        """The fields hold the server's values, or the server took ours."""
        for name in names:
            self.held.pop(name, None)
            self.pristine.pop(name, None)

    def reached(self, version: int, unconfirmed: set[str]) -> None:
        """The row was pulled up to a version: nothing is ahead of it below that.

        What the author of an unconfirmed change saw is kept until the change is judged.
        """
        self.ahead = {n: at for n, at in self.ahead.items() if at > version or n in unconfirmed}

    def save(self) -> None:
        """Keep what is out of step; forget the row when nothing is.

        What was forgotten is gone at once: the next change of the same row looks again.
        """
        if not (self.ahead or self.held):
            if self._row is not None:
                self._session.delete(self._row)
                self._session.flush()
            return
        if self._row is None:
            self._row = SyncRow(entity=self._key[0], row_id=self._key[1])
            self._session.add(self._row)
        self._row.ahead = json.dumps(self.ahead)
        self._row.held = json.dumps(self.held)
        self._row.pristine = json.dumps(self.pristine, ensure_ascii=False)


@cache
def kinds() -> dict[str, type[Base]]:
    """The records that travel, by entity."""
    return travelling()


@cache
def columns(kind: type[Base]) -> tuple[str, ...]:
    """The columns of a record whose values travel."""
    return travelling_columns(kind)


def office_id(session: Session) -> str:
    """The office of this store."""
    return session.scalars(select(Office.id)).one()


def record_of(session: Session, entity: str, row_id: str) -> Any:
    """The record of an entity that this program knows, or None."""
    kind = kinds().get(entity)
    return session.get(kind, row_id) if kind else None


def create(session: Session, entry: Entry, office: str) -> Any:
    """A record that another PC made; its author and time stay the original ones."""
    record = made(session, entry, office)
    write_history(session, created_line(entry, record))
    return record


def created_line(entry: Entry, record: Any) -> dict[str, Any]:
    """What the history says of a creation."""
    values = fitting(kinds()[entry.entity], entry.fields)
    whole = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    line = history_line(entry, record)
    return line | {"op": "create", "field": None, "old": None, "new": whole}


def edited_lines(entry: Entry, record: Any) -> Iterator[dict[str, Any]]:
    """What the history says of an edit: a line for each field that moved or was decided on."""
    line = history_line(entry, record)
    kind: type[Base] = type(record)
    known = columns(kind)
    for name, (old, new) in entry.fields.items():
        if name in known and (old != new or entry.source.startswith(DECIDES)):
            values = {"op": "edit", "field": name, "old": as_text(old), "new": as_text(new)}
            yield line | values


def made(session: Session, entry: Entry, office: str) -> Any:
    """The record of a creation, without its line in the history."""
    kind: Any = kinds()[entry.entity]
    values = fitting(kind, entry.fields)
    given = {name: value for name, value in values.items() if value is not None}
    record = kind(id=entry.row, office_id=office, **(_never_empty(kind) | given))
    record.version, record.server_version = 1, entry.version
    record.created_at = record.updated_at = entry.at
    record.created_by = record.updated_by = entry.user
    if hasattr(record, "derive"):
        record.derive(columns(kind), entry.user)
    session.add(record)
    return record


def edit(session: Session, record: Any, entry: Entry, names: Iterable[str]) -> None:
    """Write the new values of some fields of an entry; the history gets all of them."""
    taken = fitting(type(record), {name: entry.fields[name][1] for name in names})
    put(record, taken, entry.at, entry.user)
    for line in edited_lines(entry, record):
        write_history(session, line)


def keep_unknown(session: Session, entry: Entry) -> None:
    """Keep what a newer program sent and this one has no place for."""
    kind = kinds().get(entry.entity)
    known = columns(kind) if kind else ()
    new = {
        name: value if entry.op == "I" else value[1]
        for name, value in entry.fields.items()
        if name not in known
    }
    if not new and kind is not None:
        return
    kept = session.get(SyncExtra, (entry.entity, entry.row))
    if kept is None:
        kept = SyncExtra(entity=entry.entity, row_id=entry.row, version=0, fields="{}")
        session.add(kept)
    if entry.version > kept.version:
        kept.fields = json.dumps(json.loads(kept.fields) | new, ensure_ascii=False)
        kept.version = entry.version


def put(record: Any, values: Mapping[str, Any], at: str, by: str) -> None:
    """Set fields of a record and everything that follows from them."""
    for name, value in values.items():
        setattr(record, name, value)
    if values:
        record.version += 1
        record.updated_at, record.updated_by = at, by
        if hasattr(record, "derive"):
            record.derive(set(values), by)


def fitting(kind: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that this program has columns for, in the columns' types and order."""
    fits = _fits(kind.__tablename__)
    return {name: fits[name](values[name]) for name in fits if name in values}


@cache
def _fits(entity: str) -> dict[str, Callable[[Any], Any]]:
    kind = kinds()[entity]
    by_type: dict[type, Callable[[Any], Any]] = {Boolean: _boolean, Integer: _integer}
    table = kind.__table__.columns
    return {name: by_type.get(type(table[name].type), _text) for name in columns(kind)}


def _boolean(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _integer(value: Any) -> int | None:
    sound = isinstance(value, int | float) and abs(value) <= INTEGER_MAX
    return int(value) if sound else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def write_history(session: Session, line: dict[str, Any]) -> None:
    """Put one line into the history when the page is flushed, in the order of the log."""
    session.info.setdefault(HISTORY, []).append(line)


def flush_history(session: Session, told_before: bool = False) -> None:
    """Write the collected lines; `told_before`: only those that are not known already."""
    lines = session.info.pop(HISTORY, [])
    standing = session.get(SyncState, STATE_ID)
    if lines and (told_before or (standing is not None and standing.restored_at)):
        lines = not_known(session, lines)
    if lines:
        session.connection().execute(insert(History), lines)


def not_known(session: Session, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without the lines that this PC's history has already: the log may tell them again."""
    names = ("entity", "row_id", "at", "by", "op", "field", "new")
    ids = {line["row_id"] for line in lines}
    query = select(*(getattr(History, name) for name in names)).where(History.row_id.in_(ids))
    known = {tuple(line) for line in session.execute(query)}
    return [line for line in lines if tuple(line[name] for name in names) not in known]


def history_line(entry: Entry, record: Any) -> dict[str, Any]:
    """What an entry of the server's log says in the history of this PC."""
    person = entry.row if entry.entity == "person" else getattr(record, "person_id", None)
    return {
        "txn": f"sync:{entry.seq}",
        "entity": entry.entity,
        "row_id": entry.row,
        "person_id": person,
        "at": entry.at,
        "by": entry.user,
        "source": entry.source or f"sync:{entry.device}",
    }


@cache
def _never_empty(kind: type[Base]) -> dict[str, Any]:
    """What stands in columns that must not be empty when the sender's program knew them not."""
    found = {}
    for column in kind.__table__.columns:
        default = column.default.arg if column.default is not None else None  # type: ignore[attr-defined]
        if default is None and not column.nullable:
            default = 0 if isinstance(column.type, Integer) else ""
        if default is not None and column.name in columns(kind):
            found[column.name] = default
    return found
