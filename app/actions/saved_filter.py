"""Saved filters: name what the list of people asks for, and ask for it again by the name.

One's own stand on this PC, in the encrypted store. One that an admin gives to the whole office is
a setting of the office, so it travels to every PC.
"""

from __future__ import annotations

import json
from dataclasses import fields, replace
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Refused
from app.values.person import ORDERS, PeopleFilter
from app.values.saved_filter import SavedFilter
from app.workspace import Workspace
from data import text
from data.base import instant_text
from data.records import office, saved_filter
from data.records.office import Setting
from data.records.saved_filter import SavedFilter as Row

NAME_LETTERS_MAX = 60
KEEPS_MAX = 100
SHARED = "people_filter:"
"""How the setting of an office's filter is named, before the filter's own name."""
REMOVED = "bỏ bộ lọc"
UNSET = PeopleFilter()


def saved(ws: Workspace) -> tuple[SavedFilter, ...]:
    """This user's filters on this PC and those of the whole office, by name.

    What nobody can read is left out (`unreadable`). Of two that PCs gave the office under one name
    without seeing each other's, the later keeps the name and the other stands as “name (2)”.
    """
    ws.demand("view")
    with ws.db.read() as session:
        found = [*_own(session, ws), *_shared(session)]
    return tuple(sorted(found, key=lambda one: (text.fold(one.name), one.everyone)))


def unreadable(ws: Workspace) -> tuple[str, ...]:
    """The names of the filters that this program cannot read; they stay kept."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = saved_filter.of_login(session, ws.user.login)
        own = [row.name for row in rows if _which(row.which) is None]
        shared = office.settings_named(session, SHARED)
        other = [row.key.removeprefix(SHARED) for row in shared if _which(row.value) is None]
    return tuple(sorted({*own, *other}))


def named(ws: Workspace, name: str) -> SavedFilter:
    """The filter of a name, with or without marks; one's own before the office's.

    Raises Refused (`saved_filter_unknown`).
    """
    found = saved(ws)
    for same in (text.tidy, text.fold):
        for one in found:
            if same(one.name) == same(name):
                return one
    known = ", ".join(one.name for one in found) or "-"
    raise Refused.one("saved_filter_unknown", "saved", name, known=known)


def save(ws: Workspace, wanted: SavedFilter) -> SavedFilter:
    """Keep a filter under its name, in place of the former one of that name; answers it as kept.

    Raises Refused: saved_filter_name, saved_filter_long, saved_filters_many; not_allowed when
    somebody else than an admin gives one to the whole office.
    """
    kept = replace(wanted, name=_name(wanted.name))
    ws.demand("settings" if kept.everyone else "view")
    with ws.db.write(ws.author()) as session:
        _put(ws, session, kept)
    return kept


def rename(ws: Workspace, one: SavedFilter, name: str) -> SavedFilter:
    """Give a filter another name. Raises Refused as `save`, and `saved_filter_taken`."""
    kept = replace(one, name=_name(name))
    ws.demand("settings" if one.everyone else "view")
    with ws.db.write(ws.author()) as session:
        others = _shared(session) if one.everyone else _own(session, ws)
        taken = {text.fold(other.name) for other in others if other.name != one.name}
        if text.fold(kept.name) in taken:
            raise Refused.one("saved_filter_taken", "name", kept.name)
        _drop(ws, session, one)
        _put(ws, session, kept)
    return kept


def delete(ws: Workspace, one: SavedFilter) -> None:
    """Forget a filter; the people it asked for stay as they are."""
    ws.demand("settings" if one.everyone else "view")
    with ws.db.write(ws.author()) as session:
        _drop(ws, session, one)


def written(one: SavedFilter) -> dict[str, object]:
    """What a filter asks for, as JSON: only what is set."""
    names = [each.name for each in fields(PeopleFilter)]
    which = {name: getattr(one.which, name) for name in names}
    asked = {name: value for name, value in which.items() if value != getattr(UNSET, name)}
    return {"which": asked}


def _name(typed: str) -> str:
    name = text.tidy(typed)
    if not text.fold(name):
        raise Refused.one("saved_filter_name", "name", typed)
    if len(name) > NAME_LETTERS_MAX:
        raise Refused.one("saved_filter_long", "name", name, limit=NAME_LETTERS_MAX)
    return name


def _put(ws: Workspace, session: Session, one: SavedFilter) -> None:
    value = json.dumps(written(one), ensure_ascii=False, sort_keys=True)
    if one.everyone:
        key, day = SHARED + one.name, ws.today().isoformat()
        rows = [row for row in office.settings_named(session, key) if row.key == key]
        if rows:
            rows[0].value = value
        else:
            session.add(Setting(office_id=ws.office.id, key=key, valid_from=day, value=value))
        return
    own = saved_filter.of_login(session, ws.user.login)
    if len(own) >= KEEPS_MAX and one.name not in {row.name for row in own}:
        raise Refused.one("saved_filters_many", "name", one.name, limit=KEEPS_MAX)
    at = instant_text(ws.clock())
    session.merge(Row(login=ws.user.login, name=one.name, which=value, saved_at=at))


def _drop(ws: Workspace, session: Session, one: SavedFilter) -> None:
    if not one.everyone:
        saved_filter.drop(session, ws.user.login, one.name)
        return
    kept = office.setting_course(session, SHARED + (one.kept_as or one.name))
    for row in [row for row in kept if _which(row.value) == one.which] or kept:
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = REMOVED
    session.flush()


def _own(session: Session, ws: Workspace) -> list[SavedFilter]:
    rows = saved_filter.of_login(session, ws.user.login)
    read = [(row.name, _which(row.which)) for row in rows]
    return [SavedFilter(name, which) for name, which in read if which is not None]


def _shared(session: Session) -> list[SavedFilter]:
    rows = office.settings_named(session, SHARED)
    taken = {row.key.removeprefix(SHARED) for row in rows}
    found: list[SavedFilter] = []
    for row in rows:
        name, which = row.key.removeprefix(SHARED), _which(row.value)
        beside = [one for one in found if one.kept_as == name]
        if which is None or which in [one.which for one in beside]:
            continue
        shown = _beside(name, taken) if beside else name
        taken.add(shown)
        found.append(SavedFilter(shown, which, True, name))
    return found


def _beside(name: str, taken: set[str]) -> str:
    """A name that is free, for what another PC gave under the same one."""
    numbered = (f"{name} ({number})" for number in count(2))
    return next(one for one in numbered if one not in taken)


def _which(kept: str) -> PeopleFilter | None:
    """What a kept filter asks for; None when it cannot be read.

    What only another version of the program can ask for is left out.
    """
    try:
        read = json.loads(kept)
    except ValueError:
        return None
    which = read.get("which") if isinstance(read, dict) else None
    if not isinstance(which, dict):
        return None
    asked: dict[str, Any] = {}
    for each in fields(PeopleFilter):
        if each.name not in which:
            continue
        value = which[each.name]
        value = tuple(value) if isinstance(value, list) else value
        if not _fits(each.name, value):
            return None
        asked[each.name] = value
    return PeopleFilter(**asked)


def _fits(name: str, value: object) -> bool:
    """Whether a value is of the kind that this condition asks for."""
    unset = getattr(UNSET, name)
    if isinstance(unset, tuple):
        return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    if name == "order":
        return value in ORDERS
    if unset is None:
        return value is None or isinstance(value, bool)
    return isinstance(value, type(unset))
