"""How each row of a scope stands on the server while one batch is being decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select, text

from sync.merge import TOMBSTONE, RowState, Touch
from sync.protocol import Change, Entry, to_json
from sync.server import store

Key = tuple[str, str]
IN_PER_QUERY = 400


@dataclass(frozen=True, slots=True)
class Edit:
    """One accepted edit of a row: its place in the log, by whom, and `{field: [old, new]}`."""

    seq: int
    user: str
    fields: Mapping[str, Any]


class Rows:
    """Row states of one scope: read once, moved on in memory, written back together.

    `mark` names the device and epoch of the change that is being looked at.
    """

    def __init__(self, connection: Connection, scope_id: str) -> None:
        self.connection = connection
        self.mark = ""
        self.scope_id = scope_id
        self._states: dict[Key, RowState] = {}
        self._stored: set[Key] = set()
        self._moved: set[Key] = set()
        self._fresh: dict[int, Entry] = {}
        self._edits: dict[Key, list[Edit]] = {}

    def load(self, ids: Iterable[str]) -> None:
        """Read the states of these row ids, whatever their entity."""
        known = {row_id for _, row_id in self._states}
        wanted = sorted(set(ids) - known)
        for start in range(0, len(wanted), IN_PER_QUERY):
            query = select(store.row).where(
                store.row.c.scope_id == self.scope_id,
                store.row.c.row_id.in_(wanted[start : start + IN_PER_QUERY]),
            )
            for line in self.connection.execute(query):
                key = (line.entity, line.row_id)
                self._states[key] = state_of(line)
                self._stored.add(key)

    def get(self, entity: str, row_id: str) -> RowState | None:
        """How a row stands, or None when the scope does not know it. Call `load` first."""
        return self._states.get((entity, row_id))

    def version(self, entity: str, row_id: str) -> int:
        """The version of a row, 0 when the scope does not know it."""
        state = self._states.get((entity, row_id))
        return state.version if state else 0

    def elsewhere(self, ids: Collection[str]) -> set[str]:
        """Those of the persons' ids whose home is another scope."""
        row = store.row.c
        query = select(row.row_id).where(
            text(store.AT_HOME), row.scope_id != self.scope_id, row.row_id.in_(ids)
        )
        return set(self.connection.scalars(query)) if ids else set()

    def leave(self, key: Key, version: int, moved_to: str) -> None:
        """The row has its home in another scope from this version on."""
        before = self._states.get(key)
        created = before.created if before else Touch(0, "", "", 0)
        self._states[key] = RowState(version, created, {}, False, moved_to)
        self._edits.pop(key, None)
        self._moved.add(key)

    def forget(self, key: Key) -> None:
        """The row comes back whole: nothing of how it stood here before counts."""
        self._states.pop(key, None)

    def bump(self, key: Key, version: int) -> None:
        """The version of a row moves on without any field."""
        self._states[key] = replace(self._states[key], version=version)
        self._moved.add(key)

    def value(self, touch: Touch, name: str) -> Any:
        """The value that a touch gave a field: the log keeps every value ever taken."""
        entry = self._fresh.get(touch.seq)
        if entry is None:
            query = select(store.entry.c.op, store.entry.c.fields).where(
                store.entry.c.scope_id == self.scope_id, store.entry.c.seq == touch.seq
            )
            line = self.connection.execute(query).one()
            op, fields = line.op, msgspec.json.decode(line.fields)
        else:
            op, fields = entry.op, entry.fields
        value = fields.get(name)
        return value if op == "I" or value is None else value[1]

    def origin(self, touch: Touch) -> tuple[str, str]:
        """When (ISO UTC, by the clock there) and on which PC a touch was made."""
        entry = self._fresh.get(touch.seq)
        if entry is not None:
            return entry.at, self.place(touch.device)
        query = select(store.entry.c.at).where(
            store.entry.c.scope_id == self.scope_id, store.entry.c.seq == touch.seq
        )
        return self.connection.execute(query).scalar_one(), self.place(touch.device)

    def place(self, mark: str) -> str:
        """The name of the PC of a device mark, as it was enrolled."""
        device = store.device.c
        query = select(device.name).where(device.id == mark.partition("/")[0])
        return self.connection.scalar(query) or ""

    def current(self, entity: str, row_id: str, name: str) -> Any:
        """The value that a field has now; None when the row is not here (any more): of one that
        left the log has no values."""
        row = self.get(entity, row_id)
        return None if row is None or row.moved_to else self.value(row.touch(name), name)

    def edits(self, entity: str, ids: Collection[str]) -> list[Edit]:
        """The accepted edits of some rows of a kind, those of this batch among them."""
        if not ids:
            return []
        entry = store.entry.c
        query = (
            select(entry.seq, entry.user, entry.fields)
            .where(entry.scope_id == self.scope_id, entry.row_id.in_(ids), entry.entity == entity)
            .where(text("log_entry.op = 'U'"))
        )
        stored = self.connection.execute(query)
        edits = [Edit(line.seq, line.user, msgspec.json.decode(line.fields)) for line in stored]
        for row_id in ids:
            edits += self._edits.get((entity, row_id), [])
        return edits

    def has_taken(self, change: Change, again: bool = False) -> bool:
        """Whether a known row took exactly this change before: a store that was restored from a
        backup sends again what it does not know to be confirmed. `again`: the numbers of the
        versions that its author saw say nothing, for this server was restored."""
        row = self._states[change.entity, change.row]
        if not again and change.base >= row.version:
            return False
        entry = store.entry.c
        query = select(entry.fields).where(
            entry.scope_id == self.scope_id, entry.at == change.at, entry.user == change.user
        )
        if change.op == "I":
            query = query.where(entry.seq == row.created.seq, entry.op == "I")
        else:
            query = query.where(
                entry.row_id == change.row,
                entry.entity == change.entity,
                text("log_entry.op = 'U'"),
            )
        return any(
            msgspec.json.decode(fields) == change.fields
            for fields in self.connection.scalars(query)
        )

    def disputed(self, change: Change, again: bool = False) -> list[str]:
        """Fields for whose values by this very change there is a conflict's entry: a store that was
        put back or copied sends again what it knows no answer to. `again` as in `has_taken`."""
        row = self._states[change.entity, change.row]
        if change.op != "U" or (not again and change.base >= row.version):
            return []
        entry = store.entry.c
        query = select(entry.fields).where(
            entry.scope_id == self.scope_id,
            entry.row_id == change.row,
            text("log_entry.op = 'C'"),
            entry.at == change.at,
            entry.user == change.user,
        )
        raised = [msgspec.json.decode(fields) for fields in self.connection.scalars(query)]
        return [
            name
            for name, (old, new) in change.fields.items()
            if any(name in one and [one[name][0], one[name][2]] == [old, new] for one in raised)
        ]

    def brought(self, entity: str) -> bool:
        """Whether the device whose change is looked at made a row of this kind before."""
        device = self.mark.partition("/")[0] + "/"
        row = store.row.c
        query = select(row.row_id).where(
            row.scope_id == self.scope_id,
            row.entity == entity,
            row.created_device.startswith(device),
        )
        here = any(
            kind == entity and state.created.device.startswith(device)
            for (kind, _), state in self._states.items()
        )
        return here or self.connection.execute(query.limit(1)).first() is not None

    def moved(self, entity: str) -> set[str]:
        """The ids of the rows of this kind that this batch made or moved on and that are here."""
        return {
            row_id
            for kind, row_id in self._moved
            if kind == entity and not self._states[kind, row_id].moved_to
        }

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
        if entry.op == "U":
            self._edits.setdefault(key, []).append(Edit(entry.seq, entry.user, entry.fields))
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
            store.insert_many(self.connection, store.row, new)
        for line in old:
            key = {name: line.pop(name) for name in ("scope_id", "entity", "row_id")}
            where = [store.row.c[name] == value for name, value in key.items()]
            self.connection.execute(store.row.update().where(*where).values(line))

    def _line(self, key: Key) -> dict[str, Any]:
        state = self._states[key]
        return {
            "scope_id": self.scope_id,
            "entity": key[0],
            "row_id": key[1],
            "version": state.version,
            "deleted": state.deleted,
            "created_device": state.created.device,
            "created_user": state.created.user,
            "created_seq": state.created.seq,
            "touches": _touches_text(state.touches),
            "moved_to": state.moved_to,
        }


def entry_of(line: Any) -> Entry:
    """A stored line of the log as it is, whoever asks."""
    fields = msgspec.json.decode(line.fields)
    return Entry(line.seq, line.entity, line.row_id, line.op, line.version, fields, line.at,
                 line.user, line.device_id, line.source, 0, line.theirs_by)  # fmt: skip


def plain(state: RowState) -> dict[str, Any]:
    """A row's state in words of JSON."""
    touches = {name: (t.version, t.device, t.user, t.seq) for name, t in state.touches.items()}
    made = (state.created.device, state.created.user, state.created.seq)
    whole = {"version": state.version, "removed": state.deleted, "made": made, "touches": touches}
    return whole | ({"moved_to": state.moved_to} if state.moved_to else {})


def state_of(line: Row[Any]) -> RowState:
    """A row's state as a line of the table of rows has it."""
    created = Touch(1, line.created_device, line.created_user, line.created_seq)
    stored = msgspec.json.decode(line.touches, type=dict[str, tuple[int, str, str, int]])
    touches = {name: Touch(*parts) for name, parts in stored.items()}
    return RowState(line.version, created, touches, line.deleted, line.moved_to)


def _touches_text(touches: Mapping[str, Touch]) -> str:
    parts = {name: (t.version, t.device, t.user, t.seq) for name, t in touches.items()}
    return to_json(parts).decode()
