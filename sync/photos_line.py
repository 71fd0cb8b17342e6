"""One PC's photos on its line: how much at once, what was done, and when to give way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from data.database import Database
from data.records import blob_waiting
from sync import blob, state, transport
from sync.protocol import Problem
from sync.state import Device
from sync.talk import Talk, refused

REQUEST_BYTES_MAX = 1024 * 1024
QUICK_S, VERY_QUICK_S = 4.0, 1.0
KB = 1024
Shape = TypeVar("Shape")


class Carriage:
    """What carrying is about; sizes adapt to the line as those of the records do."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.request_bytes = max(talk.request_bytes, blob.CHUNK_BYTES_MIN)
        self.fetch_bytes = blob.CHUNK_BYTES_MAX
        self.sent = self.fetched = self.restarted = self.damaged = 0
        self.moved = self.total = 0
        self.gives_way = False
        self._asked_for: int | None = None
        self.asked: set[str] = set()
        """Contents of which the server was asked how much it has, since the line was last cut."""
        self.doubted: set[str] = set()
        """Contents that came damaged once in this round: asked for once more, then given up."""
        self.given_up: set[str] = set()
        self._began = talk.wire.bytes_up, talk.wire.bytes_down
        self.problem, self.facts = "", dict[str, Any]()

    @property
    def database(self) -> Database:
        """The store."""
        return self.talk.database

    @property
    def device(self) -> Device:
        """Who this PC is to the server."""
        return self.talk.device

    @property
    def bytes_up(self) -> int:
        """Bytes that went up for photos."""
        return self.talk.wire.bytes_up - self._began[0]

    @property
    def bytes_down(self) -> int:
        """Bytes that came down for photos."""
        return self.talk.wire.bytes_down - self._began[1]

    @property
    def chunk_bytes(self) -> int:
        """How large a part is made for this line."""
        half = self.request_bytes // 2
        return max(blob.CHUNK_BYTES_MIN, min(half, blob.CHUNK_BYTES_MAX))

    @contextmanager
    def write(self) -> Iterator[state.Session]:
        """The pen, for as long as one step takes."""
        with self.database.write(self.device.author) as session:
            yield session

    def stops(self) -> bool:
        """Whether somebody wants to stop, records wait, or somebody asks for a photo: they go
        first, in a round of their own."""
        if not self.gives_way:
            with self.database.read() as session:
                asked = blob_waiting.asked(session)
                self._asked_for = asked if self._asked_for is None else self._asked_for
                first = state.sendable(session) > 0 or asked > self._asked_for
            self.gives_way = first or self.talk.cancelled()
            self._asked_for = min(asked, self._asked_for)
        return self.gives_way

    def ask(self, path: str, kind: str, content: Any, shape: type[Shape]) -> Shape:
        """A small signed question. Raises the errors of the wire and of refusals."""
        asked, nonce = transport.signed_request(self.device, kind, content)
        heard = self.talk.wire.post(path, asked)
        answer = transport.read_answer(self.device, heard, nonce, shape)
        if isinstance(answer, Problem):
            raise refused(answer)
        return answer

    def step(self, count: int) -> None:
        """So many bytes more were carried."""
        self.moved += count
        done = min(self.moved, self.total)
        self.talk.progress("photos", done // KB, -(-self.total // KB))

    def grow(self) -> None:
        """More at once while the line is quick."""
        took_s = self.talk.wire.last_s
        factor = 3.0 if took_s < VERY_QUICK_S else 1.5 if took_s < QUICK_S else 1.0
        self.request_bytes = min(int(self.request_bytes * factor), REQUEST_BYTES_MAX)
        self.fetch_bytes = min(int(self.fetch_bytes * factor), blob.FETCH_BYTES_MAX)

    def shrink(self) -> None:
        """Less at once after a cut; what the server has is asked again."""
        self.request_bytes = max(self.request_bytes // 2, blob.CHUNK_BYTES_MIN)
        self.fetch_bytes = max(self.fetch_bytes // 2, blob.FETCH_BYTES_MIN)
        self.asked.clear()
