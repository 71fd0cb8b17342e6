"""Whether a file that leaves the program must be under a password, and whether one is good enough.

The password is in the workspace of the one call that writes (`locking`) and kept nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from app.actions import settings
from app.errors import Problem, Refused
from app.rules import user as rules
from app.workspace import Workspace

OFF, ASK, MUST = ANY = ("off", "ask", "must")


def rule(ws: Workspace) -> str:
    """What the office decided: a password is asked for, must be, or nobody is asked."""
    return settings.current(ws.own or ws).file_passwords


def asked(ws: Workspace, personal: bool = True) -> bool:
    """Whether the officer is asked for one; `personal` where the file tells of single people."""
    return personal and rule(ws) != OFF


def locking(ws: Workspace, password: str) -> Workspace:
    """The same for writing files under a password, "" for open ones. Raises Refused
    (`password_…`)."""
    return replace(ws, file_password=strong(password, ws.user.login))


def strong(password: str, login: str = "") -> str:
    """The password, "" for none. Raises Refused (`password_…`)."""
    weak = rules.password_refusal(password, login) if password else None
    if weak is not None:
        raise Refused([Problem.of(weak, "file_password", limit=rules.PASSWORD_LETTERS_MIN)])
    return password


def demand(ws: Workspace, personal: bool = True) -> None:
    """Refuse to write openly what the office wants closed. Raises Refused
    (`file_password_needed`)."""
    if personal and not ws.file_password and rule(ws) == MUST:
        raise Refused.one("file_password_needed", "file_password")
