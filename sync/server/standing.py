"""What is settled stands: the server asks the same table (`data.settled`) as the PCs.

Rules here look at the values that a change would really bring: all of a new record, of a known one
those that the merge takes. What another PC moved on meanwhile is a conflict and no offence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from data import settled
from data.settled import APPROVE, PAPER, REMOVED, Standing
from sync import merge
from sync.protocol import Change
from sync.server import members
from sync.server.deciding import Objection
from sync.server.rows import Rows

SETTLED = Objection("record_settled")
Values = Mapping[str, Any]
Judge = Callable[[Change, Values, Rows, str], Objection | None]


def brought(change: Change, rows: Rows) -> Values | None:
    """All values of a record that the change makes; None where it is about a known one, or waits
    for it."""
    known = rows.get(change.entity, change.row) is not None
    if known or (change.op != "I" and change.source != merge.WHOLE):
        return None
    return {name: merge.new_value(change, name) for name in change.fields}


def said(change: Change, values: Values, rows: Rows, name: str) -> Any:
    """The value that a field has once these are taken."""
    return values[name] if name in values else rows.current(change.entity, change.row, name)


def moved(change: Change, values: Values, rows: Rows, name: str) -> tuple[str, str] | None:
    """From which state to which the values bring a record; None where they leave it. What is new
    comes from ""."""
    before = rows.current(change.entity, change.row, name) or ""
    after = said(change, values, rows, name) or ""
    return (str(before), str(after)) if before != after else None


def standing_objection(
    change: Change, values: Values, rows: Rows, office_id: str
) -> Objection | None:
    """A settled record changes by the moves of the table alone, and by whose right it says."""
    kind = settled.KINDS.get(change.entity)
    if kind is None:
        return None
    paper = bool(kind.origin) and said(change, values, rows, kind.origin) == PAPER
    if rows.get(change.entity, change.row) is None:
        state = values.get(kind.state) or kind.begins
        fits = state == kind.begins or (paper and state in kind.on_paper)
        own = APPROVE in (
            right for (before, _), right in kind.moves.items() if before == kind.begins
        )
        return None if fits else Objection("approver_is_author") if own else SETTLED
    current = {name: rows.current(change.entity, change.row, name) for name in values}
    names = {name for name, value in values.items() if (value or None) != (current[name] or None)}
    right = _right(kind, names, _states(change, values, rows, kind), paper)
    if right == APPROVE:
        return members.approver_objection(rows, office_id, change.user)
    return SETTLED if right is None else None


def _states(change: Change, values: Values, rows: Rows, kind: Standing) -> tuple[str, str]:
    before = rows.current(change.entity, change.row, kind.state) or kind.begins
    return str(before), str(said(change, values, rows, kind.state) or kind.begins)


def _right(kind: Standing, names: set[str], states: tuple[str, str], paper: bool) -> str | None:
    """Whose right it is to change these fields of a record of that kind; None is nobody's."""
    before, after = states
    if names & kind.fixed:
        return None
    if before != after:
        return kind.moves.get(states)
    if before == kind.begins or (paper and kind.paper_is_mended):
        return settled.ENTER
    stands = names & kind.content | (set() if paper else names & REMOVED)
    if stands - kind.by_decision:
        return None
    return APPROVE if stands else settled.ENTER
