"""Restricted keys from PC to PC: sealed to the receiver's door, carried by a server that cannot
open them, handed on and taken in only where a person here decided for just that PC."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy.orm import Session

from data import ring, sealing
from data.base import now_text
from data.records import device as records
from data.records.device import Device
from data.ring import RingKey
from sync import keys, protocol, state, transport
from sync.protocol import Problem
from sync.roster import DeviceCard, DevicesAnswer, DevicesRequest, KeyOffer
from sync.talk import Talk, refused

PASSES_MAX = 4
KEY_IDS_APART = " "


class Handed(msgspec.Struct, frozen=True):
    """One restricted key as it is handed on."""

    term: int
    key: bytes


class Bundle(msgspec.Struct, frozen=True):
    """What an offer holds when it is opened."""

    keys: list[Handed]


def meet(talk: Talk) -> None:
    """Learn who belongs to the office, hand keys to whom a person chose, take in what came.

    Asks the server only when something changed there or here. Raises the errors of the wire.
    """
    ring.settle(talk.database, talk.device.author)
    for _ in range(PASSES_MAX):
        if talk.cancelled() or not _once(talk):
            return


def _once(talk: Talk) -> bool:
    """One question to the server; False when there was nothing to ask."""
    holder = talk.database.keys.restricted is not None
    door = _door(talk, holder)
    offers = _offers(talk) if holder else []
    with talk.database.read() as session:
        standing = state.row(session)
        if standing is None or not talk.roster:
            return False
        told = standing.roster == talk.roster
        worked_off = standing.ring_roster == talk.roster or not holder
        own = session.get(Device, talk.device.device_id)
        published = own is not None and own.door == door
    if told and worked_off and published and not offers:
        return False
    if not told:
        offers = []  # who was closed meanwhile is learned first
    answer = _ask(talk, DevicesRequest(door, offers))
    _learn(talk, answer, offers)
    if holder:
        _take_in(talk, answer)
    talk.roster = answer.roster
    _note(talk, answer.roster, holder)
    return True


def _ask(talk: Talk, request: DevicesRequest) -> DevicesAnswer:
    content, nonce = transport.signed_request(talk.device, "devices", request)
    heard = talk.wire.post("/v1/devices", content)
    answer = transport.read_answer(talk.device, heard, nonce, DevicesAnswer)
    if isinstance(answer, Problem):
        raise refused(answer)
    return answer


def _door(talk: Talk, holder: bool) -> str:
    """This PC's door for restricted keys; made when somebody with the right works here first."""
    with talk.database.read() as session:
        standing = state.row(session)
        door = standing.door if standing else ""
    box = talk.database.keys.restricted
    if door or not holder or box is None:
        return door
    private, public = sealing.new_pair()
    with talk.database.write(talk.device.author) as session:
        standing = state.row(session)
        if standing is not None and not standing.door:
            standing.door, standing.door_key = public.hex(), box.seal(private.hex())
        return standing.door if standing else ""


def _offers(talk: Talk) -> list[KeyOffer]:
    """What is to be handed to PCs a person chose and that lack one of our keys."""
    box = talk.database.keys.restricted
    if box is None:
        return []
    with talk.database.read() as session:
        held = ring.held(session, box)
        ids = {one.id for one in held}
        lacking = [
            one
            for one in records.known(session)
            if one.trusted and one.id != talk.device.device_id and ids - set(one.knows.split())
        ]
    return [_offer(talk, one, held) for one in lacking]


def _offer(talk: Talk, to: Device, held: Iterable[RingKey]) -> KeyOffer:
    bundle = Bundle([Handed(one.term, one.key) for one in held])
    sealed = sealing.seal_to(bytes.fromhex(to.door), protocol.to_json(bundle))
    unsigned = KeyOffer(talk.device.device_id, to.id, sealed, b"")
    signature = talk.device.pair.sign(unsigned.words)
    return msgspec.structs.replace(unsigned, signature=signature)


def _learn(talk: Talk, answer: DevicesAnswer, handed: list[KeyOffer]) -> None:
    """Write down who is there; of this PC itself what it knows better."""
    device = talk.device
    box = talk.database.keys.restricted
    with talk.database.write(device.author) as session:
        standing = state.row(session)
        for card in answer.devices:
            _write_card(session, card)
        own = session.get(Device, device.device_id)
        if own is not None and standing is not None:
            own.verify_key, own.door = device.pair.verify_bytes.hex(), standing.door
        if box is None:
            return
        ids = [one.id for one in ring.held(session, box)]
        for offer in handed:
            _now_knows(session.get_one(Device, offer.receiver), ids)


def _write_card(session: Session, card: DeviceCard) -> None:
    known = session.get(Device, card.id)
    if known is None:
        known = Device(id=card.id, trusted_print="", trusted_by="", knows="")
        session.add(known)
    known.name, known.verify_key, known.door = card.name, card.verify_key, card.door
    known.enrolled_at, known.revoked_at = card.enrolled_at, card.revoked_at or None


def _now_knows(one: Device, ids: Iterable[str]) -> None:
    one.knows = KEY_IDS_APART.join(sorted({*one.knows.split(), *ids}))


def _take_in(talk: Talk, answer: DevicesAnswer) -> None:
    """Put on the ring what PCs handed to us that a person here decided for; others wait."""
    database, author = talk.database, talk.device.author
    private = _private(talk)
    for offer in answer.offers if private else ():
        bundle = _opened(talk, private, offer)
        if bundle is None:
            continue
        handed = [RingKey(one.term, one.key) for one in bundle.keys]
        ring.take(database, author, handed)
        with database.write(author) as session:
            giver = session.get_one(Device, offer.sender)
            giver.answered_at = now_text()
            _now_knows(giver, [one.id for one in handed])
    _lock_out(talk)


def _opened(talk: Talk, private: bytes, offer: KeyOffer) -> Bundle | None:
    """What an offer holds, when a PC that was decided for here signed it and it is for us.

    A stolen enrolment code makes a PC of the office too: its keys would lock and open ours.
    """
    with talk.database.read() as session:
        giver = session.get(Device, offer.sender)
    if giver is None or not giver.trusted or offer.receiver != talk.device.device_id:
        return None
    if not keys.verified(offer.words, offer.signature, bytes.fromhex(giver.verify_key)):
        return None
    content = sealing.open_sealed(private, offer.sealed)
    try:
        bundle = msgspec.json.decode(content or b"", type=Bundle)
    except msgspec.MsgspecError:
        return None
    sound = all(len(one.key) == sealing.KEY_BYTES for one in bundle.keys)
    return bundle if sound and bundle.keys else None


def _private(talk: Talk) -> bytes:
    box = talk.database.keys.restricted
    with talk.database.read() as session:
        standing = state.row(session)
        sealed = standing.door_key if standing else ""
    return bytes.fromhex(box.open(sealed)) if box is not None and sealed else b""


def _lock_out(talk: Talk) -> None:
    """A PC that had the keys belongs to the office no more: a fresh one seals from now on."""
    with talk.database.read() as session:
        gone = [one.id for one in records.known(session) if one.revoked_at and one.trusted_print]
    if not gone:
        return
    ring.renew(talk.database, talk.device.author)
    with talk.database.write(talk.device.author) as session:
        for device_id in gone:
            session.get_one(Device, device_id).trusted_print = ""


def _note(talk: Talk, roster: str, holder: bool) -> None:
    with talk.database.write(talk.device.author) as session:
        standing = state.row(session)
        if standing is not None:
            standing.roster = roster
            if holder:
                standing.ring_roster = roster
