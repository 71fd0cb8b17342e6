"""One at a time: whoever speaks with the server for a store, and what he does when told to wipe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlcipher3 import dbapi2

from data import wiping
from data.database import Database
from sync.errors import Revoked, SyncError

TURN, TURN_S = "round.turn", 120.0


@contextmanager
def taken(database: Database, name: str = TURN, wait_s: float | None = None) -> Iterator[None]:
    """Rounds, sticks and enrolments of one store take turns, also those of the window and of the
    command line; photos have a turn of their own. Waits `wait_s` seconds (TURN_S when not said).
    Raises SyncError `round_elsewhere`."""
    timeout = TURN_S if wait_s is None else wait_s
    with closing(dbapi2.connect(database.home / "tmp" / name, timeout=timeout)) as turn:
        try:
            turn.execute("BEGIN EXCLUSIVE")
        except dbapi2.OperationalError:
            raise SyncError("round_elsewhere") from None
        yield


@contextmanager
def obeying(database: Database) -> Iterator[None]:
    """A PC that its office calls lost destroys its keys. Raises Revoked `device_wiped` then."""
    try:
        yield
    except Revoked as error:
        if not error.facts.get("lost"):
            raise
        wiping.wipe(database.home)
        raise Revoked("device_wiped") from error
