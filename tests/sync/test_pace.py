"""When a PC comes back: as the server asked, never together with the others, never in a rush."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from data.database import Author
from sync import client, pace, state, transport
from sync.errors import Unreachable
from sync.server.log import Refusal
from sync.server.routes import (
    NEXT_SYNC_AFTER_S,
    PHOTOS_AT_ONCE_MAX,
    PUSHES_AT_ONCE_MAX,
    Desk,
)
from tests.sync.parts import Central, Pc, pc


def asked_for(one: Pc, after_s: int) -> float:
    """How long the PC waits when the server asks for so many seconds."""
    with one.db.write(Author("")) as session:
        state.settled(session, pace.due_text(after_s))
    return client.due_in_s(one.db) or 0.0


def test_the_servers_wish_is_obeyed_within_reason_and_with_jitter(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.sync()
        usual = client.due_in_s(a.db) or 0.0
        assert NEXT_SYNC_AFTER_S * 0.9 * 0.8 - 5 <= usual <= NEXT_SYNC_AFTER_S * 1.1 * 1.2
        assert client.due_in_s(a.db) == pytest.approx(usual, abs=5)
        drawn = {round(asked_for(a, 900)) for _ in range(12)}
        assert len(drawn) > 1 and all(900 * 0.8 - 5 <= one <= 900 * 1.2 for one in drawn)
        assert asked_for(a, 1) >= pace.AFTER_S_MIN * 0.8 - 5
        assert asked_for(a, 10**9) <= pace.AFTER_S_MAX * 1.2
        a.enter()
        assert (client.due_in_s(a.db) or 0.0) <= pace.CHANGED_AFTER_S


def test_a_crowded_server_asks_for_longer_rests() -> None:
    calm, crowded = (Desk(None, None, None) for _ in range(2))  # type: ignore[arg-type]
    crowded.pushes.taken = PUSHES_AT_ONCE_MAX
    assert max(calm.next_sync_after_s() for _ in range(20)) < 340
    assert min(crowded.next_sync_after_s() for _ in range(20)) > 1000


def test_photos_on_their_way_leave_every_place_of_the_records_free() -> None:
    desk = Desk(None, None, None)  # type: ignore[arg-type]
    with ExitStack() as uploads:
        for _ in range(PHOTOS_AT_ONCE_MAX):
            uploads.enter_context(desk.photos.turn())
        with pytest.raises(Refusal) as refusal, desk.photos.turn():
            pass
        assert (refusal.value.code, desk.pushes.taken) == ("busy", 0)
        with desk.pushes.turn():
            assert desk.pushes.taken == 1
    assert desk.photos.taken == 0 and PHOTOS_AT_ONCE_MAX < PUSHES_AT_ONCE_MAX


@pytest.mark.parametrize("text", ["90", "in a while", ""])
def test_how_long_a_busy_server_wants_to_be_left_alone(text: str) -> None:
    answer = httpx.Response(503, headers={"Retry-After": text})
    assert transport._retry_after_s(answer) == (90 if text == "90" else 5)


def test_a_busy_server_may_name_an_instant() -> None:
    later = datetime.now(UTC) + timedelta(seconds=120)
    answer = httpx.Response(429, headers={"Retry-After": format_datetime(later, usegmt=True)})
    assert 115 <= transport._retry_after_s(answer) <= 120


def test_the_systems_proxy_is_asked_for_every_server_but_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        heard: list[bytes] = []

        def answer() -> None:
            line, _ = proxy.accept()
            with line:
                heard.append(line.recv(4096))
                line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")

        listening = threading.Thread(target=answer)
        listening.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        wire = transport.connect("https://ansinh.example.vn")
        with pytest.raises(Unreachable):
            wire.post("/v1/hello", b"")
        wire.close()
        listening.join()
    assert heard[0].startswith(b"CONNECT ansinh.example.vn:443 ")
