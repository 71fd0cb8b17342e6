"""The bar of long work: what, how many of how many, time left, cancel; its result stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from app.wording import translate
from ui.show import number
from ui.tasks import Failure, Job, Lane, Progress, Watch
from ui.widgets.parts import button, column, label, row

TIME_LEFT_AFTER_S = 3.0


class LongWork(QFrame):
    """Runs `work(watch)` on a lane and shows how far it is; goes on while the officer does more."""

    finished = Signal(object)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.title = label("", "strong")
        self.facts = label("", "muted", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.cancel = button(translate("Dừng"), self.stop)
        self.close_ = button(translate("Đóng"), self.hide)
        self.setLayout(
            row(
                column(row(self.title, 1), self.bar, self.facts, gap=6),
                self.cancel,
                self.close_,
                gap=16,
                margins=(16, 12, 16, 12),
            )
        )
        self.job: Job | None = None
        self._say: Callable[[Any], str] = lambda _result: translate("Đã xong.")
        self.hide()

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self.job is not None

    def begin(
        self,
        lane: Lane,
        title: str,
        work: Callable[[Watch], Any],
        say: Callable[[Any], str] | None = None,
    ) -> Job:
        """Start the work; `say(result)` is the sentence that stays when it is done."""
        self._say = say or self._say
        self.title.setText(title)
        self.setAccessibleName(title)
        self.facts.setText(translate("Đang chuẩn bị…"))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.cancel.setEnabled(True)
        self.cancel.show()
        self.close_.hide()
        self.show()
        self.job = lane.run_long(work, self._done, self._not_done, self._step, self)
        return self.job

    def stop(self) -> None:
        """Ask the work to stop."""
        if self.job is not None:
            self.cancel.setEnabled(False)
            self.facts.setText(translate("Đang dừng…"))
            self.job.stop()

    def _step(self, step: Progress) -> None:
        if not self.cancel.isEnabled():
            return
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        words = [step.text] if step.text else []
        if step.total:
            words.append(
                translate("{done} trên {total}", done=number(step.done), total=number(step.total))
            )
            if step.done and step.seconds > TIME_LEFT_AFTER_S:
                words.append(time_left(step.seconds * (step.total - step.done) / step.done))
        self.facts.setText(" · ".join(words))

    def _done(self, result: Any) -> None:
        self._end(translate("Xong"), self._say(result))
        self.finished.emit(result)

    def _not_done(self, failure: Failure) -> None:
        stopped = translate("Đã dừng. Những gì đã xong vẫn được giữ.")
        if failure.stopped:
            self._end(translate("Đã dừng"), stopped)
        else:
            self._end(translate("Chưa xong"), failure.message)
        self.failed.emit(failure)

    def _end(self, title: str, sentence: str) -> None:
        self.job = None
        self.title.setText(title)
        self.bar.hide()
        self.facts.setText(sentence)
        self.cancel.hide()
        self.close_.show()


def time_left(seconds: float) -> str:
    """A rest of time in words."""
    if seconds < 60:
        return translate("còn chưa đến 1 phút")
    return translate("còn khoảng {minutes} phút", minutes=round(seconds / 60))
