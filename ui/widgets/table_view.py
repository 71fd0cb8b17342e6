"""The table of a list: painted rows with chips, ticks, keys, a skeleton while it reads."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
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
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.resources import theme
from ui.resources.icons import pixmap
from ui.widgets import badge
from ui.widgets.table_model import Cell, TableModel

PAD_PX = 11
TICK_PX = 16
SKELETON_ROWS = 12
COLUMN_MIN_PX = 40
FREE_MIN_PX = 130


class RowDelegate(QStyledItemDelegate):
    """Paints a cell: words elided, then chips; a tick box before the first column."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, theme.ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, TableModel)
        tokens, rect = theme.worn(), QRect(option.rect)  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        painter.fillRect(rect, QColor(tokens.brand_soft if chosen else tokens.paper))
        painter.setPen(QPen(QColor(tokens.canvas if not chosen else tokens.brand_soft), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(PAD_PX, 0, -4, 0)
        if model.tickable and index.column() == 0:
            paint_tick(painter, tick_place(rect), model.key(index.row()) in model.ticked)
            inside.setLeft(inside.left() + TICK_PX + PAD_PX)
        paint_cell(painter, model.cell(index), inside)


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
    """Words, then as many chips as there is room for."""
    tokens = theme.worn()
    left = float(inside.left())
    if cell.text:
        font = QFont(theme.body_font())
        font.setWeight(QFont.Weight.DemiBold if cell.bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if cell.muted else tokens.ink))
        metrics = QFontMetrics(font)
        words = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), words)
        left += metrics.horizontalAdvance(words) + badge.GAP_PX
    for chip in cell.chips:
        room = inside.right() - left
        if room < 2 * badge.PAD_PX + 12:
            break
        left += badge.paint(painter, chip, left, inside.center().y() + 1, room) + badge.GAP_PX


class TableView(QTableView):
    """Enter opens, Space ticks, Ctrl+A ticks all; columns share the width, no horizontal bar."""

    opened = Signal(int)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.chosen = {n for n, one in enumerate(model.columns) if not one.hidden}
        self.setItemDelegate(RowDelegate(self))
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
        header.setFixedHeight(42)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def share_width(self) -> None:
        """Give each chosen column its letters, the rest to those without a number.

        Where it is too narrow columns leave until the others fit; the officer's choice stays.
        """
        letter = QFontMetrics(theme.body_font()).averageCharWidth()
        columns, room = self._model.columns, self.viewport().width()
        wanted = {n: columns[n].width * letter + 2 * PAD_PX for n in sorted(self.chosen)}
        free = [n for n in wanted if not columns[n].width]
        for n in free:
            wanted[n] = FREE_MIN_PX + (TICK_PX + PAD_PX if self._model.tickable and n == 0 else 0)
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
        if self._model.fresh:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
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
        painter.end()
