"""What the parts of a file's page know of it: the file that is shown."""

from __future__ import annotations

from app.values.application import ApplicationCard
from app.wording import translate
from ui.screens.record_part import RecordPart
from ui.stage import Stage


class FilePage(RecordPart):
    """`opened(application_id)`; `file` is the one that is shown, once it was read."""

    name = "application"

    def __init__(self, stage: Stage) -> None:
        words = (translate("Bàn hồ sơ"), "applications", "list")
        super().__init__(stage, translate("Hồ sơ"), "", words)
        self.file: ApplicationCard | None = None

    @property
    def writable(self) -> bool:
        return self.stage.ws.can("enter") and self.stage.ws.own is None

    def back_to(self, place: str) -> None:
        self.stage.go(place)
