"""A long list: read by key as one scrolls, ticked across pages, never empty while it reads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import Heartbeat, grab, press, settle, until
from ui.show import Chip
from ui.stage import Memory
from ui.tasks import Tasks
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source

MANY = 25_000


@dataclass(frozen=True)
class Line:
    id: str
    name: str


def lines(count: int) -> Callable[[object, int], Rows]:
    """The answer of a store with so many people."""

    def fetch(after: object, limit: int) -> Rows:
        start = 0 if after is None else int(str(after)) + 1
        rows = [Line(f"p{n}", f"Người {n}") for n in range(start, min(start + limit, count))]
        last = start + len(rows) - 1
        return Rows(rows, last if len(rows) == limit else None)

    return fetch


COLUMNS = (
    Column("name", "Họ và tên", lambda line: Cell(line.name, bold=True), fixed=True),
    Column("state", "Trạng thái", lambda _line: Cell(chips=(Chip("Nháp"),)), 12),
    Column("more", "Thêm", lambda _line: Cell("x"), 12, hidden=True),
)


@pytest.fixture
def made(tasks: Tasks, memory: Memory) -> RecordList:
    acted: list[tuple[str, ...]] = []
    found = RecordList("try", COLUMNS, tasks, memory, [BulkAction("In", acted.append)])
    found.acted = acted  # type: ignore[attr-defined]
    found.resize(800, 500)
    found.show()
    return found


def source(count: int) -> Source:
    return Source(lines(count), lambda: count, lambda: tuple(f"p{n}" for n in range(count)))


def test_rows_are_read_in_pages_as_one_scrolls(made: RecordList, tasks: Tasks) -> None:
    made.set_source(source(MANY))
    until(lambda: made.model.fresh)
    assert made.model.rowCount() == 100
    for _ in range(3):
        made.view.scrollToBottom()
        settle(tasks)
    assert made.model.rowCount() == 400
    assert made.total == MANY


def test_scrolling_never_stops_the_screen(made: RecordList, tasks: Tasks) -> None:
    made.set_source(source(MANY))
    until(lambda: made.model.fresh)
    with Heartbeat() as heart:
        for _ in range(20):
            made.view.scrollToBottom()
            QTest.qWait(20)
    settle(tasks)
    assert heart.longest_ms < 50


def test_while_it_reads_it_never_looks_like_nobody(made: RecordList, tasks: Tasks) -> None:
    gate = threading.Event()

    def slow(after: object, limit: int) -> Rows:
        gate.wait(10)
        return lines(0)(after, limit)

    made.set_source(Source(slow), Nothing("Chưa có ai.", "Nhập danh sách trước."))
    grab(made, "list-skeleton")
    assert made.view.isVisible()
    gate.set()
    settle(tasks)
    assert not made.view.isVisible()
    grab(made, "list-empty")


def test_space_ticks_and_the_bar_offers_what_to_do(made: RecordList, tasks: Tasks) -> None:
    made.set_source(source(300))
    settle(tasks)
    made.view.setFocus()
    press(made.view, Qt.Key.Key_Home)
    press(made.view, Qt.Key.Key_Space)
    press(made.view, Qt.Key.Key_Down)
    press(made.view, Qt.Key.Key_Space)
    assert made.model.ticked == {"p0", "p1"}
    grab(made, "list-ticked")
    button = next(b for b in made.findChildren(QPushButton) if b.accessibleName() == "In")
    button.click()
    assert set(made.acted[0]) == {"p0", "p1"}  # type: ignore[attr-defined]


def test_all_means_everybody_who_fits_not_only_those_read(made: RecordList, tasks: Tasks) -> None:
    made.set_source(source(MANY))
    settle(tasks)
    press(made.view, Qt.Key.Key_A, control=True)
    made.reload()  # somebody's work arrives at that moment
    settle(tasks)
    assert len(made.model.ticked) == MANY


def test_enter_opens_the_row(made: RecordList, tasks: Tasks) -> None:
    opened: list[Line] = []
    made.opened.connect(opened.append)
    made.set_source(source(10))
    settle(tasks)
    made.view.setFocus()
    press(made.view, Qt.Key.Key_Home)
    press(made.view, Qt.Key.Key_Down)
    press(made.view, Qt.Key.Key_Return)
    assert [line.id for line in opened] == ["p1"]


def test_reading_again_keeps_the_place(made: RecordList, tasks: Tasks) -> None:
    made.set_source(source(1000))
    settle(tasks)
    for _ in range(3):
        made.view.scrollToBottom()
        settle(tasks)
    made.view.selectRow(350)
    made.reload()
    settle(tasks)
    assert made.view.currentIndex().row() == 350


def test_shown_columns_are_remembered(made: RecordList, tasks: Tasks, memory: Memory) -> None:
    assert made.view.isColumnHidden(2)
    made._show_column(2, True)
    made._show_column(1, False)
    again = RecordList("try", COLUMNS, tasks, memory)
    assert not again.view.isColumnHidden(2)
    assert again.view.isColumnHidden(1)
