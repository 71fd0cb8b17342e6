"""A list decided row by row: the record looked at beside it, one decision at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QTimer

from ui.stage import Message, Screen
from ui.tasks import Failure
from ui.widgets.record_list import RecordList

LOOK_AFTER_MS = 120
"""Somebody who only passes a row with the arrow keys has not looked at the record."""


class Deciding(QObject):
    """Where somebody stands in a list: which row is looked at, and which comes next.

    `look` reads the current row's record; `forget` clears the one that was just decided.
    Qt lets go of it with the screen: a list that is taken down tells of its rows once more.
    """

    def __init__(
        self,
        screen: Screen,
        rows: RecordList,
        look: Callable[[], None],
        forget: Callable[[], None],
    ) -> None:
        super().__init__(screen)
        self.busy = False
        self._screen, self._rows, self._forget = screen, rows, forget
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._look_soon.timeout.connect(look)

    def look_soon(self) -> None:
        """Read the current row's record once the cursor rests on it."""
        self._look_soon.start()

    def row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        """The cursor came to another row."""
        if now.isValid():
            self.look_soon()

    def current(self) -> int | None:
        """The number of the row that is current; None when there is none."""
        place = self._rows.view.currentIndex().row()
        return place if 0 <= place < self._rows.model.rowCount() else None

    def step(self) -> None:
        """Go on to the next row without deciding."""
        place = self._rows.view.currentIndex().row() + 1
        if place < self._rows.model.rowCount():
            self._rows.view.selectRow(place)
        self._rows.view.setFocus()

    def decide(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do a decision; the row after the current one becomes current."""
        if self.busy:
            return
        self.busy = True
        coming = self._after_current()
        self._rows.setFocus()

        def answered(result: Any) -> None:
            self.busy = False
            if coming:
                self._rows.choose(coming)
            self._forget()
            self._rows.reload()
            self.look_soon()
            done(result)
            self._rows.view.setFocus()

        def failed(failure: Failure) -> None:
            self.busy = False
            self._screen.stage.tell(Message(failure.message, "bad", stays=True))
            self._rows.reload()

        self._screen.stage.tasks.desk.run(work, answered, failed, self._screen)

    def _after_current(self) -> str:
        model, place = self._rows.model, self._rows.view.currentIndex().row()
        for other in (place + 1, place - 1):
            if 0 <= other < model.rowCount():
                return model.key(other)
        return ""
