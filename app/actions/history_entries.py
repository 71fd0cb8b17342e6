"""The history of a person as the page and the command line tell it: one entry for each field."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.actions import field_values
from app.values.person import HistoryEntry
from app.wording import language
from app.workspace import Workspace
from data import codes, fields
from data.records.trace import HistoryLine

ASKED = ("amendment", "changes")
"""Where an amendment keeps what it asks for: JSON of {name: [approved value, asked value]}."""

CODED = {
    ("amendment", "state"): "amendment_state",
    ("person", "status"): "person_status",
}


def of_line(ws: Workspace, line: HistoryLine) -> Iterator[HistoryEntry]:
    """One line of the history in words; a creation gives one entry without values."""
    name = line.field or ""
    if line.op == "create":
        yield _entry(line, None, "", None, None)
    elif (line.entity, name) == ASKED:
        yield from _asked(ws, line)
    elif fields.has(line.entity, name):
        old, new = (_words(ws, line.entity, name, one) for one in (line.old, line.new))
        yield _entry(line, name, fields.get(line.entity, name).label(language()), old, new)
    else:
        old, new = (_coded(line.entity, name, one) for one in (line.old, line.new))
        yield _entry(line, name, codes.label("workflow_field", name, language()), old, new)


def _coded(record: str, name: str, value: str | None) -> str | None:
    words = CODED.get((record, name))
    return codes.label(words, value, language()) if words and value else value


def _asked(ws: Workspace, line: HistoryLine) -> Iterator[HistoryEntry]:
    """An amendment that was edited: each value that is now asked for in place of another."""
    before, after = json.loads(line.old or "{}"), json.loads(line.new or "{}")
    for name in dict.fromkeys((*before, *after)):
        approved = (before.get(name) or after[name])[0]
        old, new = (asked[name][1] if name in asked else approved for asked in (before, after))
        if old != new and fields.has("person", name):
            label = fields.get("person", name).label(language())
            told = (_words(ws, "person", name, one) for one in (old, new))
            yield _entry(line, name, label, *told)


def _words(ws: Workspace, record: str, name: str, value: object) -> str | None:
    field = fields.get(record, name)
    if field.restricted:
        return field_values.opened(ws, value)
    return field_values.readable(field, value, language()) or None


def _entry(
    line: HistoryLine, name: str | None, label: str, old: str | None, new: str | None
) -> HistoryEntry:
    return HistoryEntry(line.at, line.by, line.op, line.entity, name, label, old, new, line.source)
