"""Troubles of the server's rooms as the command line tells them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sync.errors import ServerRefused


@contextmanager
def told_by_server() -> Iterator[None]:
    """Troubles of the server's rooms in the form that the command line says in words."""
    from sync.server.log import Refusal
    from sync.server.store import StoreTrouble

    try:
        yield
    except (Refusal, StoreTrouble) as trouble:
        raise ServerRefused(trouble.code, **trouble.facts) from trouble
