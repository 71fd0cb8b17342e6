"""The ring of restricted keys: one seals for the whole office, the older ones go on opening."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data import keyring, sealing
from data.database import Author, Database
from data.errors import NotAllowed
from data.records import device
from data.records.device import RestrictedKey
from data.sealing import RestrictedBox


@dataclass(frozen=True)
class RingKey:
    """A restricted key of the office and its term: the highest one seals."""

    term: int
    key: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """Eight hex digits that name the key without giving it away."""
        return sealing.key_id(self.key).hex()


def held(session: Session, box: RestrictedBox) -> tuple[RingKey, ...]:
    """Every restricted key of who is signed in, with its term."""
    terms = {row.key_id: row.term for row in device.ring_rows(session)}
    return tuple(RingKey(terms.get(_id(key), 0), key) for key in box.keys)


def take(database: Database, author: Author, offered: Iterable[RingKey]) -> bool:
    """Put keys on the ring; the one of the highest term becomes the one that seals here.

    All PCs that know the same keys choose the same one. Whether anything was new. Raises
    NotAllowed: `restricted_not_held`, `keys_rotating` (then the same may be done again).
    """
    box = _box(database)
    with database.write(author) as session:
        mine = held(session, box)
        known = {one.id for one in mine}
        fresh = {one.id: one for one in offered if one.id not in known}
        for one in fresh.values():
            _keep(session, one, box)
        office = max((*mine, *fresh.values()), key=_rank)
        if office.key != box.keys[0]:
            # Under each other: whichever of the two a slot holds, it opens the whole ring.
            _keep(session, office, box)
            _keep(session, mine[0], RestrictedBox((office.key,)))
    if fresh or office.key != box.keys[0]:
        keyring.seal_under(database, office.key)
    return bool(fresh)


def settle(database: Database, author: Author) -> None:
    """Seal under the office's key here too, should the power have gone before that."""
    box = database.keys.restricted
    with database.read() as session:
        mine = held(session, box) if box is not None else ()
    if mine and max(mine, key=_rank) != mine[0]:
        take(database, author, ())


def renew(database: Database, author: Author) -> None:
    """A fresh key seals from now on: somebody who held the former one is gone."""
    with database.read() as session:
        term = max(one.term for one in held(session, _box(database)))
    take(database, author, [RingKey(term + 1, sealing.new_key())])


def packed(key: bytes) -> str:
    """A key as text that a restricted box seals."""
    return base64.b64encode(key).decode("ascii")


def _rank(one: RingKey) -> tuple[int, str]:
    return one.term, one.id


def _box(database: Database) -> RestrictedBox:
    box = database.keys.restricted
    if box is None:
        raise NotAllowed("restricted_not_held", login=database.keys.login)
    return box


def _keep(session: Session, one: RingKey, box: RestrictedBox) -> None:
    under = _id(box.keys[0])
    row = session.get(RestrictedKey, (one.id, under))
    if row is None:
        session.add(
            RestrictedKey(
                key_id=one.id, under=under, term=one.term, sealed=box.seal(packed(one.key))
            )
        )


def _id(key: bytes) -> str:
    return sealing.key_id(key).hex()
