"""The first step of an import: which file, dropped, chosen or typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit

from app import forms
from app.actions import list_template
from app.imports.listing import kind_label
from app.wording import translate
from ui import show
from ui.screens.import_past import PastPart, registers
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.chosen import CodeField
from ui.widgets.parts import Scroll, button, column, holder, label, row

FOLDER = "import/folder"
KINDS = "*.xlsx *.xls *.xlsm *.ods *.csv *.txt"


class ChoosePage(QFrame):
    """`chosen(path)` when the officer named a file."""

    chosen = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Chọn danh sách"))
        self.setAcceptDrops(True)
        self._stage, self._memory = stage, stage.memory
        self.past = PastPart(stage)
        title = label(translate("Kéo thả danh sách vào đây"), "subtitle")
        hint = label(
            translate(
                "Nhận tệp Excel (.xlsx, .xls), .ods và .csv, kể cả danh sách cũ gõ bằng phông "
                "TCVN3 hay VNI. Chưa có gì được ghi vào sổ cho đến khi bạn bấm “Nhập”."
            ),
            "muted",
            wrap=True,
        )
        for words in (title, hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.line = QLineEdit()
        self.line.setAccessibleName(translate("Đường dẫn tới danh sách"))
        self.line.setPlaceholderText(translate("hoặc dán đường dẫn tới tệp rồi bấm Enter"))
        self.line.returnPressed.connect(self._typed)
        self.ask = button(translate("Chọn tệp…"), self.choose, "primary", "file", "Ctrl+O")
        typed = row(1, self.line, 1)
        typed.setStretch(1, 3)
        self.kinds = CodeField(_kind_field())
        self.kinds.set_value("list")
        self.template = button(
            translate("Lưu danh sách mẫu cho xã…"), self._ask_template, "", "export"
        )
        self.template.setEnabled(stage.ws.can("export"))
        which = row(1, self.kinds, 1)
        which.setStretch(1, 3)
        page = column(
            title,
            row(1, hint, 1),
            which,
            row(1, self.ask, self.template, 1, gap=12),
            typed,
            self.past,
            gap=12,
            margins=(24, 20, 24, 16),
        )
        page.setStretch(5, 1)
        self.setLayout(column(Scroll(holder(page))))
        hint.setMinimumWidth(520)

    @property
    def kind(self) -> str:
        """What the file is: list, corrections, or a register that is taken over."""
        return str(self.kinds.value() or "list")

    def save_template(self, file: Path) -> None:
        """Write the list for the communes, filled with what is known."""
        ws = self._stage.ws

        def done(made: list_template.TemplateFile) -> None:
            words = translate(
                "Đã ghi danh sách mẫu {file}: {communes} xã, {people} người.",
                file=made.file.name,
                communes=show.number(made.communes),
                people=show.number(made.people),
            )
            self._stage.tell(Message(words, "ok", stays=True))

        def failed(failure: Failure) -> None:
            self._stage.tell(Message(failure.message, "bad", stays=True))

        work = lambda: list_template.write(ws, file)  # noqa: E731 - one line is enough
        self._stage.tasks.desk.run(work, done, failed, owner=self)

    def _ask_template(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            translate("Lưu danh sách mẫu cho xã"),
            str(Path(str(self._memory.get(FOLDER, ""))) / translate("Danh sách mẫu.xlsx")),
            translate("Bảng tính Excel (*.xlsx)"),
        )
        if name:
            self.save_template(Path(name).with_suffix(".xlsx"))

    def choose(self) -> None:
        """Ask with the system's own dialog, in the folder of the last list."""
        name, _kind = QFileDialog.getOpenFileName(
            self,
            translate("Chọn danh sách"),
            str(self._memory.get(FOLDER, "")),
            f"{translate('Danh sách')} ({KINDS});;{translate('Mọi tệp')} (*)",
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """This file; its folder is where the next one is looked for."""
        self._memory.put(FOLDER, str(path.parent))
        self.line.setText(str(path))
        self.chosen.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take(Path(files[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.ask.hasFocus():
            self.choose()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        words = self.line.text().strip().strip('"')
        if words:
            self.take(Path(words).expanduser())


def _kind_field() -> forms.FormField:
    choices = tuple(
        forms.Choice(kind, kind_label(kind), forms.keys_of(kind_label(kind)))
        for kind in ("list", "corrections", *registers())
    )
    return forms.FormField("", "kind", translate("Tệp này là"), "code", choices=choices)
