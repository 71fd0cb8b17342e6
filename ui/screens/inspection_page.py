"""A page of inspection with one list and the way out to a paper, a sheet or a CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from app.wording import translate
from app.workspace import Workspace
from ui.screens.register_part import Register
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.file_password import AskFilePassword
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, label

KINDS = "PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv)"
Write = Callable[[Workspace, Path], Path]


class InspectionPage(Screen):
    """Subclasses give `named()`, `writing()` and fill `notes`; L writes what is listed."""

    def __init__(self, stage: Stage, register: type[Register]) -> None:
        super().__init__(stage)
        self.head = PageHead("")
        self.save = button(translate("Lưu tệp… (L)"), self.ask_file, "primary", "export")
        self.head.add(self.save)
        self.lock = AskFilePassword(stage)
        self.register = register(stage)
        self.notes = label("", "caption", wrap=True)
        page = column(self.head, self.lock, self.register, self.notes, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)
        key = QShortcut(QKeySequence("L"), self.register.list)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.ask_file)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("L", translate("Lưu ra PDF, Excel, CSV")),)

    def named(self) -> str:
        """The name the file is offered under."""
        raise AssertionError

    def writing(self) -> Write:
        """What writes the list."""
        raise AssertionError

    def ask_file(self) -> None:
        """Ask where to, and whether under a password, and write it there."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = str(Path(QStandardPaths.writableLocation(documents)) / f"{self.named()}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, translate("Lưu danh sách"), start, KINDS)
        if chosen:
            self.lock.ask(lambda ws: self.write(Path(chosen), ws), self.register.list.view)

    def write(self, file: Path, ws: Workspace) -> None:
        """Write what is listed; everybody on it is in the log."""
        write, whole = self.writing(), file if file.suffix else file.with_suffix(".pdf")

        def done(written: Path) -> None:
            self.stage.tell(Message(translate("Đã ghi {file}.", file=written), "ok"))

        self.stage.tasks.desk.run(lambda: write(ws, whole), done, self._failed, owner=self)

    def _failed(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
