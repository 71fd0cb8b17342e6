"""Pages in one place, one of them in view: the others do not make it any higher."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class Pages(QStackedLayout):
    """Qt's own asks the highest page how low the place can be; this one asks the page in view."""

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumHeightForWidth(self, width: int) -> int:
        now = self.itemAt(self.currentIndex())
        if now is None:
            return 0
        if now.hasHeightForWidth():
            return now.minimumHeightForWidth(width)
        return now.minimumSize().height()


class Stack(QWidget):
    """A widget of such pages."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._pages = Pages()
        self.setLayout(self._pages)
        self._pages.currentChanged.connect(lambda _place: self.updateGeometry())

    def add(self, page: QWidget) -> None:
        """One more page; the first is in view."""
        self._pages.addWidget(page)

    def show_page(self, page: QWidget | int) -> None:
        """Bring a page into view, by itself or by its number from 0."""
        if isinstance(page, int):
            self._pages.setCurrentIndex(page)
        else:
            self._pages.setCurrentWidget(page)

    @property
    def place(self) -> int:
        """The number of the page in view, from 0."""
        return self._pages.currentIndex()

    @property
    def shown(self) -> QWidget | None:
        """The page in view."""
        return self._pages.currentWidget()
