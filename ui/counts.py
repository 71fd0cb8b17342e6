"""How much waits at each place of the navigation; and the comparing of newcomers meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.actions import likeness, waiting
from app.workspace import Workspace
from ui.tasks import Tasks
from ui.widgets.nav import Nav

COUNT_AFTER_MS = 150


class Counts(QObject):
    """`soon()` after every change; the numbers appear beside the words of the navigation."""

    def __init__(self, ws: Workspace, tasks: Tasks, nav: Nav) -> None:
        super().__init__(nav)
        self._ws, self._tasks, self._nav = ws, tasks, nav
        self._timer = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._timer.timeout.connect(self._count)

    def soon(self) -> None:
        """Count once things have been quiet for a moment."""
        self._timer.start()

    def _count(self) -> None:
        ws = self._ws
        self._tasks.totals.run(lambda: waiting.now(ws), self._show, owner=self, key="nav-counts")

    def _show(self, found: waiting.Waiting) -> None:
        self._nav.set_count("people", found.people)
        self._nav.set_count("approval", found.to_approve)
        self._nav.set_count("care_cases", found.open_cases)
        self._nav.set_count("duplicates", found.alike)
        if found.unseen:
            self._compare_more()
        self._nav.set_count("today", found.today)

    def _compare_more(self) -> None:
        """Look for duplicates of newcomers, a few at a time between whatever else is asked."""
        ws = self._ws
        if not ws.can("enter"):
            return
        self._tasks.desk.run(
            lambda: likeness.settle_a_little(ws),
            lambda left: self._compare_more() if left else self._timer.start(),
            lambda _failure: None,
            self,
            key="nav-alike",
        )
