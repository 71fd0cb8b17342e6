"""What the one search found, in groups below its field; the cursor stays in the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.wording import translate
from ui.resources.icons import colour, icon
from ui.widgets.parts import column

LINE = Qt.ItemDataRole.UserRole
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


class FoundList(QFrame):
    """`chosen(line)` by click; arrows and Enter come from the field through `step`, `current`."""

    chosen = Signal(object)
    stepped = Signal(str)
    """The words of the line that is current now, for who hears the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "found")
        self.setAccessibleName(translate("Tìm thấy"))
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(translate("Tìm thấy"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(Lines(self.list))
        self.list.itemClicked.connect(self._clicked)
        self.setLayout(column(self.list, margins=(6, 6, 6, 6)))
        self.hide()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these below one another; the first line is the current one."""
        self.list.clear()
        self.add_groups(groups)
        self.list.setCurrentRow(-1)
        self.step(1)
        self.list.scrollToTop()

    def add_groups(self, groups: Sequence[Group]) -> None:
        """Show these too, below what stands; the current line stays where it is."""
        for heading, lines in groups:
            if heading and lines:
                self._add(heading, None, HEADING_PX)
            for line in lines:
                self._add(line.title, line, ROW_PX)

    def lines(self) -> list[Line]:
        """Everything that can be gone to, from top to bottom."""
        data = [self.list.item(row).data(LINE) for row in range(self.list.count())]
        return [one for one in data if isinstance(one, Line)]

    @property
    def current(self) -> Line | None:
        """The line that Enter goes to."""
        item = self.list.currentItem()
        line = item.data(LINE) if item is not None else None
        return line if isinstance(line, Line) else None

    def step(self, by: int) -> None:
        """The next or former line becomes current; headings are passed over."""
        row = self.list.currentRow() + by
        while 0 <= row < self.list.count():
            if isinstance(self.list.item(row).data(LINE), Line):
                self.list.setCurrentRow(row)
                break
            row += by
        if self.list.currentRow() == 1:
            self.list.scrollToTop()  # its heading too
        if self.current is not None:
            self.stepped.emit(_read_out(self.current))

    def place(self, left: int, top: int, room: QSize) -> None:
        """Stand with the upper left corner here, no larger than this room."""
        tall = sum(self.list.item(row).sizeHint().height() for row in range(self.list.count()))
        self.setGeometry(left, top, min(WIDTH_PX, room.width()), min(tall + 16, room.height()))

    def _add(self, words: str, line: Line | None, tall: int) -> None:
        item = QListWidgetItem(words)
        item.setData(LINE, line)
        item.setSizeHint(QSize(0, tall))
        if line is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            item.setIcon(icon(line.picture, "muted"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _read_out(line))
            item.setToolTip(_read_out(line))
        self.list.addItem(item)

    def _clicked(self, item: QListWidgetItem) -> None:
        line = item.data(LINE)
        if isinstance(line, Line):
            self.chosen.emit(line)


class Lines(QStyledItemDelegate):
    """A line: its picture, its name, and behind it in grey what else is known; headings small."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line = index.data(LINE)
        whole: QStyleOptionViewItem = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        words, whole.text, picture = whole.text, "", whole.icon  # type: ignore[attr-defined]
        whole.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
        style = whole.widget.style()  # type: ignore[attr-defined]
        style.drawControl(style.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)  # type: ignore[attr-defined]
        box = whole.rect.adjusted(8, 0, -8, 0)  # type: ignore[attr-defined]
        painter.save()
        if not isinstance(line, Line):
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
