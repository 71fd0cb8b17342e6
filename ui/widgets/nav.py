"""The navigation at the left: places by work, with counts of what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from app.forms import PRODUCT
from app.wording import translate
from ui.resources.icons import icon
from ui.show import number
from ui.widgets.parts import Elided, Scroll, column, holder, label, restyle, row

WIDTH_PX = 216
COMPACT_PX = 68
ICON_PX = 20


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One place of the navigation; `lower` ones stand apart below."""

    name: str
    title: str
    picture: str
    lower: bool = False


class NavButton(QPushButton):
    """An icon, a word, and how many wait."""

    def __init__(self, entry: NavEntry) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = QLabel()
        self._words = Elided(entry.title)
        self._count = label("", "caption")
        for part in (self._picture, self._words, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = row(self._picture, self._words, self._count, gap=10, margins=(12, 0, 12, 0))
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.toggled.connect(self._tint)
        self._tint(False)
        self.set_count(None)

    def set_compact(self, on: bool) -> None:
        """The picture alone; its word becomes the tooltip."""
        self._words.setVisible(not on)
        self._count.setVisible(not on)
        self.setToolTip(self.entry.title if on else "")

    def set_count(self, count: int | None) -> None:
        """How many wait there; nothing is shown for none."""
        self._count.setText(number(count) if count else "")
        words = self.entry.title
        self.setAccessibleName(f"{words}, {number(count)}" if count else words)

    def sizeHint(self) -> QSize:
        return QSize(COMPACT_PX - 24, 40)

    def _tint(self, on: bool) -> None:
        restyle(self._words, role="nav-on" if on else "nav")
        restyle(self._count, role="nav-on" if on else "caption")
        tint = "brand" if on else "muted"
        self._picture.setPixmap(
            icon(self.entry.picture, tint).pixmap(QSize(ICON_PX, ICON_PX), self.devicePixelRatioF())
        )


class Nav(QFrame):
    """`chosen(name)` when the officer asks for a place."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[NavEntry], office: str) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName(translate("Các việc"))
        self._group = QButtonGroup(self, exclusive=True)
        self.buttons: dict[str, NavButton] = {}
        brand = label(PRODUCT, "brand")
        brand.setContentsMargins(12, 0, 0, 0)
        self.office = label(office, "caption", wrap=True)
        self.office.setContentsMargins(12, 0, 8, 0)
        inside = column(brand, self.office, gap=2, margins=(12, 14, 12, 12))
        inside.addSpacing(14)
        lower = False
        for entry in entries:
            if entry.lower and not lower:
                inside.addSpacing(14)
                lower = True
            inside.addWidget(self._button(entry))
        inside.addStretch(1)
        self._brand = brand
        self.foot = Elided("", "caption")
        self.foot.setContentsMargins(12, 0, 0, 0)
        inside.addWidget(self.foot)
        self.setLayout(column(Scroll(holder(inside)), gap=0))

    def set_compact(self, on: bool) -> None:
        """Pictures alone, where the window is narrow."""
        self.setFixedWidth(COMPACT_PX if on else WIDTH_PX)
        for part in (self._brand, self.office, self.foot):
            part.setVisible(not on)
        for made in self.buttons.values():
            made.set_compact(on)

    def show_place(self, name: str) -> None:
        """Mark where the officer is."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)
            return
        self._group.setExclusive(False)
        for made in self.buttons.values():
            made.setChecked(False)
        self._group.setExclusive(True)

    def set_count(self, name: str, count: int | None) -> None:
        """How many wait at a place."""
        if name in self.buttons:
            self.buttons[name].set_count(count)

    def _button(self, entry: NavEntry) -> NavButton:
        made = NavButton(entry)
        made.clicked.connect(lambda _on=False: self.chosen.emit(entry.name))
        self._group.addButton(made)
        self.buttons[entry.name] = made
        return made
