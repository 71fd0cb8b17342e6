"""The door on the network for whoever carries envelopes of PCs that have no line."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync import package, protocol
from sync.frames import BadFrame, Frame, FrameReader
from sync.package import Carried
from sync.server import packages, routes
from sync.server.log import Refusal
from sync.server.packages import Rooms
from sync.server.routes import Desk


def add(api: FastAPI, desk: Desk) -> FastAPI:
    """Add the door to the server's others."""

    @api.post("/v1/package")
    async def carried_in(request: Request) -> Response:
        visit = _Visit(Rooms(desk.book, desk.signer), request.query_params.get("at", ""))
        try:
            with desk.pushes.turn():
                await visit.read(request)
        except Refusal as busy:
            return routes.signed_problem(desk, packages.problem_of(busy), visit.re)
        return routes.response(await run_in_threadpool(visit.told))

    return api


class _Visit:
    """One request of a carrier: frames are taken in as they arrive, as a push does."""

    def __init__(self, rooms: Rooms, at: str) -> None:
        self.rooms, self.at, self.re = rooms, at, ""
        self.answers = b""
        self.carried = Carried(0)

    async def read(self, request: Request) -> None:
        """Read to the end, or to what cannot be taken; what was taken stays taken."""
        reader = FrameReader(package.MAGIC_ENVELOPE, package.FRAME_BODY_BYTES_MAX)
        received = 0
        try:
            async for chunk in routes.heard(request.stream()):
                received += len(chunk)
                if received > protocol.REQUEST_BYTES_MAX:
                    raise BadFrame("too_large")
                for frame in reader.feed(chunk):
                    await run_in_threadpool(self.take, frame)
                    if self.carried.problem is not None:
                        return
            if reader.rest:
                raise BadFrame("cut")
        except BadFrame as trouble:
            self.carried = Carried(self.carried.last_batch_no, "", packages.problem_of(trouble))
        except ClientDisconnect:
            self.carried = Carried(0, "", packages.problem_of(BadFrame("cut")))

    def take(self, frame: Frame) -> None:
        """One frame: an envelope's question, its batches, or a PC that asks to be let in."""
        self.re = self.re or frame.digest
        kind, rooms = "", self.rooms
        try:
            kind = packages.header_of(frame).kind
            if kind == "enrol":
                self.answers = packages.enrol(rooms, frame)
            elif kind == "ask":
                self.answers, self.carried = packages.answer(rooms, frame, self.at)
            else:
                sender = packages.take(rooms, frame).device.sender
                self.carried = Carried(packages.standing(rooms, sender))
        except (Refusal, BadFrame) as trouble:
            problem = packages.problem_of(trouble)
            self.carried = Carried(0, "", problem)
            if kind == "ask" and problem.code in ("device_unknown", "device_revoked"):
                self.answers = packages.refusal(rooms, frame, problem)

    def told(self) -> bytes:
        """The answers to put onto the stick, and behind them what the carrier is told."""
        return self.answers + packages.carried(self.rooms, self.carried, self.re)
