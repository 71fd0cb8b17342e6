"""Which form, filled in or blank, how many, and whether with confidential notes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton

from app.actions import council_paper_names, form_names
from app.actions.form_names import VISIT, WHOLE
from app.values.council_request import CouncilRequest
from app.values.paper_form import FormRequest
from app.wording import translate
from app.workspace import Workspace
from ui.screens.papers_whose import Whose
from ui.widgets.parts import Card, column, holder, label, row

COUNT_MAX = 200
TELLING = ("05", VISIT, WHOLE)
"""Forms that hold notes."""


class WhichCard(Card):
    """`changed()` when another form or another way is chosen."""

    changed = Signal()

    def __init__(self, ws: Workspace) -> None:
        super().__init__(translate("Tờ nào"))
        self._ws = ws
        self._whose = Whose()
        self._forms, self._ways = QButtonGroup(self), QButtonGroup(self)
        self.forms = {name: QRadioButton(title) for name, title in form_names.names()}
        for one in self.forms.values():
            one.setAccessibleName(one.text())
            self._forms.addButton(one)
            self.add(one)
        self.add(label(translate("Tờ trống của Thông tư 01/2019"), "section"))
        titles = council_paper_names.names()
        for name in council_paper_names.BLANK:
            one = self.forms[name] = QRadioButton(titles[name])
            one.setAccessibleName(one.text())
            self._forms.addButton(one)
            self.add(one)
        self.forms["01"].setChecked(True)
        self.filled = QRadioButton(translate("Điền sẵn từ hồ sơ"))
        self.blank = QRadioButton(translate("Để trống, điền bằng tay"))
        self.count = QLineEdit("1")
        self.count.setValidator(QIntValidator(1, COUNT_MAX, self.count))
        self.count.setAccessibleName(translate("Số tờ trống"))
        self.count.setFixedWidth(72)
        self._copies = holder(row(label(translate("Số tờ trống"), "caption"), self.count, 1, gap=8))
        self.confidential = QCheckBox(translate("In cả ghi chép mật"))
        self.add(label(translate("Điền thế nào"), "section"))
        for way in (self.filled, self.blank):
            way.setAccessibleName(way.text())
            self._ways.addButton(way)
            self.add(way)
        self.blank.setChecked(True)
        self.add(self._copies)
        self.confidential.setAccessibleName(self.confidential.text())
        self.add(self.confidential)
        self.outside = QLineEdit(maxLength=300)
        self.outside.setAccessibleName(translate("Đưa ra ngoài cơ quan, cho ai"))
        self.outside.setPlaceholderText(translate("để trống: dùng trong cơ quan"))
        self._to_outside = holder(
            column(label(self.outside.accessibleName(), "caption"), self.outside, gap=3)
        )
        self.add(self._to_outside)
        for part in (*self.forms.values(), self.filled, self.blank):
            part.toggled.connect(self._turned)
        self.confidential.toggled.connect(lambda _on: self.changed.emit())
        self._show()

    @property
    def form(self) -> str:
        """The form that is chosen."""
        return next(name for name, one in self.forms.items() if one.isChecked())

    def choose(self, form: str) -> None:
        """Choose a form."""
        if form in self.forms:
            self.forms[form].setChecked(True)

    def set_whose(self, whose: Whose) -> None:
        """Offer what can be printed of this case, person or nobody."""
        self._whose = whose
        (self.filled if whose.known else self.blank).setChecked(True)
        self._show()

    @property
    def council(self) -> tuple[CouncilRequest, ...]:
        """Blank forms of the council, when one of these is chosen: they are nobody's yet."""
        if self.form not in council_paper_names.BLANK:
            return ()
        return (CouncilRequest(self.form, blank=True, count=int(self.count.text() or 1)),)

    def requests(self, whose: Whose) -> tuple[FormRequest, ...]:
        """What is asked for; nothing when this form cannot be made so."""
        form, blank = self.form, self.blank.isChecked()
        if form in council_paper_names.BLANK:
            return ()
        way = self.blank if blank else self.filled
        if not self.forms[form].isEnabled() or not way.isEnabled():
            return ()
        confidential = not self.confidential.isHidden() and self.confidential.isChecked()
        count = int(self.count.text() or 1) if not whose.known else 1
        recipient = self.outside.text().strip() if whose.known else ""
        return tuple(
            FormRequest(form, case, whose.person_id, blank, count, confidential, recipient)
            for case in whose.cases or ("",)
        )

    def _turned(self, on: bool) -> None:
        if on:
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        """A form that needs a case is filled only where there is one."""
        whose, form = self._whose, self.form
        of_council = form in council_paper_names.BLANK
        fits = bool(whose.cases) or (form == "01" and bool(whose.person_id))
        fits = fits and not of_council
        self.filled.setEnabled(fits)
        self.forms[WHOLE].setEnabled(bool(whose.case_id) and self._ws.can("print"))
        self.blank.setEnabled(form != WHOLE)
        if not fits and self.filled.isChecked():
            self.blank.setChecked(True)
        if form == WHOLE and fits:
            self.filled.setChecked(True)
        self._to_outside.setVisible(whose.known and not of_council)
        self._copies.setVisible(self.blank.isChecked() and (of_council or not whose.known))
        may = self._ws.restricted is not None and form in TELLING and self.filled.isChecked()
        self.confidential.setVisible(may)
