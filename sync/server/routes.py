"""The server's doors on the network: enrol, hello, push, pull, devices."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync import frames, protocol
from sync.frames import BadFrame, Frame
from sync.moves import OfficesRequest
from sync.protocol import (
    EnrolAnswer,
    EnrolRequest,
    Hello,
    HelloAnswer,
    Limits,
    Problem,
    PullRequest,
    PushAnswer,
    RowsRequest,
)
from sync.roster import DevicesRequest
from sync.server import accounts, blobs, endorsing, grants, intake, log, regained, roster, snapshot
from sync.server.accounts import Device
from sync.server.answers import Signer
from sync.server.home import ServerHome
from sync.server.log import Logbook, Refusal, Sender
from sync.server.places import RETRY_AFTER_S, Places
from sync.snapshot_words import SnapshotRequest

SMALL_BODY_BYTES_MAX = 64 * 1024
PUSHES_AT_ONCE_MAX = 128
PHOTOS_AT_ONCE_MAX = 32
"""Photos are slow and many: they never take a place that records need."""
SILENCE_S = 60.0
"""A line that died without saying so must not hold a place for ever."""
NEXT_SYNC_AFTER_S = 300
CROWDED = 4
SPREAD = (0.9, 1.1)
"""PCs without news are asked to come every five minutes, in a crowd up to four times as seldom; no
two of them together."""
STATUS_OF = {
    "device_unknown": 403,
    "device_revoked": 403,
    "bad_signature": 403,
    "scope_not_granted": 403,
    "snapshot_gone": 410,
    "reconcile": 410,
    "code_unknown": 403,
    "code_used": 403,
    "code_expired": 403,
    "cloned": 409,
    "forked": 409,
    "expected": 409,
    "wrong_epoch": 409,
    "dictionary_unknown": 415,
    "too_large": 413,
    "blob_no_room": 507,
    "busy": 503,
}


@dataclass
class Desk:
    """What every door needs: the log, the signer, and the places for what is on its way in."""

    book: Logbook
    signer: Signer
    home: ServerHome
    pushes: Places = field(default_factory=lambda: Places(PUSHES_AT_ONCE_MAX))
    photos: Places = field(default_factory=lambda: Places(PHOTOS_AT_ONCE_MAX))

    def next_sync_after_s(self) -> int:
        """When a PC without news is to come back."""
        crowd = 1 + (CROWDED - 1) * min(1.0, self.pushes.taken / self.pushes.limit)
        return int(NEXT_SYNC_AFTER_S * crowd * random.uniform(*SPREAD))


def make(desk: Desk) -> FastAPI:
    """The application with its doors; no pages of documentation, nothing else."""
    api = FastAPI(title="Sổ An Sinh", docs_url=None, redoc_url=None, openapi_url=None)

    @api.get("/v1/alive")
    async def alive() -> dict[str, str]:
        return {"server": "soansinh", "server_id": desk.signer.server_id}

    @api.post("/v1/enrol")
    async def enrol(request: Request) -> Response:
        return await answered(desk, request, _enrol)

    @api.post("/v1/hello")
    async def hello(request: Request) -> Response:
        return await answered(desk, request, _hello)

    @api.post("/v1/pull")
    async def pull(request: Request) -> Response:
        return await answered(desk, request, _pull)

    @api.post("/v1/snapshot")
    async def snapshot_door(request: Request) -> Response:
        return await answered(desk, request, _snapshot)

    @api.post("/v1/devices")
    async def devices(request: Request) -> Response:
        return await answered(desk, request, _devices)

    @api.post("/v1/offices")
    async def offices(request: Request) -> Response:
        return await answered(desk, request, _offices)

    @api.post("/v1/rows")
    async def rows(request: Request) -> Response:
        return await answered(desk, request, _rows)

    @api.post("/v1/push")
    async def push(request: Request) -> Response:
        return await _push(desk, request)

    return api


async def answered(desk: Desk, request: Request, work: Callable[[Desk, bytes], bytes]) -> Response:
    """What a door of small requests answers, or why it did nothing; signed either way."""
    content = b""
    try:
        content = await _small_body(request)
        return response(await run_in_threadpool(work, desk, content))
    except (Refusal, BadFrame) as trouble:
        return signed_problem(desk, as_problem(trouble), intake.nonce_of(content))


async def _small_body(request: Request) -> bytes:
    kept = bytearray()
    async for chunk in heard(request.stream()):
        kept += chunk
        if len(kept) > SMALL_BODY_BYTES_MAX:
            raise Refusal("too_large", limit=SMALL_BODY_BYTES_MAX)
    return bytes(kept)


async def heard(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """What arrives, as long as something does. Raises BadFrame `cut`."""
    while True:
        try:
            yield await asyncio.wait_for(anext(stream), SILENCE_S)
        except StopAsyncIteration:
            return
        except (TimeoutError, ClientDisconnect):
            raise BadFrame("cut") from None


def _enrol(desk: Desk, content: bytes) -> bytes:
    asked = intake.decoded(content, EnrolRequest)
    device, office = accounts.enrol(desk.book.store, asked)
    signer = desk.signer
    answer = EnrolAnswer(
        device=device.sender.device_id,
        epoch=device.sender.epoch,
        server_id=signer.server_id,
        generation=signer.generation,
        verify_key=signer.pair.verify_bytes.hex(),
        box_key=signer.pair.box_bytes.hex(),
        office=office,
    )
    return signer.answer("enrol", answer, asked.nonce, None)


def _hello(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    said = intake.open_request(device, header, frame, "hello", Hello)
    desk.book.settle(desk.book, device.sender.office_id)
    with desk.book.store.write() as connection:
        sender = accounts.met(connection, device, said)
        accounts.seen(connection, sender, _clock_offset_ms(said.clock), said.incarnation)
        last_no, last_digest = log.last_batch(connection, sender)
        heads = log.heads(connection, sender)
        mark = roster.mark_for(connection, sender)
        offices = endorsing.mark(connection)
        results = _missed(connection, sender, said)
        restored = regained.restored(connection, sender.office_id, said.generation)
        watermark = accounts.watermark(connection, sender)
        reads = grants.of_device(connection, sender)
        photos = blobs.mark(connection, sender.office_id), blobs.lost(connection, sender.office_id)
    answer = HelloAnswer(
        epoch=sender.epoch,
        last_batch_no=last_no,
        last_digest=last_digest,
        heads=heads,
        clock=log.now_text(),
        proto=protocol.PROTO,
        limits=Limits(),
        next_sync_after_s=desk.next_sync_after_s(),
        results=results,
        roster=mark,
        offices=offices,
        restored=restored,
        backup_watermark=watermark,
        grants=reads,
        blobs=photos[0],
        lost_blobs=photos[1],
        compares=True,
        compares_values=True,
        counts=True,
    )
    return desk.signer.answer("hello", answer, header.nonce, device)


def _missed(connection: Connection, sender: Sender, said: Hello) -> list[protocol.BatchResult]:
    """Answers that the PC has not heard; none of another epoch than it counts in."""
    if said.epoch != sender.epoch:
        return []
    return log.answers_after(connection, sender, said.last_batch_no, said.last_digest)


def _pull(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    asked = intake.open_request(device, header, frame, "pull", PullRequest)
    answer = log.page(desk.book, device.sender, asked)
    return desk.signer.answer("pull", answer, header.nonce, device)


def _snapshot(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    asked = intake.open_request(device, header, frame, "snapshot", SnapshotRequest)
    answer = snapshot.page(desk.book, device.sender, asked)
    return desk.signer.answer("snapshot", answer, header.nonce, device)


def _devices(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    said = intake.open_request(device, header, frame, "devices", DevicesRequest)
    with desk.book.store.write() as connection:
        answer = roster.exchange(connection, device, said)
    return desk.signer.answer("devices", answer, header.nonce, device)


def _offices(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    intake.open_request(device, header, frame, "offices", OfficesRequest)
    with desk.book.store.read() as connection:
        answer = endorsing.offices(connection, device, desk.signer.pair)
    return desk.signer.answer("offices", answer, header.nonce, device)


def _rows(desk: Desk, content: bytes) -> bytes:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    asked = intake.open_request(device, header, frame, "rows", RowsRequest)
    if asked.scope != device.sender.office_id:
        raise Refusal("scope_not_granted", scope=asked.scope)
    with desk.book.store.read() as connection:
        answer = regained.versions(connection, asked)
    return desk.signer.answer("rows", answer, header.nonce, device)


async def _push(desk: Desk, request: Request) -> Response:
    push = _Push(desk)
    try:
        if int(request.headers.get("content-length") or 0) > protocol.REQUEST_BYTES_MAX:
            raise Refusal("too_large", limit=protocol.REQUEST_BYTES_MAX)
        with desk.pushes.turn():
            await push.read(heard(request.stream()))
    except (Refusal, BadFrame, ValueError) as trouble:
        push.trouble = as_problem(trouble)
    return await run_in_threadpool(push.response)


class _Push:
    """One push on its way: each complete batch is committed before the next bytes are read."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.device: Device | None = None
        self.results: list[protocol.BatchResult] = []
        self.trouble: Problem | None = None
        self.busy_s = 0.0
        self.first = ""

    async def read(self, stream: AsyncIterator[bytes]) -> None:
        reader = frames.FrameReader(frames.MAGIC_BATCH)
        received = 0
        async for chunk in stream:
            received += len(chunk)
            if received > protocol.REQUEST_BYTES_MAX:
                raise Refusal("too_large", limit=protocol.REQUEST_BYTES_MAX)
            for frame in reader.feed(chunk):
                self.results.append(await run_in_threadpool(self.take, frame))
        if reader.rest:
            raise BadFrame("cut")

    def take(self, frame: Frame) -> protocol.BatchResult:
        began = time.monotonic()
        self.first = self.first or frame.digest
        header = intake.batch_header(frame)
        if self.device is None or self.device.sender.device_id != header.device:
            self.device = accounts.find(self.desk.book.store, header.device)
        pair = self.desk.signer.pair
        delivery = intake.open_batch(pair, self.device, header, frame)
        result = log.accept(self.desk.book, self.device.sender, delivery)
        self.busy_s += time.monotonic() - began
        return result

    def response(self) -> Response:
        if self.device is None:
            problem = self.trouble or Problem("nothing_sent")
            return signed_problem(self.desk, problem, self.first)
        sender = self.device.sender
        with self.desk.book.store.read() as connection:
            last_no, last_digest = log.last_batch(connection, sender)
            watermark = accounts.watermark(connection, sender)
        answer = PushAnswer(
            epoch=sender.epoch,
            last_batch_no=last_no,
            last_digest=last_digest,
            results=self.results,
            limits=Limits(),
            next_sync_after_s=self.desk.next_sync_after_s(),
            problem=self.trouble,
            busy_ms=int(self.busy_s * 1000),
            backup_watermark=watermark,
        )
        status = status_of(self.trouble)
        content = self.desk.signer.answer("push", answer, self.first, self.device)
        return response(content, status)


def as_problem(trouble: Exception) -> Problem:
    """A refusal or an unsound frame as the answer names it."""
    if isinstance(trouble, Refusal):
        return Problem(trouble.code, trouble.facts)
    return Problem(trouble.code if isinstance(trouble, BadFrame) else "request_malformed")


def signed_problem(desk: Desk, problem: Problem, re: str) -> Response:
    """Why nothing was done, signed."""
    return response(desk.signer.answer("problem", problem, re, None), status_of(problem))


def status_of(problem: Problem | None) -> int:
    """The number that goes with a problem, 200 without one."""
    return STATUS_OF.get(problem.code, 400) if problem is not None else 200


def response(content: bytes, status: int = 200) -> Response:
    """Bytes of our kind that nothing on the way may keep."""
    headers = {"Cache-Control": "no-store"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    return Response(content, status, headers, protocol.MEDIA_TYPE)


def _clock_offset_ms(clock: str) -> int:
    """How far the PC's clock is ahead of ours, cut to a year either way; 0 when unreadable."""
    try:
        theirs = datetime.fromisoformat(clock).timestamp()
    except (ValueError, OverflowError):
        return 0
    offset = int((theirs - datetime.fromisoformat(log.now_text()).timestamp()) * 1000)
    limit = protocol.CLOCK_OFFSET_MS_MAX
    return max(-limit, min(limit, offset))
