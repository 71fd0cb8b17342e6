"""Whether a change fits the record tables, so that what one PC sends stops no other PC's pull."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Integer

from data.base import travelling_columns
from data.records.office import user_id
from data.schema import travelling
from sync import merge
from sync.protocol import Change
from sync.server.deciding import Objection
from sync.server.rows import Rows

INTEGER_MAX = 2**63 - 1
MALFORMED = Objection("change_malformed")


def objection(change: Change, _rows: Rows, office_id: str) -> Objection | None:
    """Against what no PC could write down: nothing sound where something must stand, a record of
    nobody, a user under another's identity, a time that is none.

    Values of a newer program that a column may do without are no fault: the log keeps them.
    """
    if not _is_instant(change.at):
        return MALFORMED
    fits = _needed().get(change.entity)
    if fits is None:
        return None
    new = {name: merge.new_value(change, name) for name in change.fields if name in fits}
    if not all(fits[name](value) for name, value in new.items()):
        return MALFORMED
    whole = change.op == "I" or change.source == "bypass"
    if whole and not _owners()[change.entity] <= new.keys():
        return MALFORMED
    if change.entity == "user" and "login" in new and change.row != _identity(office_id, new):
        return MALFORMED
    return None


def _identity(office_id: str, new: dict[str, Any]) -> str:
    return user_id(office_id, new["login"])


def _is_instant(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


@cache
def _needed() -> dict[str, dict[str, Callable[[Any], bool]]]:
    """Per entity and travelling column that must not be empty, whether a value fits it."""
    by_type: dict[type, Callable[[Any], bool]] = {Boolean: _is_boolean, Integer: _is_integer}
    found: dict[str, dict[str, Callable[[Any], bool]]] = {}
    for entity, kind in travelling().items():
        table = kind.__table__.columns
        needed = [name for name in travelling_columns(kind) if not table[name].nullable]
        found[entity] = {name: by_type.get(type(table[name].type), _is_text) for name in needed}
    return found


@cache
def _owners() -> dict[str, frozenset[str]]:
    """Per entity, the columns that say whose record it is and cannot be filled in later."""
    return {
        entity: frozenset(
            name
            for name in travelling_columns(kind)
            if name.endswith("_id") and not kind.__table__.columns[name].nullable
        )
        for entity, kind in travelling().items()
    }


def _is_boolean(value: Any) -> bool:
    return value in (0, 1)


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= INTEGER_MAX


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
