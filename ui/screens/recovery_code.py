"""The recovery code on the screen, this once: print it, or copy it by hand, then say so."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.wording import translate
from ui.widgets.parts import button, column, label, row
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
