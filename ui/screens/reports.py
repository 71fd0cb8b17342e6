"""The reports of the office, and the editions that were frozen: which one to open or compare."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import report, report_edition
from app.values.report import EditionCard, ReportLine
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain
from ui.widgets.tabs import Tabs

TITLE_LETTERS = 46
"""Room for the title of an edition, or other columns leave."""


class ReportsScreen(Screen):
    """Enter opens a report or an edition; two ticked editions are compared."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Báo cáo"),
            translate("Enter lập báo cáo. Bản đã chốt không sửa được; tích hai bản để so sánh."),
        )
        self.head.add(button(translate("Tổng quan"), lambda: stage.go("overview"), "", "home"))
        words = translate("Chỉ tiêu")
        self.head.add(button(words, lambda: stage.go("plans"), "", "calendar"))
        if stage.ws.can("export") and stage.ws.own is None:
            words = translate("Hệ thống quốc gia")
            self.head.add(button(words, lambda: stage.go("national"), "", "export"))
        self.reports = RecordList("reports", _report_columns(), stage.tasks, stage.memory)
        self.reports.set_name(translate("Các báo cáo"))
        self.reports.opened.connect(lambda line: stage.go("report", line.name))
        acts = (BulkAction(translate("So hai bản (S)"), self.compare, "columns"),)
        self.editions = RecordList("editions", _edition_columns(), stage.tasks, stage.memory, acts)
        self.editions.set_name(translate("Bản đã chốt"))
        self.editions.opened.connect(lambda card: stage.go("report", card.name, edition=card.id))
        self.tabs = Tabs()
        self.tabs.add("reports", translate("Báo cáo"), lambda: self._page(self.reports))
        self.tabs.add("editions", translate("Bản đã chốt"), lambda: self._page(self.editions))
        self.tabs.opened.connect(self._show)
        page = column(self.head, self.tabs, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        compare = QShortcut(QKeySequence("S"), self.editions)
        compare.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        compare.activated.connect(lambda: self.compare(tuple(self.editions.model.ticked)))

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open the tab that was open, or the one named."""
        self.tabs.open(key if key in self.tabs.names() else self.tabs.current or "reports")

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if "report_edition" in entities and self.tabs.current == "editions":
            self.editions.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", translate("Mở báo cáo, bản đã chốt")),
            ("S", translate("So hai bản đã tích")),
            ("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")),
        )

    def compare(self, ids: tuple[str, ...]) -> None:
        """Tell what differs between two editions."""
        if len(ids) != 2:
            words = translate("Tích đúng hai bản của cùng một báo cáo (phím cách), rồi bấm S.")
            self.stage.tell(Message(words, "wait"))
            return
        self.stage.go("report_diff", "/".join(ids))

    def _page(self, records: RecordList) -> QWidget:
        return records

    def _show(self, name: str) -> None:
        ws = self.stage.ws
        if name == "reports":
            nothing = Nothing(translate("Không có báo cáo nào."))
            key = _name_of
            self.reports.set_source(
                Source(lambda _after, _limit: Rows(report.lines(ws)), key=key), nothing
            )
            self.reports.view.setFocus()
            return
        nothing = Nothing(
            translate("Chưa chốt bản nào."),
            translate("Mở một báo cáo rồi bấm Chốt bản này: số liệu được giữ nguyên như khi nộp."),
        )
        self.editions.set_source(
            Source(lambda _after, _limit: Rows(report_edition.listing(ws))), nothing
        )
        self.editions.view.setFocus()


def _name_of(line: ReportLine) -> str:
    return line.name


def _report_columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Mã"), lambda one: Cell(one.name, bold=True), 10, fixed=True),
        Column("title", translate("Báo cáo"), lambda one: plain(one.title), 0, share=2.0),
        Column("cycle", translate("Thường lập"), lambda one: plain(one.cycle), 18),
        Column("rows", translate("Dòng là"), _by, 18, rank=1),
    )


def _by(line: ReportLine) -> Cell:
    return plain(translate("đơn vị hành chính") if line.by_unit else translate("nội dung khác"))


def _edition_columns() -> tuple[Column, ...]:
    return (
        Column(
            "name",
            translate("Báo cáo"),
            _edition_name,
            0,
            fixed=True,
            share=3.0,
            least=TITLE_LETTERS,
        ),
        Column("period", translate("Kỳ"), lambda one: plain(one.period), 9, rank=1),
        Column("as_of", translate("Tính đến ngày"), _as_of, 14),
        Column("made", translate("Chốt lúc"), lambda one: plain(show.moment(one.made_at)), 18),
        Column("by", translate("Người chốt"), lambda one: plain(one.made_by), 12, rank=2),
        Column("note", translate("Ghi chú"), _note, 0, rank=1, share=1.0),
        Column("hash", translate("Mã kiểm"), lambda one: plain(one.sha256[:12]), 15, rank=3),
    )


def _edition_name(card: EditionCard) -> Cell:
    if not card.whole:
        return Cell(card.name, (show.Chip(translate("đã bị sửa"), "bad", "!"),), bold=True)
    words = f"{card.name} · {card.title}"
    return Cell(words, bold=True, tip=words)


def _note(card: EditionCard) -> Cell:
    return Cell(card.note, tip=card.note)


def _as_of(card: EditionCard) -> Cell:
    return plain(forms.date_shown(card.as_of))
