"""Envelopes at the server: each frame is checked and taken in by itself, the answer is made in
pieces; over the line or at the keeper's desk, it is the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from sync import blob, frames, keys, package, protocol
from sync.blob import FetchAnswer, FetchRequest, KeptAnswer
from sync.frames import BadFrame, Frame, FrameReader
from sync.package import Carried, EnvelopeHeader, StickEnrolled, StickEnrolment
from sync.protocol import EnrolAnswer, EnrolRequest, Hello, Limits, Problem, PullRequest, PushAnswer
from sync.server import accounts, blobs, endorsing, intake, log, store
from sync.server.accounts import Device
from sync.server.answers import Signer
from sync.server.blobs import Shelf
from sync.server.log import Logbook, Refusal, Sender

NEXT_SYNC_AFTER_S = 300
OFFICES = "o:"
POSITION = re.compile(r"r:(\d{1,15}):([0-9a-f]{0,64})|p:(\d{1,15})|b:(\d{1,6}):(\d{1,9})|o:")
PHOTO_BYTES = 256 * 1024
HELLO_ONLY = "-"


@dataclass(frozen=True, slots=True)
class Rooms:
    """What an envelope needs of the server: the log and its signature."""

    book: Logbook
    signer: Signer

    @property
    def shelf(self) -> Shelf:
        """Where the contents of photos lie."""
        return blobs.shelf(self.book.store, self.signer.pair)


@dataclass(frozen=True, slots=True)
class Opened:
    """A frame whose sender and signature were checked."""

    header: EnvelopeHeader
    device: Device
    content: bytes


def header_of(frame: Frame) -> EnvelopeHeader:
    """The header of an envelope's frame. Raises BadFrame."""
    return package.header_of(frame)


def open_frame(rooms: Rooms, frame: Frame) -> Opened:
    """The content of a frame, the signature checked before anything is spent on it.

    Raises Refusal `device_unknown`, `device_revoked`, `bad_signature`, `not_for_this_server`.
    """
    header = header_of(frame)
    device = accounts.find(rooms.book.store, header.device)
    if not keys.verified(frame.signed, frame.signature, device.verify_key):
        raise Refusal("bad_signature")
    content = rooms.signer.pair.open(frame.body)
    if header.server_id != rooms.signer.server_id or content is None:
        raise Refusal("not_for_this_server", key_id=header.key_id)
    return Opened(header, device, content)


def take(rooms: Rooms, frame: Frame) -> Opened:
    """Bring the batches of a frame into the log, each in its own transaction and once.

    A frame with a part of a photo is kept beside the log. Raises Refusal (as a push does, and
    `blob_no_room`) and BadFrame; the batches before stay taken.
    """
    opened = open_frame(rooms, frame)
    if opened.header.kind == "part":
        return _photo(rooms, opened)
    reader = FrameReader(frames.MAGIC_BATCH)
    for batch in reader.feed(opened.content):
        header = intake.batch_header(batch)
        delivery = intake.open_batch(rooms.signer.pair, opened.device, header, batch)
        log.accept(rooms.book, opened.device.sender, delivery)
    if reader.rest:
        raise BadFrame("payload_unreadable")
    return opened


def _photo(rooms: Rooms, opened: Opened) -> Opened:
    kept = blobs.take(rooms.shelf, opened.device.sender.office_id, blob.unpacked(opened.content))
    if kept.problem is not None:
        raise Refusal(kept.problem.code, **kept.problem.facts)
    return opened


def hello_in(opened: Opened) -> Hello:
    """How the PC stood when it wrote the envelope. Raises BadFrame."""
    if opened.header.kind != "ask":
        raise BadFrame("wrong_kind")
    return intake.decoded(opened.content, Hello)


def standing(rooms: Rooms, sender: Sender) -> int:
    """The newest batch that the server has of a device."""
    with rooms.book.store.read() as connection:
        return log.last_batch(connection, sender)[0]


def answer(rooms: Rooms, frame: Frame, at: str) -> tuple[bytes, Carried]:
    """A piece of the answer to an envelope, sealed to its PC, and where it goes on.

    First the receipts of all batches after the last one that the PC had an answer to, then the
    pages after its cursor, then the offices with the list of certificates that hold no more, then
    what the server has of its photos, and those that it wants or that the pages tell it of. Raises
    Refusal, BadFrame.
    """
    opened = open_frame(rooms, frame)
    hello = hello_in(opened)
    sender = opened.device.sender
    if at == HELLO_ONLY:
        return b"", Carried(standing(rooms, sender))
    place = POSITION.fullmatch(at) if at else None
    if at and place is None:
        raise BadFrame("request_malformed")
    kind: str
    content: Any
    if at == OFFICES:
        kind, content, goes_on = _offices(rooms, opened.device, hello)
    elif place is not None and place[4]:
        kind, content, goes_on = _photos(rooms, sender, hello, (int(place[4]), int(place[5])))
    elif place is not None and place[3]:
        kind, content, goes_on = _page(rooms, sender, hello, int(place[3]))
    else:
        no, digest = (
            (int(place[1]), place[2]) if place else (hello.last_batch_no, hello.last_digest)
        )
        kind, content, goes_on = _receipts(rooms, sender, hello, (no, digest))
    sealed = rooms.signer.answer(kind, content, opened.header.package, opened.device)
    return sealed, Carried(standing(rooms, sender), goes_on)


def refusal(rooms: Rooms, frame: Frame, problem: Problem) -> bytes:
    """The answer that tells a PC itself why the server takes nothing of it; sealed to nobody."""
    return rooms.signer.answer("problem", problem, header_of(frame).package, None)


def carried(rooms: Rooms, told: Carried, re: str) -> bytes:
    """What whoever carries is told, signed."""
    return rooms.signer.answer("carried", told, re, None)


def enrol(rooms: Rooms, frame: Frame) -> bytes:
    """Make a PC without a line a device; the answer is sealed to it.

    The same request again gets the same device again. Raises Refusal (as accounts.enrol does),
    BadFrame.
    """
    header = header_of(frame)
    asked = intake.decoded(frame.body, StickEnrolment)
    if header.kind != "enrol" or not keys.verified(
        frame.signed, frame.signature, _bytes(asked.verify_key)
    ):
        raise Refusal("bad_signature")
    hashed = _code_hash(rooms, asked)
    request = EnrolRequest(
        "", asked.device_name, asked.verify_key, asked.box_key, asked.token, header.proto
    )
    device, office = accounts.enrol(rooms.book.store, request, hashed)
    signer = rooms.signer
    made = EnrolAnswer(
        device=device.sender.device_id,
        epoch=device.sender.epoch,
        server_id=signer.server_id,
        generation=signer.generation,
        verify_key=signer.pair.verify_bytes.hex(),
        box_key=signer.pair.box_bytes.hex(),
        office=office,
    )
    content = StickEnrolled(made, asked.url, asked.trust)
    return signer.answer("enrol", content, asked.token, device)


def _receipts(
    rooms: Rooms, sender: Sender, hello: Hello, after: tuple[int, str]
) -> tuple[str, PushAnswer, str]:
    problem = None
    results: list[protocol.BatchResult] = []
    with rooms.book.store.read() as connection:
        last_no, last_digest = log.last_batch(connection, sender)
        if hello.epoch != sender.epoch:
            problem = Problem("wrong_epoch", {"epoch": sender.epoch})
        elif hello.last_batch_no > last_no:
            problem = Problem("server_behind", {"ledger": last_no})
        else:
            try:
                results = log.answers_after(connection, sender, *after)
            except Refusal as forked:
                problem = Problem(forked.code, forked.facts)
    goes_on = "" if problem else f"p:{hello.cursors.get(sender.office_id, 0)}"
    if results and results[-1].batch_no < last_no:
        goes_on = f"r:{results[-1].batch_no}:{results[-1].digest}"
    told = PushAnswer(
        epoch=sender.epoch,
        last_batch_no=last_no,
        last_digest=last_digest,
        results=results,
        limits=Limits(),
        next_sync_after_s=NEXT_SYNC_AFTER_S,
        problem=problem,
    )
    return "push", told, goes_on


def _page(rooms: Rooms, sender: Sender, hello: Hello, after: int) -> tuple[str, Any, str]:
    asked = PullRequest(sender.office_id, after, protocol.PULL_ROWS_MAX)
    page = log.page(rooms.book, sender, asked)
    last = page.entries[-1].seq if page.entries else page.head
    then = "b:0:0" if hello.offices is None else OFFICES
    return "pull", page, f"p:{last}" if last < page.head else then


def _offices(rooms: Rooms, device: Device, hello: Hello) -> tuple[str, Any, str]:
    """A PC that never has a line needs the server's word for its key, and the list, too."""
    with rooms.book.store.read() as connection:
        told = endorsing.news(connection, device, rooms.signer.pair, hello.offices or "")
    return "offices", told, "b:0:0"


def _photos(
    rooms: Rooms, sender: Sender, hello: Hello, place: tuple[int, int]
) -> tuple[str, Any, str]:
    """What the server has of the contents that the PC sends; then those that it wants, each from
    where it goes on. The names keep their order: newer ones of the log only follow."""
    number, at = place
    office = sender.office_id
    with rooms.book.store.read() as connection:
        named = blobs.named_after(connection, office, hello.cursors.get(office, 0))
    wanted = list(dict.fromkeys((*hello.blobs, *named)))
    if number == 0:
        asked = [(digest, 0) for digest in hello.offers]
        kept = dict(zip(hello.offers, blobs.standing(rooms.shelf, office, asked), strict=True))
        return "part", KeptAnswer(kept), "b:1:0" if wanted else ""
    some = [(digest, 0) for digest in wanted[number - 1 : number - 1 + blob.ASKED_MAX]]
    some[:1] = [(digest, at) for digest, _at in some[:1]]
    parts = blobs.fetch(rooms.shelf, office, FetchRequest(some, PHOTO_BYTES))
    if not parts:
        number, at = number + len(some), 0
    else:
        last = parts[-1]
        number = wanted.index(last.sha256) + 1
        at = last.at + len(last.content)
        number, at = (number + 1, 0) if at == last.size else (number, at)
    return "parts", FetchAnswer(parts), f"b:{number}:{at}" if number <= len(wanted) else ""


def _code_hash(rooms: Rooms, asked: StickEnrolment) -> str:
    """Which of our codes the request proves to know. Raises Refusal `code_unknown`."""
    with rooms.book.store.read() as connection:
        for hashed in connection.scalars(select(store.code.c.code_hash)):
            proven = package.proof_of(hashed, asked.verify_key, asked.box_key, asked.token)
            if proven == (asked.lookup, asked.proof):
                return str(hashed)
    raise Refusal("code_unknown")


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Refusal("keys_malformed") from None


def problem_of(trouble: Exception) -> Problem:
    """A refusal or an unsound frame as the answer names it."""
    if isinstance(trouble, Refusal):
        return Problem(trouble.code, trouble.facts)
    return Problem(getattr(trouble, "code", "request_malformed"))
