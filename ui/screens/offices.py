"""The offices whose books this PC reads: how many people each has, the sum, and the way in."""

from __future__ import annotations

from typing import Any

from app import forms
from app.actions import offices
from app.values.office import OfficeLine, OfficeTotals
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain


class OfficesScreen(Screen):
    """Enter opens the book of another office, to look into."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Các đơn vị"),
            translate("Enter mở sổ của một đơn vị khác: xem, tìm, lọc như sổ của mình, không sửa."),
        )
        words = translate("Mọi đơn vị trong một trang")
        every = row(button(words, lambda: stage.go("province"), "", "home"), 1)
        self.list = RecordList("offices", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Danh sách đơn vị"))
        self.list.opened.connect(self._read_book)
        page = column(self.head, self.list, every, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        if stage.syncing is not None:
            stage.syncing.ended.connect(self._round_ended)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the offices and their totals."""
        self._read()
        self.list.view.setFocus()

    def _round_ended(self, _done: object) -> None:
        self._read()

    def _read(self) -> None:
        ws = self.stage.ws

        def fetch(_after: object, _limit: int) -> Rows:
            lines = offices.listing(ws)
            return Rows(lines)

        nothing = Nothing(translate("Máy này chỉ đọc sổ của đơn vị mình."))
        self.list.set_source(Source(fetch), nothing)
        self.stage.tasks.totals.run(
            lambda: offices.total(offices.listing(ws)), self._summed, owner=self, key="offices"
        )

    def _summed(self, sums: OfficeTotals) -> None:
        words = translate(
            "Cộng: {people} người, {approved} đã duyệt, {waiting} chờ duyệt, "
            "{victims} nạn nhân bom mìn",
            people=show.number(sums.people),
            approved=show.number(sums.approved),
            waiting=show.number(sums.waiting),
            victims=show.number(sums.victims),
        )
        if sums.coming:
            words = translate("{words} (có sổ đang tải về, chưa đủ)", words=words)
        self.head.set_facts(words)

    def _read_book(self, line: OfficeLine) -> None:
        if line.own:
            self.stage.go("people")
            return
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: offices.read(ws, line.id), self.stage.visit, self._not_read, owner=self
        )

    def _not_read(self, failure: Any) -> None:
        self.stage.tell(Message(failure.message, "wait"))


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("name", translate("Đơn vị"), _name, 0, False, True),
        Column("people", translate("Người"), lambda one: _count(one, "people"), 10),
        Column("approved", translate("Đã duyệt"), lambda one: _count(one, "approved"), 10),
        Column("waiting", translate("Chờ duyệt"), lambda one: _count(one, "waiting"), 10),
        Column("victims", translate("Nạn nhân bom mìn"), lambda one: _count(one, "victims"), 16),
        Column("until", translate("Được xem đến"), _until, 14),
        Column("fetched", translate("Đồng bộ lúc"), _fetched, 18),
    )


def _name(line: OfficeLine) -> Cell:
    chips: tuple[show.Chip, ...] = ()
    if line.own:
        chips = (show.Chip(translate("đơn vị của mình"), "info"),)
    elif line.over:
        chips = (show.Chip(translate("đã hết hạn xem"), "bad"),)
    elif line.totals is None or line.totals.coming:
        chips = (show.Chip(translate("đang tải về"), "wait"),)
    return Cell(line.name, chips, bold=True)


def _count(line: OfficeLine, what: str) -> Cell:
    return plain(show.number(getattr(line.totals, what)) if line.totals else "")


def _until(line: OfficeLine) -> Cell:
    return plain(forms.date_shown(line.until) if line.until else "")


def _fetched(line: OfficeLine) -> Cell:
    return plain(show.instant(line.fetched_at) if line.fetched_at else "")
