"""A bad line between a PC and the server: it cuts, swallows answers, or is slow."""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CHUNK = 4096


@dataclass
class Line:
    """What the line does to the next connections; counts what went through.

    `cut_up_after` resets each connection once so many bytes went up (None: never), `cut_down_after`
    once so many came down.
    `answers_lost` answers are swallowed after the server sent them, then the line is cut.
    `resets` cuts each connection after a number of bytes of its own, often near `reset_bytes`.
    """

    to: int
    port: int = 0
    cut_up_after: int | None = None
    cut_down_after: int | None = None
    answers_lost: int = 0
    on_answer: Callable[[], None] | None = None
    answers: int = 0
    bytes_up: int = 0
    cuts: int = 0
    up_bps: int = 0
    round_trip_s: float = 0.0
    delay_s: float = 0.0
    resets: random.Random | None = None
    reset_bytes: int = 20_000
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """Where the PC dials."""
        return f"http://127.0.0.1:{self.port}"

    def swallow(self) -> bool:
        """Whether this answer is to be lost."""
        with self._guard:
            if self.answers_lost > 0:
                self.answers_lost -= 1
                return True
            return False


@contextmanager
def line(to: int) -> Iterator[Line]:
    """A line to a port of this machine."""
    front = socket.create_server(("127.0.0.1", 0))
    one = Line(to, front.getsockname()[1])
    stop = threading.Event()
    thread = threading.Thread(target=_listen, args=(one, front, stop), daemon=True)
    thread.start()
    try:
        yield one
    finally:
        stop.set()
        front.close()
        thread.join(timeout=5)


def _listen(one: Line, front: socket.socket, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            near, _ = front.accept()
        except OSError:
            return
        threading.Thread(target=_connect, args=(one, near), daemon=True).start()


def _connect(one: Line, near: socket.socket) -> None:
    try:
        far = socket.create_connection(("127.0.0.1", one.to), timeout=30)
    except OSError:
        _reset(near)
        return
    down = threading.Thread(target=_down, args=(one, far, near), daemon=True)
    down.start()
    with contextlib.suppress(OSError):
        _up(one, near, far)
    down.join(timeout=30)


def _up(one: Line, near: socket.socket, far: socket.socket) -> None:
    sent, drawn = 0, None
    time.sleep(one.round_trip_s)
    if one.resets is not None:
        drawn = int(one.resets.expovariate(1 / one.reset_bytes)) + 1
    while True:
        room = CHUNK
        after = one.cut_up_after if drawn is None else drawn
        if after is not None:
            room = max(1, min(CHUNK, after - sent))
        content = near.recv(room)
        if not content:
            far.shutdown(socket.SHUT_WR)
            return
        far.sendall(content)
        sent += len(content)
        one.bytes_up += len(content)
        if one.up_bps:
            time.sleep(one.delay_s + len(content) * 8 / one.up_bps)
        if after is not None and sent >= after:
            one.cuts += 1
            time.sleep(0.05)
            _reset(near)
            _reset(far)
            return


def _down(one: Line, far: socket.socket, near: socket.socket) -> None:
    came = 0
    try:
        while content := far.recv(65536):
            one.answers += 1
            if one.swallow():
                one.cuts += 1
                if one.on_answer is not None:
                    one.on_answer()
                _reset(near)
                _reset(far)
                return
            time.sleep(one.round_trip_s)
            came += len(content)
            if one.cut_down_after is not None and came > one.cut_down_after:
                one.cuts += 1
                _reset(near)
                _reset(far)
                return
            near.sendall(content)
        near.shutdown(socket.SHUT_WR)
    except OSError:
        _reset(near)  # a server that was killed is no silence
        _reset(far)


def _reset(end: socket.socket) -> None:
    """Close with a reset, as a broken line does."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
