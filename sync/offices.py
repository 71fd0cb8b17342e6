"""Which offices there are, the server's word for this PC's key, and the certificates that hold no
more: asked of the server when its mark is another one than we know, over a line or by stick."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.database import Database
from data.records.certificate import RevokedMark, SealState
from data.records.office import Office
from data.records.transfer import KnownOffice
from sync import state, transport
from sync.moves import OfficesAnswer, OfficesRequest
from sync.protocol import Problem
from sync.state import Device
from sync.talk import Talk, refused


def learn(talk: Talk) -> None:
    """Write the server's offices down; of this office also its units, which the reform changes.

    Raises the errors of the wire.
    """
    if not talk.offices:
        return
    if known_mark(talk.database) == talk.offices:
        _still_of_today(talk.database, talk.device, talk.clock)
        return
    content, nonce = transport.signed_request(talk.device, "offices", OfficesRequest())
    heard = talk.wire.post("/v1/offices", content)
    answer = transport.read_answer(talk.device, heard, nonce, OfficesAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    _keep(talk.database, talk.device, answer)


def known_mark(database: Database) -> str:
    """The mark of the list that this PC has; "" before it heard of one."""
    with database.read() as session:
        standing = state.row(session)
        return standing.offices if standing is not None else ""


def keep_later(database: Database, device: Device, answer: OfficesAnswer) -> None:
    """What a stick brought, unless it lay in a drawer while this PC heard something newer."""
    with database.read() as session:
        seal = session.get(SealState, 1)
        heard_at = (seal.listed_at or "") if seal is not None else ""
    if answer.listed_at < heard_at:
        return
    if not answer.same:
        _keep(database, device, answer)
    elif known_mark(database) == answer.mark:
        _still_of_today(database, device, answer.listed_at)


def _keep(database: Database, device: Device, answer: OfficesAnswer) -> None:
    with database.write(device.author) as session:
        known = {one.id: one.units for one in session.scalars(select(KnownOffice))}
        session.execute(delete(KnownOffice), execution_options={"synchronize_session": "fetch"})
        session.expunge_all()
        for card in answer.offices:
            units = " ".join(card.units)
            session.add(KnownOffice(id=card.id, name=card.name, units=units))
            own = session.get(Office, card.id)
            if own is not None and known.get(card.id, units) != units:
                own.units = units  # what an admin here chose stands until the server says another
        _keep_seal(session, answer)
        standing = state.row(session)
        if standing is not None:
            standing.offices = answer.mark


def _still_of_today(database: Database, device: Device, now: str) -> None:
    """The list that this PC has is the server's of now: it did not grow old. Once a day."""
    with database.read() as session:
        seal = session.get(SealState, 1)
        if seal is None or (seal.listed_at or "")[:10] >= now[:10]:
            return
    with database.write(device.author) as session:
        session.get_one(SealState, 1).listed_at = now


def _keep_seal(session: Session, answer: OfficesAnswer) -> None:
    """The server's word for this PC's key, and its list of certificates that hold no more."""
    row = session.get(SealState, 1) or SealState(id=1)
    row.endorsement, row.listed_at = answer.endorsement, answer.listed_at or None
    session.add(row)
    session.execute(delete(RevokedMark))
    if answer.over:
        lines = [{"mark": mark, "since": day} for mark, day in answer.over]
        session.execute(insert(RevokedMark), lines)
