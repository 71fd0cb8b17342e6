"""Where a PDF goes: the folder, remembered, and the name of the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from app.wording import translate
from ui.stage import Memory
from ui.widgets.parts import button, column, label, row

FOLDER = "print/folder"


class Where(QWidget):
    """`path(ending)` is the file or folder that is meant."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._memory = memory
        self.folder = QLineEdit()
        self.folder.setAccessibleName(translate("Thư mục lưu"))
        ask = button(translate("Chọn…"), self._ask, "", "", translate("Chọn thư mục lưu"))
        ask.setAccessibleName(translate("Chọn thư mục lưu"))
        self.name = QLineEdit()
        self.name.setAccessibleName(translate("Tên tệp hoặc thư mục"))
        warning = translate("Tệp PDF không được mã hóa: giữ ở nơi an toàn, in xong thì xóa.")
        self.setLayout(
            column(
                label(translate("Thư mục lưu"), "caption"),
                row(self.folder, ask),
                label(translate("Tên tệp hoặc thư mục"), "caption"),
                self.name,
                label(warning, "caption", wrap=True),
                gap=8,
            )
        )
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder.setText(str(memory.get(FOLDER, usual)))

    def new_name(self, words: str) -> None:
        """Another name; with `now()` in it, one that no earlier print has."""
        self.name.setText(words)

    def path(self, ending: str = "") -> Path:
        """What is meant, as a file with this ending or as a folder; the folder is remembered."""
        folder = Path(self.folder.text().strip()).expanduser()
        self._memory.put(FOLDER, str(folder))
        name = self.name.text().strip().replace("/", "-") or "ho-so"
        return folder / (name if name.endswith(ending) else f"{name}{ending}")

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, translate("Chọn thư mục lưu"), self.folder.text()
        )
        if name:
            self.folder.setText(name)


def now() -> str:
    """This second, as names of files have it."""
    return f"{datetime.now():%Y-%m-%d %H%M%S}"
