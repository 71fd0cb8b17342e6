"""The history of a person as the page and the command line tell it: one entry for each field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import field_values
from app.values.person import HistoryEntry
from app.wording import language, say, translate
from app.workspace import Workspace
from data import codes, fields, units
from data.records.person import Person
from data.records.trace import HistoryLine

ASKED = ("amendment", "changes")
"""Where an amendment keeps what it asks for: JSON of {name: [approved value, asked value]}."""

WORKFLOW_LISTS = {
    ("person", "status"): "person_status",
    ("amendment", "state"): "amendment_state",
    ("approval", "decision"): "decision",
}
"""Code lists of the columns that the program writes by itself and no form shows."""


def of_line(ws: Workspace, line: HistoryLine) -> Iterator[HistoryEntry]:
    """One line of the history in words; a creation gives one entry without values."""
    name = line.field or ""
    if line.op == "arrived":
        yield _entry(line, "home", translate("Chuyển đến"), line.old, line.new)
    elif line.entity == "transfer":
        yield from _transfer(line)
    elif line.op == "create":
        yield _entry(line, None, "", None, None)
    elif (line.entity, name) == ASKED:
        yield from _asked(ws, line)
    elif fields.has(line.entity, name):
        old = _words(ws, line.entity, name, line.old)
        new = _words(ws, line.entity, name, line.new, line.by)
        field = fields.get(line.entity, name)
        label = field_values.label_of(ws, field, language())
        yield _entry(line, field_values.known_as(ws, field), label, old, new)
    else:
        old, new = (_workflow_words(ws, line, one) for one in (line.old, line.new))
        yield _entry(line, name, codes.label("workflow_field", name, language()), old, new)


def _transfer(line: HistoryLine) -> Iterator[HistoryEntry]:
    """A request to hand the person over: how it stands after the line."""
    state = json.loads(line.new or "{}").get("state") if line.op == "create" else line.new
    old = say(f"transfer_{line.old}") if line.field == "state" and line.old else None
    if line.op == "create" or line.field == "state":
        told = replace(line, op="edit")
        words = say(f"transfer_{state}")
        yield _entry(told, "state", translate("Chuyển cơ quan"), old, words)


def _workflow_words(ws: Workspace, line: HistoryLine, value: str | None) -> str | None:
    """A value of no field (a status, a unit, a reason), as people read it."""
    if not value:
        return value
    name = line.field or ""
    if name in ("current_commune", "placed"):
        return units.full_name(value)
    listed = WORKFLOW_LISTS.get((line.entity, name))
    if listed:
        return codes.label(listed, value, language())
    own = line.by == ws.user.login and value == line.new
    return field_values.discreet(value, own or ws.restricted is not None)


def told_of_mergers(session: Session, lines: Sequence[HistoryLine]) -> list[HistoryLine]:
    """A merger is told in one line that names the person; what the stub went through is not."""
    merged = {(line.row_id, line.at) for line in lines if line.field == "merged_into"}
    told = []
    for line in lines:
        stub = line.field in ("deleted_at", "deleted_reason") and (line.row_id, line.at) in merged
        if stub or line.entity in ("merger", "proposal", "resealed"):
            continue
        if line.field == "merged_into":
            old, new = (session.get(Person, one) if one else None for one in (line.old, line.new))
            was, now = (one.name if one is not None else None for one in (old, new))
            line = replace(line, old=was, new=now)
        told.append(line)
    return told


def _asked(ws: Workspace, line: HistoryLine) -> Iterator[HistoryEntry]:
    """An amendment that was edited: each value that is now asked for in place of another."""
    before, after = json.loads(line.old or "{}"), json.loads(line.new or "{}")
    for name in dict.fromkeys((*before, *after)):
        approved = (before.get(name) or after[name])[0]
        old, new = (asked[name][1] if name in asked else approved for asked in (before, after))
        if old != new and fields.has("person", name):
            field = fields.get("person", name)
            label = field_values.label_of(ws, field, language())
            told = (_words(ws, "person", name, old), _words(ws, "person", name, new, line.by))
            yield _entry(line, field_values.known_as(ws, field), label, *told)


def _words(ws: Workspace, record: str, name: str, value: object, by: str = "") -> str | None:
    field = fields.get(record, name)
    if field.restricted:
        return field_values.opened(ws, value)
    seen = field_values.kept(ws, record, name, value, by)
    return str(seen) if seen != value else field_values.readable(field, value, language()) or None


def _entry(
    line: HistoryLine, name: str | None, label: str, old: str | None, new: str | None
) -> HistoryEntry:
    return HistoryEntry(line.at, line.by, line.op, line.entity, name, label, old, new, line.source)
