"""Reading other offices: their logs come into copies of their own, as long as the grant lasts."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, func, select

from data import office_copy
from data.base import now_text
from data.database import Database
from data.errors import StoreDamaged
from data.office_copy import OfficeCopy
from data.records import office_grant
from data.records.office import Office
from data.records.person import Person
from data.records.sync import OfficeGrant, SyncRound
from data.records.transfer import Departed
from sync import pulling
from sync.errors import ServerRefused
from sync.protocol import ReadGrant
from sync.talk import Talk

log = logging.getLogger(__name__)
ENDED = "grant_ended"
OVER = frozenset({"scope_not_granted"})
AGAIN = frozenset({"reconcile", "snapshot_gone"})


def pull(talk: Talk) -> bool:
    """Fetch what is new of every office that this PC may read; copies whose grant ended go.

    False when a change of the own office waits to be sent before it goes on. Raises the errors of
    the wire.
    """
    _end_others(talk)
    for grant in talk.grants:
        if talk.cancelled():
            return False
        copy = _copy(talk, grant)
        try:
            if not _pull_one(talk, grant.office.id, copy):
                return False
        except ServerRefused as error:
            if error.code in AGAIN:
                _begin(talk, grant)
                return False
            if error.code not in OVER:
                raise
            log.info("a grant ended while its office was read")
    return True


def _pull_one(talk: Talk, scope: str, copy: OfficeCopy) -> bool:
    device = replace(talk.device, scope=scope)
    errand = Talk(
        copy, device, talk.wire, talk.progress, talk.cancelled, talk.request_bytes, talk.heads,
        done=talk.done, book=talk.database,
    )  # fmt: skip
    if not pulling.pull(errand):
        return False
    _forget_who_left(errand)
    if not talk.cancelled():
        with talk.database.write(talk.device.author) as session:
            line = office_grant.of_scope(session, scope)
            if line is not None:
                line.fetched_at = now_text()
    return True


def _forget_who_left(errand: Talk) -> None:
    """Copies of earlier programs kept the records of who left the office that may be read: where
    she is now nobody granted anything."""
    with errand.database.read() as session:
        if session.scalar(select(Departed.person_id).limit(1)) is None:
            return
    with errand.database.write(errand.device.author) as session:
        session.execute(delete(Departed))


def _copy(talk: Talk, grant: ReadGrant) -> OfficeCopy:
    """The copy of an office, begun anew when the server is not the one it was begun from."""
    scope = grant.office.id
    with talk.database.write(talk.device.author) as session:
        line = office_grant.of_scope(session, scope)
        if line is not None:
            line.name, line.until = grant.office.name, grant.until
        key = line.key if line is not None else None
        same = line is not None and line.generation == talk.device.generation
    if key is None or not same or not office_copy.exists(talk.database, scope):
        return _begin(talk, grant)
    try:
        return office_copy.opened(talk.database, scope, key)
    except StoreDamaged:
        return _begin(talk, grant)


def _begin(talk: Talk, grant: ReadGrant) -> OfficeCopy:
    office = grant.office
    book = Office(id=office.id, name=office.name, units=" ".join(office.units), demo=False)
    key = office_copy.begin(talk.database, book)
    with talk.database.write(talk.device.author) as session:
        session.merge(
            OfficeGrant(
                scope=office.id,
                name=office.name,
                units=" ".join(office.units),
                until=grant.until,
                key=key,
                generation=talk.device.generation,
                given_at=now_text(),
            )
        )
    return office_copy.opened(talk.database, office.id, key)


def _end_others(talk: Talk) -> None:
    """Name each office whose grant ended in the list of rounds, then take its copy away."""
    given = {grant.office.id for grant in talk.grants}
    with talk.database.read() as session:
        ended = [one for one in office_grant.all_of(session) if one.scope not in given]
    for one in ended:
        people = _people(talk.database, one)
        with talk.database.write(talk.device.author) as session:
            line = session.get_one(OfficeGrant, one.scope)
            if line.key is not None:
                session.add(_told(one, people))
            line.key = None  # from here on nobody opens what may still lie there
        office_copy.remove(talk.database, one.scope)
        with talk.database.write(talk.device.author) as session:
            session.delete(session.get_one(OfficeGrant, one.scope))


def _people(book: Database, one: OfficeGrant) -> int:
    """How many persons a copy holds."""
    if one.key is None or not office_copy.exists(book, one.scope):
        return 0
    try:
        with office_copy.opened(book, one.scope, one.key).read() as session:
            return session.scalar(select(func.count()).select_from(Person)) or 0
    except StoreDamaged:
        return 0


def _told(one: OfficeGrant, people: int) -> SyncRound:
    now = now_text()
    until = date.fromisoformat(one.until).strftime("%d/%m/%Y")
    facts = {"name": one.name, "until": until, "people": people}
    words = json.dumps(facts, ensure_ascii=False)
    return SyncRound(started_at=now, ended_at=now, outcome=ENDED, facts=words)
