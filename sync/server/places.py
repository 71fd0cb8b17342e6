"""How many requests of a kind may be on their way at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sync.server.log import Refusal

RETRY_AFTER_S = 5


@dataclass
class Places:
    """So many places, and how many are taken now."""

    limit: int
    taken: int = 0
    guard: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One of the places. Raises Refusal `busy` when all are taken."""
        with self.guard:
            if self.taken >= self.limit:
                raise Refusal("busy", retry_after_s=RETRY_AFTER_S)
            self.taken += 1
        try:
            yield
        finally:
            with self.guard:
                self.taken -= 1
