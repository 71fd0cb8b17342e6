"""Who does the work: a user of the office by login, or a name that only paper knows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.errors import Refused
from app.values.care_case import NOBODY
from app.workspace import RIGHTS, Workspace
from data import text
from data.records import caseload
from data.records import office as records

NAMED = re.compile(r".*\(([^()]+)\)")
"""A full name with the login behind it, as lists of colleagues are offered."""


def names(session: Session) -> dict[str, str]:
    """Full name by login of everybody who ever worked here."""
    return {user.login: user.full_name or user.login for user in records.users(session)}


def login_of(session: Session, typed: str) -> str:
    """The login that a typed worker means: the login itself, a full name, or both.

    A name that nobody has, or that two users have, stays as it was typed.
    """
    words = text.tidy(typed)
    known = records.users(session)
    behind = NAMED.fullmatch(words)
    wanted = {words.casefold(), behind[1].casefold() if behind else ""}
    exact = [user.login for user in known if user.login.casefold() in wanted]
    if exact:
        return exact[0]
    named = [user for user in known if text.fold(user.full_name) == text.fold(words)]
    working = [user for user in named if user.active] or named
    return working[0].login if len(working) == 1 else words


def working(session: Session, typed: str) -> str:
    """The login of a user who works now and may write, to be given work.

    Raises Refused (`worker_unknown`).
    """
    login = login_of(session, typed)
    if not works(session, login):
        raise Refused.one("worker_unknown", "worker", typed)
    return login


def works(session: Session, login: str) -> bool:
    """Whether this is a user who works now and may write."""
    user = records.user_of(session, login)
    return user is not None and user.active and may_write(user.role)


def known(ws: Workspace, typed: str) -> str:
    """Whose work is asked about: a user, also one who left, or a name that has cases or tasks.

    Raises Refused (`worker_nowhere`).
    """
    ws.demand("view")
    if typed == NOBODY:
        return typed
    with ws.db.read() as session:
        login = login_of(session, typed)
        if records.user_of(session, login) is None and not caseload.has_work(session, login):
            raise Refused.one("worker_nowhere", "worker", typed)
    return login


def may_write(role: str) -> bool:
    """Whether users of a role do the work, or only look at it."""
    return "enter" in RIGHTS.get(role, frozenset())


def logins_like(session: Session, words: str) -> tuple[str, ...]:
    """Logins of users whose names have every word, without marks."""
    asked = text.search_fold(words).split()
    found = []
    for user in records.users(session):
        name = f" {text.search_fold(user.full_name or '')}"
        if asked and all(f" {word}" in name for word in asked):
            found.append(user.login)
    return tuple(found)


def colleagues(ws: Workspace, but: str = "") -> tuple[tuple[str, str], ...]:
    """(login, full name) of users who work now and may write, to choose from."""
    with ws.db.read() as session:
        return tuple(
            (user.login, user.full_name or user.login)
            for user in records.users(session)
            if user.active and user.login != but and may_write(user.role)
        )


def shown(known: Mapping[str, str], worker: str | None) -> str:
    """A worker in full, as people read it."""
    return known.get(worker or "", worker or "")
