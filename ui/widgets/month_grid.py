"""Days in a grid, a month or a week of them, with what comes on each; moved through by arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.wording import translate
from ui.resources import theme

DAYS, MONTH_WEEKS = 7, 6
HEAD_PX, PAD_PX, LINE_PX, CELL_MIN_PX = 26, 6, 18, 42
NARROW_PX = 64
"""Below this width a cell says how many things there are, not which."""

Counts = Mapping[str, Sequence[tuple[str, int]]]
"""By ISO day: what comes and how often."""


def month_later(day: date, by: int) -> date:
    """The same day so many months later, or that month's last one."""
    months = day.year * 12 + day.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))


class MonthGrid(QWidget):
    """`chosen(day)` for each day one comes to, `opened(day)` on Enter, `moved()` when other days
    are shown."""

    chosen = Signal(object)
    opened = Signal(object)
    moved = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._today = self.day = today
        self.weeks = MONTH_WEEKS
        self._counts: Counts = {}
        self._name_it()

    @property
    def first(self) -> date:
        """The first day that is shown: a Monday."""
        start = self.day if self.weeks == 1 else self.day.replace(day=1)
        return start - timedelta(days=start.weekday())

    @property
    def last(self) -> date:
        """The last day that is shown."""
        return self.first + timedelta(days=self.weeks * DAYS - 1)

    def show_counts(self, counts: Counts) -> None:
        """What comes on the shown days."""
        self._counts = counts
        self._name_it()
        self.update()

    def show_week(self, on: bool) -> None:
        """One week, or a month."""
        self.weeks = 1 if on else MONTH_WEEKS
        self.moved.emit()
        self.update()

    def go_to(self, day: date) -> None:
        """Come to a day; other days are shown when it is not among these."""
        shown = (self.first, self.last)
        self.day = day
        self._name_it()
        self.update()
        if (self.first, self.last) != shown:
            self.moved.emit()
        self.chosen.emit(day)

    def turn(self, by: int) -> None:
        """So many months, or weeks, on."""
        week = self.weeks == 1
        self.go_to(self.day + timedelta(days=7 * by) if week else month_later(self.day, by))

    def minimumSizeHint(self) -> QSize:
        return QSize(DAYS * CELL_MIN_PX, HEAD_PX + self.weeks * CELL_MIN_PX)

    def sizeHint(self) -> QSize:
        return QSize(700, 460)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -DAYS,
            Qt.Key.Key_Down: DAYS,
        }.get(key)
        if step is not None:
            self.go_to(self.day + timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for n in range(self.weeks * DAYS):
            if self._cell(n).contains(event.position().toPoint()):
                self.setFocus()
                self.go_to(self.first + timedelta(days=n))
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.worn()
        painter.setFont(theme.sized(theme.LABEL_PT, bold=True))
        painter.setPen(QColor(tokens.muted))
        for n, name in enumerate(weekdays()):
            cell = self._cell(n)
            place = QRect(cell.left() + PAD_PX, 0, cell.width() - PAD_PX, HEAD_PX)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)
        for n in range(self.weeks * DAYS):
            self._paint_day(painter, self._cell(n), self.first + timedelta(days=n))
        painter.end()

    def _cell(self, n: int) -> QRect:
        wide, tall = self.width() / DAYS, (self.height() - HEAD_PX) / self.weeks
        column, line = n % DAYS, n // DAYS
        left, top = round(column * wide), HEAD_PX + round(line * tall)
        right, low = round((column + 1) * wide), HEAD_PX + round((line + 1) * tall)
        return QRect(left, top, right - left - 3, low - top - 3)

    def _paint_day(self, painter: QPainter, cell: QRect, day: date) -> None:
        tokens = theme.worn()
        outside = self.weeks > 1 and day.month != self.day.month
        ground = tokens.canvas if outside else tokens.paper
        if day == self._today:
            ground = tokens.brand_soft
        here = day == self.day
        painter.setPen(QColor(tokens.focus if here and self.hasFocus() else tokens.line))
        if here:
            pen = painter.pen()
            pen.setWidth(2)
            pen.setColor(QColor(tokens.focus if self.hasFocus() else tokens.brand))
            painter.setPen(pen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(cell, 6, 6)
        painter.setFont(theme.sized(theme.BODY_PT, bold=day == self._today or here))
        painter.setPen(QColor(tokens.muted if outside else tokens.ink))
        inside = cell.adjusted(PAD_PX, 3, -PAD_PX, -3)
        number = f"{day.day}/{day.month}" if self.weeks == 1 or day.day == 1 else str(day.day)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignTop), number)
        self._paint_things(painter, inside, day)

    def _paint_things(self, painter: QPainter, inside: QRect, day: date) -> None:
        """As many lines as there is room for; a narrow or low cell says only how many."""
        things = self._counts.get(day.isoformat(), ())
        if not things:
            return
        tokens = theme.worn()
        late = day < self._today
        painter.setPen(QColor(tokens.tone("bad" if late else "info").text))
        font: QFont = theme.sized(theme.LABEL_PT)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        room = (inside.height() - LINE_PX - 2) // LINE_PX
        total = sum(number for _title, number in things)
        if inside.width() < NARROW_PX or room < 1:
            place = QRect(inside.left(), inside.top(), inside.width(), LINE_PX)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), str(total))
            return
        lines = [f"{number} {title}" for title, number in things]
        if len(lines) > room:
            rest = sum(number for _title, number in things[room - 1 :])
            lines = [*lines[: room - 1], translate("+ {count} việc", count=rest)]
        for n, words in enumerate(lines):
            top = inside.top() + LINE_PX + 2 + n * LINE_PX
            place = QRect(inside.left(), top, inside.width(), LINE_PX)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _name_it(self) -> None:
        """What is read out: the day one stands on and how much comes there."""
        things = self._counts.get(self.day.isoformat(), ())
        count = sum(number for _title, number in things)
        self.setAccessibleName(
            translate(
                "Lịch, {weekday} {day}: {count} việc",
                weekday=weekdays()[self.day.weekday()],
                day=f"{self.day:%d/%m/%Y}",
                count=count,
            )
        )


def weekdays() -> tuple[str, ...]:
    """The days of the week from Monday on, as heads of columns."""
    return (
        translate("Thứ hai"),
        translate("Thứ ba"),
        translate("Thứ tư"),
        translate("Thứ năm"),
        translate("Thứ sáu"),
        translate("Thứ bảy"),
        translate("Chủ nhật"),
    )
