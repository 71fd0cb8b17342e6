"""The office: make its store with the first admin, and what the office is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.errors import Problem, Refused
from app.rules import user as rules
from app.values.office import AdminDraft, Created, OfficeDraft
from app.workspace import OfficeCard, Workspace, office_card
from data import database, text, units
from data.base import new_id
from data.database import Author, Database
from data.keyring import NewUser
from data.records.office import Office, User, user_id
from data.sealing import Cost

NAME_MAX = 200
UNITS_MAX = 400


def create(
    home: Path,
    draft: OfficeDraft,
    admin: AdminDraft,
    demo: bool = False,
    cost: Cost = Cost.standard,
) -> Created:
    """Make the store of an office on this PC; its first user becomes admin.

    Units may be of either system, also ended ones. `cost` is how slow a password is to guess.
    Raises Refused (office_name_needed, unit_needed, unit_not_known, login_…, password_…) and
    data.errors.StoreExists, DiskFull, NotAllowed; then nothing was made.
    """
    draft, admin = _checked(draft, admin)
    made: list[OfficeCard] = []
    first = NewUser(admin.login, admin.password)
    db, code = database.create(
        home, first, cost=cost, begin=lambda fresh: made.append(_enter(fresh, draft, admin, demo))
    )
    db.close()
    return Created(made[0], code)


def exists(home: Path) -> bool:
    """True when the home already holds a store."""
    return database.exists(home)


def rename(ws: Workspace, name: str) -> None:
    """Give the office another name (after a reform of units); an enrolled one keeps its name.

    Raises Refused: office_name_needed, office_name_enrolled.
    """
    ws.demand("settings")
    words = text.tidy(name)
    if not words:
        raise Refused.one("office_name_needed", "name")
    if ws.office.enrolled_at:
        raise Refused.one("office_name_enrolled", "name", ws.office.name)
    with ws.db.write(ws.author()) as session:
        session.get_one(Office, ws.office.id).name = words[:NAME_MAX]


def set_units(ws: Workspace, keys: Sequence[str]) -> None:
    """Say anew for which units the office works. Raises Refused (unit_needed, unit_not_known)."""
    ws.demand("settings")
    kept, problems = _units(keys)
    if problems:
        raise Refused(problems)
    with ws.db.write(ws.author()) as session:
        session.get_one(Office, ws.office.id).units = " ".join(kept)


def _checked(draft: OfficeDraft, admin: AdminDraft) -> tuple[OfficeDraft, AdminDraft]:
    """Both drafts in tidy spelling. Raises Refused with every problem at once."""
    name = text.tidy(draft.name)
    login = text.tidy(admin.login)
    keys, problems = _units(draft.units)
    if not name or len(name) > NAME_MAX:
        problems.append(Problem.of("office_name_needed", "office_name", name, limit=NAME_MAX))
    for field, code in (
        ("login", rules.login_refusal(login)),
        ("password", rules.password_refusal(admin.password, login)),
    ):
        if code is not None:
            value = login if field == "login" else ""
            problems.append(Problem.of(code, field, value, limit=rules.PASSWORD_LETTERS_MIN))
    if problems:
        raise Refused(problems)
    full_name = text.tidy(admin.full_name) or login
    return OfficeDraft(name, keys), AdminDraft(login, full_name, admin.password)


def _units(keys: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The unit keys in one spelling, and a problem for each that nobody knows."""
    known: list[str] = []
    problems: list[Problem] = []
    for key in keys:
        try:
            known.append(units.get(key.strip()).key)
        except (KeyError, ValueError):
            problems.append(Problem.of("unit_not_known", "unit", key))
    if not known and not problems or len(known) > UNITS_MAX:
        problems.append(Problem.of("unit_needed", "unit", limit=UNITS_MAX))
    return tuple(dict.fromkeys(known)), problems


def _enter(db: Database, draft: OfficeDraft, admin: AdminDraft, demo: bool) -> OfficeCard:
    """Write the office and its admin in one transaction."""
    office = Office(id=new_id(), name=draft.name, units=" ".join(draft.units), demo=demo)
    with db.write(Author(admin.login)) as session:
        session.add(office)
        session.add(
            User(
                id=user_id(office.id, admin.login),
                office_id=office.id,
                login=admin.login,
                full_name=admin.full_name,
                role="admin",
                active=True,
                confidential=True,
            )
        )
        session.flush()
        return office_card(office)
