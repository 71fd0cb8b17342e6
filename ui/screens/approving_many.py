"""Approvals of many at once, and taking them back as a whole: at the desk and in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.actions import approval
from app.errors import Problem
from app.wording import translate
from ui import show
from ui.screens import people_bulk
from ui.screens.people_bulk import Bulk, Outcome
from ui.stage import Message, Screen
from ui.widgets.ask import AskReason
from ui.widgets.long_work import LongWork


@dataclass(frozen=True, slots=True)
class Approved:
    """How a bulk of approvals ended; `received` are those that can be taken back."""

    outcome: Outcome
    received: tuple[str, ...]


class ManyApprovals(QObject):
    """`approved(Approved)` and `undone(Outcome)` tell how it ended; `ask` stands in the page."""

    approved = Signal(object)
    undone = Signal(object)

    def __init__(self, screen: Screen, bar: LongWork) -> None:
        super().__init__(screen)
        self.ask = AskReason()
        self.ask.given.connect(self._undo)
        self.last: Approved | None = None
        self._stage, self._bar = screen.stage, bar
        self._asked: tuple[str, ...] = ()

    def approve(self, ids: Sequence[str]) -> None:
        """Approve whoever has no open warning; the green message takes all of them back."""
        ws, received = self._stage.ws, list[str]()

        def act(some: tuple[str, ...]) -> tuple[Problem, ...]:
            result = approval.approve(ws, some, bulk=True)
            received.extend(result.received)
            return result.skipped

        def done(outcome: Outcome) -> None:
            self.last = Approved(outcome, tuple(received))
            self.approved.emit(self.last)

        bulk = Bulk(translate("Đang duyệt"), _approved_words, act)
        people_bulk.begin(self._stage, self._bar, bulk, ids, done)

    def tell(self, words: str, tone: str = "ok") -> None:
        """Say what was approved, with the way back when there is one."""
        last = self.last
        undo = translate("Hoàn tác…") if last is not None and last.received else ""
        act = self.ask_undo if undo else None
        self._stage.tell(Message(words, tone, undo, act, stays=tone != "ok"))

    def ask_undo(self) -> None:
        """Ask why the last bulk shall be taken back."""
        if self.last is None or not self.last.received:
            return
        self._asked = self.last.received
        hint = translate("Hồ sơ trở lại bàn duyệt; lần duyệt cũ vẫn còn trong lịch sử.")
        changes = self.last.outcome.done - len(self._asked)
        if changes:
            hint = translate(
                "{count} thay đổi của người đã duyệt từ trước giữ nguyên: "
                "duyệt thay đổi thì không hủy được.",
                count=show.number(changes),
            )
        count = show.number(len(self._asked))
        title = translate("Hủy duyệt {count} hồ sơ vừa duyệt vì lý do gì?", count=count)
        self.ask.ask(title, hint, translate("Hủy duyệt"))

    def _undo(self, reason: str) -> None:
        ws = self._stage.ws

        def done(outcome: Outcome) -> None:
            self.last = None
            self.undone.emit(outcome)

        bulk = Bulk(
            translate("Đang hủy duyệt"),
            _undone_words,
            lambda some: approval.undo_many(ws, some, reason),
        )
        people_bulk.begin(self._stage, self._bar, bulk, self._asked, done)


def _approved_words(count: str) -> str:
    return translate("Đã duyệt {count} hồ sơ.", count=count)


def _undone_words(count: str) -> str:
    return translate("Đã hủy duyệt {count} hồ sơ; các hồ sơ ấy chờ duyệt lại.", count=count)
