"""The command line of an office that is there already, and of a home that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk
from tests.desk import PASSWORD
from tests.line import Line


@pytest.fixture
def line(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    return Line(home, capsys)


@pytest.fixture
def calls(line: Line) -> Line:
    desk.at(line.home).close()
    return line
