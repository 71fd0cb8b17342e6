"""Conflicts: two people's values of one field side by side, and the decision between them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from app.actions import (
    access,
    amendment,
    conflict_rules,
    conflict_words,
    field_values,
    likeness,
    reform_plan,
)
from app.errors import Refused
from app.values.conflict import SIDES, ConflictCard, Decided
from app.workspace import Workspace
from data import capture, fields
from data.base import instant_text
from data.records import conflict as records
from data.records.person import Person
from data.records.sync import DECIDES, Conflict

SHOWN_MAX = 2000
ADDRESS = ("commune", "hamlet")
"""Where the reform's answers put somebody hangs on these."""


def cards(
    ws: Workspace, person_id: str = "", limit: int = SHOWN_MAX, after: str = ""
) -> tuple[ConflictCard, ...]:
    """The conflicts nobody has decided yet, all or one person's, oldest first; the look is logged.

    At most `limit`, those after the card whose id is `after`.
    """
    ws.demand("view")
    with ws.db.read() as session:
        found = records.open_cards(session, person_id, limit, after)
        told = tuple(
            conflict_words.card(ws, session, one, conflict_words.record_of(session, one))
            for one in found
        )
    access.looked(ws, [one.person_id for one in told if one.person_id], "list")
    return told


def count(ws: Workspace, person_id: str = "") -> int:
    """How many fields wait for a decision."""
    with ws.db.read() as session:
        return records.count_open(session, person_id)


def resolve(ws: Workspace, card_id: str, take: str, typed: object = None) -> Decided:
    """Decide a conflict: `take` is theirs (what stands), mine, base, or value with what is typed.

    The decision travels as a change of the field; it goes the way of an edit, so that a guarded
    value of an approved person awaits approval and until then what stands stays. Raises Refused:
    conflict_unknown, conflict_decided, take_unknown, the reason why a side cannot be taken, or
    what is wrong with the typed value.
    """
    ws.demand("resolve")
    with ws.db.write(ws.author()) as session:
        card = session.get(Conflict, card_id)
        if card is None:
            raise Refused.one("conflict_unknown", "id", card_id)
        if card.state != records.OPEN:
            raise Refused.one(
                "conflict_decided",
                "id",
                card_id,
                by=card.decided_by or "",
                at=card.decided_at or "",
            )
        if take not in (*SIDES, "value"):
            raise Refused.one("take_unknown", "take", take)
        record = conflict_words.record_of(session, card)
        together = (card, *records.beside(session, card))
        values = {one.field: _chosen(ws, one, record, (take, typed)) for one in together}
        restored = values.get(conflict_rules.REMOVAL, "") is None
        if restored and getattr(record, "deleted_reason", None):
            values["deleted_reason"] = None
        conflict_rules.check(ws, card, record, values)
        words = conflict_words.told(ws, session, card, record, values[card.field])
        pending = _write(ws, session, card, record, values)
        for one in together:
            taken = json.dumps(getattr(record, one.field, None), ensure_ascii=False)
            one.state, one.taken = records.DECIDED, taken
            one.decided_by, one.decided_at = ws.user.login, instant_text(ws.clock())
    label = conflict_words.label(card.entity, card.field)
    return Decided(card.id, card.field, label, take, words, pending)


def _chosen(ws: Workspace, card: Conflict, record: Any, chosen: tuple[str, object]) -> object:
    """The value of one side as the column holds it; what goes with a typed one stays."""
    take, typed = chosen
    if take == "value" and card.field not in records.TOGETHER:
        if not fields.has(card.entity, card.field):
            raise Refused.one("conflict_only_keep", card.field)
        cleaned = field_values.clean(ws, card.entity, {card.field: typed})
        if cleaned.problems:
            raise Refused(cleaned.problems)
        values = field_values.settled(ws, card.entity, record, cleaned.values)
        return values[card.field]
    if take in ("theirs", "value"):
        return getattr(record, card.field, None)
    return json.loads((card.mine if take == "mine" else card.base) or "null")


def _write(
    ws: Workspace, session: Session, card: Conflict, record: Any, values: dict[str, object]
) -> bool:
    """Put the values into the record, or, where they await approval, what stands once more."""
    if record is None:
        return False
    new = {name: one for name, one in values.items() if getattr(record, name) != one}
    asked = {name: one for name, one in new.items() if conflict_rules.awaits(card, record, name)}
    pending = bool(asked) and amendment.ask(ws, session, record, asked)
    session.flush()
    session.info.setdefault("sources", {})[card.row_id] = f"{DECIDES}{card.seq}"
    before = [getattr(record, name, None) for name in ADDRESS]
    for name in values:
        if name in new and name not in asked:
            put = record.put if isinstance(record, Person) else record.__setattr__
            put(name, new[name])
        else:
            capture.confirm(session, record, name)
    if isinstance(record, Person) and [getattr(record, name) for name in ADDRESS] != before:
        reform_plan.place(session, record)
    session.flush()
    if isinstance(record, Person):
        likeness.settle_some(session, [record.id])
    return pending
