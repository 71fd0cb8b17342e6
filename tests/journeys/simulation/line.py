"""A line inside this process: real requests to the real routes, with every fault of lines."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import Engine, event

from sync import protocol

HTML = {"content-type": "text/html; charset=utf-8"}
PAGE = b"<html>Welcome to the Wi-Fi</html>"
OURS = {"content-type": protocol.MEDIA_TYPE}
FRAGMENT = 211
STATEMENTS = 40
"""About as many statements as a small push takes."""
STRANGERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "login_page": (200, HTML, PAGE),
    "redirected": (302, {"location": "http://login.example/"}, b""),
    "login_needed": (511, HTML, PAGE),
    "busy": (503, HTML | {"retry-after": "7"}, b""),
    "too_many": (429, HTML | {"retry-after": "7"}, b""),
    "bad_gateway": (502, HTML, PAGE),
    "empty": (200, OURS, b""),
}
"""Answers that are not of our server, and that the request never reached it."""
CUTS = ("cut_up", "cut_down", "answer_lost", "unreachable", "silent")
LIES = ("shortened", "altered", "old_answer")
FAULTS = (*CUTS, *LIES, *STRANGERS, "twice", "in_fragments", "server_dies", "server_stumbles")


class PowerCut(BaseException):
    """The PC went dark: no code of ours may catch it."""


class ServerDied(Exception):
    """The server's process ended in the middle of a statement."""


@dataclass(frozen=True)
class Fault:
    """What the line does to a round's requests from one number on; `share` says how far into the
    bytes (or after how many statements of the server) it strikes."""

    kind: str = ""
    first: int = 0
    lasting: bool = False
    share: float = 0.5

    def strikes(self, number: int) -> str:
        """The fault of a round's request, "" for none."""
        hit = number >= self.first if self.lasting else number == self.first
        return self.kind if hit else ""


class Fuse:
    """Blows before the nth statement or commit of an engine; after that nothing is done any more,
    or (`once`) everything as before."""

    def __init__(self, engine: Engine, blow: type[BaseException]) -> None:
        self._blow = blow
        self._left: int | None = None
        self._once = False
        event.listen(engine, "before_cursor_execute", self._step)
        event.listen(engine, "commit", self._step)

    def set(self, statements: int | None, once: bool = False) -> None:
        """From now on so many statements are done; None for all."""
        self._left, self._once = statements, once

    def _step(self, *_: object) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._left = None if self._once else 0
            raise self._blow


TALLY: Counter[str] = Counter()
"""What happened in all worlds of this run, for the summary of a soak."""
Witness = Callable[[str, bytes, bytes], None]
"""Hears path, request and answer as they leave the server, before the line touches them."""


@dataclass
class Line(httpx.BaseTransport):
    """Between every PC and the one server; the fault is that of the round which is on."""

    app: Callable[[], FastAPI]
    fuse: Callable[[], Fuse]
    witness: Witness
    fault: Fault = Fault()
    requests: int = 0
    copies: list[tuple[str, bytes]] = field(default_factory=list)
    """Pushes that a proxy kept, to deliver them once more some time."""
    answers: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._loop = asyncio.Runner()
        self._method = "POST"

    def begin(self, fault: Fault) -> None:
        """A new round under this fault."""
        self.fault, self.requests = fault, 0

    def end(self) -> None:
        """Nobody talks any more."""
        self._loop.close()

    def deliver_again(self, number: int) -> None:
        """A proxy brings one of the pushes it kept; nobody waits for the answer."""
        if self.copies:
            path, content = self.copies[number % len(self.copies)]
            self._method = "POST"
            self._serve(path, [content])

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """What httpx asks of a transport."""
        content = b"".join(request.stream)  # type: ignore[arg-type]
        self._method = request.method
        kind = self.fault.strikes(self.requests)
        self.requests += 1
        TALLY.update({"requests": 1, f"struck: {kind}": 1} if kind else {"requests": 1})
        status, headers, body = self._answer(request.url.raw_path.decode(), content, kind)
        return httpx.Response(status, headers=headers, content=body, request=request)

    def _answer(self, path: str, content: bytes, kind: str) -> tuple[int, dict[str, str], bytes]:
        if kind in STRANGERS:
            return STRANGERS[kind]
        if kind == "unreachable":
            raise httpx.ConnectError("nobody listens")
        if kind == "silent":
            raise httpx.ReadTimeout("no byte came")
        if kind == "cut_up":
            self._serve(path, _parts(content[: int(len(content) * self.fault.share)]), cut=True)
            raise httpx.WriteError("cut on the way up")
        if path == "/v1/push":
            self.copies.append((path, content))
        status, headers, body = self._reached(path, content, kind)
        self.answers.append(body)
        return status, headers, self._garbled(body, kind)

    def _reached(self, path: str, content: bytes, kind: str) -> tuple[int, dict[str, str], bytes]:
        parts = _parts(content) if kind == "in_fragments" else [content]
        if kind.startswith("server_"):
            self.fuse().set(int(self.fault.share * STATEMENTS), kind == "server_stumbles")
        try:
            answer = self._serve(path, parts)
        except ServerDied:
            raise httpx.RemoteProtocolError("the server hung up") from None
        finally:
            self.fuse().set(None)
        return self._serve(path, parts) if kind == "twice" else answer

    def _garbled(self, body: bytes, kind: str) -> bytes:
        at = int(len(body) * self.fault.share)
        if kind in ("cut_down", "answer_lost"):
            raise httpx.ReadError("cut on the way down")
        if kind == "shortened":
            return body[:at]
        if kind == "altered":
            return body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        if kind == "old_answer":
            return self.answers[int((len(self.answers) - 1) * self.fault.share)]
        return body

    def _serve(
        self, path: str, parts: list[bytes], cut: bool = False
    ) -> tuple[int, dict[str, str], bytes]:
        door = (self._method, path)
        answer = self._loop.run(_through(self.app(), door, parts, cut))
        if not cut:
            self.witness(path, b"".join(parts), answer[2])
        return answer


def _parts(content: bytes) -> list[bytes]:
    return [content[at : at + FRAGMENT] for at in range(0, len(content), FRAGMENT)]


async def _through(
    app: FastAPI, door: tuple[str, str], parts: list[bytes], cut: bool
) -> tuple[int, dict[str, str], bytes]:
    """One request through the application, as a server of the standard calls it."""
    method, (path, _, query) = door[0], door[1].partition("?")
    coming: list[dict[str, Any]] = [
        {"type": "http.request", "body": part, "more_body": True} for part in parts
    ]
    end = {"type": "http.disconnect"} if cut else {"type": "http.request", "more_body": False}
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else end

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, send)
    start = next(one for one in sent if one["type"] == "http.response.start")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(one.get("body", b"") for one in sent if one["type"] == "http.response.body")
    return start["status"], headers, body
