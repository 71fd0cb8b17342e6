"""The doors for a PC that compares its rows with the server's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from sqlalchemy import Connection

from sync.buckets import BucketRequest, ExplainRequest, SumsRequest, ValuesRequest
from sync.server import accounts, comparing, intake, routes
from sync.server.log import Refusal
from sync.server.routes import Desk

Answering = Callable[[Connection, Any], Any]


def add(api: FastAPI, desk: Desk) -> FastAPI:
    """Add the doors to the server's others."""

    @api.post("/v1/sums")
    async def sums(request: Request) -> Response:
        return await routes.answered(desk, request, _sums)

    @api.post("/v1/bucket")
    async def bucket(request: Request) -> Response:
        return await routes.answered(desk, request, _bucket)

    @api.post("/v1/values")
    async def values(request: Request) -> Response:
        return await routes.answered(desk, request, _values)

    @api.post("/v1/explain")
    async def explain(request: Request) -> Response:
        return await routes.answered(desk, request, _explain)

    return api


def _sums(desk: Desk, content: bytes) -> bytes:
    return _told(desk, content, ("sums", SumsRequest, comparing.sums))


def _bucket(desk: Desk, content: bytes) -> bytes:
    return _told(desk, content, ("bucket", BucketRequest, comparing.bucket))


def _values(desk: Desk, content: bytes) -> bytes:
    return _told(desk, content, ("values", ValuesRequest, comparing.values))


def _explain(desk: Desk, content: bytes) -> bytes:
    return _told(desk, content, ("explain", ExplainRequest, comparing.explain), writes=True)


def _told(
    desk: Desk, content: bytes, asked_as: tuple[str, type[Any], Answering], writes: bool = False
) -> bytes:
    kind, shape, answering = asked_as
    header, frame = intake.request_header(content)
    device = accounts.find(desk.book.store, header.device)
    asked = intake.open_request(device, header, frame, kind, shape)
    if asked.scope != device.sender.office_id:
        raise Refusal("scope_not_granted", scope=asked.scope)
    store = desk.book.store
    with store.write() if writes else store.read() as connection:
        answer = answering(connection, asked)
    return desk.signer.answer(kind, answer, header.nonce, device)
