"""Tiles beside and below one another, as many in a row as there is room for."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.tile import Tile

TILE_PX = 230
ACROSS_MAX = 4


class Tiles(QWidget):
    """`named` are the tiles by name, in the order they are walked through by Tab."""

    def __init__(self, named: Mapping[str, Tile]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.named = dict(named)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._across = 0
        self.setLayout(self._grid)
        self._lay_out(ACROSS_MAX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold more or fewer in a row."""
        super().resizeEvent(event)
        self._lay_out(max(1, min(ACROSS_MAX, self.width() // TILE_PX)))

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self.named.values()):
            self._grid.addWidget(tile, place // across, place % across)
