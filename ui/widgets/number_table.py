"""A table of numbers by keyboard: rows named at the left, heads over several lines, totals last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

HEAD_LINES_PX = 78
COLUMN_PX = 104
ROW_PX = 34
ROW_HEAD_MAX_PX = 300


class NumberTable(QTableView):
    """`show_numbers(heads, rows)`; Enter or double click on a cell tells `opened(row, column)`."""

    opened = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._cells = QStandardItemModel(self)
        self.setModel(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        heads = self.horizontalHeader()
        heads.setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        )
        heads.setFixedHeight(HEAD_LINES_PX)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.setDefaultSectionSize(COLUMN_PX)
        names = self.verticalHeader()
        names.setDefaultSectionSize(ROW_PX)
        names.setMaximumWidth(ROW_HEAD_MAX_PX)
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._open)

    def show_numbers(self, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Show rows of words for numbers; the last row is the totals. The place stays."""
        before = self.currentIndex()
        place = (max(before.row(), 0), max(before.column(), 0))
        self._cells.clear()
        self._cells.setHorizontalHeaderLabels(list(heads))
        for number, (label, words) in enumerate(rows):
            last = number == len(rows) - 1
            self._cells.appendRow(
                [
                    _item(one, last, f"{label} · {head}: {one}")
                    for one, head in zip(words, heads, strict=True)
                ]
            )
        self._cells.setVerticalHeaderLabels([label for label, _words in rows])
        place = (min(place[0], len(rows) - 1), min(place[1], len(heads) - 1))
        self.setCurrentIndex(self._cells.index(*place))

    def words(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return self._cells.item(row, column).text()

    def labels(self) -> list[str]:
        """The names of the rows, the totals last."""
        count = self._cells.rowCount()
        return [self._cells.verticalHeaderItem(row).text() for row in range(count)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.text().isalnum() and not event.modifiers():
            event.ignore()  # letters are keys of the page, nothing is searched here
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row(), index.column())


def _item(words: str, total: bool, told: str) -> QStandardItem:
    made = QStandardItem(words)
    made.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setAccessibleText(told)
    made.setToolTip(told)
    if total:
        font = made.font()
        font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
    return made
