"""Tabs with counts over pages that are built when first opened; many stand in groups."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.show import number
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, holder, keep_bold_room, rule
from ui.widgets.stack import Stack

PAD_PX = 8
PART_PAD_PX = 12


class Tabs(QWidget):
    """`add(name, title, make)`; arrows move between tabs, Ctrl+PageUp/PageDown anywhere.

    After `begin(title)` what is added stands in a group: one tab in the strip, its parts in a line
    below while the group is open. The keys walk through all parts, group after group.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.pages = Stack()
        self._row, self._below = Flow(16, 0), Flow(8, 4)
        self._buttons: dict[str, QPushButton] = {}
        self._titles: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._make: dict[str, Callable[[], QWidget]] = {}
        self._made: dict[str, QWidget] = {}
        self._heads: dict[str, QPushButton] = {}
        self._group_of: dict[str, str] = {}
        self._counted: set[str] = set()
        self._last: dict[str, str] = {}
        """The part of each group that was open last."""
        self._group = QButtonGroup(self, exclusive=True)
        self._head_group = QButtonGroup(self, exclusive=True)
        self._parts = holder(self._below)
        self._parts.hide()
        strip = holder(self._row)
        for one in (strip, self._parts):
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        top = column(column(strip, rule(), gap=0), self._parts, gap=8)
        page = column(top, self.pages, gap=16)
        page.setStretch(1, 1)
        self.setLayout(page)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=step: self._move(by))

    def begin(self, title: str, counted: bool = True) -> None:
        """A group: what is added from now on is a part of it; `counted` tells how many its parts
        hold together."""
        made = button(title, lambda: self._open_group(title), "tab")
        made.setCheckable(True)
        self._head_group.addButton(made)
        keep_bold_room(made, title, PAD_PX)
        self._heads[title] = made
        if counted:
            self._counted.add(title)
        self._row.addWidget(made)
        self._parts.show()

    def add(self, name: str, title: str, make: Callable[[], QWidget]) -> None:
        """One more tab; `make()` builds its page when it is first opened."""
        made = button(title, lambda: self.open(name), "part" if self._heads else "tab")
        made.setCheckable(True)
        self._group.addButton(made)
        self._buttons[name], self._titles[name], self._make[name] = made, title, make
        keep_bold_room(made, title, self._pad)
        if self._heads:
            group = list(self._heads)[-1]
            self._group_of[name] = group
            self._last.setdefault(group, name)
            self._below.addWidget(made)
            made.setVisible(group == next(iter(self._heads)))
        else:
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
        self._show_group_of(name)
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
        """Show how many things a tab holds, and its group in all; nothing for None and 0."""
        self._counts[name] = count or 0
        _tell(self._buttons[name], self._titles[name], count or 0, self._pad)
        group = self._group_of.get(name)
        if group in self._counted:
            inside = (self._counts.get(one, 0) for one, of in self._group_of.items() if of == group)
            _tell(self._heads[group], group, sum(inside), PAD_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        now = self.focusWidget()
        if step is not None and now in self._buttons.values():
            self._move(step)
        elif step is not None and now in self._heads.values():
            heads = list(self._heads.values())
            made = heads[(heads.index(now) + step) % len(heads)]  # type: ignore[arg-type]
            made.setFocus()
            made.click()
        else:
            super().keyPressEvent(event)

    @property
    def _pad(self) -> int:
        return PART_PAD_PX if self._heads else PAD_PX

    def _open_group(self, title: str) -> None:
        self.open(self._last[title])

    def _show_group_of(self, name: str) -> None:
        group = self._group_of.get(name)
        if group is None:
            return
        self._last[group] = name
        self._heads[group].setChecked(True)
        for one, of in self._group_of.items():
            self._buttons[one].setVisible(of == group)

    def _move(self, step: int) -> None:
        names = list(self._buttons)
        name = names[(names.index(self.current) + step) % len(names)]
        self.open(name)
        self.focus_tab(name)


def _tell(made: QPushButton, title: str, count: int, pad: int) -> None:
    words = f"{title}  {number(count)}" if count else title
    made.setText(words.replace("&", "&&"))
    keep_bold_room(made, words, pad)
    made.setAccessibleName(words)
