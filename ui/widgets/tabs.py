"""Tabs with counts over pages that are built when first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.resources import theme
from ui.show import number
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, holder, rule
from ui.widgets.stack import Stack

PAD_PX = 8


class Tabs(QWidget):
    """`add(name, title, make)`; arrows move between tabs, Ctrl+PageUp/PageDown anywhere."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.pages = Stack()
        self._row = Flow(16, 0)
        self._buttons: dict[str, QPushButton] = {}
        self._titles: dict[str, str] = {}
        self._make: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self._group = QButtonGroup(self, exclusive=True)
        strip = holder(self._row)
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        page = column(column(strip, rule(), gap=0), self.pages, gap=16)
        page.setStretch(1, 1)
        self.setLayout(page)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=step: self._move(by))

    def add(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """One more tab; `make()` builds its page when it is first opened."""
        made = button(title, lambda: self.open(name), "tab")
        made.setCheckable(True)
        self._group.addButton(made)
        _keep_room(made, title)
        self._buttons[name], self._titles[name], self._make[name] = made, title, make
        self._row.addWidget(made)

    def names(self) -> tuple[str, ...]:
        """The tabs in their order."""
        return tuple(self._buttons)

    @property
    def current(self) -> str:
        """The open tab's name."""
        return next((n for n, one in self._buttons.items() if one.isChecked()), "")

    def open(self, name: str) -> QWidget:
        """Open a tab and answer its page."""
        if name not in self._made:
            self._made[name] = self._make[name]()
            self.pages.add(self._made[name])
        self._buttons[name].setChecked(True)
        self.pages.show_page(self._made[name])
        self.opened.emit(name)
        return self._made[name]

    def page(self, name: str) -> QWidget | None:
        """A tab's page, when it was built."""
        return self._made.get(name)

    def focus_tab(self, name: str) -> None:
        """Put the cursor onto a tab; Tab leads into its page."""
        self._buttons[name].setFocus()

    def set_count(self, name: str, count: int | None) -> None:
        """Show how many things a tab holds; none at all for None and 0."""
        title = self._titles[name]
        words = f"{title}  {number(count)}" if count else title
        self._buttons[name].setText(words.replace("&", "&&"))
        _keep_room(self._buttons[name], words)
        self._buttons[name].setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self.focusWidget() not in self._buttons.values():
            super().keyPressEvent(event)
            return
        self._move(step)

    def _move(self, step: int) -> None:
        names = list(self._buttons)
        name = names[(names.index(self.current) + step) % len(names)]
        self.open(name)
        self.focus_tab(name)


def _keep_room(made: QPushButton, words: str) -> None:
    """Room for the bold words of the open tab, so that nothing is cut and nothing jumps."""
    wide = QFontMetrics(theme.sized(theme.BODY_PT, bold=True)).horizontalAdvance(words)
    made.setMinimumWidth(wide + 2 * PAD_PX)
