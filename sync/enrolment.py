"""A PC becomes a device of an office on the server, and its store adopts that office."""

from __future__ import annotations

import hashlib
import platform
import secrets
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from data import capture
from data.base import Base, now_text
from data.database import Author, Database
from data.records import blob
from data.records.change import Change, Dirty
from data.records.office import Office, User, user_id
from data.records.sync import Batch, SyncRow, SyncState
from data.records.trace import History
from data.schema import travelling
from sync import epochs, keys, protocol, state, transport, turn
from sync.errors import EnrolRefused, InsecureAddress
from sync.keys import KeyPair
from sync.protocol import EnrolAnswer, EnrolRequest
from sync.state import STATE_ID, Device

CODE_CHARS = 16
EPOCHS_MAX = 1_000_000


def enrol(database: Database, url: str, code: str, trust: str = "") -> protocol.OfficeCard:
    """Show the one-time code to the server and become a device of its office; `trust` is a file
    of certificates to trust instead of the system's.

    Everything already in the store belongs to the server's office from then on. A store that was
    restored from a backup, or that the server fenced, becomes a new device of its office: what
    the server has not confirmed is sealed anew and meets what it has by the ordinary merge.

    Raises EnrolRefused (`code_unknown`, `code_used`, `code_expired`, `code_malformed`,
    `code_of_another_server`, `code_of_another_office`, `already_enrolled`, `demo_stays_here`),
    InsecureAddress and the errors of the wire; then nothing was changed.
    """
    with turn.taken(database):
        return _enrol(database, url, code, trust)


def _enrol(database: Database, url: str, code: str, trust: str) -> protocol.OfficeCard:
    base = transport.address(url)
    trusted = transport.certificates(trust) if trust else ""
    plain = keys.plain_code(code)
    if len(plain) != CODE_CHARS:
        raise EnrolRefused("code_malformed")
    former = check_store(database, base)
    if former is not None and plain[-keys.MARK_CHARS :] != keys.server_mark(
        former.server_verify_key
    ):
        raise EnrolRefused("code_of_another_server")
    pair = pair_for(database, plain)
    request = EnrolRequest(
        code=plain,
        device_name=device_name(),
        verify_key=pair.verify_bytes.hex(),
        box_key=pair.box_bytes.hex(),
        nonce=secrets.token_hex(16),
    )
    wire = transport.connect(base, trusted)
    try:
        content = wire.post("/v1/enrol", protocol.to_json(request), "application/json")
    finally:
        wire.close()
    answer = transport.read_enrolment(request, content, plain[-keys.MARK_CHARS :])
    join(database, standing_of(base, trusted, pair, answer), answer.office)
    return answer.office


def join(database: Database, standing: SyncState, office: protocol.OfficeCard) -> None:
    """Be this device of this office from now on. Raises EnrolRefused `code_of_another_office`."""
    with database.write(Author("", "sync:enrol")) as session, capture.applying(session):
        former = state.row(session)
        if former is not None and office.id != former.scope:
            raise EnrolRefused("code_of_another_office", name=office.name)
        _end_former(session, standing)
        adopt(session, office)
        session.add(standing)


def device_name() -> str:
    """How this PC calls itself to the server."""
    return platform.node() or "PC"


def _end_former(session: Session, standing: SyncState) -> None:
    """What the server has not confirmed to the former device waits again; its batches are kept
    under epochs that no device has."""
    former = state.row(session)
    if former is None:
        return
    standing.hlc, standing.unmetered = former.hlc, former.unmetered
    blob.sent_anew(session)
    put_back = standing.generation != former.generation
    if put_back:
        # This store still stands where the former log was: its next round learns what was lost.
        standing.generation, standing.restored_at = former.generation, former.restored_at
    session.delete(former)
    session.flush()
    epochs.release(session, confirmed_too=put_back)
    last = session.scalar(select(func.max(Batch.epoch))) or 0
    for step in (
        # In two steps, so that no batch meets another one's number on the way.
        update(Batch).values(epoch=Batch.epoch - EPOCHS_MAX),
        update(Batch).values(epoch=Batch.epoch + EPOCHS_MAX - last),
    ):
        session.execute(step, execution_options={"synchronize_session": False})


def adopt(session: Session, office: protocol.OfficeCard) -> None:
    """Give everything in the store the server's office; users keep their logins.

    A user is (office, login): his identity follows from both, in the records, in the history and
    in changes that are not sealed yet.
    """
    old = session.scalars(select(Office)).one()
    moved = {user: user_id(office.id, user.login) for user in session.scalars(select(User))}
    for user, new_id in moved.items():
        if user.id != new_id:
            _rename(session, user.id, new_id)
    session.expunge_all()
    for kind in travelling().values():
        moves: Any = update(kind).values(office_id=office.id)
        session.execute(moves, execution_options={"synchronize_session": False})
    session.execute(
        update(Office)
        .where(Office.id == old.id)
        .values(
            id=office.id, name=office.name, units=" ".join(office.units), enrolled_at=now_text()
        )  # fmt: skip
    )


def _rename(session: Session, old_id: str, new_id: str) -> None:
    pairs: list[tuple[type[Base], str]] = [
        (User, "id"),
        (Change, "row_id"),
        (History, "row_id"),
        (Dirty, "row_id"),
        (SyncRow, "row_id"),
    ]
    for kind, name in pairs:
        renames = update(kind).where(getattr(kind, name) == old_id).values({name: new_id})
        session.execute(renames, execution_options={"synchronize_session": False})


def check_store(database: Database, url: str) -> Device | None:
    """The former device of a store that must be enrolled anew, None of a fresh one."""
    with database.read() as session:
        standing, former = state.row(session), state.device(session)
        if standing is not None and standing.error_code not in state.ENROL_ANEW:
            raise EnrolRefused("already_enrolled")
        demo = session.scalar(select(func.count()).where(Office.demo.is_(True)))
    if demo and not transport.is_loopback(url):
        raise InsecureAddress("demo_stays_here", url=url)
    return former


def pair_for(database: Database, code: str) -> KeyPair:
    """This store's device keys for a code: asked again after a lost answer, the server knows us.

    They follow from the store's own random key, the code and this PC, and are kept from then on.
    """
    salt = f"{code}/{platform.node()}".encode()

    def secret(purpose: bytes) -> bytes:
        return hashlib.blake2b(purpose + salt, key=database.keys.file_key, digest_size=32).digest()

    return keys.pair_from(secret(b"device signing "), secret(b"device box "))


def standing_of(url: str, trust: str, pair: KeyPair, answer: EnrolAnswer) -> SyncState:
    """What this store keeps of its enrolment."""
    return SyncState(
        id=STATE_ID,
        url=url,
        server_id=answer.server_id,
        generation=answer.generation,
        server_verify_key=bytes.fromhex(answer.verify_key),
        server_box_key=bytes.fromhex(answer.box_key),
        device_id=answer.device,
        device_name=device_name(),
        signing_key=bytes(pair.signing),
        box_key=bytes(pair.box),
        epoch=answer.epoch,
        scope=answer.office.id,
        enrolled_at=now_text(),
        trust=trust,
    )
