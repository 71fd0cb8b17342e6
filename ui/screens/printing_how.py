"""How files are printed: one PDF or one each, where to, and whether with confidential parts."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton

from app.actions.printing import PrintRequest
from app.wording import translate
from app.workspace import Workspace
from ui.screens.printing_where import Where, now
from ui.stage import Memory
from ui.widgets.parts import Card, keep_if, label


class HowCard(Card):
    """`request(ids)` is what the officer asks for."""

    def __init__(self, ws: Workspace, memory: Memory) -> None:
        super().__init__(translate("In thế nào"))
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
        self.outside_words = label(translate("Đưa ra ngoài cơ quan, cho ai"), "caption")
        self.add(self.outside_words)
        self.add(self.outside)
        self.where = Where(memory)
        self.add(self.where)
        self.new_name()

    def new_name(self) -> None:
        """A name that no earlier print has."""
        self.where.new_name(translate("ho-so {now}", now=now()))

    def of_cases(self, on: bool) -> None:
        """Say the two ways in words of cases, or of people; cases are looked through here."""
        self.outside.setVisible(not on)
        self.outside_words.setVisible(not on)
        for part, words in (
            (
                self.volume,
                translate("Một tệp PDF, đầu tập là danh sách")
                if on
                else translate("Một tệp PDF cho tất cả, có mục lục"),
            ),
            (
                self.separate,
                translate("Mỗi ca một tệp PDF") if on else translate("Mỗi người một tệp PDF"),
            ),
        ):
            part.setText(words)
            part.setAccessibleName(words)

    def request(self, ids: tuple[str, ...], cases: bool = False) -> PrintRequest:
        """The request for these people (or cases), as the page stands."""
        separate = self.separate.isChecked()
        out = self.where.path("" if separate else ".pdf")
        confidential = not self.confidential.isHidden() and self.confidential.isChecked()
        if cases:
            return PrintRequest((), out, separate, confidential, ids)
        return PrintRequest(ids, out, separate, confidential, recipient=self.outside.text().strip())
