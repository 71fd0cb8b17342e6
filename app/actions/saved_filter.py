"""Saved filters: name what the list of people asks for, and ask for it again by the name.

One's own stand on this PC, in the encrypted store. One that an admin gives to the whole office is
a setting of the office, so it travels to every PC.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy.orm import Session

from app.errors import Refused
from app.values.person import PeopleFilter
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
    """This user's filters on this PC and those of the whole office, by name."""
    ws.demand("view")
    with ws.db.read() as session:
        found = [*_own(session, ws), *_shared(session, ws)]
    return tuple(sorted(found, key=lambda one: (text.fold(one.name), one.everyone)))


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
        others = _shared(session, ws) if one.everyone else _own(session, ws)
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
        day = ws.today().isoformat()
        row = office.setting_from(session, SHARED + one.name, day)
        if row is None:
            key = SHARED + one.name
            session.add(Setting(office_id=ws.office.id, key=key, valid_from=day, value=value))
        else:
            row.value = value
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
    for row in office.setting_course(session, SHARED + one.name):
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = REMOVED
    session.flush()


def _own(session: Session, ws: Workspace) -> list[SavedFilter]:
    rows = saved_filter.of_login(session, ws.user.login)
    return [_read(row.name, json.loads(row.which), False) for row in rows]


def _shared(session: Session, ws: Workspace) -> list[SavedFilter]:
    rows = office.settings_on(session, ws.today().isoformat())
    return [
        _read(key.removeprefix(SHARED), json.loads(value), True)
        for key, value in rows.items()
        if key.startswith(SHARED)
    ]


def _read(name: str, kept: Mapping[str, object], everyone: bool) -> SavedFilter:
    """A kept filter; what only another version of the program can ask for is left out."""
    known = {each.name for each in fields(PeopleFilter)}
    which = kept.get("which")
    asked: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in (which if isinstance(which, dict) else {}).items()
        if key in known
    }
    return SavedFilter(name, PeopleFilter(**asked), everyone)
