"""Bring the store back from a backup, on a new PC or in place of a store that is damaged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.actions import backup
from app.values.backup import BackupRestored
from app.wording import translate
from ui import show
from ui.tasks import Failure, Lane
from ui.widgets.fields.lines import PasswordField
from ui.widgets.gate import Gate, password_field
from ui.widgets.parts import button, label, row


class BackupRestore(Gate):
    """`restored(words)` when the store is back and people can sign in; `left` without a change."""

    restored = Signal(str)
    left = Signal()

    def __init__(self, home: Path, lane: Lane) -> None:
        super().__init__(
            translate("Phục hồi từ bản sao lưu"),
            translate(
                "Chọn tệp .sasbk trên USB. Sổ đang có trên máy này, nếu có, được cất sang bên "
                "chứ không mất."
            ),
        )
        self._home, self._lane = home, lane
        self._file: Path | None = None
        self.choose = button(translate("Chọn bản sao lưu…"), self._choose)
        self.file = label("", "muted", wrap=True)
        self.password = PasswordField(
            password_field("password", translate("Mật khẩu lúc sao lưu, hoặc mã khôi phục"))
        )
        self.password.moved_on.connect(self.submit)
        self.act = button("", self.submit, "primary")
        self.back = button(translate("Quay lại"), self.left.emit)
        for part in (row(self.choose, 1), self.file, self.password, row(self.back, 1, self.act)):
            self.add(part)
        self.setFocusProxy(self.choose)
        self._wait(False)

    def choose_file(self, path: Path) -> None:
        """Take a backup to bring back."""
        self._file = path
        self.file.setText(str(path))
        self.password.setFocus()

    def submit(self) -> None:
        """Bring it back, once however often the key is pressed."""
        home, file, typed = self._home, self._file, str(self.password.value() or "")
        if file is None or not typed:
            (self.choose if file is None else self.password).setFocus()
            return
        if not self.act.isEnabled():
            return
        self._wait(True)
        self._lane.run(lambda: backup.restore(file, home, typed), self._done, self._refused, self)

    def _choose(self) -> None:
        words = translate("Bản sao lưu")
        chosen, _ = QFileDialog.getOpenFileName(
            self, translate("Chọn bản sao lưu"), "", f"{words} (*.sasbk)"
        )
        if chosen:
            self.choose_file(Path(chosen))

    def _wait(self, on: bool) -> None:
        for part in (self.act, self.back, self.choose):
            part.setEnabled(not on)
        self.act.setText(translate("Đang phục hồi…") if on else translate("Phục hồi"))
        if on:
            self.say("")

    def _done(self, done: BackupRestored) -> None:
        words = translate(
            "Đã phục hồi sổ từ bản ngày {at}: {persons} người. "
            "Đăng nhập bằng mật khẩu của ngày đó.",
            at=show.instant(done.at),
            persons=show.number(done.persons),
        )
        if done.aside is not None:
            words += " " + translate("Sổ cũ nằm ở {folder}.", folder=done.aside)
        self.restored.emit(words)

    def _refused(self, failure: Failure) -> None:
        self._wait(False)
        self.say_failure(failure)
        self.password.set_value("")
        self.password.setFocus()
