"""What lets any PC check a certificate's code without a line: the server's word for the keys of
its PCs, and the list of certificates that hold no more and of PCs that were lost."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, func, select

from data import seal
from data.records.certificate import REVOKED, SUPERSEDED, VOID
from sync.keys import KeyPair
from sync.moves import OfficesAnswer
from sync.server import accounts, census
from sync.server.accounts import Device
from sync.server.log import now_text

MARK_CHARS = 32
OVER = (REVOKED, SUPERSEDED)
"""States of those that hold no more; void ones were in a hand only where they have a number."""


def mark(connection: Connection) -> str:
    """Changes when there is another office, or one more certificate holds no more, or one more PC
    is lost. Hex text."""
    row = census.tables()["certificate"].c
    query = select(func.count(), func.max(row.updated_at))
    number, last = connection.execute(query.where(_over())).one()
    lost = accounts.lost_keys(connection)
    said = f"{accounts.offices_mark(connection)}/{number}/{last or ''}/{len(lost)}"
    return hashlib.sha256(said.encode()).hexdigest()[:MARK_CHARS]


def offices(connection: Connection, device: Device, pair: KeyPair) -> OfficesAnswer:
    """The offices, the server's word for the key of the PC that asks, and the list."""
    words = seal.endorsed_words(device.sender.office_id, device.verify_key)
    return replace(
        accounts.offices(connection),
        mark=mark(connection),
        endorsement=pair.sign(words).hex(),
        over=_listed(connection),
        listed_at=now_text(),
    )


def news(connection: Connection, device: Device, pair: KeyPair, known: str) -> OfficesAnswer:
    """`offices`, or that nothing changed since the PC heard the mark `known`."""
    now = mark(connection)
    if now != known:
        return offices(connection, device, pair)
    return OfficesAnswer(now, [], listed_at=now_text(), same=True)


def _listed(connection: Connection) -> list[tuple[str, str]]:
    row = census.tables()["certificate"].c
    found = connection.execute(select(row.id, row.ended_on, row.updated_at).where(_over()))
    days = {seal.mark(id_): ended or at[:10] for id_, ended, at in found}
    days |= {seal.key_mark(key): at[:10] for key, at in accounts.lost_keys(connection)}
    return sorted(days.items())


def _over() -> ColumnElement[bool]:
    row = census.tables()["certificate"].c
    given = (row.certificate_state == VOID) & row.certificate_number.is_not(None)
    return (row.certificate_state.in_(OVER) | given) & row.deleted_at.is_(None)
