"""A page of one part of a case: closed for writing once the case has ended."""

from __future__ import annotations

from typing import Any

from app.actions import care_case
from app.rules.care_case import ENDED
from app.wording import translate
from ui.screens.record_part import RecordPart
from ui.stage import Stage


class CasePart(RecordPart):
    """`opened(case_id)`. Subclasses give `of_case()` (off the screen) and `show_rows(answer)`."""

    def __init__(self, stage: Stage, title: str, purpose: str) -> None:
        super().__init__(stage, title, purpose, (translate("Trang ca"), "care_case", "case"))
        self._status = ""

    @property
    def writable(self) -> bool:
        return self.stage.ws.can("enter") and self._status not in ENDED

    def read(self) -> tuple[str, Any]:
        return care_case.status(self.stage.ws, self.key), self.of_case()

    def of_case(self) -> Any:
        """The part of the case, read off the screen."""

    def show_read(self, answer: tuple[str, Any]) -> None:
        self._status, told = answer
        self.show_rows(told)
