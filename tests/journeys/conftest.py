"""Days in the office, played at the real window with the keyboard only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.journeys.keyboard import Officer
from tests.ui.conftest import application, memory, no_broken_slot, office, settle, tasks
from ui.main import wire_port
from ui.stage import Memory
from ui.tasks import Tasks
from ui.window import Opening, Window

__all__ = ["application", "memory", "no_broken_slot", "office", "tasks"]

Sits = Callable[[Path], Officer]


@pytest.fixture
def sit_down(tasks: Tasks, memory: Memory) -> Iterator[Sits]:
    """Open the program on a home, as large as an office's screen, on the real wire."""
    made: list[Window] = []

    def make(home: Path) -> Officer:
        window = Window(Opening(home, tasks, wire_port(), memory))
        window.resize(1366, 768)
        window.begin()
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        settle(tasks)
        made.append(window)
        return Officer(window, tasks)

    yield make
    for window in made:
        store = window.frames[0].ws.db if window.frames else None
        window.close()
        if store is not None:
            tasks.desk.run(store.close)
    settle(tasks)
