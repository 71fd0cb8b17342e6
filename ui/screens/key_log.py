"""Who changed whose way in: what an admin and an inspector may see of passwords and keys."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.actions import key_log
from app.actions.key_log import KeyLine
from app.wording import translate
from ui import show
from ui.stage import Stage
from ui.widgets.parts import Card, Scroll, clear, column, holder, label


class KeyLogTab(QWidget):
    """Entries newest first, as this PC wrote them."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self._rows = column(gap=6)
        words = translate(
            "Mật khẩu, mã khôi phục, người ngừng dùng: ai đã đổi, lúc nào, trên máy này."
        )
        card = Card(translate("Nhật ký khóa"), label(words, "muted", wrap=True), holder(self._rows))
        self.setLayout(column(Scroll(holder(column(card, 1)))))
        self.reload()

    def reload(self) -> None:
        """Read the log again."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: key_log.listing(ws), self._show, owner=self, key="key-log"
        )

    def _show(self, lines: tuple[KeyLine, ...]) -> None:
        clear(self._rows)
        for one in lines:
            self._rows.addWidget(label(_sentence(one), "", wrap=True))
        if not lines:
            self._rows.addWidget(label(translate("Chưa có thay đổi nào."), "muted"))


def _sentence(one: KeyLine) -> str:
    return translate(
        "{at} · {by} · {login}: {what}",
        at=show.instant(one.at),
        by=one.by,
        login=one.login,
        what=key_log.what(one.what),
    )
