"""The cards of conflicts on this PC: raised by the server's log, and ended by a decision in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.base import now_text
from data.changes import touch
from data.records.sync import DECIDES, Conflict
from sync import incoming
from sync.protocol import Entry

OPEN, DECIDED, RESOLVED = "open", "decided", "resolved"


def raise_cards(session: Session, scope: str, entry: Entry, here: bool) -> list[Conflict]:
    """Keep both values of each field of a conflict's entry; those that are new to this PC.

    Whose change it was heard of it from the verdict, which names neither time nor place of the
    other value: the entry fills them in.
    """
    record = incoming.record_of(session, entry.entity, entry.row)
    person = entry.row if entry.entity == "person" else getattr(record, "person_id", None)
    raised = []
    for name, (base, theirs, mine, *facts) in entry.fields.items():
        key = f"{scope}:{entry.seq}:{name}"
        card = session.get(Conflict, key)
        if card is None:
            card = Conflict(
                id=key,
                entity=entry.entity,
                row_id=entry.row,
                person_id=person,
                field=name,
                base=_text(base),
                mine=_text(mine),
                theirs=_text(theirs),
                mine_by=entry.user,
                mine_at=entry.at,
                theirs_by=entry.theirs_by,
                here=int(here),
                state=OPEN,
                raised_at=now_text(),
            )
            session.add(card)
            raised.append(card)
            touch(session, entry.entity, entry.row)
        if facts:
            _fill_in(card, facts[0])
    return raised


def of_rows(session: Session, ids: Iterable[str]) -> dict[str, list[Conflict]]:
    """The conflicts of some rows that no decision in the log has ended."""
    found: dict[str, list[Conflict]] = {}
    query = select(Conflict).where(Conflict.row_id.in_(set(ids)), Conflict.state != RESOLVED)
    for card in session.scalars(query):
        found.setdefault(card.row_id, []).append(card)
    return found


def end(session: Session, known: Iterable[Conflict], entry: Entry) -> None:
    """A decision ends the conflict it decides, and no other.

    One that somebody else's change of the field forestalled ends it too: the conflict between
    those two has a card of its own. Of a decision of this PC the value is known here.
    """
    number = _decided(entry.source)
    for card in known:
        if card.seq != number or card.field not in entry.fields:
            continue
        if not entry.own:
            card.taken = _text(entry.fields[card.field][2 if entry.op == "C" else 1])
            card.decided_by, card.decided_at = entry.user, entry.at
        card.state = RESOLVED
        touch(session, card.entity, card.row_id)


def open_again(session: Session, scope: str, source: str, names: Iterable[str]) -> None:
    """The server did not take a decision of this PC: the conflict stands as before."""
    number = _decided(source)
    if number is None:
        return
    keys = [f"{scope}:{number}:{name}" for name in names]
    waiting = update(Conflict).where(Conflict.id.in_(keys), Conflict.state == DECIDED)
    session.execute(waiting.values(state=OPEN, taken=None, decided_by=None, decided_at=None))


def _decided(source: str) -> int | None:
    """The number of the entry whose conflict a change of this source decides."""
    words = source.removeprefix(DECIDES)
    return int(words) if words != source and words.isdigit() else None


def _fill_in(card: Conflict, facts: dict[str, Any]) -> None:
    card.theirs_by = str(facts.get("by") or card.theirs_by)
    card.theirs_at, card.theirs_on = str(facts.get("at") or ""), str(facts.get("on") or "")
    card.mine_on = str(facts.get("mine_on") or "")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
