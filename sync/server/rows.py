"""How each row of a scope stands on the server while one batch is being decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from sync.merge import TOMBSTONE, RowState, Touch
from sync.protocol import Entry, to_json
from sync.server import store

Key = tuple[str, str]
IN_PER_QUERY = 400


class Rows:
    """Row states of one scope: read once, moved on in memory, written back together."""

    def __init__(self, connection: Connection, scope_id: str) -> None:
        self._connection = connection
        self._scope = scope_id
        self._states: dict[Key, RowState] = {}
        self._stored: set[Key] = set()
        self._moved: set[Key] = set()
        self._fresh: dict[int, Entry] = {}

    def load(self, ids: Iterable[str]) -> None:
        """Read the states of these row ids, whatever their entity."""
        known = {row_id for _, row_id in self._states}
        wanted = sorted(set(ids) - known)
        for start in range(0, len(wanted), IN_PER_QUERY):
            query = select(store.row).where(
                store.row.c.scope_id == self._scope,
                store.row.c.row_id.in_(wanted[start : start + IN_PER_QUERY]),
            )
            for line in self._connection.execute(query):
                key = (line.entity, line.row_id)
                self._states[key] = _state(line)
                self._stored.add(key)

    def get(self, entity: str, row_id: str) -> RowState | None:
        """How a row stands, or None when the scope does not know it. Call `load` first."""
        return self._states.get((entity, row_id))

    def version(self, entity: str, row_id: str) -> int:
        """The version of a row, 0 when the scope does not know it."""
        state = self._states.get((entity, row_id))
        return state.version if state else 0

    def value(self, touch: Touch, name: str) -> Any:
        """The value that a touch gave a field: the log keeps every value ever taken."""
        entry = self._fresh.get(touch.seq)
        if entry is None:
            query = select(store.entry.c.op, store.entry.c.fields).where(
                store.entry.c.scope_id == self._scope, store.entry.c.seq == touch.seq
            )
            line = self._connection.execute(query).one()
            op, fields = line.op, msgspec.json.decode(line.fields)
        else:
            op, fields = entry.op, entry.fields
        value = fields.get(name)
        return value if op == "I" or value is None else value[1]

    def taken(self, entry: Entry, device: str) -> None:
        """Move a row on by an accepted entry (not by one that only records a conflict)."""
        key = (entry.entity, entry.row)
        self._fresh[entry.seq] = entry
        self._moved.add(key)
        touch = Touch(entry.version, device, entry.user, entry.seq)
        before = self._states.get(key)
        if before is None:
            gone = entry.fields.get(TOMBSTONE) is not None
            self._states[key] = RowState(entry.version, touch, {}, gone)
            return
        deleted = before.deleted
        if TOMBSTONE in entry.fields:
            value = entry.fields[TOMBSTONE]
            deleted = (value if entry.op == "I" else value[1]) is not None
        touches = dict(before.touches) | dict.fromkeys(entry.fields, touch)
        self._states[key] = RowState(entry.version, before.created, touches, deleted)

    def save(self) -> None:
        """Write the moved rows back."""
        new = [self._line(key) for key in sorted(self._moved - self._stored)]
        old = [self._line(key) for key in sorted(self._moved & self._stored)]
        if new:
            store.insert_many(self._connection, store.row, new)
        for line in old:
            key = {name: line.pop(name) for name in ("scope_id", "entity", "row_id")}
            where = [store.row.c[name] == value for name, value in key.items()]
            self._connection.execute(store.row.update().where(*where).values(line))

    def _line(self, key: Key) -> dict[str, Any]:
        state = self._states[key]
        return {
            "scope_id": self._scope,
            "entity": key[0],
            "row_id": key[1],
            "version": state.version,
            "deleted": state.deleted,
            "created_device": state.created.device,
            "created_user": state.created.user,
            "created_seq": state.created.seq,
            "touches": _touches_text(state.touches),
        }


def _state(line: Row[Any]) -> RowState:
    created = Touch(1, line.created_device, line.created_user, line.created_seq)
    stored = msgspec.json.decode(line.touches, type=dict[str, tuple[int, str, str, int]])
    touches = {name: Touch(*parts) for name, parts in stored.items()}
    return RowState(line.version, created, touches, line.deleted)


def _touches_text(touches: Mapping[str, Touch]) -> str:
    parts = {name: (t.version, t.device, t.user, t.seq) for name, t in touches.items()}
    return to_json(parts).decode()
