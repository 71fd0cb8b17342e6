"""Filters above a list: a button each that opens its choices; what is set is seen in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.forms import Choice, fitting
from app.wording import translate
from ui.resources.icons import icon
from ui.show import number
from ui.stage import Memory
from ui.widgets.flow import Flow
from ui.widgets.parts import button, column, keep_if, restyle, words_of
from ui.widgets.search_field import SearchField

SEARCH_FROM = 10
ROWS_MAX = 9


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: with choices a list of ticks, without a switch."""

    name: str
    title: str
    choices: tuple[Choice, ...] = ()


class FilterBar(QWidget):
    """`changed(values)`: name -> tuple of codes, or True for a switch; unset ones are left out."""

    changed = Signal(dict)

    def __init__(self, filters: Sequence[Filter]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._filters = {one.name: one for one in filters}
        self._values: dict[str, object] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._row = Flow()
        for one in filters:
            made = button("", lambda one=one: self._press(one), "filter")  # type: ignore[misc]
            if one.choices:
                made.setIcon(icon("chevron-down", "muted"))
                made.setIconSize(QSize(16, 16))
                made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            else:
                made.setCheckable(True)
            self._buttons[one.name] = made
            self._row.addWidget(made)
        self.wipe = button(translate("Bỏ lọc"), lambda: self.set_values({}, True), "quiet", "close")
        self._row.addWidget(self.wipe)
        self.setLayout(self._row)
        self._show()

    def add(self, made: QWidget) -> None:
        """One more thing at the end of the filters."""
        self._row.addWidget(made)

    def values(self) -> dict[str, object]:
        """What is set now."""
        return dict(self._values)

    def remember(self, memory: Memory, key: str) -> None:
        """Set what was set when this list was last used, and keep every change from now on."""
        kept = memory.get(key, {})
        self.set_values(kept if isinstance(kept, dict) else {})
        self.changed.connect(lambda values: memory.put(key, values))

    def set_values(self, values: Mapping[str, object], tell: bool = False) -> None:
        """Set all filters; codes that a filter does not know are dropped."""
        self._values = {}
        for name, value in values.items():
            one = self._filters.get(name)
            if one is not None and one.choices and isinstance(value, list | tuple):
                known = {choice.code for choice in one.choices}
                kept = tuple(code for code in value if code in known)
                if kept:
                    self._values[name] = kept
            elif one is not None and value is True:
                self._values[name] = True
        self._show()
        if tell:
            self.changed.emit(self.values())

    def _press(self, one: Filter) -> None:
        if not one.choices:
            on = self._values.get(one.name) is not True
            self.set_values(self._values | {one.name: on}, True)
            return
        self._popup = ChoicePopup(one, self._chosen(one), self)
        self._popup.changed.connect(
            lambda codes: self.set_values(self._values | {one.name: codes}, True)
        )
        below = self._buttons[one.name]
        self._popup.open_at(below.mapToGlobal(QPoint(0, below.height() + 4)))

    def _chosen(self, one: Filter) -> tuple[str, ...]:
        value = self._values.get(one.name, ())
        return value if isinstance(value, tuple) else ()

    def _show(self) -> None:
        for name, made in self._buttons.items():
            one = self._filters[name]
            words = self._words(one)
            made.setText(words_of(words) + ("\u00a0" if one.choices else ""))
            made.setAccessibleName(words)
            made.setChecked(name in self._values)
            restyle(made, used="true" if name in self._values else "")
        self.wipe.setVisible(bool(self._values))

    def _words(self, one: Filter) -> str:
        if not one.choices:
            return one.title
        chosen = self._chosen(one)
        if not chosen:
            return translate("{filter}: tất cả", filter=one.title)
        labels = {choice.code: choice.label for choice in one.choices}
        if len(chosen) == 1:
            return f"{one.title}: {labels[chosen[0]]}"
        return translate("{filter}: {count} mục", filter=one.title, count=number(len(chosen)))


class ChoicePopup(QFrame):
    """A list of ticks below its button; long lists search without marks. Esc or a click ends it."""

    changed = Signal(tuple)

    def __init__(self, one: Filter, chosen: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(one.title)
        self._filter = one
        self._chosen = set(chosen)
        self.search = SearchField(translate("gõ để tìm"), one.title)
        self.search.searched.connect(lambda text: self._fill(text))
        keep_if(self.search, len(one.choices) >= SEARCH_FROM)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(one.title)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self._turn)
        self.setLayout(column(self.search, self.list, gap=6, margins=(8, 8, 8, 8)))
        self._fill("")
        rows = min(ROWS_MAX, len(one.choices))
        self.list.setFixedHeight(rows * 34 + 12)
        widest = max(self.list.fontMetrics().horizontalAdvance(c.label) for c in one.choices)
        self.list.setFixedWidth(max(200, min(widest + 80, 420)))

    def open_at(self, place: QPoint) -> None:
        """Show the list with its upper left corner here."""
        self.move(place)
        self.show()
        (self.search if not self.search.isHidden() else self.list).setFocus()
        self.list.setCurrentRow(0)

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for choice in fitting(self._filter.choices, typed):
            item = QListWidgetItem(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.code)
            item.setSizeHint(QSize(0, 34))
            self._mark(item)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _mark(self, item: QListWidgetItem) -> None:
        on = item.data(Qt.ItemDataRole.UserRole) in self._chosen
        item.setIcon(icon("box-ticked" if on else "box", "brand" if on else "faint"))
        font = item.font()
        font.setBold(on)
        item.setFont(font)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            translate("{label}, đã chọn", label=item.text()) if on else item.text(),
        )

    def _turn(self, item: QListWidgetItem) -> None:
        self._chosen ^= {item.data(Qt.ItemDataRole.UserRole)}
        self._mark(item)
        order = [choice.code for choice in self._filter.choices]
        self.changed.emit(tuple(code for code in order if code in self._chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._turn(self.list.currentItem())
        elif key == Qt.Key.Key_Down:
            self.list.setFocus()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
