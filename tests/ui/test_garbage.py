"""Widgets that nobody holds any more are destroyed where they live: on the screen's thread."""

from __future__ import annotations

import threading
import weakref

from PySide6.QtWidgets import QLabel

from tests.ui.conftest import until
from ui.garbage import YOUNG_MAX
from ui.tasks import Tasks


class Circle:
    """Something that holds a widget and itself."""

    def __init__(self, ended: list[str]) -> None:
        self.label = QLabel("nobody holds me")
        self.me = self
        weakref.finalize(self.label, lambda: ended.append(threading.current_thread().name))


def many_objects() -> int:
    """Work as an import does it: far more small objects than Python lets pass unlooked at."""
    return len([[number] for number in range(40 * YOUNG_MAX)])


def test_a_forgotten_widget_is_not_destroyed_by_the_lane(tasks: Tasks) -> None:
    ended: list[str] = []
    Circle(ended)
    done: list[int] = []
    tasks.desk.run(many_objects, done.append)
    until(lambda: done)
    kept = [[number] for number in range(YOUNG_MAX + 1)]
    until(lambda: ended)
    assert ended == [threading.main_thread().name] and kept
