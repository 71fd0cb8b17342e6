"""Who may approve what: nobody his own work, and no approved value without an approval."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Text,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)

from data import authorship, fields
from data.authorship import APPROVED, BELONGINGS, NO_CONTENT, STATUS, Deed
from sync import merge
from sync.merge import RowState
from sync.protocol import Change
from sync.server import census, members
from sync.server.deciding import Objection
from sync.server.rows import Edit, Rows

SAYINGS = {
    "approval": ("decision", "person", "person_id"),
    "case_note": ("note_kind", "care_case", "case_id"),
}
"""Records that say another one was approved: in which field, which kind of record, whose id."""
WORDS = frozenset(
    "activity urgent start_on due_on responsible provider resource cost plan_id deleted_at".split()
)
"""What the head approves of an activity; the rest is its progress."""
SETTLED = ("waiting", APPROVED, "replaced")
"""States of a plan whose words stand."""
ENDS = {"care_case": ("closed", "refused"), "sharing": ("refused",)}
"""States other than approved in which the head alone puts a record."""


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
    if change.user in _whose(rows, entity, row_id) or _writes_too(change, rows, row):
        return Objection("approver_is_author")
    return members.approver_objection(rows, office_id, change.user)


def ending_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Only working approvers end a case, turn somebody away or refuse a sharing; of an ending that
    somebody proposed, other eyes than his."""
    name = STATUS.get(change.entity, "")
    if name not in change.fields:
        return None
    after = merge.new_value(change, name)
    row = rows.get(change.entity, change.row)
    if after not in ENDS.get(change.entity, ()):
        return None
    if row is not None and rows.value(row.touch(name), name) == after:
        return None
    if _proposer(rows, change.entity, row) == change.user:
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
    found = _amendments(rows, change.row)
    seqs = [row.touch(name).seq for name in asked]
    if not any(_lets_in(rows, one, asked, (change.user, seqs)) for one in found):
        return Objection("guarded_without_approval")
    return members.approver_objection(rows, office_id, change.user)


def activity_objection(change: Change, rows: Rows, _office_id: str) -> Objection | None:
    """Nothing but its progress is changed of an activity, and none added, once its plan was laid
    before the head: who wrote it without a line did not know. A measure of no plan is free."""
    if change.entity != "plan_activity":
        return None
    row, names = rows.get(change.entity, change.row), set(change.fields) & WORDS
    if row is not None:
        names = {n for n in names if rows.value(row.touch(n), n) != merge.new_value(change, n)}
    if not names or row is None and change.source == "bypass":
        return None
    plans = {
        rows.current(change.entity, change.row, "plan_id"),
        _said(change, rows, "plan_id"),
    } - {None}
    rows.load(plans)
    settled = [one for one in plans if rows.current("case_plan", one, "plan_status") in SETTLED]
    return Objection("plan_settled") if settled else None


def authors(rows: Rows, entity: str, row_id: str) -> frozenset[str]:
    """Whose work a record is, by the rule of the PC: `data.authorship`."""
    row = rows.get(entity, row_id)
    if row is None:
        return frozenset()
    deeds = [_deed(edit) for edit in rows.edits(entity, [row_id])]
    beside: dict[str, list[str]] = {}
    if entity == "person":
        beside = _belongings(rows, row_id)
    elif entity == "case_plan":
        beside = {"plan_activity": _activities(rows, row_id)}
    for kind, ids in beside.items():
        rows.load(ids)
        made = [rows.get(kind, one) for one in ids]
        deeds += [Deed(one.created.seq, one.created.user, {}, True) for one in made if one]
        deeds += [_deed(edit, beside=True) for edit in rows.edits(kind, ids)]
    return authorship.writers(entity, row.created.user, deeds)


def _whose(rows: Rows, entity: str, row_id: str) -> frozenset[str]:
    """Who does not decide about a record: its authors, or who proposed the ending that waits."""
    proposer = _proposer(rows, entity, rows.get(entity, row_id))
    return frozenset({proposer}) if proposer else authors(rows, entity, row_id)


def _proposer(rows: Rows, entity: str, row: RowState | None) -> str:
    """Who laid the ending of a case before the head; empty when none waits."""
    if entity != "care_case" or row is None:
        return ""
    touch = row.touch("case_status")
    return touch.user if rows.value(touch, "case_status") == "closing" else ""


def _deed(edit: Edit, beside: bool = False) -> Deed:
    values = {name: pair[1] for name, pair in edit.fields.items()}
    return Deed(edit.seq, edit.user, values, beside)


def _belongings(rows: Rows, person_id: str) -> dict[str, list[str]]:
    """The ids of what is approved together with a person, by kind, where there is any."""
    found: dict[str, set[str]] = {"accident": set()}
    persons = _everybody(rows, person_id)
    asked = {"office": rows.scope_id, "persons": persons}
    for kind, row_id, accident_id in rows.connection.execute(_belonging_query(), asked):
        found.setdefault(kind, set()).add(row_id)
        found["accident"].update([accident_id] if accident_id else [])
    for kind in BELONGINGS:
        for row_id in rows.moved(kind):
            if rows.current(kind, row_id, "person_id") in persons:
                found.setdefault(kind, set()).add(row_id)
                accident_id = rows.current(kind, row_id, "accident_id")
                found["accident"].update([accident_id] if isinstance(accident_id, str) else [])
    return {kind: sorted(ids) for kind, ids in found.items() if ids}


def _activities(rows: Rows, plan_id: str) -> list[str]:
    """The ids of the activities of a plan: those of the census, and those of this batch."""
    table = census.tables()["plan_activity"].c
    known = select(table.id).where(table.office_id == rows.scope_id, table.plan_id == plan_id)
    moved = rows.moved("plan_activity")
    found = {one for one in moved if rows.current("plan_activity", one, "plan_id") == plan_id}
    return sorted(found | set(rows.connection.scalars(known)))


def _everybody(rows: Rows, person_id: str) -> list[str]:
    """The person and all who were merged into it: what belongs to them belongs to it."""
    merger = census.tables()["merger"].c
    found, fresh = [person_id], [person_id]
    while fresh:
        query = select(merger.id, merger.absorbed_id, merger.state).where(
            merger.office_id == rows.scope_id, merger.person_id.in_(fresh)
        )
        standing = {one: (stub, state) for one, stub, state in rows.connection.execute(query)}
        for one in rows.moved("merger"):
            if rows.current("merger", one, "person_id") in fresh:
                absorbed = rows.current("merger", one, "absorbed_id")
                standing[one] = (absorbed, rows.current("merger", one, "state"))
        merged = {stub for stub, state in standing.values() if state == "merged"}
        fresh = sorted(merged - set(found))
        found += fresh
    return found


@cache
def _belonging_query() -> CompoundSelect[Any]:
    """(kind, id, accident's id) of the rows of `:persons` that the census of `:office` holds."""
    persons: BindParameter[Any] = bindparam("persons", expanding=True)
    parts = []
    for kind in BELONGINGS:
        table = census.tables()[kind].c
        accident = table.accident_id if "accident_id" in table else null()
        query = select(literal(kind), table.id, cast(accident, Text)).where(
            table.office_id == bindparam("office"), table.person_id.in_(persons)
        )
        parts.append(query)
    return union_all(*parts)


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


def _amendments(rows: Rows, person_id: str) -> list[str]:
    """The ids of a person's amendments: those of the census, and those of this batch."""
    table = census.tables()["amendment"].c
    known = select(table.id).where(table.office_id == rows.scope_id, table.person_id == person_id)
    found = set(rows.connection.scalars(known)) | rows.moved("amendment")
    rows.load(found)
    return [
        one for one in sorted(found) if rows.current("amendment", one, "person_id") == person_id
    ]


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
