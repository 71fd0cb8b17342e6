"""All offices that this PC may read on one page: sums, trends, who is late, how old it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import offices, overview
from app.reports import trend
from app.values.overview import Measured, OfficeFigures, Province
from app.wording import translate
from ui import show
from ui.screens.province_measured import MeasuredList, percent, standing, told
from ui.show import Chip
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Scroll, button, column, label
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain
from ui.widgets.tile import Tile
from ui.widgets.tiles import Tiles
from ui.widgets.trend_card import TrendCard

LIST_PX = 320


class ProvinceScreen(Screen):
    """Enter opens the reports of an office; numbers are the server's, with their day."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Mọi đơn vị trong một trang"),
            translate("Máy chủ đếm, không có tên ai. Enter ở một đơn vị mở báo cáo của đơn vị ấy."),
        )
        self.head.add(button(translate("Sổ các đơn vị"), lambda: stage.go("offices"), "", "office"))
        self.measured = MeasuredList(stage, self._measure)
        self.list = RecordList("province", self._columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Các đơn vị"))
        self.list.opened.connect(self._read_reports)
        self.list.setMinimumHeight(LIST_PX)
        to_list, to_measured = self.list.view.setFocus, self.measured.view.setFocus
        self.tiles = Tiles(
            {
                "approved": Tile(translate("người được duyệt"), "approve", to_list),
                "need_items": Tile(translate("lượt nhu cầu"), "gift", to_list),
                "cases": Tile(translate("ca đang mở"), "case", to_list),
                "files_late": Tile(translate("hồ sơ quá hạn ở Hội đồng"), "clock", to_list),
                "mend": Tile(translate("chỗ cần bổ sung, xem lại"), "edit", to_list),
                "behind": Tile(translate("đơn vị chậm, chưa có gì"), "warning", to_measured),
            }
        )
        self.age = label("", "muted", wrap=True)
        self.doubts = label("", "problem", wrap=True)
        self.doubts.hide()
        self.trends = TrendCard()
        inside = label()
        lists = (self.measured, self.measured.words, self.list)
        inside.setLayout(column(self.tiles, *lists, self.trends, None, gap=12))
        self.roll = Scroll(inside)
        whole = column(self.head, self.age, self.doubts, self.roll, gap=12)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        fetch = QShortcut(QKeySequence("M"), self.list)
        fetch.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        fetch.activated.connect(self._fetch)
        if stage.syncing is not None:
            stage.syncing.ended.connect(self._round_ended)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show what was heard last."""
        self._read()
        self.list.view.setFocus()
        self.roll.verticalScrollBar().setValue(0)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", translate("Mở báo cáo của đơn vị; ở một chỉ tiêu: so các đơn vị với nó")),
            ("M", translate("Lấy số mới từ máy chủ")),
        )

    def _fetch(self) -> None:
        if self.stage.syncing is not None:
            self.stage.syncing.now()

    def _round_ended(self, _done: object) -> None:
        self._read()

    def _read(self) -> None:
        ws = self.stage.ws
        self.stage.tasks.totals.run(
            lambda: overview.of_province(ws), self._show, self._failed, owner=self, key="province"
        )

    def _show(self, seen: Province | None) -> None:
        self.measured.show_province(seen)
        self._measure()
        doubts = overview.doubts(seen) if seen is not None else ()
        self.doubts.setText(" ".join(doubts))
        self.doubts.setVisible(bool(doubts))
        if seen is None:
            self.age.setText("")
            return
        for name in ("approved", "need_items", "cases", "files_late"):
            self.tiles.named[name].set_count(seen.total(name))
        self.tiles.named["mend"].set_count(seen.mend)
        self.tiles.named["behind"].set_count(len(seen.all_behind))
        self.age.setText(_age(seen))
        self.trends.show_trends(seen.days, {name: seen.trend(name) for name in trend.SHOWN})

    def _measure(self) -> None:
        """The offices beside the figure and period that was chosen."""
        seen = self.measured.seen
        lines = seen.offices if seen is not None else ()
        nothing = Nothing(overview.nothing_words(self.stage.ws))
        self.list.set_source(Source(lambda _after, _limit: Rows(lines), key=_key), nothing)

    def _beside(self, line: OfficeFigures) -> Measured | None:
        return line.beside(self.measured.chosen)

    def _columns(self) -> tuple[Column, ...]:
        beside = self._beside
        return (
            Column("name", translate("Đơn vị"), _name, 0, fixed=True, least=28),
            _number("approved", translate("Được duyệt"), 10),
            Column("target", translate("Chỉ tiêu"), lambda r: _set(beside(r)), 9, rank=1),
            Column("done", translate("Đã đạt"), lambda r: _done(beside(r)), 9, rank=1),
            Column("percent", translate("Đạt (%)"), lambda r: percent(beside(r)), 9),
            Column("standing", translate("Tình trạng"), lambda r: standing(beside(r)), 22),
            Column("late", translate("Hồ sơ quá hạn"), _late, 12),
            _number("need_items", translate("Nhu cầu"), 9, 3),
            _number("cases", translate("Ca mở"), 8, 3),
            _number("waiting", translate("Chờ duyệt"), 9, 3),
            Column("lacking", translate("Thiếu"), _lacking, 8, rank=2),
            Column("doubt", translate("Đáng ngờ"), _doubt, 9, rank=2),
            _number("alike", translate("Trùng số"), 9, 3),
            Column("batch", translate("Gửi lần cuối"), _batch, 12),
        )

    def _read_reports(self, line: OfficeFigures) -> None:
        ws = self.stage.ws
        if line.id == (ws.own or ws).office.id:
            self.stage.go("reports")
            return
        self.stage.tasks.desk.run(
            lambda: offices.read(ws, line.id),
            lambda book: self.stage.visit(book, "reports"),
            self._failed,
            owner=self,
        )

    def _failed(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "wait"))


def _age(seen: Province) -> str:
    """How old it is."""
    return translate(
        "Số liệu tính đến ngày {day}, máy chủ đếm lúc {at}.",
        day=forms.date_shown(seen.as_of),
        at=show.instant(seen.counted_at),
    )


def _key(line: OfficeFigures) -> str:
    return line.id


def _number(name: str, title: str, width: int, rank: int = 0) -> Column:
    def cell(line: OfficeFigures) -> Cell:
        return told(line.numbers.get(name))

    return Column(name, title, cell, width, rank=rank)


def _set(found: Measured | None) -> Cell:
    return told(None if found is None else found.number)


def _done(found: Measured | None) -> Cell:
    return told(None if found is None else found.done)


def _name(line: OfficeFigures) -> Cell:
    return Cell(line.name, bold=True, tip=line.name)


def _late(line: OfficeFigures) -> Cell:
    late, files = (line.numbers.get(name) for name in ("files_late", "files_open"))
    if not late or files is None:
        return told(late)
    words = translate("{late} trên {count}", late=show.number(late), count=show.number(files))
    return Cell(chips=(Chip(words, "bad", "!"),))


def _lacking(line: OfficeFigures) -> Cell:
    names = ("no_birth", "no_sex", "no_number", "no_types")
    return told(line.sum(names))


def _doubt(line: OfficeFigures) -> Cell:
    names = ("new_year", "odd_birth", "same_phone")
    return told(line.sum(names))


def _batch(line: OfficeFigures) -> Cell:
    return plain(show.instant(line.batch_at) if line.batch_at else translate("chưa gửi"))
