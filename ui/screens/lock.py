"""The locked screen: who works here, and the password to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.actions import signing_in
from app.wording import translate
from app.workspace import Workspace
from ui.tasks import Failure, Lane
from ui.widgets.fields.lines import PasswordField
from ui.widgets.gate import Gate, password_field
from ui.widgets.parts import button, row


class LockPage(Gate):
    """`unlocked` when the same person is back, `left` when somebody wants to sign in anew."""

    unlocked = Signal()
    left = Signal()

    def __init__(self, ws: Workspace, lane: Lane) -> None:
        super().__init__(
            translate("Đã khóa"),
            translate(
                "{name} đang làm dở. Gõ mật khẩu để làm tiếp; những gì đang gõ vẫn còn.",
                name=ws.user.full_name or ws.user.login,
            ),
        )
        self._ws, self._lane = ws, lane
        self.language.hide()
        self.password = PasswordField(password_field("password", translate("Mật khẩu")))
        self.password.moved_on.connect(self.submit)
        self.act = button(translate("Mở khóa"), self.submit, "primary")
        self.other = button(translate("Người khác đăng nhập"), self.left.emit, "quiet")
        self.add(self.password)
        self.add(row(self.other, 1, self.act))
        self.setFocusProxy(self.password)

    def submit(self) -> None:
        """Try the typed password."""
        typed = str(self.password.value())
        if not typed:
            return
        self.act.setEnabled(False)
        ws = self._ws
        self._lane.run(
            lambda: signing_in.unlock(ws, typed),
            lambda _nothing: self.unlocked.emit(),
            self._refused,
            self,
        )

    def _refused(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.say_failure(failure)
        self.password.set_value("")
        self.password.setFocus()
