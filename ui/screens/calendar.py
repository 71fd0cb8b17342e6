"""The calendar: what comes in a month or a week, of one worker or all; a day's list beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QBoxLayout

from app import forms
from app.actions import coming
from app.values.coming import DayCount, DuesFilter
from app.wording import translate
from ui import show
from ui.screens.due_list import TOUCHING, DueList
from ui.stage import Screen, Stage
from ui.widgets.month_grid import MonthGrid
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, icon_button, keep_bold_room, label, row
from ui.widgets.worker_pick import WorkerPick

BESIDE_FROM_PX = 900
WEEK_PAD_PX = 14


class CalendarScreen(Screen):
    """Arrows go from day to day, PageUp and PageDown from month to month, Enter into the list."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Lịch"),
            translate(
                "Mũi tên: từng ngày; PageUp, PageDown: từng tháng; Enter: vào việc của ngày."
            ),
        )
        self.whose = WorkerPick(stage, "calendar")
        self.grid = MonthGrid(stage.ws.today())
        self.name = label("", "subtitle")
        self.week = button(translate("Theo tuần (W)"), self._turn_week, "filter")
        self.week.setCheckable(True)
        keep_bold_room(self.week, self.week.text(), WEEK_PAD_PX)
        self.day = label("", "section", wrap=True)
        self.dues = DueList(self, "calendar", translate("Ngày này không có việc."))
        self._lay_out()
        self.whose.changed.connect(self._read)
        self.grid.moved.connect(self._read)
        self.grid.chosen.connect(lambda _day: self._read_day())
        self.grid.opened.connect(lambda _day: self.dues.list.view.setFocus())
        self._keys()

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the month of a day (ISO), today's when none is named."""
        if key:
            self.grid.go_to(date.fromisoformat(key))
        self._read()
        self._read_day()
        self.grid.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Something that may be due changed."""
        self.dues.changed(entities)
        if entities & TOUCHING:
            self._read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("W", translate("Xem theo tuần hay theo tháng")),
            ("T", translate("Về hôm nay")),
            ("G", translate("Con trỏ về lịch")),
            *DueList.shortcuts(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE_FROM_PX
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)

    def _lay_out(self) -> None:
        grid = self.grid
        above = row(
            icon_button("back", translate("Trước (PageUp)"), lambda: grid.turn(-1)),
            icon_button("forward", translate("Sau (PageDown)"), lambda: grid.turn(1)),
            self.name,
            1,
            self.whose,
            self.week,
            button(translate("Hôm nay (T)"), self._to_today),
            gap=8,
        )
        beside = column(self.day, self.dues, gap=6)
        beside.setStretch(1, 1)
        self._beside = row(self.grid, beside, gap=16)
        self._beside.setStretch(0, 2)
        self._beside.setStretch(1, 1)
        page = column(self.head, above, self._beside, gap=10)
        page.setStretch(2, 1)
        self.setLayout(page)

    def _keys(self) -> None:
        for keys, act in (("W", self.week.click), ("T", self._to_today), ("G", self.grid.setFocus)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _turn_week(self) -> None:
        self.grid.show_week(self.week.isChecked())

    def _to_today(self) -> None:
        self.grid.go_to(self.stage.ws.today())
        self.grid.setFocus()

    def _read(self) -> None:
        """How much comes on each shown day."""
        ws, first, last = self.stage.ws, self.grid.first, self.grid.last
        self.name.setText(self._name(first, last))
        which = DuesFilter(last.isoformat(), first.isoformat(), self.whose.login)
        self.stage.tasks.pages.run(
            lambda: coming.days(ws, which), self._show, owner=self, key="calendar"
        )
        self._read_day()

    def _name(self, first: date, last: date) -> str:
        if self.grid.weeks == 1:
            return translate("{first} – {last}", first=f"{first:%d/%m}", last=f"{last:%d/%m/%Y}")
        return translate("Tháng {month}", month=f"{self.grid.day:%m/%Y}")

    def _show(self, found: Sequence[DayCount]) -> None:
        counts: dict[str, list[tuple[str, int]]] = {}
        for one in found:
            counts.setdefault(one.day, []).append((one.title, one.count))
        self.grid.show_counts(counts)
        total = show.number(sum(one.count for one in found))
        self.head.set_facts(translate("{count} việc", count=total))

    def _read_day(self) -> None:
        day = self.grid.day.isoformat()
        self.day.setText(translate("Ngày {day}", day=forms.date_shown(day)))
        self.dues.read(DuesFilter(day, day, self.whose.login))
