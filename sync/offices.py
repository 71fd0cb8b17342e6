"""Which offices there are: asked of the server when its list is another one than we know."""

from __future__ import annotations

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from data.records.certificate import RevokedMark, SealState
from data.records.office import Office
from data.records.transfer import KnownOffice
from sync import state, transport
from sync.moves import OfficesAnswer, OfficesRequest
from sync.protocol import Problem
from sync.talk import Talk, refused


def learn(talk: Talk) -> None:
    """Write the server's offices down; of this office also its units, which the reform changes.

    Raises the errors of the wire.
    """
    with talk.database.read() as session:
        standing = state.row(session)
        if standing is None or not talk.offices or standing.offices == talk.offices:
            return
    content, nonce = transport.signed_request(talk.device, "offices", OfficesRequest())
    heard = talk.wire.post("/v1/offices", content)
    answer = transport.read_answer(talk.device, heard, nonce, OfficesAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    with talk.database.write(talk.device.author) as session:
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


def _keep_seal(session: Session, answer: OfficesAnswer) -> None:
    """The server's word for this PC's key, and its list of certificates that hold no more."""
    row = session.get(SealState, 1) or SealState(id=1)
    row.endorsement, row.listed_at = answer.endorsement, answer.listed_at or None
    session.add(row)
    session.execute(delete(RevokedMark))
    if answer.over:
        lines = [{"mark": mark, "since": day} for mark, day in answer.over]
        session.execute(insert(RevokedMark), lines)
