"""Something made once for all threads: a second one would be another thing of the same name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

Made = TypeVar("Made")


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Like `functools.cache` for what takes no arguments, but never made twice: two threads that
    ask at the same time would each get a CTE, and a query with both of them does not compile."""
    kept: list[Made] = []
    lock = Lock()

    @wraps(make)
    def ask() -> Made:
        with lock:
            if not kept:
                kept.append(make())
        return kept[0]

    return ask
