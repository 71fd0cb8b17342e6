"""Two rounds of one store at once: the window's own and one from the command line."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect

from data import database
from data.database import Database
from data.errors import DataError
from sync import client, pushing
from sync.frames import BadFrame
from sync.server import routes
from tests.sync.parts import PASSWORD, Central, dump, pc


def test_two_rounds_of_one_store_end_as_one(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        b.enter_many(100)
        b.sync()
        a.enter_many(300)
        other = database.open_store(a.db.home, "lan", PASSWORD)
        troubles: list[DataError] = []

        def rounds(one: Database) -> None:
            for _ in range(3):
                try:
                    client.run_round(one)
                except DataError as trouble:
                    troubles.append(trouble)

        both = [threading.Thread(target=rounds, args=(one,)) for one in (a.db, other)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        other.close()
        assert troubles == []
        for each in (b, a):
            assert each.sync().pending == 0
        assert dump(a.db) == dump(b.db) == dump(server)


def test_the_other_round_waits_and_is_no_sign_of_a_restored_store(
    tmp_path: Path, server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other round begins while this one is about to greet the server."""
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.sync()
        a.enter()
        stood = pushing.standing
        other = database.open_store(a.db.home, "lan", PASSWORD)
        ended: list[int] = []
        second = threading.Thread(target=lambda: ended.append(client.run_round(other).pending))

        def meanwhile(db: object, device: object) -> object:
            before = stood(db, device)  # type: ignore[arg-type]
            monkeypatch.setattr(pushing, "standing", stood)
            second.start()
            return before

        monkeypatch.setattr(pushing, "standing", meanwhile)
        assert a.sync().pending == 0
        second.join()
        assert ended == [0]
        other.close()


def test_lines_that_died_hold_no_place_for_ever(tmp_path: Path, server: Central) -> None:
    begun = b"POST /v1/push HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nVSB1\r\n"
    dead = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
    try:
        for one in dead:
            one.sendall(begun)
        with pc(tmp_path / "a") as a:
            a.enrol(server)
            a.enter()
            assert a.sync().pending == 0
    finally:
        for one in dead:
            one.close()


async def _half_a_batch_then_silence() -> AsyncIterator[bytes]:
    yield b"VSB1"
    await asyncio.sleep(30)


async def _half_a_batch_then_nobody() -> AsyncIterator[bytes]:
    yield b"VSB1"
    raise ClientDisconnect


@pytest.mark.parametrize("line", [_half_a_batch_then_silence, _half_a_batch_then_nobody])
def test_a_line_that_says_nothing_more_is_a_cut(
    monkeypatch: pytest.MonkeyPatch, line: Callable[[], AsyncIterator[bytes]]
) -> None:
    """Also in a hello, where a reset of the line was once an error in the server's own log."""
    monkeypatch.setattr(routes, "SILENCE_S", 0.05)

    async def listen() -> bytes:
        return b"".join([part async for part in routes.heard(line())])

    with pytest.raises(BadFrame, match="cut"):
        asyncio.run(listen())
