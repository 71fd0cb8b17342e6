"""What comes when, for one worker, the whole office, one person, or a month of the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.actions import field_values, flag, worker
from app.values.coming import DayCount, Due, DuesFilter, DuesPage, Ref
from app.wording import language
from app.workspace import Workspace
from data import codes
from data.records import coming as records
from data.records import merger
from data.records.coming import Event
from data.records.coming_event import Asked
from data.records.person import Person

SOON_DAYS = 30
BY_HAND = "task"
"""The kind of coming event that a task by hand is."""
SOON_MAX = 8
DETAIL_CODES = {
    "need_review": ("need_item", "need_group"),
    "device_check": ("aid_kind",),
    "entitlement_end": ("benefit",),
    "file_step": ("file_step",),
}
"""Kinds whose detail is a code, and the lists it may be of."""


class Around(NamedTuple):
    """What was read once for a page of events: persons by the id of their rows, names, flags."""

    people: Mapping[str, Person]
    names: Mapping[str, str]
    flags: Mapping[str, tuple[str, ...]]
    today: str


def dues(
    ws: Workspace, which: DuesFilter, after: tuple[str, str, str] | None = None, limit: int = 100
) -> DuesPage:
    """The next things that come, the most overdue first."""
    ws.demand("view")
    with ws.db.read() as session:
        found = records.page(session, _asked(ws, session, which), after, limit)
        shown = _shown(ws, session, found)
    last = found[-1] if len(found) == limit else None
    return DuesPage(shown, (last.due_on, last.kind, last.ref_id) if last else None)


def count(ws: Workspace, which: DuesFilter) -> int:
    """How many things come."""
    ws.demand("view")
    with ws.db.read() as session:
        return records.count(session, _asked(ws, session, which))


def today(ws: Workspace, login: str | None) -> DuesFilter:
    """What is due today or late, of one worker or (None) of everybody."""
    return DuesFilter(ws.today().isoformat(), worker=login)


def soon(ws: Workspace, person_id: str) -> tuple[Due, ...]:
    """What comes of one person within a month, late things first."""
    until = ws.today() + timedelta(days=SOON_DAYS)
    which = DuesFilter(until.isoformat(), person_id=person_id)
    return dues(ws, which, limit=SOON_MAX).dues


def days(ws: Workspace, which: DuesFilter) -> tuple[DayCount, ...]:
    """How much comes on each day, by kind."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.by_day(session, _asked(ws, session, which))
    return tuple(DayCount(day, kind, title(kind), number) for day, kind, number in rows)


def title(kind: str) -> str:
    """What a kind of coming events is called."""
    return codes.label("coming_kind", kind, language())


def _asked(ws: Workspace, session: Session, which: DuesFilter) -> Asked:
    people: tuple[str, ...] = ()
    if which.person_id:
        people = tuple(merger.everybody(session, which.person_id))
    return Asked(ws.today().isoformat(), which.until, which.since, which.worker, people)


def _shown(ws: Workspace, session: Session, found: Sequence[Event]) -> tuple[Due, ...]:
    people = _people(session, found)
    today = ws.today().isoformat()
    ids = sorted({one.id for one in people.values()})
    around = Around(people, worker.names(session), flag.kinds_of(session, ids, today), today)
    return tuple(_due(ws, one, around) for one in found)


def _people(session: Session, found: Sequence[Event]) -> Mapping[str, Person]:
    """Whom the events are about now, by the id that their rows have."""
    ids = {one.person_id for one in found if one.person_id}
    rows = {one.id: one for one in session.query(Person).where(Person.id.in_(ids))}
    return {
        key: session.get_one(Person, merger.survivor(session, key)) if one.merged_into else one
        for key, one in rows.items()
    }


def _due(ws: Workspace, one: Event, around: Around) -> Due:
    who = around.people.get(one.person_id or "")
    return Due(
        Ref(one.kind, one.ref_id, one.ref_on, one.person_id or ""),
        one.due_on,
        *_words(ws, one),
        who.id if who is not None else "",
        (who.name or "") if who is not None else "",
        who.commune if who is not None else None,
        one.case_id or "",
        worker.shown(around.names, one.worker),
        one.worker,
        one.due_on < around.today,
        one.due_on != one.ref_on,
        around.flags.get(who.id, ()) if who is not None else (),
    )


def _words(ws: Workspace, one: Event) -> tuple[str, str]:
    """What it is and of what; a task by hand is called as it was written."""
    if one.kind == BY_HAND:
        return _detail(ws, one) or title(one.kind), ""
    return title(one.kind), _detail(ws, one)


def _detail(ws: Workspace, one: Event) -> str:
    """What the record says; a title that tells of HIV is for holders of the second key."""
    for name in DETAIL_CODES.get(one.kind, ()):
        if codes.has(name, one.detail):
            return codes.label(name, one.detail, language())
    return field_values.discreet(one.detail, ws.restricted is not None)
