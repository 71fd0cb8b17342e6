"""The list behind a number of a report: who or what was counted; out to paper or a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from app.actions import report
from app.values.report import ReportAsk, ReportMember
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.file_password import AskFilePassword
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, keep_if
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

KINDS = "PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv)"


class ReportCellScreen(Screen):
    """Enter opens the person; L writes the list."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead("", translate("Enter mở hồ sơ. Số định danh được che."))
        self.save = button(translate("Lưu tệp… (L)"), self.ask_file, "primary", "export")
        self.head.add(self.save)
        keep_if(self.save, stage.ws.can("export"))
        self.list = RecordList("report_cell", _columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Danh sách của ô"))
        self.list.opened.connect(self._open)
        self.list.counted.connect(self._named)
        self.list.failed.connect(lambda failure: self._failed(failure))
        self._ask, self._place = ReportAsk(""), ("", None)
        self._told: list[str] = []
        self.lock = AskFilePassword(stage)
        page = column(self.head, self.lock, self.list, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)
        write = QShortcut(QKeySequence("L"), self.list)
        write.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        write.activated.connect(self.ask_file)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the list; coming back from a person it is the same one."""
        if "ask" in facts:
            self._ask, self._place = facts["ask"], (key, facts.get("row"))
        ws, ask, place = self.stage.ws, self._ask, self._place
        told: list[str] = []

        def fetch(_after: object, _limit: int) -> Rows:
            found = report.opened(ws, ask, *place)
            title = " · ".join((ask.name, found.row_label, found.column_label))
            told[:] = (title, " ".join((f"{found.period_words}.", *found.narrowed)))
            return Rows(found.members, total=len(found.members))

        nothing = Nothing(translate("Không có ai, không có gì trong ô này."))
        self._told = told
        self.list.set_source(Source(fetch, key=_key), nothing)
        self.list.view.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", translate("Mở hồ sơ")),
            ("L", translate("Lưu danh sách ra PDF, Excel, CSV")),
        )

    def ask_file(self) -> None:
        """Ask where to, and write the list there."""
        if not self.stage.ws.can("export"):
            return
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        start = str(folder / f"{self._ask.name} {self._place[0]}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, translate("Lưu danh sách"), start, KINDS)
        if chosen:
            self.lock.ask(lambda ws: self.write(Path(chosen), ws), self.list.view)

    def write(self, file: Path, locking: Workspace | None = None) -> None:
        """Write the list; everybody on it is in the log."""
        ws, ask, place = locking or self.stage.ws, self._ask, self._place
        whole = file if file.suffix else file.with_suffix(".pdf")

        def work() -> Path:
            from app.actions import report_out  # late: with what writes sheets and papers

            return report_out.write_cell(ws, ask, place, whole)

        def done(written: Path) -> None:
            self.stage.tell(Message(translate("Đã ghi {file}.", file=written), "ok"))

        self.stage.tasks.desk.run(work, done, self._failed, owner=self)

    def _named(self, count: int) -> None:
        title, purpose = self._told
        hint = translate("Enter mở hồ sơ. Số định danh được che.")
        self.head.set_title(title)
        self.head.set_purpose(f"{purpose} {hint}")
        self.head.set_facts(translate("{count} dòng", count=show.number(count)))

    def _open(self, member: ReportMember) -> None:
        if member.person_id:
            self.stage.go("person", member.person_id)

    def _failed(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))


def _key(member: ReportMember) -> str:
    return member.key


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Họ và tên"), _name, 0, fixed=True),
        Column("birth", translate("Ngày sinh"), lambda one: plain(one.birth), 12),
        Column("sex", translate("Giới tính"), lambda one: plain(one.sex), 10, rank=1),
        Column("number", translate("Số định danh"), lambda one: plain(one.number), 15, rank=2),
        Column("place", translate("Nơi ở"), lambda one: plain(one.place), 0, share=1.4),
        Column("what", translate("Nội dung"), lambda one: plain(one.what), 0, share=1.0, rank=1),
    )


def _name(member: ReportMember) -> Cell:
    return Cell(member.name or member.what, bold=bool(member.name))
