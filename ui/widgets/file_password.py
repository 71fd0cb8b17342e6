"""The password of a file that leaves the program, asked for inside the page, typed twice."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.actions import file_password
from app.errors import Refused
from app.forms import FormField
from app.wording import translate
from app.workspace import Workspace
from ui.stage import Stage
from ui.widgets.fields.lines import PasswordField
from ui.widgets.parts import button, column, label, row

FIELD_WIDTH_PX = 320
ASKED = (file_password.ASK, file_password.MUST)
ALWAYS = ()
"""As rules: somebody wants a password."""
Then = Callable[[Workspace], None]


class AskFilePassword(QFrame):
    """`ask(then, back)` asks when the office wants it; `then` gets the workspace to write with.

    Enter goes on, Esc writes nothing. `back` takes the cursor afterwards. What was typed is wiped
    as soon as it was used.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._then: Then = lambda _ws: None
        self._back: QWidget = self
        self.setProperty("role", "bar")
        title = label(translate("Đặt mật khẩu cho tệp"), "strong")
        hint = translate(
            "Tệp này có thông tin của từng người. Ai không có mật khẩu thì không mở được; chương "
            "trình không giữ mật khẩu, quên thì phải ghi lại tệp. PDF và Excel hỏi mật khẩu khi "
            "mở; CSV nằm trong tệp .zip, mở bằng 7-Zip hay WinRAR."
        )
        self.first = _field("file_password", translate("Mật khẩu của tệp"))
        self.second = _field("file_password_again", translate("Gõ lại mật khẩu của tệp"))
        self.first.moved_on.connect(lambda: self.second.setFocus())
        self.second.moved_on.connect(self.submit)
        self.act = button(translate("Ghi tệp có mật khẩu"), self.submit, "primary")
        self.open = button(translate("Ghi không mật khẩu"), self.without, "")
        self.back = button(translate("Thôi"), self.leave, "quiet")
        inside = (
            title,
            label(hint, "caption", wrap=True),
            row(self.first, self.second, 1, gap=12),
            row(self.act, self.open, self.back, 1),
        )
        self.setLayout(column(*inside, gap=6, margins=(16, 12, 16, 12)))
        self.hide()

    def ask(self, then: Then, back: QWidget, rules: Collection[str] = ASKED) -> None:
        """Ask for a password where the office's rule is among these, without rules always."""
        self._then, self._back = then, back
        ws = self._stage.ws

        def known(rule: str) -> None:
            if rules and rule not in rules:
                then(ws)
                return
            self.open.setVisible(bool(rules) and rule != file_password.MUST)
            self._wipe()
            self.show()
            self.first.setFocus()

        self._stage.tasks.desk.run(lambda: file_password.rule(ws), known, owner=self)

    def submit(self) -> None:
        """Take what was typed, if it is strong and twice the same."""
        typed = str(self.first.value())
        if not typed:
            self.first.show_problem(translate("Gõ mật khẩu của tệp."))
            self.first.setFocus()
            return
        try:
            ws = file_password.locking(self._stage.ws, typed)
        except Refused as refused:
            self.first.show_problem(refused.problems[0].message)
            self.first.setFocus()
            return
        if typed != self.second.value():
            self.second.show_problem(translate("Hai lần gõ mật khẩu không giống nhau."))
            self.second.set_value("")
            self.second.setFocus()
            return
        self._go_on(ws)

    def without(self) -> None:
        """Write it openly."""
        self._go_on(self._stage.ws)

    def leave(self) -> None:
        """Write nothing after all."""
        self._wipe()
        self.hide()
        self._back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _go_on(self, ws: Workspace) -> None:
        self.leave()
        self._then(ws)

    def _wipe(self) -> None:
        for one in (self.first, self.second):
            one.set_value("")
            one.show_problem("")


def _field(name: str, words: str) -> PasswordField:
    made = PasswordField(FormField("", name, words, "password"))
    made.setFixedWidth(FIELD_WIDTH_PX)
    return made
