"""How a certificate will look on its blank: the light blue is drawn for the screen alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from app.page_images import PageImage
from app.wording import translate

PAPER = QColor("#d9ecf7")
DPI = 192


class BlankView(QLabel):
    """`show_page(image)`; empty while there is nothing to show."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("Giấy xác nhận như trên phôi"))
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def show_page(self, image: PageImage) -> None:
        """The page's ink on light blue, half as many pixels a side as drawn."""
        ink = QImage(
            image.pixels, image.width, image.height, image.stride, QImage.Format.Format_RGB32
        )
        whole = QPixmap(ink.size())
        whole.fill(PAPER)
        painter = QPainter(whole)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.drawImage(0, 0, ink)
        painter.end()
        whole.setDevicePixelRatio(max(1.0, DPI / 144))
        self.setPixmap(whole)
