"""Who may talk to the server: offices, one-time enrolment codes, devices and their keys."""

from __future__ import annotations

import secrets
import unicodedata
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select, update

from sync import keys, protocol
from sync.moves import OfficesAnswer
from sync.protocol import EnrolRequest, Hello, OfficeCard
from sync.server import store
from sync.server.log import Refusal, Sender, last_batch, now_text
from sync.server.store import Store

SECRET_CHARS = 11
CODE_DAYS = 14
NAME_CHARS_MAX = 120


@dataclass(frozen=True, slots=True)
class Device:
    """A PC of an office as the server knows it; the keys are its public ones."""

    sender: Sender
    name: str
    verify_key: bytes
    box_key: bytes
    revoked: bool
    lost: bool = False


def new_code(accounts: Store, name: str, units: tuple[str, ...], verify_key: bytes) -> str:
    """A one-time code for one more PC of the office; the first code of a name makes the office.

    The last five letters are a mark of the server's key, so that a PC knows the right server.
    Raises Refusal `office_units_missing`, `office_units_differ`, `office_name_missing`.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > NAME_CHARS_MAX:
        raise Refusal("office_name_missing", name=name)
    secret = "".join(secrets.choice(keys.LETTERS) for _ in range(SECRET_CHARS))
    plain = secret + keys.server_mark(verify_key)
    until = datetime.now(UTC) + timedelta(days=CODE_DAYS)
    with accounts.write() as connection:
        store.alone(connection)
        office_id = _office(connection, name, units)
        connection.execute(
            store.code.insert().values(
                office_id=office_id,
                code_hash=keys.code_hash(plain),
                created_at=now_text(),
                expires_at=until.isoformat(timespec="milliseconds")[:23] + "Z",
            )
        )
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def enrol(accounts: Store, request: EnrolRequest, hashed: str = "") -> tuple[Device, OfficeCard]:
    """Make a PC a device of the code's office, once; `hashed` names a code that was not shown.
    Raises Refusal `code_unknown`, `code_used`, `code_expired`, `keys_malformed`.

    The same PC (same keys) asking again with the code it used gets its device again: the answer
    to its first question may have been lost on the way.
    """
    verify_key, box_key = _public_keys(request)
    hashed = hashed or keys.code_hash(keys.plain_code(request.code))
    with accounts.write() as connection:
        line = connection.execute(
            select(store.code).where(store.code.c.code_hash == hashed).with_for_update()
        ).first()
        if line is None:
            raise Refusal("code_unknown")
        if line.used_at is not None:
            device = _device(connection, line.device_id)
            if device is None or device.verify_key != verify_key:
                raise Refusal("code_used", at=line.used_at)
            return device, _card(connection, line.office_id)
        if line.expires_at < now_text():
            raise Refusal("code_expired", at=line.expires_at)
        device_id = str(uuid.uuid4())
        connection.execute(
            store.device.insert().values(
                office_id=line.office_id,
                id=device_id,
                name=request.device_name[:NAME_CHARS_MAX].replace("\x00", ""),
                verify_key=verify_key,
                box_key=box_key,
                epoch=1,
                enrolled_at=_after_the_others(connection, line.office_id),
            )
        )
        used = update(store.code).where(store.code.c.code_hash == hashed)
        connection.execute(used.values(used_at=now_text(), device_id=device_id))
        device = _device(connection, device_id)
        if device is None:
            raise Refusal("code_unknown")
        return device, _card(connection, line.office_id)


def _after_the_others(connection: Connection, office_id: str) -> str:
    """An instant behind every other PC's of the office, though the server's clock was set back.

    A PC's place in this order is its part of the office's numbers: it must never change.
    """
    device = store.device.c
    query = select(func.max(device.enrolled_at)).where(device.office_id == office_id)
    last = connection.scalar(query)
    now = now_text()
    if last is None or now > last:
        return now
    following = datetime.fromisoformat(last) + timedelta(milliseconds=1)
    return following.isoformat(timespec="milliseconds")[:23] + "Z"


def find(accounts: Store, device_id: str) -> Device:
    """The device of this id. Raises Refusal `device_unknown`, `device_revoked`."""
    with accounts.read() as connection:
        device = _device(connection, device_id)
    if device is None:
        raise Refusal("device_unknown")
    if device.revoked:
        raise Refusal("device_revoked", device=device_id, **({"lost": True} if device.lost else {}))
    return device


def seen(connection: Connection, sender: Sender, clock_offset_ms: int, incarnation: str) -> None:
    """Note when a device was here and how its clock stands against ours."""
    device = store.device.c
    connection.execute(
        update(store.device)
        .where(device.office_id == sender.office_id, device.id == sender.device_id)
        .values(seen_at=now_text(), clock_offset_ms=clock_offset_ms, incarnation=incarnation[:200])
    )


def watermark(connection: Connection, sender: Sender) -> int:
    """Up to which batch of its epoch a device's work is inside a verified backup."""
    device = store.device.c
    query = select(device.backed_up).where(
        device.id == sender.device_id, device.backup_epoch == sender.epoch
    )
    return connection.scalar(query) or 0


def met(connection: Connection, device: Device, said: Hello) -> Sender:
    """Who speaks, told by the rolling token; a store that was put back begins a new epoch.

    The newest token inside the store: the device as we know it (or its answer was lost: then it
    proposes the same again). The newest one outside the store only: an earlier store was put back
    at its place, so the epoch is closed. Neither: another copy of the store was here since.
    A PC whose token counts further than ours met a server that was put back since: it goes on, in
    a new epoch when its store was put back too.
    Raises Refusal `cloned`.
    """
    sender, table = device.sender, store.device
    own = (table.c.office_id == sender.office_id, table.c.id == sender.device_id)
    line = connection.execute(select(table).where(*own).with_for_update()).one()
    took = last_batch(connection, sender)[0]
    if said.epoch == sender.epoch:
        connection.execute(update(table).where(*own).values(regain_upto=said.regain_upto))
    if not said.next_token:
        return sender  # a program from before there were tokens
    if said.epoch == sender.epoch and said.last_batch_no > took:
        return sender  # it is this server that was put back, and the PC will notice
    made_them = said.epoch != sender.epoch or took <= said.sealed_upto
    again = said.token == line.token_before and said.next_token == line.token
    if again and made_them:
        return sender
    rolled: dict[str, Any] = {"token": said.next_token[:64], "token_before": said.token[:64]}
    ours_older = protocol.rolls(said.token) > protocol.rolls(line.token)
    if said.token != line.token and not ours_older:
        newer_outside = protocol.rolls(said.outside_token) > protocol.rolls(line.token)
        in_place = said.outside_token in {line.token, line.token_before} - {""}
        if not in_place and not newer_outside:
            raise Refusal("cloned", at=line.seen_at or "")
        sender = replace(sender, epoch=line.epoch + 1)
        rolled |= {"epoch": sender.epoch, "regain_upto": 0}
    connection.execute(update(table).where(*own).values(**rolled))
    return sender


def offices(connection: Connection) -> OfficesAnswer:
    """Every office that has a log: id, name and units, nothing personal."""
    lines = connection.execute(select(store.office).order_by(store.office.c.name))
    cards = [OfficeCard(one.id, one.name, msgspec.json.decode(one.units)) for one in lines]
    return OfficesAnswer(offices_mark(connection), cards)


def offices_mark(connection: Connection) -> str:
    """Changes when there is one more office, or an office has other units."""
    office = store.office.c
    query = select(func.count(), func.max(office.changed_at))
    number, last = connection.execute(query).one()
    return f"{number}/{last or ''}"


def set_units(accounts: Store, name: str, units: tuple[str, ...]) -> OfficeCard:
    """An office has other units from now on (the reform). Raises Refusal `office_unknown`."""
    key = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    with accounts.write() as connection:
        found = connection.scalar(select(store.office.c.id).where(store.office.c.name_key == key))
        if found is None:
            raise Refusal("office_unknown", name=name)
        text = msgspec.json.encode(list(units)).decode()
        there = update(store.office).where(store.office.c.id == found)
        connection.execute(there.values(units=text, changed_at=now_text()))
        return _card(connection, found)


def close(accounts: Store, device_id: str, lost: bool) -> None:
    """The office closes a PC's access; a lost one destroys its keys when it next asks.

    Raises Refusal `device_not_found`.
    """
    device = store.device.c
    with accounts.write() as connection:
        line = connection.execute(select(store.device).where(device.id == device_id)).first()
        if line is None:
            raise Refusal("device_not_found", id=device_id)
        change = update(store.device).where(device.id == device_id)
        values = {"revoked_at": line.revoked_at or now_text(), "lost": bool(line.lost or lost)}
        connection.execute(change.values(**values))


def lost_keys(connection: Connection) -> list[tuple[bytes, str]]:
    """The signing keys of PCs that were closed as lost, and when: nobody believes them any more."""
    device = store.device.c
    found = connection.execute(select(device.verify_key, device.revoked_at).where(device.lost))
    return [(bytes(key), at or "") for key, at in found]


def _office(connection: Connection, name: str, units: tuple[str, ...]) -> str:
    offices = store.office
    key = unicodedata.normalize("NFC", name).casefold()
    line = connection.execute(select(offices).where(offices.c.name_key == key)).first()
    if line is not None:
        if units and sorted(units) != sorted(msgspec.json.decode(line.units)):
            raise Refusal("office_units_differ", name=line.name, units=" ".join(units))
        return str(line.id)
    if not units:
        raise Refusal("office_units_missing", name=name)
    office_id = str(uuid.uuid4())
    connection.execute(
        offices.insert().values(
            id=office_id,
            name=name,
            name_key=key,
            units=msgspec.json.encode(list(units)).decode(),
            created_at=now_text(),
            changed_at=now_text(),
        )
    )
    connection.execute(store.scope.insert().values(id=office_id, seq=0, changes=0, floor=0))
    return office_id


def _card(connection: Connection, office_id: str) -> OfficeCard:
    line = connection.execute(select(store.office).where(store.office.c.id == office_id)).one()
    return OfficeCard(line.id, line.name, msgspec.json.decode(line.units))


def _device(connection: Connection, device_id: str) -> Device | None:
    line: Row[Any] | None = connection.execute(
        select(store.device).where(store.device.c.id == device_id)
    ).first()
    if line is None:
        return None
    sender = Sender(line.office_id, line.id, line.epoch, line.regain_upto)
    revoked = line.revoked_at is not None
    return Device(sender, line.name, line.verify_key, line.box_key, revoked, line.lost)


def _public_keys(request: EnrolRequest) -> tuple[bytes, bytes]:
    try:
        pair = bytes.fromhex(request.verify_key), bytes.fromhex(request.box_key)
    except ValueError:
        raise Refusal("keys_malformed") from None
    if any(len(key) != keys.KEY_BYTES for key in pair):
        raise Refusal("keys_malformed")
    return pair
