"""A code from a receipt or a proof, scanned or typed: what it is worth, without a line."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.actions import certificate_seal
from app.rules import dates
from app.values.certificate import Verdict
from app.wording import translate
from ui.stage import Stage
from ui.tasks import Failure
from ui.widgets.parts import Card, button, column, label, restyle, row

TONES = {"valid": "ok", "old_list": "wait", "revoked": "bad", "altered": "bad"}


class CheckPart(QWidget):
    """A scanner types into the field and ends with Enter, so that is all there is to do."""

    touching = frozenset({"certificate"})
    busy = False

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self.code = QLineEdit()
        self.code.setAccessibleName(translate("Mã QR"))
        self.code.setPlaceholderText(
            translate("Quét mã vào đây, hoặc gõ dãy số trong mã, rồi Enter")
        )
        self.code.returnPressed.connect(self.submit)
        self.act = button(translate("Kiểm tra"), self.submit, "primary", tip="Enter")
        self.words = label("", "strong", wrap=True)
        self.facts = label("", "", wrap=True)
        card = Card(translate("Kiểm tra mã QR trên giấy tiếp nhận, bản in thử"))
        card.add(row(self.code, self.act, gap=8))
        card.add(self.words)
        card.add(self.facts)
        self.setLayout(column(card, 1))

    def read(self) -> None:
        """Nothing is read before a code is there."""

    def leave(self) -> None:
        """A code is not kept."""

    def focus(self) -> None:
        """Put the cursor where the scanner types."""
        self.code.setFocus()

    def submit(self) -> None:
        """Check what was typed."""
        ws, typed = self.stage.ws, self.code.text()
        self.stage.tasks.desk.run(
            lambda: certificate_seal.verify(ws, typed), self._show, self._refused, owner=self
        )

    def _show(self, found: Verdict) -> None:
        sign = "✓" if found.verdict == "valid" else "!"
        self.words.setText(f"{sign} {found.words}")
        restyle(self.words, role=TONES.get(found.verdict, "bad"))
        told = (
            (translate("Số"), found.number),
            (translate("Mức độ"), found.degree),
            (translate("Ngày"), dates.show(found.day)),
            (translate("Danh sách hết hiệu lực ngày"), dates.show(found.listed_at)),
        )
        self.facts.setText("\n".join(f"{name}: {value}" for name, value in told if value))
        self.code.selectAll()
        self.code.setFocus()

    def _refused(self, failure: Failure) -> None:
        self.words.setText(failure.message)
        restyle(self.words, role="bad")
        self.facts.setText("")
