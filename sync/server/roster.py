"""The PCs of an office to one another: who is there, and sealed keys that they hand on.

The server carries the keys and cannot open them: they are sealed to a PC's door.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, delete, select, update

from sync import keys, protocol
from sync.roster import DeviceCard, DevicesAnswer, DevicesRequest, KeyOffer
from sync.server import store
from sync.server.accounts import Device
from sync.server.log import Refusal, Sender, now_text

SEALED_BYTES_MAX = 8 * 1024
OFFERS_MAX = 64
MARK_DIGITS = 16


def exchange(connection: Connection, device: Device, said: DevicesRequest) -> DevicesAnswer:
    """Note a PC's door and what it hands on; answer who is there and what waits for it.

    What is for a PC that belongs to the office no more goes nowhere: the sender may not have heard
    of that yet, and the answer tells it. Raises Refusal `offer_malformed`.
    """
    sender = device.sender
    if said.door:
        _note_door(connection, sender, said.door)
    if len(said.offers) > OFFERS_MAX:
        raise Refusal("offer_malformed")
    for offer in said.offers:
        _keep(connection, device, offer)
    cards, offers = _cards(connection, sender), _offers(connection, sender)
    return DevicesAnswer(_mark(cards, offers), cards, offers)


def mark_for(connection: Connection, sender: Sender) -> str:
    """Changes when the PCs of the office do, or what they hand to this one."""
    return _mark(_cards(connection, sender), _offers(connection, sender))


def _note_door(connection: Connection, sender: Sender, door: str) -> None:
    try:
        sound = len(bytes.fromhex(door)) == keys.KEY_BYTES
    except ValueError:
        sound = False
    if not sound:
        raise Refusal("offer_malformed")
    device = store.device.c
    own = (device.office_id == sender.office_id, device.id == sender.device_id)
    connection.execute(update(store.device).where(*own).values(door=door))


def _keep(connection: Connection, device: Device, offer: KeyOffer) -> None:
    sender = device.sender
    signed = keys.verified(offer.words, offer.signature, device.verify_key)
    if offer.sender != sender.device_id or not signed or len(offer.sealed) > SEALED_BYTES_MAX:
        raise Refusal("offer_malformed")
    devices, offers = store.device.c, store.offer.c
    known = select(devices.id).where(
        devices.office_id == sender.office_id,
        devices.id == offer.receiver,
        devices.revoked_at.is_(None),
    )
    if connection.scalar(known) is None:
        return
    connection.execute(
        delete(store.offer).where(
            offers.office_id == sender.office_id,
            offers.receiver == offer.receiver,
            offers.sender == sender.device_id,
        )
    )
    connection.execute(
        store.offer.insert().values(
            office_id=sender.office_id,
            receiver=offer.receiver,
            sender=sender.device_id,
            sealed=offer.sealed,
            signature=offer.signature,
            offered_at=now_text(),
        )
    )


def _cards(connection: Connection, sender: Sender) -> list[DeviceCard]:
    device = store.device.c
    query = select(store.device).where(device.office_id == sender.office_id)
    lines = connection.execute(query.order_by(device.enrolled_at, device.id))
    return [_card(line) for line in lines]


def _card(line: Any) -> DeviceCard:
    return DeviceCard(
        id=line.id,
        name=line.name,
        verify_key=line.verify_key.hex(),
        door=line.door,
        enrolled_at=line.enrolled_at,
        revoked_at=line.revoked_at or "",
    )


def _offers(connection: Connection, sender: Sender) -> list[KeyOffer]:
    """What PCs that still belong to the office hand to this one."""
    offer, device = store.offer.c, store.device.c
    query = (
        select(store.offer)
        .join(store.device, (device.office_id == offer.office_id) & (device.id == offer.sender))
        .where(offer.office_id == sender.office_id, offer.receiver == sender.device_id)
        .where(device.revoked_at.is_(None))
        .order_by(offer.sender)
    )
    lines = connection.execute(query)
    return [KeyOffer(line.sender, line.receiver, line.sealed, line.signature) for line in lines]


def _mark(cards: list[DeviceCard], offers: list[KeyOffer]) -> str:
    said = protocol.to_json([cards, offers])
    return hashlib.sha256(said).hexdigest()[:MARK_DIGITS]
