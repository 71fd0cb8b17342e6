"""Who may merge two records of one person, part them, and decide between two people's values."""

from __future__ import annotations

from data.records.sync import DECIDES
from sync import merge
from sync.protocol import Change
from sync.server import members
from sync.server.deciding import Objection
from sync.server.rows import Rows

WORKERS = ("surveyor", "approver", "admin")
LEADS = "merged_into"
DECISIONS = frozenset({"merger", "distinct_pair"})
CHAIN_MAX = 64
"""Records merged one into another in a row; nobody has that many of one person."""


def merger_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Only who works in the office merges; away from an approved record only an approver does.

    A record leads to one that is known and never, over others, back to itself: of two PCs that
    merge the same two records each into the other, the first one stands.
    """
    if change.entity in DECISIONS:
        return members.role_objection(rows, office_id, change.user, (WORKERS, "merge_needs_right"))
    if change.entity != "person" or LEADS not in change.fields:
        return None
    row = rows.get("person", change.row)
    leads = merge.new_value(change, LEADS)
    if row is None or rows.value(row.touch(LEADS), LEADS) == leads:
        return None
    approved = rows.value(row.touch("status"), "status") == "approved"
    asked = (members.APPROVERS if approved else WORKERS, "merge_needs_right")
    right = members.role_objection(rows, office_id, change.user, asked)
    return right or (_circle(rows, change.row, leads) if leads else None)


def decision_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Only who works in the office decides a conflict."""
    if not change.source.startswith(DECIDES):
        return None
    return members.role_objection(rows, office_id, change.user, (WORKERS, "conflict_needs_right"))


def _circle(rows: Rows, row_id: str, leads: str) -> Objection | None:
    """Against a stub that would lead to nobody or, in the end, to itself."""
    for _ in range(CHAIN_MAX):
        if leads == row_id:
            return Objection("merged_in_circle")
        rows.load([leads])
        row = rows.get("person", leads)
        if row is None:
            return Objection("survivor_missing", leads)
        if row.moved_to:
            return Objection("survivor_moved")
        following = rows.current("person", leads, LEADS)
        if not isinstance(following, str):
            return None
        leads = following
    return Objection("merged_in_circle")
