"""The table of a list: painted rows with chips, ticks, keys, a skeleton while it reads."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from ui.resources import theme
from ui.resources.icons import pixmap
from ui.widgets import badge
from ui.widgets.table_model import Cell, TableModel

PAD_PX = 11
TICK_PX = 16
SKELETON_ROWS = 12
HEADER_PX = 42
ROWS_LEAST = 2
"""In a low window a list stays high enough to be read; the page scrolls instead."""
COLUMN_MIN_PX = 40
FREE_MIN_PX = 130
WORDS_KEPT = 4_000
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


def tick_place(rect: QRect) -> QRect:
    """Where the tick box of a row's first cell stands."""
    return QRect(rect.left() + PAD_PX, rect.center().y() - TICK_PX // 2 + 1, TICK_PX, TICK_PX)


def paint_tick(painter: QPainter, place: QRect, on: bool) -> None:
    """A tick box, on or off."""
    tokens = theme.worn()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.brand if on else tokens.faint), 1.2))
    painter.setBrush(QColor(tokens.brand if on else tokens.paper))
    painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if on:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(place, pixmap("check", "on_brand", TICK_PX, ratio))
    painter.restore()


def paint_cell(painter: QPainter, cell: Cell, inside: QRect) -> None:
    """Words, line by line, then as many chips as there is room for."""
    tokens = theme.worn()
    left = float(inside.left())
    if cell.text:
        lines = [_fitting(line, inside.width(), cell.bold) for line in cell.text.split("\n")]
        painter.setFont(_font(cell.bold))
        painter.setPen(_pen(tokens.muted if cell.muted else tokens.ink))
        painter.drawText(inside, MIDDLE, "\n".join(words for words, _width in lines))
        left += max(width for _words, width in lines) + badge.GAP_PX
    for chip in cell.chips:
        room = inside.right() - left
        if room < 2 * badge.PAD_PX + 12:
            break
        left += badge.paint(painter, chip, left, inside.center().y() + 1, room) + badge.GAP_PX


@cache
def _pen(colour: str) -> QPen:
    return QPen(QColor(colour), 1)


@cache
def _font(bold: bool) -> QFont:
    font = theme.body_font()
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


@lru_cache(maxsize=WORDS_KEPT)
def _fitting(words: str, room: int, bold: bool) -> tuple[str, int]:
    """Words as far as there is room for them, and how wide they are then."""
    metrics = QFontMetrics(_font(bold))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    return shown, metrics.horizontalAdvance(shown)


class TableView(QTableView):
    """Enter opens, Space ticks, Ctrl+A ticks all; columns share the width, no horizontal bar."""

    opened = Signal(int)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.chosen = {n for n, one in enumerate(model.columns) if not one.hidden}
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(theme.ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(one.order for one in model.columns))
        header.setMinimumSectionSize(COLUMN_MIN_PX)
        header.setFixedHeight(HEADER_PX)
        self.setMinimumHeight(HEADER_PX + ROWS_LEAST * theme.ROW_PX)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def give_lines(self, lines: int) -> None:
        """Make rows high enough for cells of so many lines."""
        more = (lines - 1) * QFontMetrics(theme.body_font()).lineSpacing()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_PX + more)

    def share_width(self) -> None:
        """Give each chosen column its letters, the rest to those without a number.

        Where it is too narrow columns leave until the others fit; the officer's choice stays.
        """
        letter = QFontMetrics(theme.body_font()).averageCharWidth()
        columns, room = self._model.columns, self.viewport().width()
        wanted = {n: columns[n].width * letter + 2 * PAD_PX for n in sorted(self.chosen)}
        free = [n for n in wanted if not columns[n].width]
        for n in free:
            wanted[n] = max(FREE_MIN_PX, columns[n].least * letter + 2 * PAD_PX)
            wanted[n] += TICK_PX + PAD_PX if self._model.tickable and n == 0 else 0
        leaving = sorted(
            (n for n in wanted if not columns[n].fixed), key=lambda n: (columns[n].rank, n)
        )
        while sum(wanted.values()) > room and leaving:
            del wanted[leaving.pop()]
        for n in range(len(columns)):
            self.setColumnHidden(n, n not in wanted)
        self._give(wanted, [n for n in free if n in wanted], room)

    def _give(self, wanted: dict[int, int], free: list[int], room: int) -> None:
        over = room - sum(wanted.values())
        takers = free or list(wanted)[-1:]
        shares = sum(self._model.columns[n].share for n in takers)
        for n, width in wanted.items():
            more = over * self._model.columns[n].share / shares if n in takers else 0
            self.setColumnWidth(n, width + int(more))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, place = event.key(), self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and place >= 0:
            self.opened.emit(place)
        elif key == Qt.Key.Key_Space and self._model.tickable and place >= 0:
            rows = {index.row() for index in self.selectionModel().selectedRows()} or {place}
            keys = [self._model.key(row) for row in rows]
            self._model.tick(keys, not set(keys) <= self._model.ticked)
        elif self._is_all(event):
            self._model.tick_all()
        else:
            super().keyPressEvent(event)

    def _is_all(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return self._model.tickable and control and event.key() == Qt.Key.Key_A

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.tickable and index.isValid() and index.column() == 0:
            box = tick_place(self.visualRect(index)).adjusted(-8, -10, 8, 10)
            if box.contains(event.position().toPoint()):
                key = self._model.key(index.row())
                self._model.tick([key], key not in self._model.ticked)
                return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._model.fresh:
            self._paint_rows(painter, event.rect())
        else:
            self._paint_skeleton(painter)
        painter.end()

    def _paint_rows(self, painter: QPainter, within: QRect) -> None:
        """Every cell in one go.

        Left to Qt each cell asks Python five times, and each time waits for its turn behind
        whatever an import calculates on its lane: a page of rows took a second.
        """
        first, last = self.rowAt(within.top()), self.rowAt(within.bottom())
        if first < 0:
            return
        shown = [n for n in range(len(self._model.columns)) if not self.isColumnHidden(n)]
        places = [(n, self.columnViewportPosition(n), self.columnWidth(n)) for n in shown]
        end = max((left + width for _, left, width in places), default=0)
        chosen, tokens = self.selectionModel(), theme.worn()
        for line in range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1):
            top, height = self.rowViewportPosition(line), self.rowHeight(line)
            if chosen.isRowSelected(line, QModelIndex()):
                painter.fillRect(0, top, end, height, _pen(tokens.brand_soft).color())
            else:
                painter.setPen(_pen(tokens.canvas))
                painter.drawLine(0, top + height - 1, end, top + height - 1)
            for n, left, width in places:
                self._paint_cell(painter, QRect(left, top, width, height), (line, n))

    def _paint_cell(self, painter: QPainter, rect: QRect, place: tuple[int, int]) -> None:
        """A cell: a tick box before the first column, words elided, then chips."""
        model = self._model
        inside = rect.adjusted(PAD_PX, 0, -4, 0)
        if model.tickable and place[1] == 0:
            paint_tick(painter, tick_place(rect), model.key(place[0]) in model.ticked)
            inside.setLeft(inside.left() + TICK_PX + PAD_PX)
        paint_cell(painter, model.cell_at(place), inside)

    def _paint_skeleton(self, painter: QPainter) -> None:
        """Grey bars where rows will stand: it never looks like nobody."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.worn().mute.ground))
        left = 0
        for n in range(len(self._model.columns)):
            if self.isColumnHidden(n):
                continue
            width = self.columnWidth(n)
            for line in range(SKELETON_ROWS):
                share = 0.45 + 0.4 * ((n * 7 + line * 5) % 10) / 10
                top = QPoint(left + PAD_PX, line * theme.ROW_PX + 13)
                bar = QRectF(top.x(), top.y(), max(20, (width - 2 * PAD_PX) * share), 12)
                painter.drawRoundedRect(bar, 6, 6)
            left += width
