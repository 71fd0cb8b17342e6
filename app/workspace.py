"""The one thing every action receives: the store, the office, the user and what day it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from app.errors import Refused
from app.rules import dates
from app.rules import user as rules
from data import database, text
from data.base import instant_text, now_text
from data.database import Author, Database
from data.keyring import RestrictedBox
from data.records import office as records
from data.records import office_grant
from data.records.office import Office, User

READ = frozenset({"view"})
SEES = frozenset({"names", "numbers"})
WORK = READ | SEES | {"enter", "import", "submit", "sync", "backup", "resolve", "sheets"}
DECIDE = WORK | {"approve", "print", "export"}
RIGHTS = {
    "viewer": READ,
    "inspector": READ | SEES | {"logs"},
    "surveyor": WORK,
    "approver": DECIDE,
    "admin": DECIDE | {"users", "enrol", "settings", "logs"},
}
"""What each role may do (architecture, decision 16). `names`: read the names of victims who are
not registered, and of who reported a hazard; `numbers`: read identity and telephone numbers whole.
A reader of another office's book has neither."""
READER = "viewer"
"""What everybody is in another office's book."""


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """The office of this store; `units` are unit keys of either system."""

    id: str
    name: str
    units: tuple[str, ...]
    demo: bool
    enrolled_at: str | None


@dataclass(frozen=True, slots=True)
class UserCard:
    """A user of this office, known by the login."""

    login: str
    full_name: str
    title: str
    role: str
    active: bool
    confidential: bool
    until: str = ""
    """The last day (ISO) of an account that ends by itself."""
    basis: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workspace:
    """An opened store with a signed-in user; actions take it as their first argument."""

    db: Database
    home: Path
    office: OfficeCard
    user: UserCard
    clock: Callable[[], datetime] = field(default=_now)
    own: Workspace | None = None
    """The workspace of the user's own office, where this one is another office's book to read."""

    until: str = ""
    """The last day (ISO) on which another office's book may be read."""
    dated: bool = False
    """Whether what is written bears the instant of `clock`: invented years of a demonstration."""
    others: bool = False
    """Whether this PC reads the books of other offices too."""
    for_paper: bool = False
    """Read for a paper that others get: without the restricted, and without one's own words too."""
    file_password: str = field(default="", repr=False)
    """What the files that this one call writes are locked with (`app/actions/file_password.py`)."""

    def __post_init__(self) -> None:
        """Whoever is signed in reads with his own eyes, and so does every copy of this value."""
        login = "" if self.for_paper else self.user.login
        eyes = self.db.seen_by(login, self.restricted is not None, self.can("numbers"))
        object.__setattr__(self, "db", eyes)

    @property
    def looks(self) -> Database:
        """Where looks at people are logged: always the own office's book."""
        return self.own.db if self.own is not None else self.db

    def today(self) -> date:
        """Today's date on this PC."""
        return self.clock().astimezone().date()

    def can(self, right: str) -> bool:
        """Whether the signed-in user's role has a right of `RIGHTS`."""
        return right in RIGHTS.get(self.user.role, frozenset())

    def demand(self, right: str) -> None:
        """Raise Refused (`not_allowed`) when the role has not the right."""
        if not self.can(right):
            raise Refused.one("not_allowed", value=right, role=self.user.role)

    def author(self, source: str = "") -> Author:
        """The signed-in user as the author of a transaction."""
        at = instant_text(self.clock()) if self.dated else ""
        return Author(self.user.login, source, at)

    @property
    def restricted(self) -> RestrictedBox | None:
        """The box of restricted values, when this user was granted its key."""
        granted = self.user.confidential and not self.for_paper
        return self.db.keys.restricted if granted else None

    def paper(self, allowed: bool = True) -> Workspace:
        """The same for making a paper; `allowed` where its maker asked for the restricted."""
        return self if allowed and self.restricted is not None else replace(self, for_paper=True)

    def reopened(self) -> Workspace:
        """The same store with the office and user read again (after enrolment, a new role)."""
        if self.own is not None:
            return reading(self.own.reopened(), self.db, self.office, self.until)
        return attach(self.db, self.user.login)

    def still(self) -> Workspace | None:
        """The same with the user as he stands now; None when he was stopped or is gone, and of
        another office's book when it may not be read any more."""
        if self.own is not None:
            now, until = self.own.still(), self.readable_until(self.office.id)
            return reading(now, self.db, self.office, until) if now and until else None
        with self.db.read() as session:
            user = records.user_of(session, self.user.login)
            if user is None or not user.active or ended(user, self.today()):
                return None
            others = bool(office_grant.all_of(session))
            return replace(self, user=user_card(user), others=others)

    def readable_until(self, office_id: str) -> str:
        """The last day (ISO) on which this PC may read another office; "" when it may not now."""
        with self.looks.read() as session:
            line = office_grant.of_scope(session, office_id)
            lasts = line is not None and line.key and line.until >= self.today().isoformat()
            return line.until if line is not None and lasts else ""


def reading(own: Workspace, db: Database, office: OfficeCard, until: str) -> Workspace:
    """Another office's book in the hands of a user of this one: he looks, and nothing else."""
    user = replace(own.user, role=READER, confidential=False)
    return Workspace(db, own.home, office, user, own.clock, own, until)


def open(home: Path, login: str, password: str) -> Workspace:  # noqa: A001 - the field's verb
    """Sign in: open the store of `home` and find the user.

    Raises data.errors (WrongPassword, StoreMissing, ...) and Refused (`user_inactive`).
    """
    login = text.tidy(login)  # one keyboard writes "ả" as one sign, another as two
    db = database.open_store(home, login, password)
    try:
        return attach(db, login)
    except BaseException:
        db.close()
        raise


def attach(db: Database, login: str) -> Workspace:
    """The workspace of a user on an already opened store. Raises Refused (`user_inactive`,
    `user_expired`)."""
    with db.read() as session:
        office = records.the_office(session)
        user = records.user_of(session, login)
        if user is None or not user.active:
            raise Refused.one("user_inactive", "login", login)
        others = bool(office_grant.all_of(session))
        card = user_card(user)
        if ended(user, _now().astimezone().date()):
            day = dates.show(card.until)
            raise Refused.one("user_expired", "login", login, day=day, basis=card.basis)
        return Workspace(db, db.home, office_card(office), card, others=others)


def mark_seen(ws: Workspace) -> None:
    """Remember when the user last worked on this PC."""
    with ws.db.write(ws.author()) as session:
        user = records.user_of(session, ws.user.login)
        if user is not None:
            user.last_seen_at = now_text()


def office_card(office: Office) -> OfficeCard:
    """The office record as a frozen value."""
    return OfficeCard(
        office.id, office.name, tuple(office.units.split()), office.demo, office.enrolled_at
    )


def ended(user: User, today: date) -> bool:
    """Whether the account of somebody from outside is over."""
    return rules.is_over(user.valid_until or "", today.isoformat())


def user_card(user: User) -> UserCard:
    """The user record as a frozen value."""
    return UserCard(
        user.login,
        user.full_name,
        user.title or "",
        user.role,
        user.active,
        user.confidential,
        user.valid_until or "",
        user.basis or "",
    )
