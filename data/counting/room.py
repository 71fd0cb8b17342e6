"""Room in memory while somebody counts: sorting what was read in parts costs several times more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

SQLITE_KIB = 64_000
POSTGRESQL = (
    "SET LOCAL work_mem = '128MB'",
    # Of a past day it guesses few rows and would look at every pair of thousands.
    "SET LOCAL enable_nestloop = off",
    "SET LOCAL jit = off",  # making machine code of a question costs more than its answer
)


@contextmanager
def wide(connection: Connection) -> Iterator[None]:
    """Let a connection sort in memory; afterwards it has what it had before."""
    if connection.dialect.name == "postgresql":
        for words in POSTGRESQL:
            connection.exec_driver_sql(words)
        yield
        return
    had = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{SQLITE_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {had}")
        connection.exec_driver_sql("PRAGMA shrink_memory")
