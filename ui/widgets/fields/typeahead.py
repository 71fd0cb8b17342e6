"""A line that offers what the typed letters may mean, without marks, and takes one by Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.wording import translate
from ui.resources import theme
from ui.resources.icons import icon

ROW_PX = 34
ROWS_MAX = 9
POPUP_WIDTH_MIN_PX = 260


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: what is kept, its words, and a muted remark behind them."""

    data: str
    text: str
    note: str = ""


class TypeAhead(QLineEdit):
    """`offer(text)` answers options, best first, in a few milliseconds; `picked` tells the choice.

    Enter and Tab take the marked option, Esc closes the list, Down opens it. Words that no option
    fits stay as typed: `data` is then None.
    """

    picked = Signal()

    def __init__(self, offer: Callable[[str], Sequence[Option]]) -> None:
        super().__init__()
        self._offer = offer
        self._options: Sequence[Option] = ()
        self.data: str | None = None
        self._made: QCompleter | None = None
        self.textEdited.connect(self._typed)
        arrow = QAction(icon("chevron-down", "muted"), translate("Mở danh sách"), self)
        arrow.triggered.connect(self.open_list)
        self.addAction(arrow, self.ActionPosition.TrailingPosition)

    @property
    def _completer(self) -> QCompleter:
        """The list below the line, made when it is first needed: a form has many such lines."""
        if self._made is None:
            self._model = QStringListModel(self)
            self._popup = QListView()
            made = QCompleter(self._model, self)
            made.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
            made.setMaxVisibleItems(ROWS_MAX)
            made.setWidget(self)
            made.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
            self._popup.setProperty("role", "popup")
            made.setPopup(self._popup)
            self._popup.setItemDelegate(_OptionDelegate(self))
            self._made = made
        return self._made

    def set_choice(self, data: str | None, text: str) -> None:
        """Show a choice without telling."""
        self.data = data
        self.setText(text)
        self.setCursorPosition(0)

    def open_list(self) -> None:
        """Show all that may be chosen."""
        if not self.isReadOnly():
            self._show(self._offer(""))

    @property
    def list_open(self) -> bool:
        """Whether the list of options is on the screen."""
        return self._made is not None and self._popup.isVisible()

    def options(self) -> Sequence[Option]:
        """What was offered last."""
        return self._options

    def settle(self) -> None:
        """Leaving the field: take the only or exact option of what was typed."""
        if self.list_open:
            self._popup.hide()
        words = self.text().strip()
        if self.data is not None or not words:
            return
        found = self._offer(words)
        exact = [one for one in found if one.text.casefold() == words.casefold()]
        if len(exact) == 1 or len(found) == 1:
            self._take((exact or list(found))[0])

    def event(self, event: QEvent) -> bool:
        """Tab takes the marked option too; Qt would move on before any key is handled."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self._take_marked()
        return super().event(event)

    def _take_marked(self) -> bool:
        """Take the option that is marked in the open list; False when there is none."""
        if not self.list_open or not self._popup.currentIndex().isValid():
            return False
        self._take(self._options[self._popup.currentIndex().row()])
        self._popup.hide()
        # A closed list has no claim on the cursor: where its window becomes the active one late,
        # after the cursor moved on, it would pull it back.
        self._popup.setFocusProxy(None)  # type: ignore[arg-type]
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._take_marked():
            return
        if key == Qt.Key.Key_Down and not self.list_open:
            self.open_list()
            return
        super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.data = None
        self._show(self._offer(text) if text.strip() else ())

    def _show(self, options: Sequence[Option]) -> None:
        self._options = options
        if not options and self._made is None:
            return
        completer, popup = self._completer, self._popup
        self._model.setStringList([option.text for option in options])
        if not options:
            popup.hide()
            return
        room = self.rect()
        room.setWidth(max(self._width(), self.width()))
        popup.setFocusProxy(self)
        completer.complete(room)
        popup.setCurrentIndex(completer.completionModel().index(0, 0))

    def _width(self) -> int:
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(f"{o.text}  {o.note}") for o in self._options)
        return max(POPUP_WIDTH_MIN_PX, min(widest + 48, 560))

    def _activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._options):
            self._take(self._options[index.row()])

    def _take(self, option: Option) -> None:
        self.data = option.data
        self.setText(option.text)
        self.picked.emit()


class _OptionDelegate(QStyledItemDelegate):
    """Draws an option's words, and its remark muted behind them."""

    def __init__(self, line: TypeAhead) -> None:
        super().__init__(line)
        self._line = line

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect = option.rect  # type: ignore[attr-defined]
        tokens = theme.worn()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, QColor(tokens.brand_soft))
        offered = self._line.options()
        if index.row() >= len(offered):
            return
        entry = offered[index.row()]
        inside = rect.adjusted(10, 0, -10, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._line.font())
        painter.setPen(QColor(tokens.ink))
        painter.drawText(inside, middle, entry.text)
        if entry.note:
            used = QFontMetrics(self._line.font()).horizontalAdvance(entry.text) + 10
            rest = inside.adjusted(used, 0, 0, 0)
            painter.setPen(QColor(tokens.muted))
            words = QFontMetrics(self._line.font()).elidedText(
                entry.note, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, middle, words)
