"""Who may say who works in an office: its admins; the first admin of an office says it himself."""

from __future__ import annotations

from data.records.office import user_id
from sync import merge
from sync.protocol import Change
from sync.server.deciding import Objection
from sync.server.rows import Rows

APPROVERS = ("approver", "admin")
ADMINS = ("admin",)
POWERS = frozenset(
    {"login", "role", "active", "confidential", "valid_until", "basis", "deleted_at"}
)
"""Fields of a user that say what he may do, until when and by which decision; name and title
anybody of the office may correct."""


def approver_objection(rows: Rows, office_id: str, login: str) -> Objection | None:
    """Against who approves without being a working approver; who has not arrived is waited for."""
    return role_objection(rows, office_id, login, (APPROVERS, "approver_has_no_right"))


def user_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Against a new user, or another role of a known one, that no working admin wrote.

    The first user whom a PC brings along is the admin who made its book and showed the office's
    one-time code: whoever gives a code away lets that admin in, whatever his login is.
    """
    if change.entity != "user" or not _empowers(change, rows):
        return None
    if _is_first_admin(change, rows):
        return None
    own = change.op == "I" and change.fields.get("login") == change.user
    if own and rows.get("user", change.row) is None:
        return Objection("user_needs_admin")
    return role_objection(rows, office_id, change.user, (ADMINS, "user_needs_admin"))


def _empowers(change: Change, rows: Rows) -> bool:
    row = rows.get("user", change.row)
    if row is None:
        return change.op == "I" or change.source == "bypass"
    names = POWERS & set(change.fields)
    return any(rows.value(row.touch(n), n) != merge.new_value(change, n) for n in names)


def _is_first_admin(change: Change, rows: Rows) -> bool:
    told = change.fields
    himself = change.op == "I" and told.get("login") == change.user
    return himself and told.get("role") == "admin" and not rows.brought("user")


def reform_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """Only an admin says where the office's old communes went."""
    if change.entity != "reform_answer":
        return None
    return role_objection(rows, office_id, change.user, (ADMINS, "reform_needs_admin"))


def role_objection(
    rows: Rows, office_id: str, login: str, asked: tuple[tuple[str, ...], str]
) -> Objection | None:
    """Against a user without one of the roles (roles, code); who has not arrived is waited for."""
    roles, code = asked
    row_id = user_id(office_id, login)
    rows.load([row_id])
    row = rows.get("user", row_id)
    if row is None:
        return Objection("user_missing", row_id) if login else Objection(code)
    works = rows.current("user", row_id, "active") in (True, None) and not row.deleted
    return None if works and rows.current("user", row_id, "role") in roles else Objection(code)
