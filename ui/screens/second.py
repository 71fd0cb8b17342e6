"""A second person beside the first: sign in quickly, approve, give the PC back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app import forms
from app.actions import signing_in, user
from app.wording import translate
from app.workspace import Workspace
from ui.tasks import Failure, Lane
from ui.widgets.fields.chosen import CodeField
from ui.widgets.fields.lines import PasswordField
from ui.widgets.gate import Gate, password_field
from ui.widgets.parts import button, row


class SecondPage(Gate):
    """`joined(ws)` with the second person's workspace; `left` on second thoughts (Esc)."""

    joined = Signal(object)
    left = Signal()

    def __init__(self, ws: Workspace, lane: Lane) -> None:
        super().__init__(
            translate("Người khác vào nhanh"),
            translate(
                "{name} không cần đăng xuất; trang đang mở vẫn giữ nguyên phía sau.",
                name=ws.user.full_name or ws.user.login,
            ),
        )
        self._ws, self._lane = ws, lane
        self.language.hide()
        self.who: CodeField | None = None
        self.password = PasswordField(password_field("password", translate("Mật khẩu")))
        self.password.moved_on.connect(self.submit)
        self.act = button(translate("Vào"), self.submit, "primary")
        lane.run(lambda: user.listing(ws), self._show_people, self.say_failure, self)

    def submit(self) -> None:
        """Try to let the chosen person in."""
        login = self.who.value() if self.who is not None else ""
        typed = str(self.password.value())
        if not login or not typed:
            return
        self.act.setEnabled(False)
        ws = self._ws
        self._lane.run(
            lambda: signing_in.join(ws, str(login), typed),
            self.joined.emit,
            self._refused,
            self,
        )

    def _show_people(self, people: tuple[user.UserLine, ...]) -> None:
        found = [
            forms.Choice(
                one.login,
                f"{one.full_name} ({one.login})",
                (*forms.keys_of(one.full_name), *forms.keys_of(one.login)),
            )
            for one in people
            if one.active and one.has_password and one.login != self._ws.user.login
        ]
        field = forms.FormField("", "login", translate("Ai vào"), "code", True, tuple(found))
        self.who = CodeField(field)
        if found:
            roles = {one.login: one.role for one in people}
            first = next((one for one in found if roles[one.code] == "approver"), found[0])
            self.who.set_value(first.code)
        self.who.moved_on.connect(self.password.setFocus)
        self.add(self.who)
        self.add(self.password)
        self.add(row(1, button(translate("Thôi"), self.left.emit), self.act))
        (self.password if len(found) == 1 else self.who).setFocus()

    def _refused(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.say_failure(failure)
        self.password.set_value("")
        self.password.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
