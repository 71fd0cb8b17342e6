"""Coming in: sign in, a second person beside the first, unlock, and back in with the code."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.errors import Problem, Refused
from app.rules import user as rules
from app.workspace import Workspace
from data import database, keyring
from data.records import office as records


def sign_in(home: Path, login: str, password: str) -> Workspace:
    """Open the store for a user and note the day. Raises data.errors, Refused (user_inactive)."""
    ws = workspace.open(home, login, password)
    if ws.can("enter"):
        workspace.mark_seen(ws)
    return ws


def join(ws: Workspace, login: str, password: str) -> Workspace:
    """A second person on the store that the first one holds open; neither signs out.

    Raises WrongPassword, Refused (user_inactive).
    """
    return workspace.attach(ws.db.signed_in(login, password), login)


def unlock(ws: Workspace, password: str) -> None:
    """Make sure that it is the signed-in user who comes back. Raises Refused (wrong_password)."""
    if not ws.db.still_opens(password):
        raise Refused.one("wrong_password", "password")


def recover(home: Path, code: str, login: str, password: str) -> Workspace:
    """Give an admin who forgot the password a new one, with the printed recovery code; sign in.

    Raises WrongPassword (`recovery_code_mistyped`), Refused (user_unknown, password_…).
    """
    weak = rules.password_refusal(password, login)
    if weak is not None:
        raise Refused([Problem.of(weak, "password", limit=rules.PASSWORD_LETTERS_MIN)])
    db = database.open_with_recovery(home, code)
    try:
        with db.read() as session:
            admins = records.active_admins(session)
            user = records.user_of(session, login)
            confidential = bool(user is not None and user.confidential)
        if login not in admins:
            raise Refused.one("user_unknown", "login", login)
        keyring.reset_slot(db, login, password, confidential)
    finally:
        db.close()
    return sign_in(home, login, password)
