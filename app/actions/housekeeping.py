"""What the program does for itself after a sign-in: the day's backup, gone users, old prints."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions import backup, print_job, user
from app.values.backup import BackupMade
from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: the backup of the day if one was due, logins that were locked out, and how
    many half-done prints were cleared away."""

    backup: BackupMade | None
    locked_out: tuple[str, ...]
    prints_cleared: int = 0


def after_sign_in(ws: Workspace) -> Kept:
    """Make the day's backup when none was made yet; take slots away from users who left, and
    half-done prints of yesterday from the disk.

    Users who were stopped on another PC arrive by sync as inactive; an admin's sign-in closes their
    way in here. Raises what app.actions.backup.backup_now raises.
    """
    gone = user.lock_out_the_gone(ws) if ws.can("users") else ()
    cleared = print_job.clear(ws)
    made = backup.backup_now(ws) if ws.can("backup") and backup.due(ws) else None
    return Kept(made, gone, cleared)
