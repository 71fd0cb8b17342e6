"""How files are printed: one PDF or one each, where to, and whether with confidential parts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFileDialog, QLineEdit, QRadioButton

from app.actions.printing import PrintRequest
from app.wording import translate
from app.workspace import Workspace
from ui.stage import Memory
from ui.widgets.parts import Card, button, keep_if, label, row

FOLDER = "print/folder"


class HowCard(Card):
    """`request(ids)` is what the officer asks for."""

    def __init__(self, ws: Workspace, memory: Memory) -> None:
        super().__init__(translate("In thế nào"))
        self._memory = memory
        self._group = QButtonGroup(self)
        self.volume = QRadioButton(translate("Một tệp PDF cho tất cả, có mục lục"))
        self.separate = QRadioButton(translate("Mỗi người một tệp PDF"))
        self.volume.setChecked(True)
        self.confidential = QCheckBox(translate("In cả nội dung mật"))
        keep_if(self.confidential, ws.restricted is not None)
        for part in (self.volume, self.separate, self.confidential):
            part.setAccessibleName(part.text())
            self.add(part)
        self._group.addButton(self.volume)
        self._group.addButton(self.separate)
        self.outside = QLineEdit(maxLength=300)
        self.outside.setAccessibleName(translate("Đưa ra ngoài cơ quan, cho ai"))
        self.outside.setPlaceholderText(translate("để trống: dùng trong cơ quan"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(translate("Thư mục lưu"))
        ask = button(translate("Chọn…"), self._ask, "", "", translate("Chọn thư mục lưu"))
        ask.setAccessibleName(translate("Chọn thư mục lưu"))
        self.name = QLineEdit()
        self.name.setAccessibleName(translate("Tên tệp hoặc thư mục"))
        self.add(label(translate("Đưa ra ngoài cơ quan, cho ai"), "caption"))
        self.add(self.outside)
        self.add(label(translate("Thư mục lưu"), "caption"))
        self.add(row(self.folder, ask))
        self.add(label(translate("Tên tệp hoặc thư mục"), "caption"))
        self.add(self.name)
        self.add(
            label(
                translate("Tệp PDF không được mã hóa: giữ ở nơi an toàn, in xong thì xóa."),
                "caption",
                wrap=True,
            )
        )
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.folder.setText(str(memory.get(FOLDER, usual)))
        self.new_name()

    def new_name(self) -> None:
        """A name that no earlier print has."""
        self.name.setText(translate("ho-so {now}", now=f"{datetime.now():%Y-%m-%d %H%M%S}"))

    def request(self, ids: tuple[str, ...]) -> PrintRequest:
        """The request for these people, as the page stands."""
        folder = Path(self.folder.text().strip()).expanduser()
        self._memory.put(FOLDER, str(folder))
        separate = self.separate.isChecked()
        name = self.name.text().strip().replace("/", "-") or "ho-so"
        out = folder / (name if separate or name.endswith(".pdf") else f"{name}.pdf")
        confidential = not self.confidential.isHidden() and self.confidential.isChecked()
        return PrintRequest(ids, out, separate, confidential, self.outside.text().strip())

    def _ask(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, translate("Chọn thư mục lưu"), self.folder.text()
        )
        if name:
            self.folder.setText(name)
