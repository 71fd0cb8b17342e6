"""What is on its way to the server, and what came back and needs a person's eyes."""

from __future__ import annotations

import json

from app.actions import field_values
from app.values.outgoing import Attention, WaitingKind
from app.wording import language
from app.workspace import Workspace
from data import fields
from data.records import outgoing
from data.records.change import Change
from data.records.sync import Conflict
from data.sealing import RESTRICTED_MARK

SHOWN_MAX = 200


def waiting(ws: Workspace) -> tuple[WaitingKind, ...]:
    """How much work of each kind has no signed answer of the server yet."""
    with ws.db.read() as session:
        return tuple(WaitingKind(*row) for row in outgoing.waiting_by_entity(session))


def attention(ws: Workspace) -> tuple[Attention, ...]:
    """Open conflicts, then refused changes, each with the person's name (at most 200 of each)."""
    ws.demand("view")
    with ws.db.read() as session:
        conflicts = outgoing.open_conflicts(session, SHOWN_MAX)
        refused = outgoing.not_taken(session, SHOWN_MAX)
        ids = [one.person_id or one.row_id for one in conflicts]
        ids += [_person_of(one) for one in refused]
        names = outgoing.person_names(session, ids)
    return tuple(_conflict(one, names) for one in conflicts) + tuple(
        _refused(one, names) for one in refused
    )


def _conflict(one: Conflict, names: dict[str, str]) -> Attention:
    person = one.person_id or one.row_id
    return Attention(
        "conflict",
        person if person in names else "",
        names.get(person, ""),
        one.entity,
        _label(one.entity, one.field),
        _words(one.entity, one.field, one.mine),
        _words(one.entity, one.field, one.theirs),
        one.theirs_by,
        one.raised_at,
        "",
        one.mine_by,
    )


def _refused(one: Change, names: dict[str, str]) -> Attention:
    person = _person_of(one)
    changed = json.loads(one.fields)
    labels = ", ".join(_label(one.entity, name) for name in changed)
    return Attention(
        one.verdict or "",
        person if person in names else "",
        names.get(person, ""),
        one.entity,
        labels,
        "",
        "",
        one.user,
        one.at,
        one.verdict_code or "",
    )


def _person_of(one: Change) -> str:
    if one.entity == "person":
        return one.row_id
    value = json.loads(one.fields).get("person_id")
    return str(value if not isinstance(value, list) else value[1]) if value else one.row_id


def _label(record: str, name: str) -> str:
    return fields.get(record, name).label(language()) if fields.has(record, name) else name


def _words(record: str, name: str, value: str | None) -> str:
    known = json.loads(value) if value else None
    if not fields.has(record, name):
        return "" if known is None else str(known)
    field = fields.get(record, name)
    closed = field.restricted or str(known).startswith(RESTRICTED_MARK)
    return (
        field_values.CLOSED if closed and known else field_values.readable(field, known, language())
    )
