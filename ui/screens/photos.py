"""The card of the sync page about photos and scans: the line's mark, what waits, what happened."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox

from app.wording import translate
from ui import show
from ui.photos import PhotoLoad, PhotosDone, PhotosWaiting
from ui.stage import Stage
from ui.widgets.parts import Card, label


class PhotosCard(Card):
    """Small pictures go with the records on every line; originals where the line is not counted."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Ảnh, bản chụp giấy tờ"))
        self._stage = stage
        self.line = QCheckBox(translate("Đường truyền ở đây không tính tiền: gửi, nhận cả ảnh gốc"))
        self.line.setAccessibleName(self.line.text())
        self.line.clicked.connect(self._mark)
        self.line.setEnabled(stage.ws.can("sync"))
        self.how = label(
            translate(
                "Ảnh nhỏ luôn đi theo hồ sơ. Ảnh gốc chỉ đi khi đánh dấu ô này, khi bấm “Tải ảnh "
                "gốc” ở hồ sơ, hoặc bằng USB."
            ),
            "caption",
            wrap=True,
        )
        self.up, self.down = label("", "", wrap=True), label("", "", wrap=True)
        self.last = label("", "muted", wrap=True)
        self.last.hide()
        for part in (self.line, self.how, self.up, self.down, self.last):
            self.add(part)

    def show_waiting(self, waiting: PhotosWaiting) -> None:
        """How the line is marked and what is still to be carried."""
        self.line.setChecked(waiting.unmetered)
        up, down = _loads(waiting.small_up, waiting.up), _loads(waiting.small_down, waiting.down)
        self.up.setText(
            translate("Chờ gửi: {what}.", what=up) if up else translate("Không còn ảnh chờ gửi.")
        )
        self.down.setText(
            translate("Chờ nhận: {what}.", what=down)
            if down
            else translate("Không còn ảnh chờ nhận.")
        )

    def show_done(self, done: PhotosDone) -> None:
        """What the last round did; nothing when it had no photos to carry."""
        words = " ".join(words_of(done))
        self.last.setText(words)
        self.last.setVisible(bool(words))

    def _mark(self) -> None:
        ws, port, on = self._stage.ws, self._stage.port.photos, self.line.isChecked()

        def marked(_nothing: object) -> None:
            if on and self._stage.syncing is not None:
                self._stage.syncing.now()

        self._stage.tasks.desk.run(lambda: port.mark(ws, on), marked, owner=self)


def words_of(done: PhotosDone) -> Iterator[str]:
    """What a round did with photos, a sentence each."""
    if done.sent or done.fetched:
        yield translate(
            "Lượt vừa xong: máy chủ nhận {sent} ảnh, về máy này {fetched} ảnh.",
            sent=show.number(done.sent),
            fetched=show.number(done.fetched),
        )
    if done.restarted:
        yield translate(
            "Máy chủ không còn phần đã nhận của {count} ảnh; đã gửi lại từ đầu.",
            count=show.number(done.restarted),
        )
    if done.damaged:
        yield translate(
            "{count} ảnh đến nơi bị hỏng nên không dùng; máy đang xin lại.",
            count=show.number(done.damaged),
        )
    if done.problem:
        yield translate("Ảnh chưa xong, lượt sau đi tiếp: {why}", why=done.problem)


def _loads(small: PhotoLoad, original: PhotoLoad) -> str:
    """What there is to carry one way; nothing when all of it was."""
    words = []
    if small.count:
        count, size = show.number(small.count), show.size(small.bytes)
        words.append(translate("{count} ảnh nhỏ ({size})", count=count, size=size))
    if original.count:
        count, size = show.number(original.count), show.size(original.bytes)
        words.append(translate("{count} ảnh gốc, bản chụp ({size})", count=count, size=size))
    return ", ".join(words)
