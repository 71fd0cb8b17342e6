"""What every verb of the command line receives: the home, who calls, and how to answer."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from app import workspace
from app.actions import backup, file_password, offices
from app.errors import Refused
from app.reports.over import Over
from app.values.overview import Province
from app.wording import translate
from app.workspace import Workspace
from data import database, keyring
from data.database import Database
from data.errors import StoreMissing, WrongPassword
from data.records import office as records

PASSWORD = "SOANSINH_PASSWORD"
NEW_PASSWORD = "SOANSINH_NEW_PASSWORD"
FILE_PASSWORD = "SOANSINH_FILE_PASSWORD"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb answers: the JSON document, the same in lines for people, and the exit code.

    Without lines the document itself is shown, one line a value; no lines at all say nothing.
    """

    document: Mapping[str, Any]
    lines: tuple[str, ...] | None = None
    exit_code: int = 0


class Census(Protocol):
    """A server's home as reports see it."""

    def is_server(self, folder: Path) -> bool:
        """Whether a home is a server's."""

    def counting(self, folder: Path) -> AbstractContextManager[Over]:
        """All offices of the server to count over."""

    def figures(self, folder: Path) -> Province:
        """All offices of the server beside one another."""


@dataclass(slots=True)
class Context:
    """The call: where the home is and who the user is; the store opens when first asked for."""

    home: Path
    user: str | None = None
    json: bool = False
    census: Census | None = None
    """What a server's home gives to count over; the room of the wire brings it."""
    book: str = ""
    """The other office whose book is read instead of the own one; "" for the own one."""
    used: bool = False
    """Whether the verb asked for the password of the files that it writes."""
    _opened: Workspace | None = field(default=None, repr=False)

    def workspace(self) -> Workspace:
        """The signed-in workspace. Raises DataError and Refused (user_inactive, user_which)."""
        if self._opened is None:
            self._opened = self._sign_in()
        return offices.read(self._opened, self.book) if self.book else self._opened

    def open_database(self) -> Database:
        """The open store of the signed-in user, as it lies."""
        return self.workspace().db.whole

    def close(self) -> None:
        """Give the store back, if it was opened."""
        if self._opened is not None:
            self._opened.db.close()
            self._opened = None

    def progress(self, done: int, total: int) -> None:
        """Show on the screen how far long work is; nothing when nobody watches."""
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            print(f"\r{done:,}/{total:,}", end=end, file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """Tell at once how far a long job is, beside the answer that comes at the end."""
        print(line, file=sys.stderr if self.json else sys.stdout, flush=True)

    def password(self, login: str) -> str:
        """The password to sign in with: SOANSINH_PASSWORD, else asked for."""
        given = os.environ.get(PASSWORD)
        return given if given is not None else _ask(login)

    def new_password(self, login: str) -> str:
        """The password to give: SOANSINH_NEW_PASSWORD, else SOANSINH_PASSWORD, else asked twice."""
        for name in (NEW_PASSWORD, PASSWORD):
            if os.environ.get(name):
                return os.environ[name]
        first = _ask(login)
        if first != _ask(login):
            raise Refused.one("passwords_differ", "password")
        return first

    def locking(self, personal: bool = True) -> Workspace:
        """The workspace for writing files under a password: SOANSINH_FILE_PASSWORD, else asked for
        twice at a screen where the file tells of single people; an empty one leaves it open."""
        ws, given = self.workspace(), self.given_password()
        asks = sys.stdin.isatty() and not self.json and file_password.asked(ws, personal)
        if given is None and asks:
            given = getpass.getpass(translate("Mật khẩu cho tệp (Enter: không đặt): "))
            if given and given != getpass.getpass(translate("Gõ lại mật khẩu cho tệp: ")):
                raise Refused.one("passwords_differ", "file_password")
        return file_password.locking(ws, given or "")

    def given_password(self) -> str | None:
        """The password of files from the surroundings of the call, if there is one."""
        self.used = True
        return os.environ.get(FILE_PASSWORD)

    def ignored(self) -> str:
        """What to say where one was given and the verb has no use for it."""
        if self.used or not os.environ.get(FILE_PASSWORD):
            return ""
        return translate(
            "Lệnh này không dùng {name}: tệp ghi ra không mang mật khẩu ấy.", name=FILE_PASSWORD
        )

    def _sign_in(self) -> Workspace:
        told = backup.finish_restore(self.home)
        if told:
            print(told, file=sys.stderr)
        if self.user is not None:
            return workspace.open(self.home, self.user, self.password(self.user))
        if not database.exists(self.home):
            raise StoreMissing(home=str(self.home))
        logins = keyring.logins(self.home)
        password = self.password(logins[0] if len(logins) == 1 else "")
        db = _opened_by_anybody(self.home, logins, password)
        try:
            return _as_the_admin(db, password)
        except BaseException:
            db.close()
            raise


def _opened_by_anybody(home: Path, logins: tuple[str, ...], password: str) -> Database:
    """The store opened by whoever has this password, to learn who its one admin is."""
    for login in logins:
        try:
            return database.open_store(home, login, password)
        except WrongPassword:
            continue
    raise WrongPassword(login=", ".join(logins))


def _as_the_admin(db: Database, password: str) -> Workspace:
    """The workspace of the one admin who can sign in on this PC, whoever opened the store."""
    here = keyring.logins(db.home)
    with db.read() as session:
        admins = [login for login in records.active_admins(session) if login in here]
    if len(admins) != 1:
        raise Refused.one("user_which", "user", " ".join(sorted(admins)))
    if db.keys.login != admins[0]:
        db = db.signed_in(admins[0], password)
    return workspace.attach(db, admins[0])


def _ask(login: str) -> str:
    if not sys.stdin.isatty():
        raise Refused.one("password_not_given", "password")
    return getpass.getpass(translate("Mật khẩu của {login}: ", login=login or "?"))
