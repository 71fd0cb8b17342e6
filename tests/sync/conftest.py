"""What the stories of sync stand on: a server on each of its two stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.parts import Central, central
from tests.sync.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Where the server keeps its store: "" for its own SQLite file."""
    return "" if request.param == "sqlite" else fresh_database()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """A running central server on SQLite."""
    with central(tmp_path / "server") as one:
        yield one


@pytest.fixture
def either_server(tmp_path: Path, database_url: str) -> Iterator[Central]:
    """A running central server, once on SQLite and once on PostgreSQL."""
    with central(tmp_path / "server", database_url) as one:
        yield one
