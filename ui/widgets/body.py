"""The pages of a frame, one of them in view; in a low window a page scrolls as a whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget

from ui.stage import Screen
from ui.widgets.parts import Scroll

HEIGHT_MIN_PX = 160


class Body(QStackedWidget):
    """No page makes the window taller than its screen, whatever messages stand above it."""

    @property
    def shown(self) -> Screen | None:
        """The page in view."""
        now = self.currentWidget()
        page = now.widget() if isinstance(now, Scroll) else None
        return page if isinstance(page, Screen) else None

    def add(self, page: Screen) -> None:
        """One more page."""
        place = Scroll(page)
        place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.addWidget(place)

    def show_page(self, page: Screen) -> None:
        """Bring a page into view, from its beginning."""
        for place in range(self.count()):
            now = self.widget(place)
            if isinstance(now, Scroll) and now.widget() is page:
                now.verticalScrollBar().setValue(0)
                self.setCurrentWidget(now)

    def minimumSizeHint(self) -> QSize:
        pages = (self.widget(place) for place in range(self.count()))
        inside = (page.widget() for page in pages if isinstance(page, Scroll))
        widths = [page.minimumSizeHint().width() for page in inside if page is not None]
        return QSize(max(widths, default=0), HEIGHT_MIN_PX)
