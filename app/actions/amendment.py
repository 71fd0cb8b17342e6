"""Changes of guarded fields of an approved person, which wait until somebody else approves them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from sqlalchemy.orm import Session

from app.actions import field_values
from app.values.person import AmendmentCard
from app.workspace import Workspace
from data import fields, history
from data.base import instant_text, new_id
from data.records import approval as records
from data.records.approval import Amendment
from data.records.person import Person


def ask(ws: Workspace, session: Session, person: Person, values: Mapping[str, object]) -> bool:
    """Put changed guarded values on the waiting amendment; True when one waits afterwards.

    A value typed back to the approved one is taken off again; an empty amendment is withdrawn.
    """
    waiting = records.waiting_amendment(session, person.id)
    asked = json.loads(waiting.changes) if waiting else {}
    for name, new in values.items():
        old = getattr(person, name)
        if old == new:
            asked.pop(name, None)
        else:
            asked[name] = [old, new]
    if waiting is not None:
        waiting.changes = json.dumps(asked, ensure_ascii=False)
        if not asked:
            waiting.state = "withdrawn"
    elif asked:
        sources = session.info.get("sources", {})
        new = new_id()
        if person.id in sources:
            sources[new] = sources[person.id]  # the list and row that ask it
        session.add(
            Amendment(
                id=new,
                office_id=ws.office.id,
                person_id=person.id,
                changes=json.dumps(asked, ensure_ascii=False),
                state="waiting",
            )
        )
    return bool(asked)


def asked(session: Session, person: Person) -> dict[str, object]:
    """The values that an approved person's waiting change asks for, by field name."""
    waiting = records.waiting_amendment(session, person.id) if person.status == "approved" else None
    changes = json.loads(waiting.changes) if waiting is not None else {}
    return {name: new for name, (_old, new) in changes.items()}


def outdated(amendment: Amendment, person: Person) -> bool:
    """Whether the person was changed after the amendment was asked, so that it no longer fits."""
    asked = json.loads(amendment.changes)
    return any(getattr(person, name) != old for name, (old, _new) in asked.items())


def settle(
    ws: Workspace, session: Session, amendment: Amendment, state: str, reason: str = ""
) -> None:
    """Write what became of an amendment: approved (its values go into the person) or returned."""
    amendment.state = state
    amendment.decided_by = ws.user.login
    amendment.decided_at = instant_text(ws.clock())
    amendment.reason = reason or None
    if state != "approved":
        return
    person = session.get_one(Person, amendment.person_id)
    session.info.setdefault("sources", {})[person.id] = f"{history.AMENDED}{amendment.id}"
    for name, (_old, new) in json.loads(amendment.changes).items():
        person.put(name, new)


def wait_again(amendment: Amendment) -> None:
    """A return was a slip: the amendment awaits a decision as before, and is still its author's."""
    amendment.state, amendment.reason = "waiting", None


def of_person(ws: Workspace, session: Session, person_id: str) -> tuple[AmendmentCard, ...]:
    """All amendments of a person, newest first; restricted values for who may read them."""
    rows = records.amendments_of(session, person_id)
    return tuple(card(ws, row) for row in rows)


def card(ws: Workspace, row: Amendment) -> AmendmentCard:
    """An amendment as a frozen value; restricted values are opened, or appear as one closed mark
    under no field's name."""
    changes: dict[str, tuple[object, object]] = {}
    for name, (old, new) in json.loads(row.changes).items():
        field = fields.get("person", name)
        if field_values.known_as(ws, field) == field_values.RESTRICTED:
            changes[field_values.RESTRICTED] = (field_values.CLOSED, field_values.CLOSED)
            continue
        if field.restricted:
            old, new = (field_values.opened(ws, one) for one in (old, new))
        else:
            kept = partial(field_values.kept, ws, "person", name)
            old, new = kept(old), kept(new, by=row.created_by)
        changes[name] = (field_values.shown(field, old), field_values.shown(field, new))
    return AmendmentCard(
        row.id,
        row.person_id,
        changes,
        row.state,
        row.updated_by if row.state == "waiting" and not row.decided_by else row.created_by,
        row.created_at,
        row.reason,
        row.decided_by,
        row.decided_at,
    )
