"""A second connection that sees the very same picture of the store as a reading session.

Two threads may ask at the same time what is counted for one report, each over its own connection.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from data.connect import READERS_KEPT

VERSION = "PRAGMA data_version"
"""Another number than before, on the same connection, when anybody else has committed since."""
LOOK = text("SELECT 1 FROM sqlite_schema LIMIT 1")
PAIR = 2


@contextmanager
def twin(readers: Engine, session: Session) -> Iterator[Connection | None]:
    """A connection beside a session that has read nothing yet. None where two would not be quicker
    or somebody else waits for a place, or when a commit came between the two."""
    if (os.cpu_count() or 1) < PAIR or not _room(readers):
        yield None
        return
    with readers.connect() as other:
        # Asked before the session's picture is taken, and again as the first thing in the other
        # one's: with the same answer the session's, taken between them, is the same too.
        bare = other.connection.dbapi_connection
        assert bare is not None
        before = bare.cursor().execute(VERSION).fetchone()[0]
        session.execute(LOOK)
        same = other.exec_driver_sql(VERSION).scalar_one() == before
        yield other if same else None


def _room(readers: Engine) -> bool:
    """Whether both connections are among those that are kept open."""
    pool = readers.pool
    return isinstance(pool, QueuePool) and pool.checkedout() + PAIR <= READERS_KEPT
