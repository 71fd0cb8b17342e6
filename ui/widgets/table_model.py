"""The rows of a list, read in pages by key as the officer scrolls; ticks are kept by id."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.wording import translate
from ui.show import Chip
from ui.tasks import Failure, Tasks

PAGE_ROWS = 100
ROWS_MAX = 20_000
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of the table."""

    text: str = ""
    chips: tuple[Chip, ...] = ()
    bold: bool = False
    muted: bool = False
    tip: str = ""

    @property
    def words(self) -> str:
        """The cell in words, for tooltips and screen readers."""
        return self.tip or " · ".join([self.text, *(chip.text for chip in self.chips)]).strip(" ·")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `cell(row)` makes its cell; `width` in letters, 0 takes its `share` of the rest."""

    name: str
    title: str
    cell: Callable[[Any], Cell]
    width: int = 0
    hidden: bool = False
    fixed: bool = False
    """A fixed column cannot be hidden by the officer."""
    share: float = 1.0
    least: int = 0
    """How many letters one that takes its share must have room for, or others leave."""
    rank: int = 0
    """Where it is narrow the columns of the highest rank leave first, the last ones before."""
    order: str = ""
    """The order that a click on its head asks for; empty when it offers none."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows and the key after the last one (None at the end), and how many there are in all
    where reading them told."""

    rows: Sequence[Any]
    next: object = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from, never on the screen's thread: rows on a lane of their own.

    What a source of numbers and ids takes holds up no row; both are told when they are there.
    """

    fetch: Callable[[Any, int], Rows]
    """`fetch(after, limit)`: the next rows after a key (None for the first)."""
    total: Callable[[], int] | None = None
    ids: Callable[[], Sequence[str]] | None = None
    """Ids of all rows that fit, for "choose all"."""
    key: Callable[[Any], str] = field(default=lambda row: str(row.id))


class TableModel(QAbstractTableModel):
    """`loaded` tells when the first page is there; `ticked_changed` each change of ticks."""

    loaded = Signal()
    counted = Signal(int)
    ticked_changed = Signal()
    failed = Signal(object)

    def __init__(
        self, tasks: Tasks, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pages, self._totals = tasks.pages, tasks.totals
        self.columns = list(columns)
        self.tickable = False
        self._order, self._descending = "", False
        self._source: Source | None = None
        self._rows: list[Any] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._next: object = None
        self._reading = False
        self.fresh = False
        self.ticked: set[str] = set()
        self._round = 0
        self._there = 0  # the round whose first rows are here
        self._held: int | None = None  # a total that came before them

    @property
    def source(self) -> Source | None:
        """Where the rows come from."""
        return self._source

    def set_source(self, source: Source) -> None:
        """Read from somewhere else (another filter); ticks are taken away."""
        self._source = source
        self.untick()
        self.reload()

    def reload(self, keep: int = 0) -> None:
        """Read again from the beginning; at least `keep` rows, so that the place stays."""
        if self._source is None:
            return
        self._round += 1
        self._held = None
        self._reading = True
        source, limit = self._source, min(max(PAGE_ROWS, keep), ROWS_MAX)
        this = self._round
        self._pages.run(
            lambda: source.fetch(None, limit),
            lambda rows: self._first(this, rows),
            self._failed,
            self,
            f"rows/{id(self)}",
        )
        if source.total is not None:
            total = source.total
            self._totals.run(
                total, lambda n: self._counted(this, n), self._failed, self, f"total/{id(self)}"
            )

    def show_order(self, order: str, descending: bool) -> None:
        """Say by an arrow in the heads which column the rows are in the order of."""
        self._order, self._descending = order, descending
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def row(self, place: int) -> Any:
        """The value behind a row."""
        return self._rows[place]

    def key(self, place: int) -> str:
        """The id of a row."""
        assert self._source is not None
        return self._source.key(self._rows[place])

    def place_of(self, key: str) -> int:
        """The row of an id, or -1."""
        if self._source is None:
            return -1
        same = (n for n, row in enumerate(self._rows) if self._source.key(row) == key)
        return next(same, -1)

    def cell(self, index: Index) -> Cell:
        """The cell of an index."""
        return self.cell_at((index.row(), index.column()))

    def cell_at(self, place: tuple[int, int]) -> Cell:
        """The cell of a row and a column, made once."""
        if place not in self._cells:
            self._cells[place] = self.columns[place[1]].cell(self._rows[place[0]])
        return self._cells[place]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index).text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index).words
        if role == Qt.ItemDataRole.CheckStateRole and self.tickable and index.column() == 0:
            ticked = self.key(index.row()) in self.ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            one = self.columns[section]
            arrow = "↓" if self._descending else "↑"
            return f"{one.title} {arrow}" if one.order and one.order == self._order else one.title
        if across and role == Qt.ItemDataRole.ToolTipRole and self.columns[section].order:
            return translate("Bấm để xếp theo cột này; bấm lần nữa để xếp ngược lại")
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def canFetchMore(self, parent: Index) -> bool:
        more = self._next is not None and not self._reading
        return not parent.isValid() and more and len(self._rows) < ROWS_MAX

    def fetchMore(self, parent: Index) -> None:
        if self._source is None or not self.canFetchMore(parent):
            return
        self._reading = True
        source, after, this = self._source, self._next, self._round
        self._pages.run(
            lambda: source.fetch(after, PAGE_ROWS),
            lambda rows: self._further(this, rows),
            self._failed,
            self,
        )

    def tick(self, keys: Sequence[str], on: bool) -> None:
        """Tick or untick rows by id."""
        self.ticked = self.ticked | set(keys) if on else self.ticked - set(keys)
        self._repaint()

    def untick(self) -> None:
        """Take all ticks away."""
        if self.ticked:
            self.ticked = set()
            self._repaint()

    def tick_all(self) -> None:
        """Tick everybody who fits, also those not read yet, and though rows be read again."""
        source = self._source
        if source is None or source.ids is None:
            self.tick([self.key(place) for place in range(len(self._rows))], True)
            return

        def take(found: Sequence[str]) -> None:
            if source is self._source:
                self.tick(found, True)

        self._totals.run(source.ids, take, self._failed, self)

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticked_changed.emit()

    def _first(self, this: int, rows: Rows) -> None:
        if this != self._round:
            return
        self.beginResetModel()
        self._rows = list(rows.rows)
        self._cells.clear()
        self._next = rows.next
        self._reading = False
        self.fresh = True
        self.endResetModel()
        self.loaded.emit()
        held = self._held if rows.total is None else rows.total
        self._there, self._held = this, None
        if held is not None:
            self.counted.emit(held)

    def _further(self, this: int, rows: Rows) -> None:
        if this != self._round:
            return
        self._reading = False
        self._next = rows.next
        if rows.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows.rows) - 1)
            self._rows.extend(rows.rows)
            self.endInsertRows()

    def _counted(self, this: int, count: int) -> None:
        """Tell the total, but never before its rows: a number above an empty list misleads."""
        if this != self._round:
            return
        if self._there == this:
            self.counted.emit(count)
        else:
            self._held = count

    def _failed(self, failure: Failure) -> None:
        self._reading = False
        self.failed.emit(failure)


def plain(text: str | None, bold: bool = False, muted: bool = False) -> Cell:
    """A cell of words; nothing is said as a dash for the eye and in words for the ear."""
    if not text:
        return Cell("–", muted=True, tip=translate("chưa có"))
    return Cell(text, bold=bold, muted=muted)
