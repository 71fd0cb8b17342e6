"""Returns at the approval desk, of many at once with a bar and a stop, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.actions import approval
from app.errors import Problem
from app.wording import translate
from ui import show
from ui.screens import people_bulk
from ui.screens.people_bulk import Bulk, Outcome
from ui.stage import Message, Screen
from ui.widgets.long_work import LongWork


class Returns(QObject):
    """`returned(Outcome)` and `taken_back(Outcome)` tell how it ended."""

    returned = Signal(object)
    taken_back = Signal(object)

    def __init__(self, screen: Screen, bar: LongWork) -> None:
        super().__init__(screen)
        self.last: tuple[str, ...] = ()
        self._stage, self._bar = screen.stage, bar

    def give_back(self, ids: Sequence[str], reason: str) -> None:
        """Return all who still wait, with one reason; the message takes all of them back."""
        ws, given = self._stage.ws, list[str]()

        def act(some: tuple[str, ...]) -> tuple[Problem, ...]:
            skipped = approval.return_(ws, some, reason)
            stay = {one.value for one in skipped}
            given.extend(one for one in some if one not in stay)
            return skipped

        def done(outcome: Outcome) -> None:
            self.tell(_returned_words(show.number(outcome.done)), given, outcome)
            self.returned.emit(outcome)

        people_bulk.begin(
            self._stage, self._bar, Bulk(translate("Đang trả lại"), _returned_words, act), ids, done
        )

    def tell(self, words: str, given: Sequence[str], outcome: Outcome | None = None) -> None:
        """Say who was returned, with the way back, and who was not and why."""
        self.last = tuple(given)
        undo, act = (translate("Hoàn tác"), self.take_back) if given else ("", None)
        skipped = people_bulk.skipped_lines(outcome) if outcome is not None else []
        tone = "wait" if skipped else "ok"
        self._stage.tell(
            Message("\n".join([words, *skipped]), tone, undo, act, stays=bool(skipped))
        )

    def take_back(self) -> None:
        """The last return was a slip: whoever has not gone on since waits at the desk again."""
        ws, ids = self._stage.ws, self.last
        if not ids:
            return

        def done(outcome: Outcome) -> None:
            self.last = ()
            lines = [_back_words(show.number(outcome.done)), *people_bulk.skipped_lines(outcome)]
            tone = "wait" if outcome.skipped else "ok"
            self._stage.tell(Message("\n".join(lines), tone, stays=bool(outcome.skipped)))
            self.taken_back.emit(outcome)

        bulk = Bulk(
            translate("Đang rút lại việc trả lại"),
            _back_words,
            lambda some: approval.take_back(ws, some),
        )
        people_bulk.begin(self._stage, self._bar, bulk, ids, done)


def _returned_words(count: str) -> str:
    return translate("Đã trả lại {count} hồ sơ.", count=count)


def _back_words(count: str) -> str:
    return translate("Đã rút lại việc trả lại; {count} hồ sơ chờ duyệt như trước.", count=count)
