"""A value that several threads ask for and that must be one and the same for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import TypeVar

Made = TypeVar("Made")


def made_once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Let a function run once, whichever threads ask first.

    `functools.cache` lets two threads that come first each make their own: a query that joins
    both is then refused for good (two tables of one name).
    """
    lock = RLock()
    kept: list[Made] = []

    @wraps(make)
    def get() -> Made:
        with lock:
            if not kept:
                kept.append(make())
        return kept[0]

    return get
