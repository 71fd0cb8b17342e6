"""The recovery code on the screen, this once: print it, or copy it by hand, then say so."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.actions import user
from app.wording import translate
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.parts import Card, button, column, label, row
from ui.widgets.print_text import print_html


class RecoveryCode(QWidget):
    """`kept(True)` once the officer said that the code is on paper."""

    kept = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._office = ""
        self.code = label("", "code", wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.print = button(translate("In mã…"), self._print, "", "print")
        self.sure = QCheckBox(translate("Đã in hoặc chép mã ra giấy và cất nơi an toàn"))
        self.sure.setAccessibleName(self.sure.text())
        self.sure.toggled.connect(self.kept)
        self.setLayout(column(self.code, row(self.print, 1), self.sure, gap=12))
        self.setFocusProxy(self.print)

    def show_code(self, code: str, office: str) -> None:
        """Show a code of an office."""
        self._office = office
        self.code.setText(code)
        self.code.setAccessibleName(translate("Mã khôi phục {code}", code=" ".join(code)))

    def _print(self) -> None:
        title = translate("Mã khôi phục của Sổ An Sinh")
        lines = translate(
            "Ai có mã này và tệp sổ thì đọc được mọi hồ sơ. Cất nơi khóa được. Dùng khi quản trị "
            "quên mật khẩu, ở trang Đăng nhập."
        )
        page = (
            f"<h2>{escape(title)}</h2><p>{escape(self._office)}</p>"
            f"<p style='font-size:22pt;font-family:monospace'>{escape(self.code.text())}</p>"
            f"<p>{escape(lines)}</p>"
        )
        print_html(page, self)


class RecoveryTab(QWidget):
    """A new recovery code: the former one opens nothing any more."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self.code = RecoveryCode()
        self.code.hide()
        self.make = button(translate("Lập mã mới (mã cũ hết dùng)"), self._make, "", "key")
        words = translate(
            "Mã khôi phục mở sổ khi quản trị quên mật khẩu. "
            "In ra giấy, cất nơi khóa được, ngoài máy."
        )
        card = Card(
            translate("Mã khôi phục"), label(words, "", wrap=True), row(self.make, 1), self.code
        )
        self.setLayout(column(card, 1))

    def _make(self) -> None:
        ws = self.stage.ws
        self.make.setEnabled(False)
        self.stage.tasks.desk.run(
            lambda: user.new_recovery_code(ws), self._show, self._refused, owner=self
        )

    def _show(self, code: str) -> None:
        self.make.setEnabled(True)
        self.code.show_code(code, self.stage.ws.office.name)
        self.code.show()

    def _refused(self, failure: Failure) -> None:
        self.make.setEnabled(True)
        self.stage.tell(Message(failure.message, "bad"))
