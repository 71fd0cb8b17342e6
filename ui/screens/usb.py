"""The card of the sync page for days and places without a line: send by stick, read a stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QScrollArea

from app.wording import translate
from ui import show
from ui.stage import Stage
from ui.tasks import Watch
from ui.usb import EnrolmentAsked, UsbRead, UsbWritten
from ui.widgets.long_work import LongWork
from ui.widgets.parts import Card, button, label, row

FOLDER = "usb/folder"
PROBLEMS_MAX = 20

Asked = Callable[[], EnrolmentAsked]


class UsbCard(Card):
    """`moved` after anything was written down or confirmed; `joined` when the office is another
    one now. `asked` gives the typed address and code of a PC that is not enrolled."""

    moved = Signal()
    joined = Signal()

    def __init__(self, stage: Stage, asked: Asked) -> None:
        super().__init__(translate("Khi không có mạng"))
        self._stage, self._asked = stage, asked
        self._enrolled = True
        self.how = label("", "caption", wrap=True)
        self.folder = QLineEdit(str(stage.memory.get(FOLDER, "")))
        self.folder.setAccessibleName(translate("Thư mục trên USB"))
        self.folder.setPlaceholderText(translate("Chưa chọn USB"))
        choose = button(translate("Chọn…"), self._choose, tip=translate("Chọn USB hoặc thư mục"))
        choose.setAccessibleName(translate("Chọn USB hoặc thư mục"))
        self.send = button(translate("Gửi bằng USB…"), self._send, "", "export")
        self.fetch = button(translate("Đọc từ USB…"), self._read, "", "import")
        self.work = LongWork()
        self.work.finished.connect(self._finished)
        self.work.failed.connect(lambda _failure: self._ended())
        self.problems = label("", "problem", wrap=True)
        self.problems.hide()
        for part in (
            self.how,
            label(translate("Thư mục trên USB"), "caption"),
            row(self.folder, choose),
            row(self.send, self.fetch, 1),
            self.work,
            self.problems,
        ):
            self.add(part)
        self.stand(True)

    def stand(self, enrolled: bool) -> None:
        """Say what a stick does for this PC: its changes, or the question to be let in."""
        self._enrolled = enrolled
        self.how.setText(
            translate(
                "Gửi: ghi mọi thay đổi chờ gửi ra USB, đã mã hóa cho máy chủ. Mang USB tới bất kỳ "
                "máy nào có mạng (hoặc máy chủ), bấm “Đọc từ USB…” ở đó, rồi mang về đọc ở máy này."
            )
            if enrolled
            else translate(
                "Máy chưa đăng ký: gõ địa chỉ và mã đăng ký ở trên rồi bấm “Gửi bằng USB…” để xin "
                "đăng ký. Mang USB tới máy có mạng (hoặc máy chủ), rồi mang về đọc ở máy này."
            )
        )

    def _choose(self) -> bool:
        chosen = QFileDialog.getExistingDirectory(
            self, translate("Chọn USB hoặc thư mục"), self.folder.text()
        )
        if chosen:
            self.folder.setText(chosen)
        return bool(chosen)

    def _place(self) -> Path | None:
        """The folder as typed or chosen, remembered for next time; None when none was chosen."""
        if self.work.running or not (self.folder.text().strip() or self._choose()):
            return None
        folder = Path(self.folder.text().strip()).expanduser()
        self._stage.memory.put(FOLDER, str(folder))
        self.problems.hide()
        return folder

    def _send(self) -> None:
        ws, usb, asked = self._stage.ws, self._stage.port.usb, self._asked()
        folder = self._place()
        if folder is None:
            return
        if self._enrolled:
            title = translate("Đang ghi ra USB")
            self._begin(title, lambda watch: usb.write(ws, folder, watch))
        else:
            title = translate("Đang ghi tệp xin đăng ký")
            self._begin(title, lambda _watch: usb.ask(ws, folder, asked))

    def _read(self) -> None:
        ws, usb = self._stage.ws, self._stage.port.usb
        folder = self._place()
        if folder is not None:
            title = translate("Đang đọc USB")
            self._begin(title, lambda watch: usb.read(ws, folder, watch))

    def _begin(self, title: str, work: Callable[[Watch], UsbWritten | UsbRead]) -> None:
        self.work.begin(self._stage.tasks.wire, title, work, words_of)

    def _finished(self, done: UsbWritten | UsbRead) -> None:
        if isinstance(done, UsbRead) and done.problems:
            self.work.title.setText(translate("Việc với USB chưa xong hết"))
            self.problems.setText("\n".join(done.problems[:PROBLEMS_MAX]))
            self.problems.show()
        self._ended()
        if isinstance(done, UsbRead) and done.office:
            self.joined.emit()

    def _ended(self) -> None:
        """What happened must be seen, also on a small screen: once it has its place, scroll."""
        self.moved.emit()
        QTimer.singleShot(0, self, self._into_view)

    def _into_view(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            last = self.problems if self.problems.isVisible() else self.work
            above.ensureWidgetVisible(last, 0, self.fontMetrics().height())


def words_of(done: UsbWritten | UsbRead) -> str:
    """What happened, and where the stick goes next."""
    if isinstance(done, UsbRead):
        return " ".join(_read_words(done))
    if done.enrolment:
        return translate(
            "Đã ghi tệp xin đăng ký {file}. Mang tới máy có mạng hoặc máy chủ, rồi mang về đọc.",
            file=done.files[0],
        )
    words = [
        translate(
            "{parts} phần, {changes} thay đổi, {photos} ảnh, {size}; mang tới máy có mạng hoặc "
            "cho máy chủ.",
            parts=show.number(len(done.files)),
            changes=show.number(done.changes),
            photos=show.number(done.photos),
            size=show.size(done.bytes),
        )
    ]
    if done.photos_left:
        words.append(
            translate(
                "USB không đủ chỗ cho {count} ảnh; ghi tiếp sau khi đọc trả lời, hoặc dùng USB "
                "khác.",
                count=show.number(done.photos_left),
            )
        )
    return " ".join(words)


def _read_words(done: UsbRead) -> list[str]:
    words = []
    if done.office:
        words.append(translate("Máy này đã là máy của {office}.", office=done.office))
    if done.answers:
        words.append(
            translate(
                "Máy chủ ký nhận {count} thay đổi, nhận về {pulled}; còn chờ {pending}.",
                count=show.number(done.acknowledged),
                pulled=show.number(done.pulled),
                pending=show.number(done.pending),
            )
        )
    if done.photos or done.photos_sent:
        words.append(
            translate(
                "Ảnh, bản chụp: máy chủ nhận {sent}, về máy này {fetched}.",
                sent=show.number(done.photos_sent),
                fetched=show.number(done.photos),
            )
        )
    if done.carried:
        words.append(
            translate(
                "Đã giao {count} gói của máy khác ({changes} thay đổi); trả lời nằm trên USB, "
                "mang về máy đã gửi.",
                count=show.number(done.carried),
                changes=show.number(done.carried_changes),
            )
        )
    if not words and done.problems:
        words.append(translate("Chưa đọc được gì; xem bên dưới."))
    return words or [translate("Trên USB không có gói nào cho máy này hoặc cần giao giúp.")]
