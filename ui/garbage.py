"""Python's garbage is looked for on the screen's thread only.

A widget that was left in a circle of references is destroyed by whoever finds it, and Qt aborts
the program when that is another thread. Left to itself Python looks on whichever thread happens to
make the next object, so during an import it is the desk lane.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 500
YOUNG_MAX = 20_000
MIDDLE_EVERY = 20
WHOLE_EVERY = 1_000


class Garbage(QObject):
    """Looks now and then; lives on the screen's thread and ends with its parent."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        # What was made at the start stays for good: looking through it again only stops the screen.
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look through what was made lately; through more of it every so many rounds."""
        if gc.get_count()[0] < YOUNG_MAX:
            return
        self._rounds += 1
        if self._rounds % WHOLE_EVERY == 0:
            gc.collect(2)
        else:
            gc.collect(1 if self._rounds % MIDDLE_EVERY == 0 else 0)

    def end(self) -> None:
        """Look once more, then let Python look by itself again."""
        self._timer.stop()
        gc.collect()
        gc.enable()
