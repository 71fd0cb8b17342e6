"""A window at work in a process of its own: how long its thread is ever kept from the officer.

Called with a home, a list to bring in and where the server listens with a code to enrol by. While
the import and the sync run in the same program, somebody scrolls the list of people, changes its
filters and its order. The answer is one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import workspace
from tests.desk import PASSWORD
from ui.garbage import Garbage
from ui.main import wire_port
from ui.resources import theme
from ui.screens.import_list import LOOK, ImportScreen
from ui.screens.people import PeopleScreen
from ui.stage import Memory
from ui.tasks import Tasks
from ui.window import Opening, Window

BEAT_MS, STEP_MS = 5, 40
SCROLLS = 30
"""Pages scrolled before somebody asks something else."""
LATEST_S = 900.0


class Pulse(QObject):
    """A timer of the screen's thread: how late each beat comes is how long nothing could move."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        timer = QTimer(self, interval=BEAT_MS)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now


class Officer(QObject):
    """Scrolls, filters and sorts at a quick hand's pace; notes how long rows are waited for."""

    def __init__(self, screen: PeopleScreen) -> None:
        super().__init__(screen)
        self.waits: list[float] = []
        self._screen, self._asked = screen, 0.0
        self._doing = self._habits()
        screen.list.model.loaded.connect(self._loaded)
        timer = QTimer(self, interval=STEP_MS)
        timer.timeout.connect(lambda: next(self._doing))
        timer.start()

    def _habits(self) -> Iterator[None]:
        screen = self._screen
        questions: tuple[dict[str, object], ...] = (
            {"status": ("waiting",)},
            {"degrees": ("severe",)},
            {"mine_victim": True},
            {},
        )
        orders = ("birth", "commune", "degree", "name")
        while True:
            for values, order in zip(questions, orders, strict=True):
                self._asked = time.perf_counter()
                screen.filters.set_values(values, True)
                yield from self._scroll()
                self._asked = time.perf_counter()
                screen.list.order_by(order)
                yield from self._scroll()

    def _scroll(self) -> Iterator[None]:
        bar = self._screen.list.view.verticalScrollBar()
        for _ in range(SCROLLS):
            yield
            bar.setValue(bar.value() + bar.pageStep())

    def _loaded(self) -> None:
        if self._asked:
            self.waits.append((time.perf_counter() - self._asked) * 1000)
            self._asked = 0.0


def main(home: Path, listed: Path, server: str, code: str) -> None:
    """Play it and print what was measured."""
    application = QApplication([])
    theme.wear(application)
    tasks, port = Tasks(home / "log"), wire_port()
    settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
    window = Window(Opening(home, tasks, port, Memory(settings)))
    window.resize(1366, 768)
    window.show()
    ws = workspace.open(home, "lan", PASSWORD)
    port.enrol(ws, server, code)
    window.enter(ws, "import")
    garbage = Garbage(window)
    importing = window.findChild(ImportScreen)
    assert importing is not None
    importing.take(listed)
    _live(application, lambda: importing.step == LOOK and importing.look.act.isEnabled())
    importing.bring_in()
    window.syncing.now()
    assert window.frame is not None
    window.frame.go("people")
    screen = window.findChild(PeopleScreen)
    assert screen is not None
    _live(application, lambda: screen.list.model.fresh)
    began = time.perf_counter()
    pulse, officer = Pulse(window), Officer(screen)
    both = 0.0

    def over() -> bool:
        nonlocal both
        if importing.importing.running and window.syncing.sending:
            both = time.perf_counter() - began
        return not importing.importing.running

    _live(application, over)
    gaps = sorted(pulse.gaps)
    waits = sorted(officer.waits)
    told = {
        "longest_ms": gaps[-1],
        "late_99_ms": gaps[int(len(gaps) * 0.99)],
        "over_50": sum(gap > 50 for gap in gaps),
        "seconds": time.perf_counter() - began,
        "both_s": both,
        "rows_longest_ms": waits[-1],
        "rows_median_ms": waits[len(waits) // 2],
        "asked": len(waits),
    }
    print(json.dumps(told), flush=True)
    del garbage
    os._exit(0)


def _live(application: QApplication, met: Callable[[], bool]) -> None:
    end = time.monotonic() + LATEST_S
    while not met():
        assert time.monotonic() < end, "the window did not come so far"
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
