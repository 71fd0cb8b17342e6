"""What the program does for itself after somebody signs in: the day's backup, gone users' slots."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions import backup, user
from app.values.backup import BackupMade
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: the backup of the day if one was due, and logins that were locked out."""

    backup: BackupMade | None
    locked_out: tuple[str, ...]


def after_sign_in(ws: Workspace) -> Kept:
    """Make the day's backup when none was made yet; take slots away from users who left.

    Users who were stopped on another PC arrive by sync as inactive; an admin's sign-in closes their
    way in here. Raises what app.actions.backup.backup_now raises.
    """
    gone = user.lock_out_the_gone(ws) if ws.can("users") else ()
    made = backup.backup_now(ws) if ws.can("backup") and backup.due(ws) else None
    return Kept(made, gone)
