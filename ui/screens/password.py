"""One's own password, changed on a page."""

from __future__ import annotations

from typing import Any

from app.actions import user
from app.wording import translate
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.fields.lines import PasswordField
from ui.widgets.gate import password_field
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, column, holder, row

CARD_WIDTH_PX = 460


class PasswordScreen(Screen):
    """The old password, the new one twice; nobody else sees or keeps it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        head = PageHead(
            translate("Đổi mật khẩu"),
            translate("Mật khẩu mở sổ trên máy này; không ai khác xem được và không lưu ở đâu."),
        )
        self.old = PasswordField(password_field("old_password", translate("Mật khẩu hiện nay")))
        self.new = PasswordField(password_field("password", translate("Mật khẩu mới")))
        self.again = PasswordField(password_field("again", translate("Gõ lại mật khẩu mới")))
        self.old.moved_on.connect(self.new.setFocus)
        self.new.moved_on.connect(self.again.setFocus)
        self.again.moved_on.connect(self.submit)
        self.act = button(translate("Đổi mật khẩu"), self.submit, "primary")
        card = Card("", self.old, self.new, self.again, row(1, self.act))
        card.setFixedWidth(CARD_WIDTH_PX)
        page = column(head, Scroll(holder(column(row(card, 1), 1))), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        for part in (self.old, self.new, self.again):
            part.set_value("")
            part.show_problem("")
        self.old.setFocus()

    def submit(self) -> None:
        """Change it."""
        old, new = str(self.old.value()), str(self.new.value())
        if new != self.again.value():
            self.again.show_problem(translate("Hai lần gõ không giống nhau."))
            self.again.setFocus()
            return
        self.act.setEnabled(False)
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: user.change_password(ws, old, new), self._done, self._refused, self
        )

    def _done(self, _nothing: object) -> None:
        self.act.setEnabled(True)
        self.stage.tell(Message(translate("Đã đổi mật khẩu."), "ok"))
        self.stage.back()

    def _refused(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        parts = {"old_password": self.old, "password": self.new}
        for problem in failure.problems:
            part = parts.get(problem.field, self.old)
            part.show_problem(problem.message)
            part.setFocus()
