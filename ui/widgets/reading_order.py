"""The order in which Tab goes: as one reads, by the layouts, whenever the parts were made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def parts(widget: QWidget) -> Iterator[QWidget]:
    """Everything that can be seen in a widget, from top left to bottom right."""
    if not widget.isVisible():
        return
    yield widget
    layout = widget.layout()
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        yield from parts(inside)
    elif layout is not None:
        yield from _laid(layout)


def stops(widget: QWidget, part: QWidget) -> bool:
    """Whether Tab stops at a part of a widget."""
    wants = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(wants) and part.isEnabled() and part.focusProxy() is None and part is not widget


def beside(widget: QWidget, now: QWidget | None, forward: bool) -> QWidget | None:
    """The stop after (or before) a part; round at the ends, the first one from outside."""
    order = list(parts(widget))
    place = order.index(now) if now in order else (-1 if forward else len(order))
    turned = order[place + 1 :] + order[: max(place, 0)]
    if not forward:
        turned.reverse()
    return next((part for part in turned if stops(widget, part)), None)


def reveal(part: QWidget) -> None:
    """Scroll whatever holds a part so that it is seen."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield from parts(widget)
        elif inner is not None:
            yield from _laid(inner)
