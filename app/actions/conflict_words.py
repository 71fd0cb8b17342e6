"""What people read of a conflict: both values in the words of the office, who, when, where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import conflict_rules, field_values
from app.actions.history_entries import ASKED, WORKFLOW_LISTS
from app.rules import dates
from app.values.conflict import SIDES, ConflictCard, Side
from app.values.person import HistoryEntry
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields
from data.records import merger
from data.records.certificate import Certificate
from data.records.conflict import OPEN
from data.records.person import Person
from data.records.sync import DECIDES, Conflict
from data.schema import travelling
from data.sealing import RESTRICTED_MARK

REMOVAL = conflict_rules.REMOVAL


def card(ws: Workspace, session: Session, one: Conflict, record: Any) -> ConflictCard:
    """A conflict as a frozen value; theirs is what stands now, whoever wrote it since."""
    closed = conflict_rules.is_closed(ws, one, record)
    values = {side: json.loads(getattr(one, side) or "null") for side in SIDES}
    theirs = Side(one.theirs_by, one.theirs_at, one.theirs_on)
    if record is not None:
        now = getattr(record, one.field, None)
        if now != values["theirs"]:
            theirs = Side(record.updated_by, record.updated_at, "")
        values["theirs"] = now
    code = conflict_rules.why_only_keep(one, record)
    free = not closed and not code and record is not None
    person = _person(session, one)
    words = {side: told(ws, session, one, record, value) for side, value in values.items()}
    return ConflictCard(
        id=one.id,
        person_id=person.id if person is not None else "",
        name=person.name if person is not None else "",
        record=one.entity,
        row_id=one.row_id,
        field=field_values.RESTRICTED if closed else one.field,
        label=field_values.restricted_label() if closed else label(one.entity, one.field),
        values={side: _raw(ws, one, record, value) for side, value in values.items()},
        words=words,
        set_by={"mine": Side(one.mine_by, one.mine_at, one.mine_on), "theirs": theirs},
        takes=() if closed else SIDES if free else ("theirs",),
        typed=free and fields.has(one.entity, one.field),
        why_not="no_right_restricted" if closed else code,
        awaits=record is not None and conflict_rules.awaits(one, record, one.field),
        closed=closed,
        alike=not closed and _alike(words),
        merged=record.name if conflict_rules.is_merged(record) else "",
    )


def _alike(words: dict[str, str]) -> bool:
    """Whether both wrote the same, as words sealed twice; of closed ones nothing is claimed."""
    return words["mine"] == words["theirs"] and field_values.CLOSED not in words["mine"]


def label(entity: str, name: str) -> str:
    """What people call a field, also one that the program itself writes."""
    if fields.has(entity, name):
        return fields.get(entity, name).label(language())
    if name == REMOVAL:
        return translate("Gỡ khỏi danh sách")
    return codes.label("workflow_field", name, language())


def told(ws: Workspace, session: Session, one: Conflict, record: Any, value: object) -> str:
    """A value in words; restricted ones for who may read them, else as closed."""
    if value is not None and (one.entity, one.field) == ASKED:
        return _asked(ws, str(value))
    if value is None or value == "":
        return translate("để trống") if one.field != REMOVAL else translate("còn trong danh sách")
    if conflict_rules.is_restricted(one, record):
        return _opened(ws, value)
    if one.field == REMOVAL:
        day = dates.show(str(value)[:10])
        return translate("gỡ khỏi danh sách ({day})", day=day)
    if fields.has(one.entity, one.field):
        return _readable(ws, one.entity, one.field, value)
    if one.field == "certificate_id":
        paper = session.get(Certificate, str(value))
        said = (paper.certificate_number, paper.holder_name) if paper is not None else (value,)
        return ", ".join(str(each) for each in said if each)
    if one.field == conflict_rules.LEADS_TO:
        leads = session.get(Person, str(value))
        return leads.name if leads is not None else str(value)
    listed = WORKFLOW_LISTS.get((one.entity, one.field))
    return codes.label(listed, str(value), language()) if listed else str(value)


def past(
    ws: Workspace, session: Session, cards: Sequence[Conflict], until: str
) -> Iterator[HistoryEntry]:
    """The values that the server did not take, as entries of the history: old is what stood."""
    for one in cards:
        if one.mine_at > until or one.field == "deleted_reason":
            continue
        record = record_of(session, one)
        theirs, mine = (
            told(ws, session, one, record, json.loads(side or "null"))
            for side in (one.theirs, one.mine)
        )
        source = one.mine_on if one.state == OPEN else f"{DECIDES}{one.seq}"
        name = label(one.entity, one.field)
        yield HistoryEntry(
            one.mine_at, one.mine_by, "conflict", one.entity, one.field, name, theirs, mine, source
        )


def _raw(ws: Workspace, one: Conflict, record: Any, value: object) -> object:
    if value is not None and conflict_rules.is_restricted(one, record):
        return _opened(ws, value)
    if value is not None and (one.entity, one.field) == ASKED:
        return _asked(ws, str(value))
    if fields.has(one.entity, one.field):
        seen = field_values.kept(ws, one.entity, one.field, value)
        return field_values.shown(fields.get(one.entity, one.field), seen)
    return value


def _asked(ws: Workspace, value: str) -> str:
    """What an amendment asks for, field by field; restricted values for who may read them."""
    told = []
    for name, (_approved, new) in json.loads(value or "{}").items():
        field = fields.get("person", name)
        words = _opened(ws, new) if field.restricted and new else _readable(ws, "person", name, new)
        label = field_values.label_of(ws, field, language())
        told.append(f"{label}: {words or translate('để trống')}")
    return "; ".join(told) or translate("để trống")


def _readable(ws: Workspace, record: str, name: str, value: object) -> str:
    """A value of a field in words, as this user may read it."""
    seen = field_values.kept(ws, record, name, value)
    if seen != value:
        return str(seen)
    return field_values.readable(fields.get(record, name), value, language())


def _opened(ws: Workspace, value: object) -> str:
    """A restricted value; words that became confidential later may lie open in the log."""
    if ws.restricted is not None and not str(value).startswith(RESTRICTED_MARK):
        return str(value)
    return field_values.opened(ws, value) or ""


def record_of(session: Session, one: Conflict) -> Any:
    """The record that a conflict is about; None when this program does not know its kind."""
    kind: Any = travelling().get(one.entity)
    return session.get(kind, one.row_id) if kind is not None else None


def _person(session: Session, one: Conflict) -> Person | None:
    person = session.get(Person, one.person_id or one.row_id)
    if person is not None and person.merged_into:
        return session.get(Person, merger.survivor(session, person.id))
    return person
