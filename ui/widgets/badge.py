"""States as chips: painted in tables, as a small widget elsewhere; initials as an avatar."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.resources import theme
from ui.show import Chip, initials

PAD_PX = 9
HEIGHT_PX = 24
GAP_PX = 6
PICTURES_KEPT = 500


def words(chip: Chip) -> str:
    """The chip's sign and word."""
    return f"{chip.sign} {chip.text}" if chip.sign else chip.text


@lru_cache(maxsize=PICTURES_KEPT)
def width_of(chip: Chip) -> int:
    """The chip's width in layout units."""
    metrics = QFontMetricsF(theme.sized(theme.LABEL_PT))
    return ceil(metrics.horizontalAdvance(words(chip))) + 2 * PAD_PX


def paint(painter: QPainter, chip: Chip, left: float, middle: float, room: float) -> int:
    """Paint a chip from `left` around the height `middle`; answers its width.

    Lists paint the same few chips a thousand times: they are drawn once and then only placed.
    """
    width = min(width_of(chip), int(room))
    ratio = painter.device().devicePixelRatioF()
    picture = _picture(chip, width, ratio, theme.worn().name)
    painter.drawPixmap(QPoint(round(left), round(middle - HEIGHT_PX / 2)), picture)
    return width


@lru_cache(maxsize=PICTURES_KEPT)
def _picture(chip: Chip, width: int, ratio: float, _theme: str) -> QPixmap:
    """A chip as it is worn on a screen of so many points to a unit."""
    made = QPixmap(ceil(width * ratio), ceil(HEIGHT_PX * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _draw(painter, chip, QRectF(0, 0, width, HEIGHT_PX))
    painter.end()
    return made


def _draw(painter: QPainter, chip: Chip, place: QRectF) -> None:
    tone = theme.worn().tone(chip.tone)
    font, width = theme.sized(theme.LABEL_PT), place.width()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = theme.worn().name == "contrast"
    painter.setPen(QPen(QColor(tone.text), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.ground))
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT_PX / 2, HEIGHT_PX / 2)
    painter.setFont(font)
    painter.setPen(QColor(tone.text))
    shown = QFontMetricsF(font).elidedText(
        words(chip), Qt.TextElideMode.ElideRight, width - 2 * PAD_PX + 2
    )
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)


class Badge(QWidget):
    """One chip as a widget."""

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show another state."""
        self.chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width_of(self.chip) + 2, HEIGHT_PX + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint(painter, self.chip, 1, self.height() / 2, self.width() - 2)
        painter.end()


class Avatar(QLabel):
    """A round place with a person's initials, where no photo is kept."""

    def __init__(self, name: str = "", size_px: int = 64) -> None:
        super().__init__()
        self.setProperty("role", "avatar")
        self.setFixedSize(size_px, size_px)
        self.setStyleSheet(f"border-radius: {size_px // 2}px")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show the initials of another name."""
        self.setText(initials(name))
        self.setAccessibleName(name)
