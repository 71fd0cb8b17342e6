"""Pages of a paper on the screen: drawn off the screen's thread, only those that are looked at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app import page_images
from app.page_images import PageImage, PageSize
from app.wording import translate
from ui.resources import theme
from ui.tasks import Lane

GAP_PX = 16
SHADE_PX = 1
POINTS_PER_INCH = 72.0
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
PAGES_KEPT_MAX = 12


class PdfView(QScrollArea):
    """`show_pdf(bytes or file)`; the wheel and page keys scroll, Ctrl+plus and Ctrl+minus zoom.

    `page_shown(page, of)` tells which page (from 1) is looked at.
    """

    page_shown = Signal(int, int)

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._pdf: bytes | Path = b""
        self._zoom: float | None = None
        self.pages = _Pages(self)
        self.setWidget(self.pages)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "canvas")
        self.setAccessibleName(translate("Xem trước trang in"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look())

    def show_pdf(self, pdf: bytes | Path) -> None:
        """Show another paper, from its first page."""
        self._pdf = pdf
        self.pages.clear()
        self.verticalScrollBar().setValue(0)
        self._lane.run(
            lambda: page_images.sizes(pdf),
            lambda sizes: self._sized(sizes) if pdf is self._pdf else None,
            owner=self,
            key="pdf-sizes",
        )

    @property
    def count(self) -> int:
        """How many pages the paper has."""
        return len(self.pages.sizes)

    def zoom(self, factor: float | None) -> None:
        """A fixed size (1.0 as on paper), or None for the width of the view."""
        self._zoom = factor
        self._lay()

    def go_to(self, page: int) -> None:
        """Scroll to a page (from 1)."""
        if 1 <= page <= self.count:
            self.verticalScrollBar().setValue(self.pages.top(page - 1))

    def scale(self) -> float:
        """Layout units per point now."""
        widest = max((size.width for size in self.pages.sizes), default=595.0)
        if self._zoom is not None:
            return self._zoom * self.logicalDpiX() / POINTS_PER_INCH
        room = self.viewport().width() - 2 * GAP_PX
        return max(0.2, min(room / widest, 1.6 * self.logicalDpiX() / POINTS_PER_INCH))

    def _sized(self, sizes: tuple[PageSize, ...]) -> None:
        self.pages.sizes = sizes
        self._lay()

    def _lay(self) -> None:
        self.pages.lay(self.scale())
        self._look()

    def _look(self) -> None:
        """Ask for the pages that are looked at and not drawn yet."""
        first, last = self.pages.between(self.verticalScrollBar().value(), self.viewport().height())
        if not self.count:
            return
        self.page_shown.emit(first + 1, self.count)
        dpi = self.scale() * POINTS_PER_INCH * self.devicePixelRatioF()
        for page in range(first, min(last + 2, self.count)):
            if not self.pages.has(page, dpi):
                self._draw(page, dpi)

    def _draw(self, page: int, dpi: float) -> None:
        pdf = self._pdf
        self.pages.asked(page, dpi)
        self._lane.run(
            lambda: page_images.drawn(pdf, page, dpi),
            lambda image: self.pages.put(image) if pdf is self._pdf else None,
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                now = self._zoom or 1.0
                place = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - now)) + step
                self.zoom(ZOOMS[max(0, min(place, len(ZOOMS) - 1))])
                return
            if event.key() == Qt.Key.Key_0:
                self.zoom(None)
                return
        super().keyPressEvent(event)


class _Pages(QWidget):
    """White sheets below one another; a sheet not drawn yet is empty."""

    def __init__(self, view: PdfView) -> None:
        super().__init__(view)
        self.setProperty("role", "canvas")
        self.sizes: tuple[PageSize, ...] = ()
        self._scale = 1.0
        self._tops: list[int] = []
        self._drawn: dict[int, QImage] = {}
        self._asked: dict[int, float] = {}

    def clear(self) -> None:
        """No paper."""
        self.sizes = ()
        self._drawn.clear()
        self._asked.clear()
        self.update()

    def lay(self, scale: float) -> None:
        """Place the sheets at another size."""
        self._scale = scale
        self._tops, top = [], GAP_PX
        for size in self.sizes:
            self._tops.append(top)
            top += round(size.height * scale) + GAP_PX
        widest = max((size.width for size in self.sizes), default=0.0)
        self.setMinimumSize(QSize(round(widest * scale) + 2 * GAP_PX, top))
        self.update()

    def top(self, page: int) -> int:
        """Where a sheet begins."""
        return max(0, self._tops[page] - GAP_PX)

    def between(self, top: int, height: int) -> tuple[int, int]:
        """The first and last sheet seen between two heights."""
        first = max((n for n, y in enumerate(self._tops) if y <= top + height // 3), default=0)
        last = max((n for n, y in enumerate(self._tops) if y < top + height), default=0)
        return first, last

    def has(self, page: int, dpi: float) -> bool:
        """Whether a sheet is drawn, or being drawn, at this sharpness."""
        return abs(self._asked.get(page, 0.0) - dpi) < 1.0

    def asked(self, page: int, dpi: float) -> None:
        """A sheet is being drawn."""
        self._asked[page] = dpi
        for old in sorted(self._drawn, key=lambda n: abs(n - page))[PAGES_KEPT_MAX:]:
            del self._drawn[old]
            self._asked.pop(old, None)

    def put(self, image: PageImage) -> None:
        """A sheet was drawn."""
        made = QImage(
            image.pixels, image.width, image.height, image.stride, QImage.Format.Format_RGB32
        )
        self._drawn[image.page] = made.copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = theme.worn()
        painter.fillRect(event.rect(), QColor(tokens.canvas))
        for n, size in enumerate(self.sizes):
            width, height = round(size.width * self._scale), round(size.height * self._scale)
            left = (self.width() - width) // 2
            if self._tops[n] > event.rect().bottom() or self._tops[n] + height < event.rect().top():
                continue
            painter.fillRect(
                left - SHADE_PX,
                self._tops[n] - SHADE_PX,
                width + 2 * SHADE_PX,
                height + 2 * SHADE_PX,
                QColor(tokens.border),
            )
            painter.fillRect(left, self._tops[n], width, height, QColor(tokens.paper))
            if n in self._drawn:
                painter.drawImage(QRect(left, self._tops[n], width, height), self._drawn[n])
        painter.end()
