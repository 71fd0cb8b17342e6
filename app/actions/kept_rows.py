"""Rows people fill field by field: checked, written, shown and withdrawn, all the same way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.actions import field_values, person
from app.errors import Problem, Refused
from app.workspace import Workspace
from data import fields
from data.base import Travels, instant_text
from data.records import merger
from data.records.person import Person

Row = TypeVar("Row", bound=Travels)


def checked(
    ws: Workspace,
    record: str,
    typed: Mapping[str, object],
    before: object | None = None,
    required: tuple[str, ...] = (),
) -> dict[str, object]:
    """Typed values as columns hold them. Raises Refused with everything that is wrong with them.

    `required` fields must be filled, now or in the row as it stands `before`.
    """
    cleaned = field_values.clean(ws, record, typed)
    problems, values = list(cleaned.problems), cleaned.values
    wrong = {problem.field for problem in problems}
    for name in required:
        value = values.get(name) if name in values else getattr(before, name, None)
        if value in (None, "") and name not in wrong:
            problems.append(Problem.of("required", name, label=fields.get(record, name).vi))
    if problems:
        raise Refused(problems)
    return field_values.settled(ws, record, before, values) if before is not None else values


def refuse_reversed(
    record: str, values: Mapping[str, object], before: object | None, first: str, last: str
) -> None:
    """Raise Refused (`days_reversed`) when the second day comes before the first."""
    one, two = (
        str((values[name] if name in values else getattr(before, name, None)) or "")
        for name in (first, last)
    )
    shared = min(len(one), len(two))
    if shared and two[:shared] < one[:shared]:
        labels = {name: fields.get(record, name).vi for name in (first, last)}
        raise Refused.one("days_reversed", last, two, first=labels[first], last=labels[last])


def put(session: Session, row: Travels, values: Mapping[str, object]) -> None:
    """Write values into a row, new or known."""
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def shown(ws: Workspace, record: str, row: object) -> dict[str, object]:
    """The row's values by their names in the dictionary; restricted ones as this user may."""
    told: dict[str, object] = {}
    for field in fields.of(record):
        value = getattr(row, field.name)
        told[field.name] = (
            field_values.opened(ws, value)
            if field.restricted
            else field_values.named(ws, record, field.name, field_values.shown(field, value))
        )
    return told


def found(session: Session, kind: type[Row], row_id: str | None, code: str) -> Row:
    """A row that was not withdrawn. Raises Refused with the code."""
    row = session.get(kind, row_id) if row_id else None
    if row is None or row.deleted_at:
        raise Refused.one(code, "id", row_id)
    return row


def of_the_person(
    session: Session, kind: type[Row], person_id: str, row_id: str | None, code: str
) -> Row | None:
    """The person's row that is to be changed, or None for a new one. Raises Refused."""
    person.found(session, person_id)
    if not row_id:
        return None
    row: Any = found(session, kind, row_id, code)
    if row.person_id not in merger.everybody(session, person_id):
        raise Refused.one(code, "id", row_id)
    return row  # type: ignore[no-any-return]


def can_receive(who: Person) -> bool:
    """Whether something can still be given to somebody: in the book, and not known to be dead."""
    return not who.deleted_at and who.life_state != "dead"


def withdraw(ws: Workspace, kind: type[Row], row_id: str, reason: str, code: str) -> None:
    """Take a row written by mistake off, with a reason; the history keeps it."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = found(session, kind, row_id, code)
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = why
