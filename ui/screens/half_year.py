"""The half-yearly report: choose period and form, look at it, make the PDF, print it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QComboBox, QRadioButton

from app import forms
from app.actions import half_year, half_year_paper
from app.wording import translate
from ui.screens.paper_page import PaperPage
from ui.screens.printing_where import Where, now
from ui.stage import Stage
from ui.widgets.parts import Card, label


class HalfYearScreen(PaperPage):
    """`go("half_year")`; Ctrl+P makes the PDF."""

    paper = "half_year"

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage,
            translate("Báo cáo sáu tháng"),
            translate("Kết quả xác định mức độ khuyết tật: Mẫu 07 của cơ quan, Mẫu 08 tổng hợp."),
        )
        self._out: Path | None = None
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
        self._lay_out()

    def opened(self, key: str = "", **_facts: Any) -> None:
        place = self.period.findData(key)
        if place >= 0:
            self.period.setCurrentIndex(place)
        self.put_away()
        self.look_soon.start()
        self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", translate("Tạo PDF báo cáo đã chọn")),)

    def begin(self) -> None:
        """Write the report."""
        ws, out = self.stage.ws, self.where.path(".pdf")
        name, (form, over) = self._asked()
        self.look_soon.stop()
        self.banners.sweep()
        self.run(
            lambda: half_year_paper.write(ws, name, out, form, over), lambda _done: self._done(out)
        )

    def look(self) -> None:
        ws = self.stage.ws
        name, (form, over) = self._asked()
        due = half_year.due_of(name, form)
        self.due.setText(translate("Gửi báo cáo trước ngày {due}.", due=forms.date_shown(due)))
        if self._out is not None:
            self.put_away()
        read = lambda: half_year_paper.content(ws, name, form, over)  # noqa: E731
        self.run(read, self.view.show_pdf, "half-year-look")

    def made(self) -> Path | None:
        return self._out

    def put_away(self) -> None:
        super().put_away()
        self._out = None
        self.where.new_name(translate("bao-cao {now}", now=now()))

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
        self.period.activated.connect(lambda _place: self.look_soon.start())
        for one in self.forms.values():
            one.toggled.connect(lambda on: self.look_soon.start() if on else None)
        self.lay_out(which, Card(translate("Lưu ở đâu"), self.where))

    def _done(self, out: Path) -> None:
        self._out = out
        self.show_made(out, translate("Đã tạo báo cáo: {file}.", file=out.name))
