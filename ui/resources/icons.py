"""The line icons drawn for this program, tinted with a colour of the theme."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.resources import theme

SIZES_PX = (16, 18, 20, 24, 32, 36, 40, 48, 64)


def icon(name: str, tint: str = "ink") -> QIcon:
    """An icon of `resources/icons`, tinted with a token's name or a colour `#rrggbb`."""
    return _icon(name, colour(tint))


def pixmap(name: str, tint: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `size_px` layout units, sharp at the screen's ratio."""
    picture = _drawn(name, colour(tint), round(size_px * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


def colour(tint: str) -> str:
    """The colour of a token: `ink`, `brand`, or the text of a tone such as `wait`."""
    if tint.startswith("#"):
        return tint
    found = getattr(theme.worn(), tint)
    return found.text if isinstance(found, theme.Tone) else str(found)


@cache
def _icon(name: str, tint: str) -> QIcon:
    made = QIcon()
    for size in SIZES_PX:
        made.addPixmap(_drawn(name, tint, size))
    return made


def _drawn(name: str, tint: str, size: int) -> QPixmap:
    source = _source(name).replace("currentColor", tint)
    if name == "chevron-down":
        source = re.sub(r'stroke="#\w+"', f'stroke="{tint}"', source)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    return files("ui.resources").joinpath(f"icons/{name}.svg").read_text("utf-8")
