"""Who may ask that a person be handed to another office, agree to it, and take what came late."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from data.records import transfer as records
from sync import merge
from sync.protocol import Change, Entry
from sync.server import census, members, store
from sync.server.deciding import Objection
from sync.server.merging import WORKERS
from sync.server.rows import Rows

PROPOSALS = UUID("0b7a4f6e-5a0d-4c3c-8e43-6d2f1f5f9a10")
DECISIONS = frozenset({"state", "answer", "sent_by", "decided_by"})
NO_RIGHT = "transfer_needs_right"
STEPS = {
    (True, records.ASKED, records.SENT): members.APPROVERS,
    (True, records.ASKED, records.RETURNED): members.APPROVERS,
    (True, records.ASKED, records.WITHDRAWN): WORKERS,
    (True, records.SENT, records.WITHDRAWN): WORKERS,
    (False, records.SENT, records.ACCEPTED): members.APPROVERS,
    (False, records.SENT, records.REFUSED): members.APPROVERS,
}
"""(in the office that sends, from, to) -> who may. Everything else the server does itself."""
KEYS = frozenset({"door", "handed"})
"""How restricted values are handed on once the person has moved."""
TOLD = (records.SENT, records.WITHDRAWN, records.ACCEPTED, records.REFUSED)
"""Steps that the other office hears of."""


def objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Against a request or a step that is not this user's, or not to be done now."""
    if change.entity == "proposal":
        return _late_objection(change, rows, office_id)
    if change.entity != "transfer":
        return None
    if rows.get("transfer", change.row) is None:
        return _asking(change, rows, office_id) if change.op == "I" else None
    return _step(change, rows, office_id)


def other(entry: Entry, rows: Rows) -> str:
    """The office that must hear of an entry of this one; empty when none."""
    if entry.entity not in ("transfer", "proposal") or entry.op != "U":
        return ""
    state = rows.current(entry.entity, entry.row, "state")
    there = str(rows.current(entry.entity, entry.row, "from_office"))
    if entry.entity == "proposal":
        decided = state in (records.TAKEN, records.DECLINED)
        return there if decided and there != rows.scope_id else ""
    if there == rows.scope_id:
        there = str(rows.current(entry.entity, entry.row, "to_office"))
    keys = KEYS & entry.fields.keys()
    return there if state in TOLD or keys else ""


def proposal(change: Change, name: str) -> tuple[str, str, dict[str, Any]] | None:
    """The record that says, where a change came from, that it waits in another office.

    Its values stay in the sender's outbox and go with the errand.
    """
    if change.entity in ("transfer", "proposal", "user", "setting"):
        return None
    mine = change.row if change.entity == "person" else change.fields.get("person_id")
    values = {
        "person_id": mine if isinstance(mine, str) else "",
        "entity": change.entity,
        "row_id": change.row,
        "op": change.op,
        "fields": "{}",
        "made_at": change.at,
        "made_by": change.user,
        "from_office": "",
        "from_name": "",
        "state": records.WAITING,
    }
    return "proposal", str(uuid5(PROPOSALS, name)), values


def office_name(rows: Rows, office_id: object) -> str:
    """The name of an office; empty when the server knows none of that id."""
    query = select(store.office.c.name).where(store.office.c.id == str(office_id))
    return rows.connection.scalar(query) or ""


def _asking(change: Change, rows: Rows, office_id: str) -> Objection | None:
    said, person = change.fields, str(change.fields.get("person_id"))
    there = said.get("to_office")
    if said.get("state") != records.ASKED or said.get("from_office") != office_id:
        return Objection(NO_RIGHT)
    if there == office_id or not office_name(rows, there):
        return Objection("transfer_office_unknown")
    rows.load([person])
    row = rows.get("person", person)
    if row is None:
        return Objection("parent_missing", person)
    if row.moved_to or row.deleted or rows.current("person", person, "merged_into"):
        return Objection("transfer_person_gone")
    if _open_already(rows, person):
        return Objection("transfer_already_open")
    return members.role_objection(rows, office_id, change.user, (WORKERS, NO_RIGHT))


def _open_already(rows: Rows, person: str) -> bool:
    table = census.tables()["transfer"].c
    query = select(table.id).where(table.office_id == rows.scope_id, table.person_id == person)
    known = set(rows.connection.scalars(query)) | rows.moved("transfer")
    rows.load(known)
    return any(
        rows.current("transfer", one, "person_id") == person
        and rows.current("transfer", one, "state") in records.OPEN
        for one in known
    )


def _step(change: Change, rows: Rows, office_id: str) -> Objection | None:
    names = _changed(change, rows)
    if not names:
        return None
    before = rows.current("transfer", change.row, "state")
    sends = rows.current("transfer", change.row, "from_office") == office_id
    if names == {"handed" if sends else "door"} and before == records.MOVED:
        return members.role_objection(rows, office_id, change.user, (WORKERS, NO_RIGHT))
    if not names <= DECISIONS or "state" not in names:
        return Objection(NO_RIGHT)
    after = str(merge.new_value(change, "state"))
    roles = STEPS.get((sends, str(before), after))
    if roles is None:
        return Objection("transfer_decided")
    row = rows.get("transfer", change.row)
    if after == records.SENT and row is not None and row.created.user == change.user:
        return Objection("approver_is_author")
    return members.role_objection(rows, office_id, change.user, (roles, NO_RIGHT))


def _late_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """A late edit is laid before the new office by the server, and decided there once."""
    if rows.get("proposal", change.row) is None:
        return Objection(NO_RIGHT) if change.op == "I" or change.source == "bypass" else None
    names = _changed(change, rows)
    if not names:
        return None
    theirs = rows.current("proposal", change.row, "from_office") == office_id
    if theirs or not names <= DECISIONS or "state" not in names:
        return Objection(NO_RIGHT)
    after = merge.new_value(change, "state")
    waits = rows.current("proposal", change.row, "state") == records.WAITING
    if not waits or after not in (records.TAKEN, records.DECLINED):
        return Objection("transfer_decided")
    return members.role_objection(rows, office_id, change.user, (WORKERS, NO_RIGHT))


def _changed(change: Change, rows: Rows) -> set[str]:
    return {
        name
        for name in change.fields
        if merge.new_value(change, name) != rows.current(change.entity, change.row, name)
    }


def sent_names(fields: dict[str, Any]) -> str:
    """The values of a late edit as its record keeps them."""
    return json.dumps(fields, ensure_ascii=False)
