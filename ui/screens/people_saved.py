"""Saved filters above the list of people: a button each, and a line to name a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QMenu, QWidget

from app.actions import saved_filter
from app.actions.saved_filter import NAME_LETTERS_MAX
from app.values.person import PeopleFilter
from app.values.saved_filter import SavedFilter
from app.wording import say, translate
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.flow import Flow
from ui.widgets.parts import button, clear, column, keep_if, label, restyle, row

KEYS = 9
"""So many of them have a key of their own: Ctrl+1 … Ctrl+9."""


class SavedFilters(QWidget):
    """`chosen(SavedFilter)`. `asks` gives what the list asks for now."""

    chosen = Signal(object)

    def __init__(self, stage: Stage, asks: Callable[[], PeopleFilter]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage, self._asks = stage, asks
        self.saved: tuple[SavedFilter, ...] = ()
        self.menu = button(translate("Bộ lọc đã lưu"), self.open_menu, "quiet", "filter")
        self.name = NameBar(stage.ws.can("settings"))
        self.name.given.connect(self._named)
        self._renames: SavedFilter | None = None
        self._told: set[str] = set()
        self._buttons = Flow()
        self.setLayout(column(self._buttons, self.name, gap=8))
        self.hide()

    def take_keys(self, page: QWidget) -> None:
        """Let Ctrl+1 … Ctrl+9 on this page ask for the first, second … of them."""
        for number in range(1, KEYS + 1):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), page)
            key.activated.connect(partial(self.choose, number))

    def reload(self) -> None:
        """Read what is saved."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: saved_filter.saved(ws), self._show, owner=self, key="saved-filters"
        )
        self.stage.tasks.desk.run(
            lambda: saved_filter.unreadable(ws), self._tell, owner=self, key="bad-filters"
        )

    def mark(self) -> None:
        """Show which of them the list asks for now."""
        which = self._asks()
        for place, one in enumerate(self.saved):
            item = self._buttons.itemAt(place)
            made = item.widget() if item is not None else None
            if made is not None:
                restyle(made, used="true" if one.which == which else "")

    def choose(self, number: int) -> None:
        """Ask for the first, second … of them."""
        if number <= len(self.saved):
            self.chosen.emit(self.saved[number - 1])

    def open_menu(self) -> None:
        """Save what is asked for now; choose, rename or delete one."""
        menu = QMenu(self)
        menu.addAction(translate("Lưu bộ lọc đang dùng…"), self._ask_name)
        if self.saved:
            menu.addSeparator()
        for place, one in enumerate(self.saved, 1):
            keys = f"\tCtrl+{place}" if place <= KEYS else ""
            title = _title(one).replace("&", "&&")
            menu.addAction(title + keys, partial(self.chosen.emit, one))
        own = [one for one in self.saved if not one.everyone or self.stage.ws.can("settings")]
        if own:
            menu.addSeparator()
            for words, act in (
                (translate("Đổi tên"), self._ask_rename),
                (translate("Xóa"), self._delete),
            ):
                under = menu.addMenu(words)
                for one in own:
                    under.addAction(_title(one).replace("&", "&&"), partial(act, one))
        menu.popup(self.menu.mapToGlobal(QPoint(0, self.menu.height() + 4)))

    def _show(self, saved: tuple[SavedFilter, ...]) -> None:
        self.saved = saved
        clear(self._buttons)
        for place, one in enumerate(saved, 1):
            tip = f"Ctrl+{place}" if place <= KEYS else ""
            made = button(_title(one), partial(self.chosen.emit, one), "filter", "filter", tip)
            self._buttons.addWidget(made)
        self._fit()
        self.mark()

    def _tell(self, bad: tuple[str, ...]) -> None:
        """Name those that cannot be read, each once."""
        for name in bad:
            if name not in self._told:
                self.stage.tell(Message(say("saved_filter_unreadable", {"name": name}), "bad"))
        self._told.update(bad)

    def _fit(self) -> None:
        self.setVisible(bool(self.saved) or not self.name.isHidden())

    def _ask_name(self) -> None:
        self._renames = None
        self.show()
        self.name.ask(translate("Đặt tên cho bộ lọc đang dùng"), "")

    def _ask_rename(self, one: SavedFilter) -> None:
        self._renames = one
        self.show()
        self.name.ask(translate("Tên mới của bộ lọc “{name}”", name=one.name), one.name, False)

    def _named(self, name: str, everyone: bool) -> None:
        ws, old = self.stage.ws, self._renames
        which = self._asks()

        def work() -> SavedFilter:
            if old is not None:
                return saved_filter.rename(ws, old, name)
            return saved_filter.save(ws, SavedFilter(name, which, everyone))

        def done(kept: SavedFilter) -> None:
            self.name.hide()
            self.stage.tell(Message(translate("Đã lưu bộ lọc “{name}”.", name=kept.name), "ok"))
            self.menu.setFocus()
            self.reload()

        def failed(failure: Failure) -> None:
            self.name.refuse(failure.message)

        self.stage.tasks.desk.run(work, done, failed, self)

    def _delete(self, one: SavedFilter) -> None:
        ws = self.stage.ws

        def done(_none: object) -> None:
            back = partial(self._put_back, one)
            words = translate("Đã xóa bộ lọc “{name}”.", name=one.name)
            self.stage.tell(Message(words, "ok", translate("Hoàn tác"), back))
            self.reload()

        self.stage.tasks.desk.run(lambda: saved_filter.delete(ws, one), done, owner=self)

    def _put_back(self, one: SavedFilter) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: saved_filter.save(ws, one), lambda _kept: self.reload(), owner=self
        )


class NameBar(QFrame):
    """`given(name, everyone)` on Enter or button; Esc leaves."""

    given = Signal(str, bool)

    def __init__(self, shares: bool) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.title = label("", "strong", wrap=True)
        self.line = QLineEdit(maxLength=NAME_LETTERS_MAX + 1)
        self.everyone = QCheckBox(translate("cho cả cơ quan"))
        self.everyone.setAccessibleName(self.everyone.text())
        self._shares = shares
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        act = button(translate("Lưu bộ lọc"), self._give, "primary")
        back = button(translate("Thôi"), self.leave)
        inside = row(self.line, self.everyone, act, back)
        self.setLayout(column(self.title, inside, self.problem, gap=6, margins=(16, 12, 16, 12)))
        self.hide()

    def ask(self, title: str, name: str, shares: bool = True) -> None:
        """Ask for a name; the cursor stands in the line."""
        self.title.setText(title)
        self.line.setAccessibleName(title)
        self.line.setText(name)
        self.line.selectAll()
        self.everyone.setChecked(False)
        keep_if(self.everyone, shares and self._shares)
        self.problem.hide()
        self.show()
        self.line.setFocus()

    def refuse(self, words: str) -> None:
        """Say what is wrong with the name."""
        self.problem.setText(words)
        self.problem.show()
        self.line.setFocus()

    def leave(self) -> None:
        """Save nothing after all."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.given.emit(self.line.text(), self.everyone.isChecked())


def _title(one: SavedFilter) -> str:
    return translate("{name} (cơ quan)", name=one.name) if one.everyone else one.name
