"""How a certificate will look on its blank: the light blue is drawn for the screen alone."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.page_images import PageImage
from app.wording import translate

PAPER = QColor("#d9ecf7")
DPI = 192
WIDTH_PX = 556
"""About one and a half times the paper's own size."""


class BlankView(QWidget):
    """`show_page(image)`; narrower where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Giấy xác nhận như trên phôi"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._ink: QImage | None = None

    def show_page(self, image: PageImage) -> None:
        """Keep the page's ink; it is laid on light blue when drawn."""
        self._pixels = image.pixels  # the picture only borrows them
        self._ink = QImage(
            self._pixels, image.width, image.height, image.stride, QImage.Format.Format_RGB32
        )
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._ink is None:
            return 0
        return round(min(width, WIDTH_PX) * self._ink.height() / self._ink.width())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, self.heightForWidth(WIDTH_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._ink is None:
            return
        wide = min(self.width(), WIDTH_PX)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect()
        room.setSize(QSize(wide, self.heightForWidth(wide)))
        painter.fillRect(room, PAPER)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawImage(room, self._ink)
        painter.end()
