"""The smallest parts: labels, buttons, cards, rows, scrolling areas, each dressed by its role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.resources import theme
from ui.resources.icons import icon

Item = QWidget | QLayout | int | None
Box = TypeVar("Box", bound=QBoxLayout)


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A line of words; `role` is title, subtitle, section, muted, caption, problem, strong."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(
    text: str,
    act: Callable[[], object] | None = None,
    role: str = "",
    picture: str = "",
    tip: str = "",
) -> QPushButton:
    """A button; `role` is primary, quiet, danger or empty. An "&" in the words stays a letter."""
    made = QPushButton(words_of(text, picture))
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        made.setProperty("role", role)
    if picture:
        tint = {"primary": "on_brand", "quiet": "brand", "danger": "bad"}.get(role, "ink")
        made.setIcon(icon(picture, tint))
        made.setIconSize(QSize(18, 18))
    if tip:
        made.setToolTip(tip)
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def words_of(text: str, picture: str = "") -> str:
    """A button's words as Qt wants them: "&" stays a letter, and some air behind a picture."""
    words = text.replace("&", "&&")
    return f"\u00a0{words}" if picture and words else words


def keep_bold_room(made: QPushButton, words: str, pad: int) -> None:
    """Room for the bold words of a button that is on, so that nothing is cut and nothing jumps."""
    wide = QFontMetrics(theme.sized(theme.BODY_PT, bold=True)).horizontalAdvance(words)
    made.setMinimumWidth(wide + 2 * pad)


def icon_button(picture: str, name: str, act: Callable[[], object] | None = None) -> QPushButton:
    """A button with a picture alone; `name` is its tooltip and accessible name."""
    made = button("", act, "icon", picture, name)
    made.setAccessibleName(name)
    return made


def row(
    *items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Things beside one another; an int is a stretch of that weight, None is left out."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(
    *items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Things below one another; an int is a stretch of that weight, None is left out."""
    return _filled(QVBoxLayout(), items, gap, margins)


def holder(layout: QLayout, role: str = "clear") -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    made.setProperty("role", role)
    made.setLayout(layout)
    return made


def rule() -> QFrame:
    """A thin line between things."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


class Card(QFrame):
    """A white card with a title; add things with `add`."""

    def __init__(self, title: str = "", *items: Item) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = column(gap=8, margins=(20, 16, 20, 16))
        self.setLayout(self.body)
        self.heading = label(title, "section")
        keep_if(self.heading, bool(title))
        self.body.addWidget(self.heading)
        self.setAccessibleName(title)
        for item in items:
            _put(self.body, item)

    def add(self, item: Item) -> None:
        """One more thing below the others."""
        _put(self.body, item)


class Scroll(QScrollArea):
    """A page that scrolls up and down only and never grows wider than its place."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setProperty("role", "clear")
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setProperty("role", "clear")


class Elided(QLabel):
    """A line that is cut with … instead of growing; the whole stands in its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._hint()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), words)
        painter.end()

    def _hint(self) -> None:
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


def keep_if(widget: QWidget, wanted: bool) -> None:
    """Hide a part that is not wanted; never shows one, which without a parent would be a window."""
    if not wanted:
        widget.hide()


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet see them."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _filled(
    layout: Box, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]
) -> Box:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        _put(layout, item)
    return layout


def _put(layout: QBoxLayout, item: Item) -> None:
    if isinstance(item, QWidget):
        layout.addWidget(item)
    elif isinstance(item, QLayout):
        layout.addLayout(item)
    elif isinstance(item, int):
        layout.addStretch(item)
