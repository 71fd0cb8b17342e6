"""Things beside one another that go to a next line when there is no room, instead of pushing."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """A layout of lines; what is added stands from left to right, then below."""

    def __init__(self, gap: int = 8, below: int | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._below = gap if below is None else below
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() + self._gap for size in shown)
        return QSize(width, max((size.height() for size in shown), default=0)) + self._frame

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size + self._frame

    @property
    def _frame(self) -> QSize:
        """The room that the margins take."""
        edges = self.contentsMargins()
        return QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _lay(self, rect: QRect, place: bool) -> int:
        """Lay everything into lines of this width; answers the height."""
        rect = rect.marginsRemoved(self.contentsMargins())
        left, top, line = rect.x(), rect.y(), 0
        standing: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if standing and left + size.width() > rect.right() + 1:
                self._put(standing, top, line if place else 0)
                left, top, line, standing = rect.x(), top + line + self._below, 0, []
            standing.append((item, left, size))
            left += size.width() + self._gap
            line = max(line, size.height())
        self._put(standing, top, line if place else 0)
        return top + line - rect.y() + self._frame.height()

    def _put(self, standing: list[tuple[QLayoutItem, int, QSize]], top: int, line: int) -> None:
        """Place one line's items around its middle; nothing when only the height is asked."""
        for item, left, size in standing if line else ():
            item.setGeometry(QRect(QPoint(left, top + (line - size.height()) // 2), size))


def flow(*widgets: QWidget, gap: int = 8) -> Flow:
    """A flow of widgets."""
    made = Flow(gap)
    for widget in widgets:
        made.addWidget(widget)
    return made
