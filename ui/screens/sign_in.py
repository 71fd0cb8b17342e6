"""Sign in: who, the password; a forgotten password; what is wrong with the store, in words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton

from app import forms
from app.actions import signing_in, user
from app.wording import translate
from app.workspace import Workspace
from ui.resources.icons import icon
from ui.stage import Memory
from ui.tasks import Failure, Lane
from ui.widgets.fields.lines import PasswordField, TextField
from ui.widgets.gate import Gate, password_field, text_field
from ui.widgets.parts import button, holder, label, row, words_of

NAMES_PER_ROW = 3
NAMES_MAX = 12


STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -NAMES_PER_ROW,
    Qt.Key.Key_Down: NAMES_PER_ROW,
}


class NameButton(QPushButton):
    """One name of several. Arrows walk the names in reading order, over the ends of rows.

    Qt's own arrows look for a neighbour on the screen: at the end of a row there is none, and the
    names of the next row could not be reached. The arrow only moves; Space chooses.
    """

    def __init__(self, words: str, group: QButtonGroup) -> None:
        super().__init__(words)
        self._group = group

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = self._group.buttons()
        there = names.index(self) + step
        if 0 <= there < len(names):
            names[there].setFocus(Qt.FocusReason.TabFocusReason)


class SignIn(Gate):
    """`entered(ws)` when the store is open for a user."""

    entered = Signal(object)

    def __init__(self, home: Path, lane: Lane, memory: Memory) -> None:
        super().__init__(
            translate("Đăng nhập"), translate("Chọn tên, gõ mật khẩu của mình trên máy này.")
        )
        self._home, self._lane, self._memory = home, lane, memory
        self._group = QButtonGroup(self, exclusive=True)
        self._names = QGridLayout()
        self._names.setSpacing(8)
        self._names.setContentsMargins(0, 0, 0, 0)
        self.add(holder(self._names))
        self.login = TextField(text_field("login", translate("Tên đăng nhập")))
        self.password = PasswordField(password_field("password", translate("Mật khẩu")))
        self.login.moved_on.connect(self.password.setFocus)
        self.password.moved_on.connect(self.submit)
        self.act = button(translate("Vào sổ"), self.submit, "primary")
        self.forgot = button(translate("Quên mật khẩu?"), self._forgot, "quiet")
        for part in (self.login, self.password):
            self.add(part)
        self.add(row(self.forgot, 1, self.act))
        self.add(row(self.restore_button(), 1))
        self.recovery: RecoveryPart | None = None
        self.setFocusProxy(self.password)
        lane.run(lambda: user.sign_in_names(home), self._show_names, self._no_names, self)
        lane.run(forms.prepare, owner=self)

    def submit(self) -> None:
        """Try to sign in with what is typed."""
        login, password = str(self.login.value()), str(self.password.value())
        if not login or not password:
            (self.login if not login else self.password).setFocus()
            return
        self._wait(True)
        home = self._home
        self._lane.run(
            lambda: signing_in.sign_in(home, login, password), self._in, self._refused, self
        )

    def _show_names(self, names: tuple[str, ...]) -> None:
        last = self._memory.get("login", names[0] if len(names) == 1 else "")
        for place, name in enumerate(names[:NAMES_MAX]):
            made = NameButton(words_of(name, "person"), self._group)
            made.setIcon(icon("person", "brand"))
            made.setIconSize(QSize(18, 18))
            made.setProperty("role", "filter")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            made.setAccessibleName(translate("Người dùng {name}", name=name))
            made.clicked.connect(lambda _on=False, name=name: self._choose(name))
            self._group.addButton(made)
            self._names.addWidget(made, place // NAMES_PER_ROW, place % NAMES_PER_ROW)
            made.setChecked(name == last)
        self.login.setVisible(len(names) > NAMES_MAX)
        self.login.set_value(last if last in names else "")
        first = self._group.buttons()
        (self.password if last in names or not first else first[0]).setFocus()

    def _no_names(self, failure: Failure) -> None:
        self.say_failure(failure)
        self.act.setEnabled(False)

    def _choose(self, name: str) -> None:
        self.login.set_value(name)
        self.password.set_value("")
        self.password.setFocus()

    def _wait(self, on: bool) -> None:
        self.act.setEnabled(not on)
        self.act.setText(translate("Đang mở sổ…") if on else translate("Vào sổ"))
        if on:
            self.say("")

    def _in(self, ws: Workspace) -> None:
        self._memory.put("login", ws.user.login)
        self.password.set_value("")
        self.entered.emit(ws)

    def _refused(self, failure: Failure) -> None:
        self._wait(False)
        self.say_failure(failure)
        self.password.set_value("")
        self.password.setFocus()

    def _forgot(self) -> None:
        self.forgot.hide()
        if self.recovery is None:
            self.recovery = RecoveryPart(self)
        self.recovery.show()

    def recover(self, code: str, login: str, password: str) -> None:
        """Give an admin a new password with the recovery code, and come in."""
        home = self._home
        self._wait(True)
        self._lane.run(
            lambda: signing_in.recover(home, code, login, password),
            self._in,
            self._refused,
            self,
        )


class RecoveryPart:
    """What stands on the card for somebody who forgot: whom to ask, or the printed code."""

    def __init__(self, page: SignIn) -> None:
        self._page = page
        self.words = label(
            translate(
                "Người dùng thường: nhờ quản trị đặt lại mật khẩu ở trang Quản trị. Quản trị: gõ "
                "mã khôi phục đã in khi lập sổ và mật khẩu mới."
            ),
            "muted",
            wrap=True,
        )
        self.login = TextField(text_field("login", translate("Tên quản trị")))
        self.code = TextField(text_field("code", translate("Mã khôi phục")))
        self.password = PasswordField(password_field("new", translate("Mật khẩu mới")))
        self.act = button(translate("Đặt mật khẩu mới và vào sổ"), self._submit)
        self.login.set_value(page.login.value())
        self.password.moved_on.connect(self._submit)
        for part in (self.words, self.login, self.code, self.password, self.act):
            page.add(part)

    def show(self) -> None:
        """Put the cursor where typing begins."""
        (self.code if self.login.value() else self.login).setFocus()

    def _submit(self) -> None:
        self._page.recover(
            str(self.code.value()), str(self.login.value()), str(self.password.value())
        )
