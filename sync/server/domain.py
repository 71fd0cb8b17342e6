"""What the server's log is told about the records: merge classes, parents, who may approve."""

from __future__ import annotations

from functools import cache
from typing import Any

from data import fields
from data.records.office import user_id
from data.schema import travelling
from sync import merge
from sync.merge import MergeClasses, RowState
from sync.protocol import Change
from sync.server.deciding import Domain
from sync.server.rows import Rows

APPROVERS = ("approver", "admin")
WRITTEN_ONCE = frozenset({"approval"})


def of_the_office() -> Domain:
    """The domain as the field dictionary and the record tables describe it."""
    return Domain(_classes(), _parents(), approver_is_author)


def approver_is_author(change: Change, rows: Rows, office_id: str) -> str | None:
    """Nobody approves what he wrote or last changed, and only approvers approve.

    The PC checks the same before; the server does not rely on it (contract of the office, and
    architecture decision 16).
    """
    approved = _approved_row(change, rows, office_id)
    if approved is None:
        return None
    row, content = approved
    if change.user in _authors(row, content, change.user):
        return "approver_is_author"
    role = _role(rows, office_id, change.user)
    return "approver_has_no_right" if role is not None and role not in APPROVERS else None


def _classes() -> MergeClasses:
    classes = {
        (record, field.name): field.merge
        for record in fields.records()
        for field in fields.of(record)
    }
    guarded = fields.guarded("person") | {"status"}
    classes["person", "status"] = merge.STATE
    classes |= {("user", name): merge.FIRST for name in ("full_name", "title", "confidential")}
    return MergeClasses(classes, {"person": guarded}, WRITTEN_ONCE)


def _parents() -> dict[str, tuple[tuple[str, str], ...]]:
    return {
        entity: tuple(
            (key.parent.name, key.column.table.name)
            for key in sorted(kind.__table__.foreign_keys, key=lambda key: str(key.parent.name))
        )
        for entity, kind in travelling().items()
    }


def _approved_row(
    change: Change, rows: Rows, office_id: str
) -> tuple[RowState | None, frozenset[str]] | None:
    """The row whose content a change approves, with the fields that count as content."""
    content = _content()
    if change.entity == "person" and _becomes(change, "status"):
        return rows.get("person", change.row), content
    if change.entity == "approval" and change.op == "I":
        person = change.fields.get("person_id")
        if change.fields.get("decision") == "approved" and isinstance(person, str):
            return rows.get("person", person), content
    if change.entity == "amendment" and _becomes(change, "state"):
        return rows.get("amendment", change.row), frozenset({"changes"})
    return None


@cache
def _content() -> frozenset[str]:
    return frozenset(field.name for field in fields.of("person"))


def _becomes(change: Change, name: str) -> bool:
    return name in change.fields and merge.new_value(change, name) == "approved"


def _authors(row: RowState | None, content: frozenset[str], nobody: str) -> set[str]:
    if row is None:
        return {nobody}
    touches = [touch for name, touch in row.touches.items() if name in content]
    last = max(touches, key=lambda touch: touch.version, default=row.created)
    return {row.created.user, last.user}


def _role(rows: Rows, office_id: str, login: str) -> Any:
    row_id = user_id(office_id, login)
    rows.load([row_id])
    row = rows.get("user", row_id)
    return None if row is None else rows.value(row.touch("role"), "role")
