"""Whose work is shown: one's own, everybody's, nobody's, or a colleague's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.actions import worker
from app.wording import translate
from ui.stage import Stage

EVERYBODY, NOBODY = "*", "-"


class WorkerPick(QComboBox):
    """`changed` when another one is chosen; `login` is None for everybody, "" for nobody."""

    changed = Signal()

    def __init__(self, stage: Stage, memory_key: str) -> None:
        super().__init__()
        self._stage, self._key = stage, f"worker/{memory_key}/{stage.ws.user.login}"
        self.setAccessibleName(translate("Việc của ai"))
        self.setMinimumWidth(170)
        self._add(translate("Việc của tôi"), stage.ws.user.login)
        self._add(translate("Cả cơ quan"), EVERYBODY)
        self._add(translate("Chưa giao ai"), NOBODY)
        usual = stage.ws.user.login if stage.ws.can("enter") else EVERYBODY
        kept = stage.memory.get(self._key, usual)
        self.setCurrentIndex(max(0, self.findData(kept)))
        self.activated.connect(lambda _place: self._chosen())
        stage.tasks.desk.run(
            lambda: worker.colleagues(stage.ws, stage.ws.user.login),
            lambda found: self._offer(found, kept),
            owner=self,
        )

    @property
    def login(self) -> str | None:
        """Whose work is asked for."""
        kept = self.currentData()
        return {EVERYBODY: None, NOBODY: ""}.get(kept, kept)

    @property
    def everybody(self) -> bool:
        """Whether more than one worker's things are shown."""
        return self.login is None

    def _add(self, words: str, kept: str) -> None:
        self.addItem(words, kept)

    def _offer(self, found: Sequence[tuple[str, str]], kept: object) -> None:
        for login, name in found:
            self._add(name, login)
        place = self.findData(kept)
        if place >= 0 and place != self.currentIndex() and place > 2:
            self.setCurrentIndex(place)
            self.changed.emit()

    def _chosen(self) -> None:
        self._stage.memory.put(self._key, self.currentData())
        self.changed.emit()
