"""What the one search found, in groups below its field; the cursor stays in the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.wording import translate
from ui.resources.icons import colour, icon
from ui.widgets.parts import column

ROW_PX, HEADING_PX, PICTURE_PX = 32, 26, 18
WIDTH_PX = 620


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to go to: its name, what else is known of it, and the way there."""

    title: str
    more: str
    picture: str
    act: Callable[[], None]


Group = tuple[str, Sequence[Line]]
"""A heading ("" for none) and what stands below it."""


Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Lines(QAbstractListModel):
    """Headings (their words) and lines. Nothing of Python's is kept by Qt: items of a list widget
    that held lines brought the program down now and then as the list was cleared."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[str | Line] = []

    def show(self, rows: Sequence[str | Line]) -> None:
        """These and no others."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add(self, rows: Sequence[str | Line]) -> None:
        """These below the others."""
        if rows:
            last = len(self.rows)
            self.beginInsertRows(NOWHERE, last, last + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def line(self, row: int) -> Line | None:
        """What stands at a place, when it can be gone to."""
        found = self.rows[row] if 0 <= row < len(self.rows) else ""
        return found if isinstance(found, Line) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row())
        return super().flags(index) if line is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        line = row if isinstance(row, Line) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if line is not None else row
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, ROW_PX if line is not None else HEADING_PX)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(line.picture, "muted")
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _read_out(line)
        return None


class FoundList(QFrame):
    """`chosen(line)` by click; arrows and Enter come from the field through `step`, `current`."""

    chosen = Signal(object)
    stepped = Signal(str)
    """The words of the line that is current now, for who hears the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "found")
        self.setAccessibleName(translate("Tìm thấy"))
        self.list = QListView()
        self._lines = Lines(self)
        self.list.setModel(self._lines)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setProperty("role", "plain")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(translate("Tìm thấy"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(Painted(self.list))
        self.list.clicked.connect(self._clicked)
        self.setLayout(column(self.list, margins=(6, 6, 6, 6)))
        self.hide()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these below one another; the first line is the current one."""
        self._lines.show(_rows(groups))
        self.step(1)
        self.list.scrollToTop()

    def add_groups(self, groups: Sequence[Group]) -> None:
        """Show these too, below what stands; the current line stays where it is."""
        self._lines.add(_rows(groups))

    def lines(self) -> list[Line]:
        """Everything that can be gone to, from top to bottom."""
        return [one for one in self._lines.rows if isinstance(one, Line)]

    def words(self, row: int) -> str:
        """What stands at a place."""
        return str(self._lines.index(row).data())

    @property
    def current(self) -> Line | None:
        """The line that Enter goes to."""
        return self._lines.line(self._row)

    @property
    def _row(self) -> int:
        return self.list.currentIndex().row()

    def step(self, by: int) -> None:
        """The next or former line becomes current; headings are passed over."""
        row = self._row + by
        while 0 <= row < self._lines.rowCount():
            if self._lines.line(row) is not None:
                self.list.setCurrentIndex(self._lines.index(row))
                break
            row += by
        if self._row == 1:
            self.list.scrollToTop()  # its heading too
        if self.current is not None:
            self.stepped.emit(_read_out(self.current))

    def place(self, left: int, top: int, room: QSize) -> None:
        """Stand with the upper left corner here, no larger than this room."""
        rows = self._lines.rows
        tall = sum(ROW_PX if isinstance(one, Line) else HEADING_PX for one in rows)
        self.setGeometry(left, top, min(WIDTH_PX, room.width()), min(tall + 16, room.height()))

    def _clicked(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line is not None:
            self.chosen.emit(line)


def _rows(groups: Sequence[Group]) -> list[str | Line]:
    found: list[str | Line] = []
    for heading, lines in groups:
        found += [heading] if heading and lines else []
        found += lines
    return found


class Painted(QStyledItemDelegate):
    """A line: its picture, its name, and behind it in grey what else is known; headings small."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        model = index.model()
        line = model.line(index.row()) if isinstance(model, Lines) else None
        whole: QStyleOptionViewItem = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        words, whole.text, picture = whole.text, "", whole.icon  # type: ignore[attr-defined]
        whole.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
        style = whole.widget.style()  # type: ignore[attr-defined]
        style.drawControl(style.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)  # type: ignore[attr-defined]
        box = whole.rect.adjusted(8, 0, -8, 0)  # type: ignore[attr-defined]
        painter.save()
        if line is None:
            painter.setPen(QColor(colour("muted")))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)
        else:
            side = PICTURE_PX
            picture.paint(painter, box.left(), box.center().y() - side // 2, side, side)
            box.setLeft(box.left() + side + 10)
            metrics = QFontMetrics(painter.font())
            middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.setPen(QColor(colour("ink")))
            painter.drawText(box, middle, shown)
            box.setLeft(box.left() + metrics.horizontalAdvance(shown) + 14)
            painter.setPen(QColor(colour("muted")))
            rest = metrics.elidedText(line.more, Qt.TextElideMode.ElideRight, max(0, box.width()))
            painter.drawText(box, middle, rest)
        painter.restore()


def _read_out(line: Line) -> str:
    return ", ".join(part for part in (line.title, line.more) if part)
