"""Who may approve what: nobody his own work, and no approved value without an approval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import select

from data import fields
from data.records.person import WORKFLOW as PERSON_WORKFLOW
from sync import merge
from sync.merge import RowState
from sync.protocol import Change
from sync.server import census, members
from sync.server.deciding import Objection
from sync.server.rows import Rows

APPROVED = "approved"
STATUS = {"person": "status", "care_case": "case_status", "amendment": "state"}
"""The field of each kind of record that says whether it is approved."""
NO_CONTENT = {
    "person": PERSON_WORKFLOW,
    "care_case": frozenset({"case_status"}),
    "amendment": frozenset({"state", "reason", "decided_by", "decided_at"}),
}
"""Fields that say where a record stands; who moves them did not write the record."""
SAYINGS = {
    "approval": ("decision", "person", "person_id"),
    "case_note": ("note_kind", "care_case", "case_id"),
}
"""Records that say another one was approved: in which field, which kind of record, whose id."""


def approval_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Nobody approves what he wrote or changed, and only working approvers approve.

    The PC checks the same before; the server does not rely on it (contract of the office, and
    architecture decision 16). A record that has not arrived is waited for.
    """
    about = _approved_record(change, rows)
    if about is None:
        return None
    entity, row_id = about
    rows.load([row_id])
    row = rows.get(entity, row_id)
    if row is None:
        own = change.op == "I" and about == (change.entity, change.row)
        return Objection("approver_is_author") if own or change.source == "bypass" else None
    if _already(change, rows, row):
        return None
    if change.user in authors(rows, entity, row_id) or _writes_too(change, rows, row):
        return Objection("approver_is_author")
    return members.approver_objection(rows, office_id, change.user)


def guarded_objection(
    change: Change, taken: Mapping[str, Any], rows: Rows, office_id: str
) -> Objection | None:
    """A guarded value of an approved person changes only as an amendment says that its approver,
    who did not write it, lets in. Both arrive together, in either order."""
    row = rows.get("person", change.row)
    if change.entity != "person" or row is None:
        return None
    asked = {
        name: value
        for name, value in taken.items()
        if name in fields.guarded("person") and rows.value(row.touch(name), name) != value
    }
    if not asked or rows.value(row.touch("status"), "status") != APPROVED:
        return None
    found = _amendments(rows, office_id, change.row)
    seqs = [row.touch(name).seq for name in asked]
    if not any(_lets_in(rows, one, asked, (change.user, seqs)) for one in found):
        return Objection("guarded_without_approval")
    return members.approver_objection(rows, office_id, change.user)


def authors(rows: Rows, entity: str, row_id: str) -> set[str]:
    """Who made a record, and everybody who changed its content since it was last approved.

    Nothing changed since then: who changed it before that approval. Who let an amendment in did
    not write its values.
    """
    row = rows.get(entity, row_id)
    if row is None:
        return set()
    now: set[str] = set()
    before: set[str] = set()
    approved = False
    for edit in rows.edits(entity, row_id):
        content = set(edit.fields) - NO_CONTENT[entity]
        let_in = approved and content <= fields.guarded(entity)
        if content and not (entity == "person" and let_in):
            now.add(edit.user)
        if STATUS[entity] not in edit.fields:
            continue
        approved = edit.fields[STATUS[entity]][1] == APPROVED
        if approved and now:
            before, now = now, set()
    return {row.created.user} | (now or before)


def _approved_record(change: Change, rows: Rows) -> tuple[str, str] | None:
    """The record, as (entity, id), that a change approves or says to be approved."""
    status = STATUS.get(change.entity)
    if status in change.fields and merge.new_value(change, status) == APPROVED:
        return change.entity, change.row
    if change.entity not in SAYINGS:
        return None
    name, entity, parent = SAYINGS[change.entity]
    if not {name, parent} & set(change.fields) or _said(change, rows, name) != APPROVED:
        return None
    row_id = _said(change, rows, parent)
    return (entity, row_id) if isinstance(row_id, str) else None


def _said(change: Change, rows: Rows, name: str) -> Any:
    """The value that a field has once the change is taken."""
    if name in change.fields:
        return merge.new_value(change, name)
    return rows.current(change.entity, change.row, name)


def _already(change: Change, rows: Rows, row: RowState) -> bool:
    """Whether a repaired row, sent whole, was approved before."""
    name = STATUS.get(change.entity, "")
    return (
        change.source == "bypass" and bool(name) and rows.value(row.touch(name), name) == APPROVED
    )


def _writes_too(change: Change, rows: Rows, row: RowState) -> bool:
    """Whether the approving change itself changes the content it approves."""
    if change.entity not in STATUS:
        return False
    content = set(change.fields) - NO_CONTENT[change.entity]
    return any(rows.value(row.touch(n), n) != merge.new_value(change, n) for n in content)


def _amendments(rows: Rows, office_id: str, person_id: str) -> list[str]:
    """The ids of a person's amendments: those of the census, and those of this batch."""
    table = _amendment()
    known = select(table.c.id).where(table.c.office_id == office_id, table.c.person_id == person_id)
    found = set(rows.connection.scalars(known)) | rows.moved("amendment")
    rows.load(found)
    return [
        one for one in sorted(found) if rows.current("amendment", one, "person_id") == person_id
    ]


@cache
def _amendment() -> Any:
    return census.tables()["amendment"]


def _lets_in(
    rows: Rows, row_id: str, asked: Mapping[str, Any], person: tuple[str, list[int]]
) -> bool:
    """Whether an amendment lets these values in: the approver is no author of it, and the values
    that stand are older than its approval. One approval lets its values in once."""
    approver, set_at = person
    row = rows.get("amendment", row_id)
    if row is None or row.deleted or approver in authors(rows, "amendment", row_id):
        return False
    state, decided = rows.current("amendment", row_id, "state"), row.touch("state")
    if state != "waiting" and (state != APPROVED or decided.user != approver):
        return False
    if state == APPROVED and decided.seq < max(set_at):
        return False
    values = _wanted(rows.current("amendment", row_id, "changes"))
    return all(name in values and values[name] == value for name, value in asked.items())


def _wanted(text: Any) -> dict[str, Any]:
    """The new values of an amendment; empty when nobody can read it."""
    try:
        pairs = msgspec.json.decode(text, type=dict[str, tuple[Any, Any]])
    except (msgspec.MsgspecError, TypeError):
        return {}
    return {name: new for name, (_old, new) in pairs.items()}
