"""What the stories of sync stand on: a server on each of its two stores."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from sync import client, package_carry, photos
from tests.sync.parts import OFFICE, Central, central
from tests.sync.postgres import fresh_database

KINDS = ("sqlite", "postgresql")
SQLITE_ALONE = pytest.mark.parametrize("either_server", ["sqlite"], indirect=True)
"""A story of PCs, in which the server does what others show it to do on either store."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here for a line that was cut: it is whole again at once."""
    for room in (client, photos, package_carry):
        monkeypatch.setattr(room, "PAUSE_S", tuple(one / 20 for one in room.PAUSE_S))


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Running"]:
    """Servers that live as long as the tests; each test has an office of its own on them."""
    servers = Running(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


class Running:
    """A server of each kind, started when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.get = cache(self._start)
        self.started: list[Central] = []

    def _start(self, kind: str) -> Central:
        server = Central(self.folder / kind, database_for(kind))
        server.start()
        self.started.append(server)
        return server

    def stop(self) -> None:
        for server in self.started:
            server.stop()


def database_for(kind: str) -> str:
    """Where a server of this kind keeps its store: "" for its own SQLite file."""
    return fresh_database() if kind == "postgresql" else ""


@pytest.fixture
def server(running: Running) -> Central:
    """A running central server on SQLite."""
    return replace(running.get("sqlite"), office=f"{OFFICE} {uuid.uuid4().hex[:8]}")


@pytest.fixture(params=KINDS)
def either_server(running: Running, request: pytest.FixtureRequest) -> Central:
    """A running central server, once on SQLite and once on PostgreSQL."""
    return replace(running.get(request.param), office=f"{OFFICE} {uuid.uuid4().hex[:8]}")


@pytest.fixture(params=KINDS)
def own_server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Central]:
    """A server of the test's own, which it may kill; on either store."""
    with central(tmp_path / "server", database_for(request.param)) as one:
        yield one
