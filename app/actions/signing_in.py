"""Coming in: sign in, a second person beside the first, unlock, and back in with the code."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.errors import Problem, Refused
from app.rules import dates
from app.rules import user as rules
from app.workspace import Workspace
from data import database, keyring, text
from data.base import now_text
from data.database import Author
from data.records import access
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
    login = text.tidy(login)
    return workspace.attach(ws.db.signed_in(login, password), login)


def unlock(ws: Workspace, password: str) -> None:
    """Make sure that it is the signed-in user who comes back. Raises Refused (wrong_password,
    user_expired: an account that ended while the screen was locked)."""
    if not ws.db.still_opens(password):
        raise Refused.one("wrong_password", "password")
    if rules.is_over(ws.user.until, ws.today().isoformat()):
        day = dates.show(ws.user.until)
        raise Refused.one("user_expired", "login", ws.user.login, day=day, basis=ws.user.basis)


def recover(home: Path, code: str, login: str, password: str) -> Workspace:
    """Give an admin who forgot the password a new one, with the printed recovery code; sign in.

    An admin who came by sync and has no way in on this PC gets one. The log says that the code was
    used. Raises WrongPassword (`recovery_code_mistyped`), Refused (user_unknown, password_…).
    """
    login = text.tidy(login)
    weak = rules.password_refusal(password, login)
    if weak is not None:
        raise Refused([Problem.of(weak, "password", limit=rules.PASSWORD_LETTERS_MIN)])
    db = database.open_with_recovery(home, code)
    try:
        with db.write(Author(login)) as session:
            user = records.user_of(session, login)
            if user is None or login not in records.active_admins(session):
                raise Refused.one("user_unknown", "login", login)
            confidential = user.confidential
            used = {"at": now_text(), "by": login, "kind": "key", "detail": "recovered"}
            access.write(session, [used | {"person_id": user.id}])
        give = keyring.reset_slot if login in keyring.logins(home) else keyring.add_slot
        give(db, login, password, confidential)
    finally:
        db.close()
    return sign_in(home, login, password)
