"""The people who work with the program: add, change, let in, lock out, list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import backup, key_log
from app.errors import Problem, Refused
from app.rules import user as rules
from app.values.user import UserDraft, UserEdit, UserLine
from app.wording import translate
from app.workspace import Workspace
from data import keyring, text
from data.errors import WrongPassword
from data.records import office as records
from data.records.office import User, user_id


def add(ws: Workspace, draft: UserDraft) -> None:
    """Make a user of this office; with a password the user can sign in on this PC at once.

    When the way in cannot be written, the user is there without one, as after a sync: `reset`.
    Raises Refused: not_allowed, user_exists, login_…, password_…, role_unknown,
    confidential_not_held (who grants confidential notes must read them himself), visit_… (an
    account that ends by itself).
    """
    ws.demand("users")
    draft = replace(draft, login=text.tidy(draft.login), full_name=text.tidy(draft.full_name))
    draft = replace(draft, basis=text.tidy(draft.basis))
    problems = _weaknesses(draft)
    problems += _wrong_visit(ws, draft.role, draft.valid_until, draft.basis)
    with ws.db.write(ws.author()) as session:
        if any(user.login.casefold() == draft.login.casefold() for user in records.users(session)):
            problems.append(Problem.of("user_exists", "login", draft.login))
        if problems:
            raise Refused(problems)
        _refuse_unheld(ws, draft.confidential)
        session.add(
            User(
                id=user_id(ws.office.id, draft.login),
                office_id=ws.office.id,
                login=draft.login,
                full_name=draft.full_name or draft.login,
                title=text.tidy(draft.title) or None,
                role=draft.role,
                active=True,
                confidential=draft.confidential,
                valid_until=draft.valid_until or None,
                basis=draft.basis or None,
            )
        )
    if draft.password:  # after the commit: a way in without a user must not be
        _give_slot(ws, draft.login, draft.password, draft.confidential)


def edit(ws: Workspace, login: str, changes: UserEdit) -> None:
    """Change a user's name, title, role or grant of confidential notes.

    Raises Refused: user_unknown, role_unknown, last_admin, confidential_not_held, visit_….
    """
    ws.demand("users")
    if changes.role is not None and changes.role not in rules.ROLES:
        raise Refused.one("role_unknown", "role", changes.role)
    with ws.db.write(ws.author()) as session:
        user = _found(session, login)
        if changes.role not in (None, "admin"):
            _refuse_last_admin(session, login)
        regrant = changes.confidential not in (None, user.confidential)
        granted = bool(changes.confidential)
        if changes.full_name is not None and text.tidy(changes.full_name):
            user.full_name = text.tidy(changes.full_name)
        if changes.title is not None:
            user.title = text.tidy(changes.title) or None
        _set_visit(ws, user, changes)
        if changes.role is not None:
            user.role = changes.role
        if regrant:
            _refuse_unheld(ws, granted)
            user.confidential = granted
    if regrant and login in keyring.logins(ws.home):
        with _undone_by(lambda: _put_back(ws, login, "confidential", not granted)):
            keyring.set_restricted(ws.db, login, granted)
        key_log.write(ws, login, "granted" if granted else "withdrawn")


def deactivate(ws: Workspace, login: str) -> tuple[Path, ...]:
    """Lock a user out everywhere; on this PC the key of the store's file is made anew.

    What the user wrote stays. Answers the backups that the user can still open (see
    `backup.shut_out_the_gone`): they are to be fetched back. Raises Refused: user_unknown,
    last_admin, own_account.
    """
    ws.demand("users")
    with ws.db.write(ws.author()) as session:
        user = _found(session, login)
        _refuse_last_admin(session, login)
        if login == ws.user.login:
            raise Refused.one("own_account", "login", login)
        user.active = False
    key_log.write(ws, login, "deactivated")
    was_here = login in keyring.logins(ws.home)
    _close_slot(ws, login)
    behind = backup.shut_out_the_gone(ws)
    return behind if was_here else ()


def to_fetch(login: str, behind: Sequence[Path]) -> tuple[str, ...]:
    """The sentence about backups that somebody who left can still open; none when there is none."""
    if not behind:
        return ()
    folders = ", ".join(dict.fromkeys(str(path.parent) for path in behind))
    return (
        translate(
            "{login} còn mở được {count} bản sao lưu cũ bằng mật khẩu cũ, ở {folders}. "
            "Hãy thu lại; cắm vào và sao lưu lên đó một lần thì {login} không mở được nữa.",
            login=login,
            count=len(behind),
            folders=folders,
        ),
    )


def reactivate(ws: Workspace, login: str, password: str) -> None:
    """Let a locked-out user in again, with a new password on this PC."""
    ws.demand("users")
    _refuse_weak(password, login)
    with ws.db.write(ws.author()) as session:
        user = _found(session, login)
        _refuse_unheld(ws, user.confidential)
        was_active, granted = user.active, user.confidential
        user.active = True
    with _undone_by(lambda: _put_back(ws, login, "active", was_active)):
        _give_slot(ws, login, password, granted)
    key_log.write(ws, login, "reactivated")


def reset(ws: Workspace, login: str, password: str) -> None:
    """Give a user who forgot the password, or who has none on this PC yet, a new one.

    Raises Refused: user_unknown, user_locked_out, password_…, confidential_not_held.
    """
    ws.demand("users")
    _refuse_weak(password, login)
    with ws.db.read() as session:
        user = _found(session, login)
        active, confidential = user.active, user.confidential
    if not active:
        raise Refused.one("user_locked_out", "login", login)
    _refuse_unheld(ws, confidential)
    key_log.write(ws, login, "reset")
    _give_slot(ws, login, password, confidential)


def change_password(ws: Workspace, old: str, new: str) -> None:
    """Change one's own password. Raises Refused: wrong_old_password, password_…."""
    _refuse_weak(new, ws.user.login)
    try:
        keyring.change_password(ws.db, old, new)
    except WrongPassword:
        raise Refused.one("wrong_old_password", "old_password") from None
    key_log.write(ws, ws.user.login, "password")


def new_recovery_code(ws: Workspace) -> str:
    """A fresh recovery code to print; the former one opens nothing any more."""
    ws.demand("users")
    _refuse_unheld(ws, True)
    key_log.write(
        ws, ws.user.login, "recovery"
    )  # before: a code that nobody saw must not replace one
    return keyring.new_recovery_code(ws.db)


def lock_out_the_gone(ws: Workspace) -> tuple[str, ...]:
    """Take away the way in of users whom another PC deactivated; answers their logins."""
    ws.demand("users")
    here = set(keyring.logins(ws.home)) - {ws.user.login}
    with ws.db.read() as session:
        known = {user.login: user.active for user in records.users(session)}
    gone = tuple(sorted(login for login in here if not known.get(login, False)))
    for login in gone:
        key_log.write(ws, login, "locked_out")
        _close_slot(ws, login)
    backup.shut_out_the_gone(ws)
    return gone


def listing(ws: Workspace) -> tuple[UserLine, ...]:
    """All users of the office, working ones first."""
    ws.demand("view")
    here = keyring.logins(ws.home)
    with ws.db.read() as session:
        today = ws.today().isoformat()
        return tuple(_line(user, user.login in here, today) for user in records.users(session))


def names(ws: Workspace) -> dict[str, str]:
    """Full name by login of everybody who ever worked in the office, for people to read."""
    with ws.db.read() as session:
        return {user.login: user.full_name or user.login for user in records.users(session)}


def sign_in_names(home: Path) -> tuple[str, ...]:
    """Who can sign in on this PC, without opening the store."""
    return keyring.logins(home)


def _line(user: User, has_password: bool, today: str) -> UserLine:
    return UserLine(
        login=user.login,
        full_name=user.full_name,
        title=user.title or "",
        role=user.role,
        active=user.active,
        confidential=user.confidential,
        has_password=has_password,
        last_seen_at=user.last_seen_at,
        valid_until=user.valid_until or "",
        basis=user.basis or "",
        expired=rules.is_over(user.valid_until or "", today),
    )


def _weaknesses(draft: UserDraft) -> list[Problem]:
    found = []
    code = rules.login_refusal(draft.login)
    if code is not None:
        found.append(Problem.of(code, "login", draft.login))
    if draft.role not in rules.ROLES:
        found.append(Problem.of("role_unknown", "role", draft.role))
    weak = rules.password_refusal(draft.password, draft.login) if draft.password else None
    if weak is not None:
        found.append(Problem.of(weak, "password", limit=rules.PASSWORD_LETTERS_MIN))
    return found


def _wrong_visit(ws: Workspace, role: str, until: str, basis: str) -> list[Problem]:
    wrong = rules.visit_refusal(role, until, basis, ws.today().isoformat())
    return [Problem.of(wrong[0], wrong[1], until, role=role)] if wrong else []


def _set_visit(ws: Workspace, user: User, changes: UserEdit) -> None:
    """Another last day or basis of who comes from outside; nobody else has one."""
    role = changes.role or user.role
    until = (user.valid_until or "") if changes.valid_until is None else changes.valid_until
    basis = (user.basis or "") if changes.basis is None else text.tidy(changes.basis)
    if (until, basis, role) == (user.valid_until or "", user.basis or "", user.role):
        return
    problems = _wrong_visit(ws, role, until, basis)
    if problems:
        raise Refused(problems)
    user.valid_until, user.basis = until or None, basis or None


def _refuse_weak(password: str, login: str) -> None:
    code = rules.password_refusal(password, login)
    if code is not None:
        raise Refused.one(code, "password", limit=rules.PASSWORD_LETTERS_MIN)


def _refuse_last_admin(session: Session, login: str) -> None:
    if rules.is_last_admin(login, records.active_admins(session)):
        raise Refused.one("last_admin", "login", login)


def _refuse_unheld(ws: Workspace, wanted: bool) -> None:
    if wanted and ws.restricted is None:
        raise Refused.one("confidential_not_held", "confidential", ws.user.login)


@contextmanager
def _undone_by(undo: Callable[[], None]) -> Iterator[None]:
    """When the key file cannot be written, the record goes back to what the key file says."""
    try:
        yield
    except BaseException:
        undo()
        raise


def _put_back(ws: Workspace, login: str, name: str, value: bool) -> None:
    with ws.db.write(ws.author()) as session:
        setattr(_found(session, login), name, value)


def _give_slot(ws: Workspace, login: str, password: str, confidential: bool) -> None:
    """A way into the store on this PC, in place of a former one if there was any."""
    give = keyring.reset_slot if login in keyring.logins(ws.home) else keyring.add_slot
    give(ws.db, login, password, confidential)


def _close_slot(ws: Workspace, login: str) -> None:
    if login in keyring.logins(ws.home):
        ws.db.rotate(login)


def _found(session: Session, login: str) -> User:
    user = records.user_of(session, login)
    if user is None:
        raise Refused.one("user_unknown", "login", login)
    return user
