"""A large button with a number on it, that goes to what it counts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui.resources.icons import icon
from ui.show import number
from ui.widgets.parts import label, row


class Tile(QPushButton):
    """A large button: how many, of what; it goes there."""

    def __init__(self, words: str, picture: str, act: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "tile")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _on=False: act())
        self._words, self._picture = words, picture
        self._sign, self._many = label(), label("", "title")
        what = label(words, "muted", wrap=True)
        for part in (self._sign, self._many, what):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(self._sign, self._many, what, gap=14, margins=(16, 12, 16, 12))
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.set_count(None)

    def set_count(self, count: int | None) -> None:
        """How many there are; a dash until it was counted."""
        many = "–" if count is None else number(count)
        self._many.setText(many)
        self.setAccessibleName(f"{many} {self._words}")
        size = QSize(24, 24)
        tint = "brand" if count else "muted"
        self._sign.setPixmap(icon(self._picture, tint).pixmap(size, self.devicePixelRatioF()))
