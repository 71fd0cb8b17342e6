"""Edits from a person's former office that came after she had left: taken or declined here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import amendment, conflict_words, field_values, likeness, reform_plan
from app.actions.conflict_rules import EDITED, NOT_HERE
from app.errors import Refused
from app.values.transfer import LateEdit
from app.wording import translate
from app.workspace import Workspace
from data import fields, schema
from data.records import case_plan
from data.records import transfer as records
from data.records.accident import Accident
from data.records.care_case import CareCase
from data.records.case_plan import CasePlan
from data.records.person import Person
from data.records.transfer import Departed, Proposal

SHOWN_MAX = 500
SOURCE = "proposal"
OWNERS = frozenset({"person_id", "case_id", "accident_id", "consent_id", "approval_id"})
"""Columns that say whose record a new one is."""


def listing(ws: Workspace, every: bool = False) -> tuple[LateEdit, ...]:
    """The late edits that wait; with `every` also those that were decided."""
    ws.demand("view")
    states = (records.WAITING, records.TAKEN, records.DECLINED) if every else (records.WAITING,)
    with ws.db.read() as session:
        rows = [one for state in states for one in records.proposals(session, state, SHOWN_MAX)]
        return tuple(_card(ws, session, one) for one in rows)


def take(ws: Workspace, edit_id: str) -> bool:
    """Write the proposed values into the record, as an edit of who takes them.

    Guarded values of an approved person wait for approval: then the answer is True. Raises
    Refused: late_edit_unknown, late_edit_decided, late_edit_only_decline, late_edit_needs_case,
    person_unknown.
    """
    ws.demand("enter")
    with ws.db.write(ws.author(f"{SOURCE}:{edit_id}")) as session:
        row = _waiting(ws, session, edit_id)
        values = _fillable(row)
        if not values:
            raise Refused.one("late_edit_only_decline", "id", edit_id)
        pending = _write(ws, session, row, values)
        row.state, row.decided_by = records.TAKEN, ws.user.login
        session.flush()
        if row.entity == "person":
            likeness.settle_some(session, [row.row_id])
    return pending


def take_all(ws: Workspace, ids: Sequence[str]) -> bool:
    """Take several; whether anything awaits approval now."""
    pending = [take(ws, one) for one in ids]
    return any(pending)


def decline_all(ws: Workspace, ids: Sequence[str], why: str) -> None:
    """Take none of these."""
    for one in ids:
        decline(ws, one, why)


def decline(ws: Workspace, edit_id: str, why: str) -> None:
    """Do not take a late edit, with a reason that the former office reads."""
    ws.demand("enter")
    words = field_values.reason(why)
    with ws.db.write(ws.author()) as session:
        row = _waiting(ws, session, edit_id)
        row.state, row.answer, row.decided_by = records.DECLINED, words, ws.user.login


def _waiting(ws: Workspace, session: Session, edit_id: str) -> Proposal:
    row = session.get(Proposal, edit_id)
    if row is None or row.from_office == ws.office.id:
        raise Refused.one("late_edit_unknown", "id", edit_id)
    if row.state != records.WAITING:
        raise Refused.one("late_edit_decided", "id", edit_id, by=row.decided_by or "")
    return row


def _fillable(row: Proposal) -> dict[str, Any]:
    """The proposed values that somebody can take: those of fields that people fill."""
    if row.entity not in EDITED:
        return {}
    new = _new(row)
    if row.op == "I":
        known = schema.travelling()[row.entity].__table__.columns
        return {name: value for name, value in new.items() if name in known}
    return {
        name: value
        for name, value in new.items()
        if fields.has(row.entity, name) and (row.entity, name) not in NOT_HERE
    }


def _new(row: Proposal) -> dict[str, Any]:
    told = json.loads(row.fields)
    return {name: value if row.op == "I" else value[1] for name, value in told.items()}


def _write(ws: Workspace, session: Session, row: Proposal, values: dict[str, Any]) -> bool:
    kind: Any = schema.travelling()[row.entity]
    record = session.get(kind, row.row_id)
    if row.op == "I" and record is None:
        if session.get(Person, row.person_id) is None:
            raise Refused.one("person_unknown", "id", row.person_id)
        lacking = _lacking(session, row.entity, values)
        if {"case_id", "plan_id"} & lacking:
            raise Refused.one("late_edit_needs_case", "id", row.id)
        there = {name: value for name, value in values.items() if name not in lacking}
        session.add(kind(id=row.row_id, office_id=ws.office.id, **there))
        return False
    if record is None:
        raise Refused.one("late_edit_only_decline", "id", row.id)
    new = {n: v for n, v in values.items() if n not in OWNERS and getattr(record, n) != v}
    if case_plan.settled(record) and not case_plan.PROGRESS.issuperset(new):
        raise Refused.one("late_edit_only_decline", "id", row.id)
    guarded = fields.guarded("person") if row.entity == "person" else frozenset()
    approved = getattr(record, "status", "") == "approved"
    asked = {name: value for name, value in new.items() if approved and name in guarded}
    pending = bool(asked) and amendment.ask(ws, session, record, asked)
    for name, value in new.items():
        if name not in asked:
            put = record.put if isinstance(record, Person) else record.__setattr__
            put(name, value)
    if isinstance(record, Person) and {"commune", "hamlet"} & new.keys():
        reform_plan.place(session, record)
    return pending


def _lacking(session: Session, entity: str, values: dict[str, Any]) -> frozenset[str]:
    """Columns of a new record that name an accident or a case that is not here: an accident stays
    with its office; a case may be among the late edits that are still to be taken."""
    kinds = {"accident_id": Accident, "case_id": CareCase, "plan_id": CasePlan}
    named = [(name, kind, values.get(name)) for name, kind in kinds.items()]
    return frozenset(n for n, kind, one in named if one and session.get(kind, one) is None)


def _card(ws: Workspace, session: Session, row: Proposal) -> LateEdit:
    mine = row.from_office == ws.office.id
    person = session.get(Person, row.person_id)
    left = session.get(Departed, row.person_id)
    name = (person.name if person else left.name if left else "") or ""
    values = _values(ws, row, records.as_sent(session, row) if mine else row.fields)
    if not mine and row.op == "I" and "accident_id" in _lacking(session, row.entity, _new(row)):
        values.append((translate("Vụ tai nạn"), "", translate("ở lại cơ quan cũ, không lấy theo")))
    return LateEdit(
        id=row.id,
        person_id=row.person_id,
        name=name,
        record=row.entity,
        created=row.op == "I",
        values=tuple(values),
        by=row.made_by,
        at=row.made_at,
        office=row.from_name,
        mine=mine,
        state=row.state,
        answer=row.answer or "",
        decided_by=row.decided_by or "",
        can_take=not mine and bool(_fillable(row)),
    )


def _values(ws: Workspace, row: Proposal, told: str) -> list[tuple[str, str, str]]:
    """(label, before, proposed) of each field; restricted values stay closed."""
    found = []
    for name, value in json.loads(told).items():
        if name in OWNERS or value in (None, [None, None]):
            continue
        old, new = (None, value) if row.op == "I" else value
        words = [_words(ws, row.entity, name, one) for one in (old, new)]
        found.append((conflict_words.label(row.entity, name), words[0], words[1]))
    return found


def _words(ws: Workspace, entity: str, name: str, value: Any) -> str:
    if value is None:
        return ""
    if not fields.has(entity, name):
        return str(value)
    field = fields.get(entity, name)
    value = field_values.kept(ws, entity, name, value)
    shown = field_values.opened(ws, value) if field.restricted else value
    return field_values.readable(field, field_values.shown(field, shown))
