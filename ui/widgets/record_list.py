"""A whole list: the table, its totals, the bar of the ticked, the words when there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from app.wording import translate
from ui.show import number
from ui.stage import Memory
from ui.tasks import Failure, Tasks
from ui.widgets.flow import Flow
from ui.widgets.parts import Scroll, button, clear, column, holder, label, row
from ui.widgets.stack import Pages
from ui.widgets.table_model import Column, Source, TableModel
from ui.widgets.table_view import TableView


@dataclass(frozen=True, slots=True)
class BulkAction:
    """Something to do with the ticked rows; `act(ids)` receives their ids."""

    text: str
    act: Callable[[tuple[str, ...]], None]
    picture: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """An order the list offers; `descending` is the way it goes when it is first chosen."""

    name: str
    title: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """What an empty list says: that there is nothing, and what to do next."""

    title: str
    hint: str = ""
    action: str = ""
    act: Callable[[], None] | None = None


class RecordList(QFrame):
    """`opened(row)` on Enter or double click, `ticked(ids)`, `counted(total)`, `failed(failure)`.

    `name` is where its columns are remembered; without `actions` rows have no tick boxes.
    """

    opened = Signal(object)
    ticked = Signal(tuple)
    counted = Signal(int)
    failed = Signal(object)
    ordered = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        tasks: Tasks,
        memory: Memory,
        actions: Sequence[BulkAction] = (),
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._name, self._memory, self._actions = name, memory, actions
        self._orders: tuple[Order, ...] = ()
        self._whose = ""
        self.model = TableModel(tasks, columns, self)
        self.model.tickable = bool(actions)
        self.view = TableView(self.model)
        self.nothing = Nothing(translate("Chưa có gì ở đây."))
        self.total: int | None = None
        self._wanted = ""
        self._empty = QWidget()
        self._empty.setProperty("role", "clear")
        self._bar = QFrame()
        self._bar.setProperty("role", "save")
        self._bar.hide()
        self._lay_out()
        self._connect()
        self._hide_columns()

    def set_source(self, source: Source, nothing: Nothing | None = None) -> None:
        """Show other rows; `nothing` is said when there are none."""
        self.nothing = nothing or self.nothing
        self.model.set_source(source)

    def set_name(self, name: str) -> None:
        """The table's accessible name."""
        self.view.setAccessibleName(name)

    def reload(self) -> None:
        """Read again and stay at the same row."""
        place = self.view.currentIndex().row()
        self._wanted = self.model.key(place) if 0 <= place < self.model.rowCount() else ""
        self.model.reload(self.view.rowAt(self.view.viewport().height() - 1) + 1)

    def offer_orders(self, orders: Sequence[Order], whose: str) -> None:
        """Let the officer choose between orders; `ordered` tells which. Kept for the user."""
        self._orders, self._whose = tuple(orders), whose
        self.model.show_order(*self.order)

    @property
    def order(self) -> tuple[str, bool]:
        """The chosen order's name and whether it goes down; the first offered until one is."""
        kept = self._memory.get(f"order/{self._name}/{self._whose}")
        if isinstance(kept, list) and kept[:1] in [[one.name] for one in self._orders]:
            return str(kept[0]), bool(kept[-1])
        first = next(iter(self._orders), Order("", ""))
        return first.name, first.descending

    def put_in_order(self, name: str, descending: bool) -> None:
        """Take an order without telling: whoever asks for it reads the rows anyway."""
        self._memory.put(f"order/{self._name}/{self._whose}", [name, descending])
        self.model.show_order(name, descending)

    def order_by(self, name: str) -> None:
        """Put the rows in an order; the one they are in already is turned round."""
        now, descending = self.order
        wanted = next((one for one in self._orders if one.name == name), None)
        if wanted is not None:
            self._reorder(name, not descending if now == name else wanted.descending)

    def choose(self, key: str) -> None:
        """Make a row the current one, now or when it is read."""
        self._wanted = key
        self._go_to_wanted()

    def column_menu(self, place: QPoint) -> QMenu:
        """The menu that shows and hides columns and sets the order, at a place of the screen."""
        menu = QMenu(self)
        for n, one in enumerate(self.model.columns):
            entry = QAction(one.title, menu, checkable=True, checked=n in self.view.chosen)
            entry.setEnabled(not one.fixed)
            entry.toggled.connect(lambda on, n=n: self._show_column(n, on))
            menu.addAction(entry)
        if self._orders:
            menu.addSeparator()
        self._add_orders(menu)
        menu.popup(place)
        return menu

    def _add_orders(self, menu: QMenu) -> None:
        """The orders, and turning round: what the heads of the columns do, by keyboard."""
        (now, descending), group = self.order, QActionGroup(menu)
        for one in self._orders:
            entry = QAction(one.title, menu, checkable=True, checked=one.name == now)
            entry.triggered.connect(
                lambda _on=False, one=one: self._reorder(one.name, one.descending)
            )
            group.addAction(entry)
            menu.addAction(entry)
        usual = next((one.descending for one in self._orders if one.name == now), False)
        if self._orders:
            turned = descending != usual
            turn = QAction(translate("Xếp ngược lại"), menu, checkable=True, checked=turned)
            turn.triggered.connect(lambda _on=False: self._reorder(now, not descending))
            menu.addAction(turn)

    def _reorder(self, name: str, descending: bool) -> None:
        self.put_in_order(name, descending)
        self.ordered.emit(name)

    def _lay_out(self) -> None:
        self._stack = Pages()
        self._bar_row = Flow()
        self._bar_row.setContentsMargins(14, 8, 14, 8)
        self._bar.setLayout(self._bar_row)
        whole = column(gap=0, margins=(1, 1, 1, 1))
        whole.addLayout(self._stack, 1)
        whole.addWidget(self._bar)
        self.setLayout(whole)
        for page in (
            self.view,
            Scroll(self._empty),
        ):  # now: a stack without a parent shows it as a window
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self.view.opened.connect(lambda place: self.opened.emit(self.model.row(place)))
        self.model.loaded.connect(self._loaded)
        self.model.counted.connect(self._counted)
        self.model.ticked_changed.connect(self._ticks)
        self.model.failed.connect(self._not_read)
        header = self.view.horizontalHeader()
        header.sectionClicked.connect(lambda n: self.order_by(self.model.columns[n].order))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda place: self.column_menu(header.mapToGlobal(place))
        )

    def _loaded(self) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            self._say(self.nothing)
        self._stack.setCurrentIndex(1 if empty else 0)
        self._go_to_wanted()
        self.view.share_width()

    def _go_to_wanted(self) -> None:
        place = self.model.place_of(self._wanted) if self._wanted else -1
        if place >= 0:
            self.view.selectRow(place)
            index = self.model.index(place, 0)
            QTimer.singleShot(0, self, lambda: self.view.scrollTo(index))
        elif self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.clearSelection()

    def _counted(self, total: int) -> None:
        self.total = total
        self.counted.emit(total)
        self._ticks()

    def _not_read(self, failure: Failure) -> None:
        self._say(Nothing(translate("Không đọc được danh sách."), failure.message))
        self._stack.setCurrentIndex(1)
        self.failed.emit(failure)

    def _say(self, nothing: Nothing) -> None:
        layout = self._empty.layout()
        if layout is not None:
            clear(layout)
        else:
            layout = column(gap=10, margins=(32, 32, 32, 32))
            self._empty.setLayout(layout)
        title, hint = label(nothing.title, "subtitle"), label(nothing.hint, "muted", wrap=True)
        for words in (title, hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        act = button(nothing.action, nothing.act, "primary") if nothing.action else None
        inside = column(1, title, hint, row(1, act, 1) if act else None, 2, gap=10)
        layout.addWidget(holder(inside))

    def _ticks(self) -> None:
        ids = tuple(self.model.ticked)
        self._bar.setVisible(bool(ids))
        clear(self._bar_row)
        if ids:
            self._bar_row.addWidget(
                label(translate("Đã chọn {count}", count=number(len(ids))), "strong")
            )
            if self.total is not None and len(ids) < self.total:
                every = translate("Chọn tất cả {count}", count=number(self.total))
                self._bar_row.addWidget(button(every, self.model.tick_all, "quiet"))
            self._bar_row.addWidget(button(translate("Bỏ chọn"), self.model.untick, "quiet"))
            for one in self._actions:
                self._bar_row.addWidget(
                    button(one.text, lambda one=one: self._do(one), one.role, one.picture)  # type: ignore[misc]
                )
        self.ticked.emit(ids)

    def _do(self, one: BulkAction) -> None:
        one.act(tuple(self.model.ticked))

    def _hide_columns(self) -> None:
        kept = self._memory.get(f"columns/{self._name}")
        for n, one in enumerate(self.model.columns):
            hidden = one.name not in kept if isinstance(kept, list) else one.hidden
            if hidden and not one.fixed:
                self.view.chosen.discard(n)
            else:
                self.view.chosen.add(n)
        self.view.share_width()

    def _show_column(self, n: int, on: bool) -> None:
        self.view.chosen = self.view.chosen | {n} if on else self.view.chosen - {n}
        shown = [one.name for m, one in enumerate(self.model.columns) if m in self.view.chosen]
        self._memory.put(f"columns/{self._name}", shown)
        self.view.share_width()
