"""The panel at the right: what is missing, what comes soon, what may be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from ui.resources import theme
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, keep_if, label, row

WIDTH_PX = 300
BESIDE_BAR_PX = 6
"""Between the words and the scroll bar."""
AROUND_PX = 76 + BESIDE_BAR_PX
"""What the sign, the scroll bar and the margins take of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the panel; with `act` it is a button that goes there."""

    text: str
    act: Callable[[], None] | None = None
    sign: str = "○"
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading; an empty group is not shown."""

    title: str
    lines: tuple[Line, ...]


class SidePanel(Card):
    """`show_groups` replaces everything in it; it scrolls by itself."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedWidth(WIDTH_PX)
        self._inside = column(gap=6, margins=(0, 0, BESIDE_BAR_PX, 0))
        self._inside.addStretch(1)
        content = holder(self._inside)
        self.body.setContentsMargins(16, 14, 8, 14)
        self.add(Scroll(content))

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these groups from top to bottom."""
        clear(self._inside)
        for group in groups:
            if not group.lines:
                continue
            self._inside.addWidget(label(group.title, "section", wrap=True))
            for line in group.lines:
                self._inside.addWidget(_line(line))
            self._inside.addSpacing(10)
        self._inside.addStretch(1)


def _in_one_line(text: str) -> str:
    """The words as far as they fit: a wider line would push all others out of the panel."""
    metrics = QFontMetrics(theme.sized(theme.BODY_PT))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, WIDTH_PX - AROUND_PX)


def _line(line: Line) -> QWidget:
    sign = label(line.sign, "muted")
    sign.setAlignment(Qt.AlignmentFlag.AlignTop)
    keep_if(sign, bool(line.sign))
    words: QWidget = label(line.text, wrap=True)
    words.setMinimumWidth(1)  # one long word would push all lines under the scroll bar
    if line.act is not None:
        words = button(_in_one_line(line.text), line.act, "quiet")
        words.setAccessibleName(line.text)
        words.setToolTip(line.text)
        words.setStyleSheet("text-align: left; padding: 0; min-height: 24px; border-radius: 4px")
        sign.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    parts = column(row(sign, words, 0, gap=8), gap=4)
    parts.itemAt(0).layout().setStretch(1, 1)  # type: ignore[union-attr]
    if line.actions:
        parts.addLayout(row(*(button(text, act) for text, act in line.actions), 1))
    return holder(parts)
