"""What becomes of each change of a batch: taken, merged, in conflict, waiting, or rejected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from sync import merge, protocol
from sync.merge import MergeClasses
from sync.protocol import Change, Entry, Note
from sync.server import regained, store
from sync.server.regained import Incoming
from sync.server.rows import Rows

ENTITY_CHARS_MAX = 24
ID_CHARS = 36
FIELD_CHARS_MAX = 40
FIELDS_MAX = 400
NOBODY = "/0"
"""The mark of what the server itself writes: no PC takes it for its own."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a change is not taken: never, or not before the row `waits_for` has arrived."""

    code: str
    waits_for: str = ""


Rule = Callable[[Change, Rows, str], Objection | None]
"""Looks at a change, the rows and the office before anything is merged."""
Guard = Callable[[Change, Mapping[str, Any], Rows, str], Objection | None]
"""Looks at the values of a change that a known row would take."""


def no_rule(_change: Change, _rows: Rows, _office: str) -> Objection | None:
    """Every change may be taken."""
    return None


def no_guard(
    _change: Change, _taken: Mapping[str, Any], _rows: Rows, _office: str
) -> Objection | None:
    """Every value may be taken."""
    return None


Other = Callable[[Entry, Rows], str]
Propose = Callable[[Change, str], tuple[str, str, dict[str, Any]] | None]
"""The record (entity, id, values) in the sender's scope that says a change became a proposal;
asked with the change and with what names it for ever."""


def nowhere_else(_entry: Entry, _rows: Rows) -> str:
    """No entry concerns another scope."""
    return ""


def no_proposal(_change: Change, _name: str) -> None:
    """Nothing moves, so nothing comes too late."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What an entry of this scope asks to be done in another one; `change` came too late here."""

    entry: Entry
    other: str
    change: Change | None = None


@dataclass(frozen=True)
class Domain:
    """What the log is told about the records, so that it need not know them.

    `parents` names per entity the fields that hold the id of a row it belongs to, each with that
    row's entity. `other` names the other scope in which an entry has to be carried out too.
    """

    classes: MergeClasses = field(default_factory=MergeClasses)
    parents: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    rule: Rule = no_rule
    guard: Guard = no_guard
    other: Other = nowhere_else
    proposal: Propose = no_proposal


@dataclass
class Deciding:
    """The entries that one batch adds to the log of its scope, growing from `seq` on."""

    domain: Domain
    connection: Connection
    scope_id: str
    rows: Rows
    seq: int
    received_at: str
    entries: list[tuple[Entry, Incoming]] = field(default_factory=list)
    anything_parked: bool = False
    unparked: dict[tuple[str, int], str] = field(default_factory=dict)
    base: int | None = None
    """Where the log was restored to, when the batch was made for the log before that."""
    errands: list[Errand] = field(default_factory=list)
    abroad: set[str] = field(default_factory=set)
    """Rows that this scope does not know and that have their home in another one."""

    def load(self, changes: Sequence[Change]) -> None:
        """Read the rows that the changes and their parents name."""
        wanted = {change.row for change in changes}
        for change in changes:
            wanted.update(row_id for _, row_id in self.parents(change))
        self.rows.load(wanted)
        new = [one.row for one in changes if self.rows.get(one.entity, one.row) is None]
        self.abroad |= self.rows.elsewhere(new)
        parked = select(store.parked.c.change_seq).where(store.parked.c.scope_id == self.scope_id)
        self.anything_parked = self.connection.execute(parked.limit(1)).first() is not None

    def parents(self, change: Change) -> list[tuple[str, str]]:
        """The rows that a change says its row belongs to, as (entity, id)."""
        named = self.domain.parents.get(change.entity, ())
        found = [(entity, _told(change, name)) for name, entity in named if name in change.fields]
        return [(entity, row_id) for entity, row_id in found if isinstance(row_id, str)]


def decide(work: Deciding, incoming: Incoming) -> tuple[str, Note | None]:
    """The verdict letter of one change, and what its PC must know about it."""
    fault = _fault(incoming.change)
    if fault:
        return protocol.REJECTED, _rejection(work, incoming.change, fault)
    superseded: list[str] = []
    if work.base is not None:
        incoming = regained.as_seen_again(incoming)
    change = incoming.change
    row = work.rows.get(change.entity, change.row)
    left_for = _left_for(work, change)
    if left_for:
        return _propose(work, incoming, left_for)
    if row is None and change.row in work.abroad:
        return _refuse(work, incoming, Objection("lives_elsewhere", change.row))
    if row is not None and work.rows.has_taken(change, work.base is not None):
        return protocol.MERGED, None
    if row is not None and work.base is not None:
        change, superseded = regained.against(
            work.rows, change, row, work.base, work.domain.classes.decides
        )
        incoming = replace(incoming, change=change)
        if not change.fields:
            return protocol.MERGED, _standing(work, change, superseded, "first_stands")
    if row is not None and change.entity in work.domain.classes.ledgers:
        return protocol.REJECTED, _rejection(work, change, "written_once")
    work.rows.mark = incoming.mark
    objection = work.domain.rule(change, work.rows, work.scope_id)
    if objection is not None:
        return _refuse(work, incoming, objection)
    missing = _missing(work, change, row is None)
    if missing is not None:
        return _refuse(work, incoming, missing)
    if row is None:
        return _create(work, incoming)
    merged = merge.merge(change, row, incoming.mark, work.domain.classes, work.rows.value)
    objection = work.domain.guard(change, merged.taken, work.rows, work.scope_id)
    if objection is not None:
        return _refuse(work, incoming, objection)
    if merged.taken:
        _take(work, incoming, _pairs(change, merged), row.version + 1)
    told = None
    if merged.stands or merged.joined or superseded:
        code = "members_joined" if merged.joined else "first_stands"
        told = _standing(work, change, (*merged.stands, *merged.joined, *superseded), code)
    if merged.verdict != protocol.CONFLICT:
        return merged.verdict, told
    note = _record_conflict(work, incoming, merged.refused)
    if told is not None:
        both = {"theirs": note.theirs | told.theirs, "seen": note.seen | told.seen}
        note = msgspec.structs.replace(note, **both)
    return protocol.CONFLICT, note


def _left_for(work: Deciding, change: Change) -> str:
    """The scope that a change's row, or one it belongs to, left for; empty when it is here."""
    keys = [(change.entity, change.row), *work.parents(change)]
    states = (work.rows.get(*key) for key in keys)
    return next((state.moved_to for state in states if state and state.moved_to), "")


def _propose(work: Deciding, incoming: Incoming, left_for: str) -> tuple[str, Note]:
    """Too late: the change goes to where its row has gone, and a person decides there."""
    change = incoming.change
    name = f"{work.scope_id}/{incoming.mark}/{incoming.number}"
    made = work.domain.proposal(change, name)
    if made is None:
        return protocol.REJECTED, Note("moved_away")
    entity, row_id, values = made
    work.rows.load([row_id])
    if work.rows.get(entity, row_id) is None:
        plain = msgspec.structs.replace(change, entity=entity, row=row_id, source="")
        server = Incoming(plain, 0, NOBODY)
        entry = _next_entry(work, server, Entry(0, "", "", "I", 1, values, "", ""))
        work.rows.taken(entry, NOBODY)
        work.errands.append(Errand(entry, left_for, change))
    if work.rows.get(change.entity, change.row) is None:
        work.rows.leave((change.entity, change.row), 0, left_for)
    return protocol.DEFERRED, Note("moved_proposal")


def _refuse(work: Deciding, incoming: Incoming, objection: Objection) -> tuple[str, Note]:
    if objection.waits_for:
        _park(work, incoming, objection.waits_for)
        return protocol.DEFERRED, Note(objection.code)
    return protocol.REJECTED, _rejection(work, incoming.change, objection.code)


def _missing(work: Deciding, change: Change, unknown: bool) -> Objection | None:
    """The row that a change must wait for: the one it edits, or one that it belongs to."""
    if unknown and change.op != "I" and change.source != "bypass":
        return Objection("row_missing", change.row)
    for parent in work.parents(change):
        if work.rows.get(*parent) is None:
            return Objection("parent_missing", parent[1])
    return None


def _create(work: Deciding, incoming: Incoming) -> tuple[str, Note | None]:
    change = incoming.change
    values = {name: merge.new_value(change, name) for name in change.fields}
    _take(work, incoming, values, 1)
    if work.anything_parked:
        take_parked(work, change.row)
    return protocol.ACCEPTED, None


def _pairs(change: Change, merged: merge.Merged) -> dict[str, Any]:
    if change.op == "I":
        return {name: [None, value] for name, value in merged.taken.items()}
    return {
        name: [merged.joined[name], value] if name in merged.joined else change.fields[name]
        for name, value in merged.taken.items()
    }


def _take(work: Deciding, incoming: Incoming, fields: dict[str, Any], version: int) -> None:
    op: protocol.Op = "I" if version == 1 else "U"
    entry = _next_entry(work, incoming, Entry(0, "", "", op, version, fields, "", ""))
    work.rows.taken(entry, incoming.mark)
    other = work.domain.other(entry, work.rows)
    if other:
        work.errands.append(Errand(entry, other))


def _next_entry(work: Deciding, incoming: Incoming, draft: Entry) -> Entry:
    work.seq += 1
    change = incoming.change
    entry = msgspec.structs.replace(
        draft,
        seq=work.seq,
        entity=change.entity,
        row=change.row,
        at=change.at,
        user=change.user,
        source=change.source,
        device=incoming.mark.partition("/")[0],
    )
    work.entries.append((entry, incoming))
    return entry


def _record_conflict(work: Deciding, incoming: Incoming, refused: Sequence[str]) -> Note:
    change = incoming.change
    row = work.rows.get(change.entity, change.row)
    if row is None:
        raise LookupError(change.row)
    here = work.rows.place(incoming.mark)
    base, theirs, by, seen, fields = {}, {}, {}, {}, {}
    for name in refused:
        known = name in change.fields
        base[name] = merge.old_value(change, name) if known else None
        mine = merge.new_value(change, name) if known else None
        touch = row.touch(name)
        theirs[name] = work.rows.value(touch, name)
        by[name], seen[name] = touch.user, touch.version
        at, place = work.rows.origin(touch)
        there = {"by": touch.user, "at": at, "on": place, "mine_on": here}
        fields[name] = [base[name], theirs[name], mine, there]
    authors = ", ".join(sorted(set(by.values())))
    draft = Entry(0, "", "", "C", row.version, fields, "", "", theirs_by=authors)
    entry = _next_entry(work, incoming, draft)
    return Note("changed_by_other", theirs, base, by, seen, entry.seq)


def _rejection(work: Deciding, change: Change, code: str) -> Note:
    """Why, and the server's values, so that the PC can show what stands."""
    row = work.rows.get(change.entity, change.row)
    if row is None:
        return Note(code)
    names = [name for name in change.fields if len(name) <= FIELD_CHARS_MAX]
    return _standing(work, change, names, code)


def _standing(work: Deciding, change: Change, names: Sequence[str], code: str) -> Note:
    """The server's values of some fields of a known row."""
    row = work.rows.get(change.entity, change.row)
    if row is None:
        raise LookupError(change.row)
    touches = {name: row.touch(name) for name in names}
    theirs = {name: work.rows.value(touch, name) for name, touch in touches.items()}
    return Note(code, theirs, seen={name: touch.version for name, touch in touches.items()})


def _fault(change: Change) -> str | None:
    """What makes a change senseless in itself."""
    if not 0 < len(change.entity) <= ENTITY_CHARS_MAX or len(change.row) != ID_CHARS:
        return "change_malformed"
    if len(change.fields) > FIELDS_MAX or len(change.at) > ID_CHARS or change.base < 0:
        return "change_malformed"
    if any(len(name) > FIELD_CHARS_MAX for name in change.fields):
        return "change_malformed"
    if "\x00" in "".join((change.entity, change.row, change.at, change.user, change.source)):
        return "change_malformed"
    if change.op in ("X", "C"):
        return "change_not_known"
    if change.op != "I" and not all(_is_pair(pair) for pair in change.fields.values()):
        return "change_malformed"
    return None


def _told(change: Change, name: str) -> object:
    """The new value of a field of a change that nobody has looked at yet."""
    value = change.fields[name]
    if change.op == "I":
        return value
    return value[1] if _is_pair(value) else None


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _park(work: Deciding, incoming: Incoming, waits_for: str) -> None:
    device, _, epoch = incoming.mark.partition("/")
    work.anything_parked = True
    work.connection.execute(
        store.parked.insert().values(
            scope_id=work.scope_id,
            device_id=device,
            epoch=int(epoch),
            change_seq=incoming.number,
            waits_for=waits_for,
            change=protocol.to_json(incoming.change).decode(),
            parked_at=work.received_at,
        )
    )


def take_parked(work: Deciding, row_id: str) -> None:
    """Changes that waited for a row come in now, in the order they were made."""
    parked = store.parked.c
    where = (parked.scope_id == work.scope_id, parked.waits_for == row_id)
    query = select(store.parked).where(*where).order_by(parked.device_id, parked.change_seq)
    lines = work.connection.execute(query).all()
    if lines:
        work.connection.execute(delete(store.parked).where(*where))
    work.abroad.discard(row_id)
    for line in lines:
        change = msgspec.json.decode(line.change, type=Change)
        mark = f"{line.device_id}/{line.epoch}"
        work.load([change])
        before = work.base
        if change.source.startswith(regained.AGAIN):
            work.base = regained.base(work.connection, work.scope_id)
        verdict, _ = decide(work, Incoming(change, line.change_seq, mark))
        work.base = before
        work.unparked[mark, line.change_seq] = verdict
