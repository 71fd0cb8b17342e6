"""Before a death, a missing or a leaving is undone: what ended because of it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.actions import case_ending
from app.actions.case_ending import HERE
from app.values.care_case import Hanging
from app.values.person import PersonPage
from app.wording import translate
from ui.stage import Stage
from ui.widgets.ask import AskSure


class Undoing(AskSure):
    """`holds(page, changes)`: whether a save waits until somebody has read what hangs on it."""

    def __init__(self, stage: Stage, go_on: Callable[[], None]) -> None:
        super().__init__()
        self._stage, self._go_on = stage, go_on
        self._told = False
        self._whose = ""
        self.sure.connect(self._again)

    def holds(self, page: PersonPage | None, changes: Mapping[str, object]) -> bool:
        """Look first, unless it was told; nothing hangs on it: the save goes on by itself."""
        told, self._told = self._told, False
        back = "life_state" in changes and changes["life_state"] in HERE
        if told or not back or page is None or page.card.life_state in HERE:
            return False
        ws, key = self._stage.ws, page.card.id
        self._whose = key
        self._stage.tasks.desk.run(
            lambda: case_ending.of_death(ws, key),
            lambda hanging: self._found(key, hanging),
            owner=self,
            key="undoing",
        )
        return True

    def forget(self) -> None:
        """The page comes to another person: nothing is asked about the one before."""
        self._told, self._whose = False, ""
        self.hide()

    def _found(self, whose: str, hanging: tuple[Hanging, ...]) -> None:
        if whose != self._whose:
            return
        if not hanging:
            self._again()
            return
        lines = [f"• {one.words}" for one in hanging]
        hint = translate("Những điều này không tự trở lại; mở lại từng ca nếu đúng.")
        title = translate("Đưa về “đang sống tại đây”? Đã làm vì tình trạng trước:")
        self.ask("\n".join((title, *lines)), hint, translate("Đã xem, lưu"))

    def _again(self) -> None:
        self._told = True
        self._go_on()
