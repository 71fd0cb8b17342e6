"""The first step of an import: which file, dropped, chosen or typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit

from app.wording import translate
from ui.stage import Memory
from ui.widgets.parts import button, column, label, row

FOLDER = "import/folder"
KINDS = "*.xlsx *.xls *.xlsm *.ods *.csv *.txt"


class ChoosePage(QFrame):
    """`chosen(path)` when the officer named a file."""

    chosen = Signal(object)

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Chọn danh sách"))
        self.setAcceptDrops(True)
        self._memory = memory
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
        self.setLayout(
            column(
                2,
                title,
                row(1, hint, 1),
                row(1, self.ask, 1),
                typed,
                3,
                gap=14,
                margins=(32, 32, 32, 32),
            )
        )
        hint.setMinimumWidth(520)

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
