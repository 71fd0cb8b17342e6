"""The body of one push: while the server takes the first batches, this PC seals the next."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from sync import sealing
from sync.sealing import Sealed
from sync.talk import Talk

SEAL_BYTES_AT_ONCE = 96 * 1024


class Stream:
    """Batches after a number until the request is as large as the line likes it.

    `meanwhile` is done once after the first batches are on their way. `work_s` is the time this
    PC worked between the batches and did not wait for the line.
    """

    def __init__(self, talk: Talk, after: int, meanwhile: Callable[[], None]) -> None:
        self._talk = talk
        self._last = after
        self._meanwhile = meanwhile
        self._next = self._more(talk.request_bytes)
        self.sent: list[Sealed] = []
        self.size = 0
        self.work_s = 0.0

    @property
    def first(self) -> Sealed | None:
        """The batch that the request begins with; None when nothing waits."""
        return self._next[0] if self._next else None

    def __iter__(self) -> Iterator[bytes]:
        """The bytes of the batches, one batch at a time."""
        began = time.monotonic()
        first = True
        while self._next:
            for batch in self._next:
                self.sent.append(batch)
                self.size += len(batch.content)
                self.work_s += time.monotonic() - began
                yield batch.content
                began = time.monotonic()
            if first:
                self._meanwhile()
            first = False
            left = self._talk.request_bytes - self.size
            self._next = self._more(left) if left > 0 and not self._talk.cancelled() else []
        self._seal_ahead()
        self.work_s += time.monotonic() - began

    def _seal_ahead(self) -> None:
        """Make the next request's batches while the server still works on these.

        Not on a slow line: there the server waits for us, and what is sealed cannot be packed
        better any more when the line is known.
        """
        if sealing.is_quick(self._talk.device) and not self._talk.cancelled():
            sealing.seal_some(self._talk.database, self._talk.device, SEAL_BYTES_AT_ONCE)

    def _more(self, left: int) -> list[Sealed]:
        size = min(left, SEAL_BYTES_AT_ONCE)
        batches = self._waiting(size)
        if not batches and sealing.seal_some(self._talk.database, self._talk.device, size):
            batches = self._waiting(size)
        if batches:
            self._last = batches[-1].batch_no
        return batches

    def _waiting(self, size: int) -> list[Sealed]:
        with self._talk.database.read() as session:
            return sealing.waiting(session, self._talk.device, self._last, size)
