"""Bars over time, each with its number above and its day below: read without colour, and aloud."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.wording import translate
from ui.resources import theme
from ui.show import number

HEIGHT_PX = 190
GAP_SHARE = 0.35
LINE_PX = 18


class TrendChart(QWidget):
    """`show_it(title, bars)` with bars of (words below, number), the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[str, int], ...] = ()
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_it(self, title: str, bars: Sequence[tuple[str, int]]) -> None:
        """Draw other bars; what is read out names every one."""
        self._bars = tuple(bars)
        told = "; ".join(f"{words}: {number(many)}" for words, many in self._bars)
        self.setAccessibleName(translate("Biểu đồ {title}: {told}", title=title, told=told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every bar from zero, so that lengths can be compared."""
        if not self._bars:
            return
        tokens = theme.worn()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.sized(theme.LABEL_PT))
        metrics = QFontMetrics(painter.font())
        most = max(many for _words, many in self._bars) or 1
        wide = self.width() / len(self._bars)
        high = self.height() - 2 * LINE_PX - 8
        base = LINE_PX + 4 + high
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, base, self.width(), base)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        for place, (words, many) in enumerate(self._bars):
            tall = round(high * many / most)
            bar = QRect(
                round(place * wide + wide * GAP_SHARE / 2),
                base - tall,
                max(1, round(wide * (1 - GAP_SHARE))),
                tall,
            )
            painter.fillRect(bar, QColor(tokens.brand))
            painter.setPen(QColor(tokens.ink))
            cell = QRect(round(place * wide), bar.top() - LINE_PX, round(wide), LINE_PX)
            painter.drawText(cell, middle, number(many))
            painter.setPen(QColor(tokens.muted))
            cell = QRect(round(place * wide), base + 2, round(wide), LINE_PX)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(wide))
            painter.drawText(cell, middle, shown)
        painter.end()
