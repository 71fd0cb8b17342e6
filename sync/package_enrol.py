"""A PC that never had a line becomes a device of its office by stick."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from data.base import now_text
from data.database import Author, Database
from data.records.sync import StickAsk
from sync import codec, enrolment, keys, package, package_stick, protocol, state, transport, turn
from sync.enrolment import CODE_CHARS
from sync.errors import EnrolRefused
from sync.frames import BadFrame, Frame
from sync.keys import KeyPair
from sync.package import EnvelopeHeader, StickEnrolled, StickEnrolment
from sync.package_stick import Parcel, StickFile, StickTrouble
from sync.protocol import AnswerHeader, OfficeCard

TRUST_BYTES_MAX = 64 * 1024


def ask(database: Database, folder: Path, url: str, code: str, trust: str = "") -> StickFile:
    """Write a file that asks the server, by the one-time code, to let this PC in.

    `url` is where the server is once there is a line. Raises what `enrolment.enrol` does before
    it sends, and StickTrouble. The code and the keys are kept in the store for the answer.
    """
    with turn.taken(database):
        return _ask(database, folder, url, code, trust)


def _ask(database: Database, folder: Path, url: str, code: str, trust: str) -> StickFile:
    base = transport.address(url)
    trusted = transport.certificates(trust) if trust else ""
    plain = keys.plain_code(code)
    if len(plain) != CODE_CHARS:
        raise EnrolRefused("code_malformed")
    former = enrolment.check_store(database, base)
    if former and plain[-keys.MARK_CHARS :] != keys.server_mark(former.server_verify_key):
        raise EnrolRefused("code_of_another_server")
    pair = enrolment.pair_for(database, plain)
    token = secrets.token_hex(16)
    _remember(database, token, plain, pair)
    verify_key, box_key = pair.verify_bytes.hex(), pair.box_bytes.hex()
    lookup, proof = package.proof_of(keys.code_hash(plain), verify_key, box_key, token)
    body = protocol.to_json(
        StickEnrolment(
            lookup=lookup,
            proof=proof,
            token=token,
            device_name=enrolment.device_name(),
            verify_key=verify_key,
            box_key=box_key,
            url=base,
            trust=trusted[:TRUST_BYTES_MAX],
        )
    )
    header = _header(protocol.sha256_hex(verify_key.encode() + lookup.encode())[:32], body)
    content = package.unsigned(header, body)
    package_stick.check_room(folder, len(content))
    with Parcel(folder, package.ASKED_IN, header.package) as parcel:
        parcel.add(content + pair.sign(content))
        made = parcel.finish()
    return package_stick.named(made[0])[0]


def let_in(database: Database, frame: Frame, header: AnswerHeader) -> OfficeCard | None:
    """Become the device that an answer on the stick makes of this PC; None when it was done
    already.

    Raises EnrolRefused, NotOurServer, StickTrouble `usb_enrol_not_opened`; then nothing was
    changed.
    """
    if _is_enrolled(database, header.device):
        return None
    asked = _asked(database, header.re)
    pair = keys.pair_from(asked.signing_key, asked.box_key) if asked else None
    opened = pair.open(frame.body) if pair else None
    if asked is None or pair is None or opened is None:
        name = package.file_name(package.LET_IN, header.re, 1)
        raise StickTrouble("usb_enrol_not_opened", file=name)
    plain = asked.code
    try:
        raw = codec.inflate(opened, "zstd", header.raw_len)
        told = msgspec.json.decode(raw, type=StickEnrolled)
        verify_key = bytes.fromhex(told.answer.verify_key)
    except (BadFrame, msgspec.MsgspecError, ValueError):
        raise EnrolRefused("code_of_another_server") from None
    signed = keys.verified(frame.signed, frame.signature, verify_key)
    if not signed or keys.server_mark(verify_key) != plain[-keys.MARK_CHARS :]:
        raise EnrolRefused("code_of_another_server")
    enrolment.check_store(database, told.url)
    standing = enrolment.standing_of(told.url, told.trust, pair, told.answer)
    enrolment.join(database, standing, told.answer.office)
    return told.answer.office


def is_ours(database: Database, token: str) -> bool:
    """Whether this store made the request that carries this token."""
    return _asked(database, token) is not None


def asked_here(database: Database, frame: Frame) -> bool:
    """Whether an enrolment request on the stick is this store's own."""
    try:
        return is_ours(database, msgspec.json.decode(frame.body, type=StickEnrolment).token)
    except msgspec.MsgspecError:
        return False


def _header(name: str, body: bytes) -> EnvelopeHeader:
    return EnvelopeHeader(
        kind="enrol",
        package=name,
        server_id="",
        device="",
        part=1,
        number=1,
        ends="package",
        upto=0,
        changes=0,
        body_len=len(body),
        sha256=protocol.sha256_hex(body),
        key_id="",
        at=now_text(),
    )


def _remember(database: Database, token: str, code: str, pair: KeyPair) -> None:
    with database.write(Author("", "sync:enrol")) as session:
        session.add(
            StickAsk(
                token=token,
                code=code,
                signing_key=bytes(pair.signing),
                box_key=bytes(pair.box),
                asked_at=now_text(),
            )
        )


def _asked(database: Database, token: str) -> StickAsk | None:
    with database.read() as session:
        found = session.get(StickAsk, token)
        if found is not None:
            session.expunge(found)
        return found


def _is_enrolled(database: Database, device_id: str) -> bool:
    with database.read() as session:
        device = state.device(session)
        return device is not None and device.device_id == device_id
