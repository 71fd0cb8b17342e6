"""Room in memory while somebody counts: sorting what was read in parts costs several times more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

SQLITE_KIB = 64_000


@contextmanager
def wide(connection: Connection | None) -> Iterator[None]:
    """Let a connection sort in memory; afterwards it has what it had before."""
    if connection is None:
        yield
        return
    had = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{SQLITE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {had}")
        connection.exec_driver_sql("PRAGMA shrink_memory")
