"""The doors on the network for photos and scans: what is here, the next bytes in, the next out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync import blob, frames, keys, protocol
from sync.blob import FetchAnswer, FetchRequest, KeptAnswer, StandingAnswer, StandingRequest
from sync.frames import BadFrame, Frame
from sync.protocol import Problem, RequestHeader
from sync.server import accounts, blobs, intake, routes
from sync.server.accounts import Device
from sync.server.blobs import Shelf
from sync.server.log import Refusal
from sync.server.routes import Desk

Asked = TypeVar("Asked")


def add(api: FastAPI, desk: Desk) -> FastAPI:
    """Add the doors to the server's others; halves that nobody goes on with make room first."""
    here = blobs.shelf(desk.book.store, desk.signer.pair)
    blobs.expire(here)
    visits: dict[str, asyncio.Event] = {}

    @api.post("/v1/blobs")
    async def standing(request: Request) -> Response:
        return await routes.answered(desk, request, lambda _, content: _standing(desk, content))

    @api.post("/v1/blobs/parts")
    async def parts(request: Request) -> Response:
        return await routes.answered(desk, request, lambda _, content: _fetch(desk, content))

    @api.patch("/v1/blobs")
    async def patch(request: Request) -> Response:
        visit = Visit(desk, here, visits)
        try:
            with desk.photos.turn():
                await visit.read(request)
        except (Refusal, BadFrame) as trouble:
            visit.problem = routes.as_problem(trouble)
        except ClientDisconnect:
            visit.problem = routes.as_problem(BadFrame("cut"))
        finally:
            visit.leave()
        return await run_in_threadpool(visit.response)

    def _standing(desk: Desk, content: bytes) -> bytes:
        header, device, asked = _opened(desk, content, "standing", StandingRequest)
        kept = blobs.standing(here, device.sender.office_id, asked.asked[: blob.ASKED_MAX])
        return desk.signer.answer("standing", StandingAnswer(kept), header.nonce, device)

    def _fetch(desk: Desk, content: bytes) -> bytes:
        header, device, asked = _opened(desk, content, "parts", FetchRequest)
        found = blobs.fetch(here, device.sender.office_id, asked)
        return desk.signer.answer("parts", FetchAnswer(found), header.nonce, device)

    return api


def _opened(
    desk: Desk, content: bytes, kind: str, shape: type[Asked]
) -> tuple[RequestHeader, Device, Asked]:
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    return header, device, intake.open_request(device, header, frame, kind, shape)


class Visit:
    """One upload on its way: each part is kept before the next bytes are read.

    A PC that asks again ends its own upload that still hangs on a dead line.
    """

    def __init__(self, desk: Desk, here: Shelf, visits: dict[str, asyncio.Event]) -> None:
        self.desk, self.here, self.visits = desk, here, visits
        self.device: Device | None = None
        self.nonce = ""
        self.kept: dict[str, int] = {}
        self.problem: Problem | None = None
        self.ended = asyncio.Event()

    async def read(self, request: Request) -> None:
        """Read to the end, or to what cannot be taken; what was taken stays taken."""
        reader = frames.FrameReader(frames.MAGIC_REQUEST, blob.BODY_BYTES_MAX)
        received = 0
        async for chunk in self._heard(request.stream()):
            received += len(chunk)
            if received > protocol.REQUEST_BYTES_MAX:
                raise Refusal("too_large", limit=protocol.REQUEST_BYTES_MAX)
            for frame in reader.feed(chunk):
                await run_in_threadpool(self.take, frame)
                self._alone()
                if self.problem is not None:
                    return
        if reader.rest:
            raise BadFrame("cut")

    def take(self, frame: Frame) -> None:
        """One part, the signature checked before anything is spent on it."""
        header: RequestHeader = frames.read_header(RequestHeader, frame)
        self.nonce = self.nonce or header.nonce
        if self.device is None or self.device.sender.device_id != header.device:
            self.device = accounts.find(self.desk.book.store, header.device)
        part = opened_part(self.desk, self.device, header, frame)
        kept = blobs.take(self.here, self.device.sender.office_id, part)
        self.kept[part.sha256] = kept.bytes
        self.problem = kept.problem

    def leave(self) -> None:
        """Nobody needs to end this visit any more."""
        for device, event in list(self.visits.items()):
            if event is self.ended:
                del self.visits[device]

    def response(self) -> Response:
        """What the server has now, signed; to nobody known only the refusal."""
        if self.device is None:
            problem = self.problem or Problem("nothing_sent")
            return routes.signed_problem(self.desk, problem, self.nonce)
        answer = KeptAnswer(self.kept, self.problem)
        content = self.desk.signer.answer("part", answer, self.nonce, self.device)
        return routes.response(content, routes.status_of(self.problem))

    def _alone(self) -> None:
        """End the former visit of this PC, once it is known who speaks."""
        device = self.device.sender.device_id if self.device else ""
        former = self.visits.get(device)
        if former is not self.ended:
            self.visits[device] = self.ended
            if former is not None:
                former.set()

    async def _heard(self, stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """What arrives, until the line is silent or a newer request of this PC takes over."""
        ended = asyncio.ensure_future(self.ended.wait())
        try:
            while True:
                coming = asyncio.ensure_future(anext(stream))
                await asyncio.wait(
                    {coming, ended},
                    timeout=routes.SILENCE_S,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if not coming.done() or ended.done():
                    coming.cancel()
                    raise BadFrame("cut")
                try:
                    yield coming.result()
                except StopAsyncIteration:
                    return
        finally:
            ended.cancel()


def opened_part(desk: Desk, device: Device, header: RequestHeader, frame: Frame) -> blob.Part:
    """The part in a signed frame. Raises Refusal, BadFrame."""
    if not keys.verified(frame.signed, frame.signature, device.verify_key):
        raise Refusal("bad_signature")
    if header.kind != "part" or protocol.sha256_hex(frame.body) != header.sha256:
        raise BadFrame("wrong_hash")
    content = desk.signer.pair.open(frame.body)
    if content is None:
        raise Refusal("not_for_this_server", key_id=keys.key_id(desk.signer.pair.box_bytes))
    return blob.unpacked(content)
