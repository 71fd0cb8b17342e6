"""Every report of a period into one folder, as one piece of work."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.values.report import ReportAsk
from app.wording import translate
from ui.stage import Message, Stage
from ui.tasks import Failure

KINDS = ("pdf", "xlsx")


class ReportSet(QObject):
    """`ask(page, ask)` asks for a folder; `write(folder, ask)` fills it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage

    def ask(self, page: QWidget, ask: ReportAsk) -> None:
        """Ask which folder takes the files."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = QStandardPaths.writableLocation(documents)
        title = translate("Thư mục nhận mọi báo cáo của kỳ")
        chosen = QFileDialog.getExistingDirectory(page, title, start)
        if chosen:
            self.write(Path(chosen), ask)

    def write(self, folder: Path, ask: ReportAsk) -> None:
        """Write them all, PDF and Excel of each."""
        ws = self.stage.ws
        words = translate("Đang lập mọi báo cáo của kỳ…")
        self.stage.tell(Message(words))

        def work() -> tuple[int, dict[str, str]]:
            from app.actions import report_out  # late: with what writes sheets and papers

            made = report_out.write_set(ws, ask, folder, KINDS, lambda _done, _total: None)
            return len(made), report_out.left_out(ask)

        def done(answer: tuple[int, dict[str, str]]) -> None:
            count, left = answer
            words = translate("Đã ghi {count} tệp vào {folder}.", count=count, folder=folder)
            told = (translate("Không lập {name}: {why}", name=n, why=w) for n, w in left.items())
            self.stage.tell(Message(" ".join((words, *told)), "ok"))

        self.stage.tasks.desk.run(work, done, self._failed, owner=self)

    def _failed(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
