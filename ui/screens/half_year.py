"""The half-yearly report: choose period and form, look at it, make the PDF, print it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton

from app import forms
from app.actions import half_year, half_year_paper
from app.wording import translate
from ui.screens.printing_where import Where, now
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.banner import Banners
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, column, holder, label, row
from ui.widgets.pdf_view import PdfView
from ui.widgets.print_panel import PrintPanel

LEFT_PX = 360
LOOK_AFTER_MS = 200
PAPER = "half_year"


class HalfYearScreen(Screen):
    """`go("half_year")`; Ctrl+P makes the PDF."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.made: Path | None = None
        self.head = PageHead(
            translate("Báo cáo sáu tháng"),
            translate("Kết quả xác định mức độ khuyết tật: Mẫu 07 của cơ quan, Mẫu 08 tổng hợp."),
        )
        self.start = self.head.add(
            button(translate("Tạo PDF"), self.begin, "primary", "file", "Ctrl+P")
        )
        self.banners = Banners()
        self.period = QComboBox()
        self.period.setAccessibleName(translate("Kỳ báo cáo"))
        for one in half_year.periods(stage.ws.today()):
            words = translate(
                "{begins} - {ends}",
                begins=forms.date_shown(one.begins),
                ends=forms.date_shown(one.ends),
            )
            self.period.addItem(words, one.name)
        self.due = label("", "caption", wrap=True)
        self.forms = {
            ("07", half_year.BY_COMMUNE): QRadioButton(translate("Mẫu 07: của cơ quan")),
            ("08", half_year.BY_COMMUNE): QRadioButton(translate("Mẫu 08: mỗi dòng một xã")),
            ("08", half_year.BY_OFFICE): QRadioButton(translate("Mẫu 08: mỗi dòng một cơ quan")),
        }
        self._group = QButtonGroup(self)
        self.where = Where(stage.memory)
        self.view = PdfView(stage.tasks.desk)
        self.page = label("", "caption")
        self.panel = PrintPanel(PAPER, stage.tasks.desk, stage.memory)
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._lay_out()
        self._connect()

    def opened(self, key: str = "", **_facts: Any) -> None:
        place = self.period.findData(key)
        if place >= 0:
            self.period.setCurrentIndex(place)
        self._new_paper()
        self._look_soon.start()
        self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", translate("Tạo PDF báo cáo đã chọn")),)

    def begin(self) -> None:
        """Write the report."""
        ws, out = self.stage.ws, self.where.path(".pdf")
        name, (form, over) = self._asked()
        self._look_soon.stop()
        self.banners.sweep()
        self.stage.tasks.desk.run(
            lambda: half_year_paper.write(ws, name, out, form, over),
            lambda _done: self._done(out),
            self._failed,
            owner=self,
        )

    def _asked(self) -> tuple[str, tuple[str, str]]:
        form = next(key for key, one in self.forms.items() if one.isChecked())
        return str(self.period.currentData()), form

    def _lay_out(self) -> None:
        which = Card(translate("Báo cáo nào"))
        which.add(label(self.period.accessibleName(), "caption"))
        which.add(self.period)
        which.add(self.due)
        for one in self.forms.values():
            one.setAccessibleName(one.text())
            self._group.addButton(one)
            which.add(one)
        next(iter(self.forms.values())).setChecked(True)
        to = Card(translate("Lưu ở đâu"), self.where)
        settings = Scroll(holder(column(which, to, 1, gap=12)))
        settings.setFixedWidth(LEFT_PX)
        right = column(row(1, self.page), self.view, self.panel, gap=8)
        right.setStretch(1, 1)
        beside = row(settings, right, gap=16)
        beside.setStretch(1, 1)
        page = column(self.head, self.banners, beside, gap=10)
        page.setStretch(2, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        self.period.activated.connect(lambda _place: self._look_soon.start())
        for one in self.forms.values():
            one.toggled.connect(lambda on: self._look_soon.start() if on else None)
        self.view.page_shown.connect(self._page_shown)
        self.panel.saved.connect(
            lambda file: self.stage.tell(Message(translate("Đã lưu {file}.", file=file.name), "ok"))
        )
        self._look_soon.timeout.connect(self._look)
        made = QShortcut(QKeySequence("Ctrl+P"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self.begin)

    def _new_paper(self) -> None:
        self.made = None
        self.banners.sweep()
        self.where.new_name(translate("bao-cao {now}", now=now()))
        self.panel.setVisible(False)
        self.panel.set_paper(None, 0)

    def _look(self) -> None:
        ws = self.stage.ws
        name, (form, over) = self._asked()
        due = half_year.due_of(name, form)
        self.due.setText(translate("Gửi báo cáo trước ngày {due}.", due=forms.date_shown(due)))
        if self.made is not None:
            self._new_paper()
        self.stage.tasks.desk.run(
            lambda: half_year_paper.content(ws, name, form, over),
            self.view.show_pdf,
            self._failed,
            owner=self,
            key="half-year-look",
        )

    def _done(self, out: Path) -> None:
        self.made = out
        words = translate("Đã tạo báo cáo: {file}.", file=out.name)
        self.banners.tell(Message(words, "ok", stays=True))
        self.panel.setVisible(True)
        self.view.show_pdf(out)
        self.panel.print.setFocus()

    def _failed(self, failure: Failure) -> None:
        self.banners.tell(Message(failure.message, "bad", stays=True))

    def _page_shown(self, page: int, of: int) -> None:
        self.page.setText(translate("Trang {page} trên {of}", page=page, of=of))
        if self.made is not None:
            self.panel.set_paper(self.made, of)
