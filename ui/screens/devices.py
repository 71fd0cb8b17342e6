"""The PCs of the office: which hold the key of restricted values, which wait, and giving it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.actions import device
from app.values.device import DeviceLine
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, entry
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row


class DevicesTab(QWidget):
    """The program proposes, a person decides: a key once given to a stranger cannot be fetched."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self._chosen: DeviceLine | None = None
        self._rows = column(gap=8)
        words = translate(
            "Thông tin mật khóa bằng khóa riêng của các máy trong đơn vị, máy chủ không mở được. "
            "{both}",
            both=device.both_words(),
        )
        self.asked, self.print = label("", "section", wrap=True), label("", "code", wrap=True)
        self.act = button(translate("Dấu đã trùng, cấp khóa"), self._grant, "primary", "key")
        self.leave = button(translate("Thôi"), self._leave)
        self.box = Card("", self.asked, self.print, self._explained(), row(1, self.leave, self.act))
        self.box.hide()
        body = column(label(words, "muted", wrap=True), self.box, self._rows, 1, gap=12)
        self.sheet = Scroll(holder(body))
        self.setLayout(column(self.sheet))
        if stage.syncing is not None:
            stage.syncing.ended.connect(lambda _done: self.reload())
        self.reload()

    def reload(self) -> None:
        """Read the PCs again."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: device.listing(ws), self._show, owner=self, key="devices-page"
        )

    def ask(self, one: DeviceLine) -> None:
        """Ask for the comparison by telephone before a key is given."""
        self._chosen = one
        self.asked.setText(translate("Cấp khóa thông tin mật cho máy {name}", name=one.name))
        self.print.setText(one.fingerprint)
        self.act.setEnabled(True)
        self.box.show()
        self.sheet.ensureWidgetVisible(self.box)
        self.leave.setFocus()

    def _explained(self) -> QWidget:
        return label(
            translate(
                "Gọi cho người đang ngồi ở máy đó, nhờ đọc dấu nhận ra ghi ở trang này trên máy "
                "của họ. Chỉ cấp khi từng chữ trùng với dấu trên: máy lấy trộm mã đăng ký cũng "
                "hiện ở đây."
            ),
            "",
            wrap=True,
        )

    def _leave(self) -> None:
        self._chosen = None
        self.box.hide()
        self.setFocus()

    def _grant(self) -> None:
        one, ws = self._chosen, self.stage.ws
        if one is None:
            return
        self.act.setEnabled(False)
        self.stage.tasks.desk.run(
            lambda: device.grant(ws, one.id, one.fingerprint),
            self._granted,
            self._refused,
            owner=self,
        )

    def _granted(self, name: str) -> None:
        self._leave()
        self.stage.tell(Message(device.granted_words(name), "ok"))
        self.reload()
        if self.stage.syncing is not None:
            self.stage.syncing.now()

    def _refused(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.stage.tell(Message(failure.message, "bad"))

    def _show(self, lines: tuple[DeviceLine, ...]) -> None:
        clear(self._rows)
        if not lines:
            words = translate("Máy này chưa nối máy chủ; nối xong, các máy của đơn vị hiện ở đây.")
            self._rows.addWidget(label(words, "muted", wrap=True))
        for one in lines:
            self._rows.addWidget(self._entry(one))

    def _entry(self, one: DeviceLine) -> Card:
        title = translate("{name} (máy này)", name=one.name) if one.own else one.name
        lines = [_state(one)]
        if one.fingerprint:
            lines.append(translate("Dấu nhận ra: {print}", print=one.fingerprint))
        lines.append(translate("Đăng ký lúc {at}", at=show.instant(one.enrolled_at)))
        if one.decided_by:
            at = show.instant(one.decided_at)
            lines.append(translate("{by} cho cấp khóa lúc {at}", by=one.decided_by, at=at))
        actions: Actions = ()
        if one.state == "waiting" and not one.own and self.stage.ws.restricted is not None:
            actions = ((translate("Cấp khóa…"), lambda: self.ask(one)),)
        return entry(title, tuple(lines), actions)


def _state(one: DeviceLine) -> str:
    if one.own and one.state == "waiting":
        return translate(
            "Máy này chưa nhận khóa của đơn vị: thông tin mật ghi ở máy khác còn đóng. Gọi quản "
            "trị ở máy đang giữ khóa, hai bên cùng mở trang này và đọc dấu cho nhau: họ bấm “Cấp "
            "khóa…” cho máy này, bạn bấm “Cấp khóa…” cho máy của họ."
        )
    return device.state_words(one.state)
