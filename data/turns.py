"""Writers queue: first come, first served, across the threads of this program."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from data.errors import StoreBusy


class WriterQueue:
    """One writer at a time; the others wait in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None

    @property
    def mine(self) -> bool:
        """True when this thread is the writer now."""
        return self._owner == threading.get_ident()

    @property
    def length(self) -> int:
        """How many writers wait behind the present one."""
        return len(self._waiting)

    @contextmanager
    def turn(self, wait_s: float) -> Iterator[None]:
        """Hold the pen. Raises StoreBusy after `wait_s` seconds in the queue."""
        self._take(wait_s)
        try:
            yield
        finally:
            self._hand_on()

    def _take(self, wait_s: float) -> None:
        began = time.monotonic()
        with self._guard:
            if self._owner is None and not self._waiting:
                self._owner = threading.get_ident()
                return
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(wait_s):
            self._owner = threading.get_ident()
            return
        self._leave(called, began)

    def _leave(self, called: threading.Event, began: float) -> None:
        with self._guard:
            if called in self._waiting:
                self._waiting.remove(called)
                waited = round(time.monotonic() - began, 3)
                raise StoreBusy(waited_s=waited, where="queue")
        # Called in the very moment of giving up: the turn is ours after all.
        self._owner = threading.get_ident()

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                # Owned by nobody nameable until the called thread wakes; still taken.
                self._owner = 0
                self._waiting.popleft().set()
            else:
                self._owner = None


class Gate:
    """Readers pass freely until somebody closes the gate, who then waits for the last to leave."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._inside = 0
        self._closed = False
        self._mine = threading.local()

    @contextmanager
    def passing(self, wait_s: float) -> Iterator[None]:
        """Be inside; who is inside already may go further in.

        Raises StoreBusy when the gate stays closed for `wait_s` seconds.
        """
        depth = getattr(self._mine, "depth", 0)
        with self._change:
            if not depth and not self._change.wait_for(lambda: not self._closed, wait_s):
                raise StoreBusy(waited_s=wait_s, where="gate")
            self._inside += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._change:
                self._inside -= 1
                self._change.notify_all()

    @contextmanager
    def closed(self, wait_s: float) -> Iterator[None]:
        """Nobody inside. Raises StoreBusy when the last reader does not leave in `wait_s`."""
        with self._change:
            self._closed = True
            empty = self._change.wait_for(lambda: self._inside == 0, wait_s)
        try:
            if not empty:
                raise StoreBusy(waited_s=wait_s, where="readers")
            yield
        finally:
            with self._change:
                self._closed = False
                self._change.notify_all()
