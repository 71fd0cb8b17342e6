"""The only listener to the store: what a commit touched becomes one signal of the window."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from app.workspace import Workspace

GATHER_MS = 80
BUSY_MS = 500
"""While commits keep coming (an import, a sync) screens read anew only so often."""


class Bridge(QObject):
    """`changed(entities, ids)` on the screen's thread, several quick commits gathered in one."""

    changed = Signal(frozenset, frozenset)
    _heard = Signal(frozenset, frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entities: set[str] = set()
        self._ids: set[str] = set()
        self._leave = lambda: None
        self._told = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self._heard.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    def listen(self, ws: Workspace) -> None:
        """Listen to the store of this workspace instead of the former one."""
        self.silence()
        self._leave = ws.db.listen(lambda changes: self._heard.emit(changes.entities, changes.ids))

    def silence(self) -> None:
        """Listen to no store."""
        self._leave()
        self._leave = lambda: None

    def _gather(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        self._entities |= entities
        self._ids |= ids
        if not self._timer.isActive():
            lately = self._told.isValid() and self._told.elapsed() < BUSY_MS
            self._timer.start(BUSY_MS if lately else GATHER_MS)

    def _tell(self) -> None:
        self._told.start()
        entities, ids = frozenset(self._entities), frozenset(self._ids)
        self._entities.clear()
        self._ids.clear()
        self.changed.emit(entities, ids)
