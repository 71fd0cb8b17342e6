"""What is said about a person's record: warnings, what is missing, and its history in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from app.actions import amendment, field_values
from app.actions.person_cards import cards_of
from app.errors import Problem
from app.rules import completeness, identity
from app.values.person import DecisionLine, HistoryEntry, PersonPage
from app.workspace import Workspace
from data import codes, fields, text, units
from data.records import approval, people
from data.records.person import Person
from data.records.trace import HistoryLine

DECISIONS_SHOWN_MAX = 100


def warnings(session: Session, person: Person) -> tuple[Problem, ...]:
    """Open warnings about a person: number against birth, sex and province; likely duplicates.

    Changes that await approval count as if they were made: they are what is decided on.
    """
    asked = amendment.asked(session, person)
    number, birth, sex = (
        str(asked.get(name, getattr(person, name)) or "") for name in ("id_number", "birth", "sex")
    )
    problems = [
        Problem.of(warning.code, "id_number", number, **warning.facts)
        for warning in identity.check(number, birth, sex, codes.identity_places())
    ]
    if number:
        for other in people.with_number(session, number):
            if other.id != person.id:
                problems.append(Problem.of("same_number", "id_number", number, name=other.name))
    if person.possible_duplicate_of:
        twin = session.get(Person, person.possible_duplicate_of)
        if twin is not None and not twin.deleted_at:
            where = units.full_name(twin.commune) if twin.commune else ""
            problems.append(Problem.of("possible_duplicate", "name", name=twin.name, where=where))
    return tuple(problems)


def assemble(
    ws: Workspace, session: Session, person: Person, values: Mapping[str, object], until: str
) -> PersonPage:
    """The person's page from its row and values, as they stood at an instant (ISO UTC text)."""
    opened, hidden = opened_values(ws, values)
    card = cards_of(session, [_card_row(person, values)])[0]
    meter = completeness.measure(_filled(opened), _set(opened, "groups"), _set(opened, "types"))
    return PersonPage(
        card=card,
        version=person.version,
        fields=opened,
        hidden=hidden,
        created_by=person.created_by,
        created_at=person.created_at,
        edited_by=person.edited_by,
        updated_at=person.updated_at,
        removed_reason=person.deleted_reason if person.deleted_at else None,
        amendments=tuple(
            one for one in amendment.of_person(ws, session, person.id) if one.asked_at <= until
        ),
        decisions=tuple(one for one in _decisions(session, person.id) if one.at <= until),
        warnings=warnings(session, person),
        missing=meter.missing,
        filled=meter.filled,
        countable=meter.total,
    )


def opened_values(
    ws: Workspace, values: Mapping[str, object]
) -> tuple[dict[str, object], frozenset[str]]:
    """Values as they cross the floor, restricted ones opened for who may read them, else named."""
    opened: dict[str, object] = {}
    hidden = set()
    for field in fields.of("person"):
        value = values.get(field.name)
        if field.restricted and value is not None:
            value = field_values.opened(ws, value)
            if value == field_values.CLOSED:
                hidden.add(field.name)
                value = None
        opened[field.name] = field_values.shown(field, value)
    return opened, frozenset(hidden)


def history_entries(ws: Workspace, line: HistoryLine) -> Iterator[HistoryEntry]:
    """One line of the history in words; a creation gives one entry without values."""
    if line.op == "create":
        yield HistoryEntry(
            line.at, line.by, "create", line.entity, None, "", None, None, line.source
        )
        return
    name = line.field or ""
    if not fields.has(line.entity, name):
        label = codes.label("workflow_field", name)
        yield HistoryEntry(
            line.at, line.by, line.op, line.entity, name, label, line.old, line.new, line.source
        )
        return
    field = fields.get(line.entity, name)
    old, new = line.old, line.new
    if field.restricted:
        old, new = (field_values.opened(ws, value) for value in (old, new))
    else:
        old = field_values.readable(field, old) or None
        new = field_values.readable(field, new) or None
    yield HistoryEntry(
        line.at, line.by, line.op, line.entity, name, field.label(), old, new, line.source
    )


def created_values(line: HistoryLine) -> dict[str, object]:
    """The values a creation wrote (restricted ones still sealed)."""
    return dict(json.loads(line.new or "{}"))


def _set(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name)
    return value if isinstance(value, tuple) else ()


def _filled(opened: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in opened.items() if value not in (None, "", ()))


def _card_row(person: Person, values: Mapping[str, object]) -> tuple[object, ...]:
    """The card's columns in the order of `people.CARD_COLUMNS`."""
    name = str(values.get("name") or "")
    commune = str(values.get("commune") or "")
    now = person.current_commune if commune == person.commune else None
    if now is None and commune:
        now = units.current(commune, str(values.get("hamlet") or "")).key
    return (
        person.id,
        name,
        values.get("sex"),
        values.get("birth"),
        values.get("id_number"),
        values.get("commune"),
        now,
        values.get("hamlet"),
        values.get("types"),
        values.get("degree"),
        values.get("mine_victim"),
        values.get("status") or person.status,
        values.get("life_state"),
        person.server_version,
        person.possible_duplicate_of,
        text.sort_key(name),
    )


def _decisions(session: Session, person_id: str) -> tuple[DecisionLine, ...]:
    rows = approval.decisions_of(session, person_id, DECISIONS_SHOWN_MAX)
    return tuple(
        DecisionLine(row.decision, row.created_by, row.created_at, row.reason) for row in rows
    )
