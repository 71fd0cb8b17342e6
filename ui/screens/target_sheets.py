"""Targets by a sheet: a blank one to fill in elsewhere, and its numbers looked at and taken in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from app.actions import target_sheet
from app.values.record_sheet import SheetTaken
from app.wording import translate
from ui.screens.sheet_taking import SheetTaking
from ui.stage import Message, Stage


class TargetSheets(SheetTaking):
    """`ask_file()` takes a sheet in; `ask_blank()` writes one. `period()` is the code of the
    period on the page: for rows that name none, and written into the blank sheet."""

    def __init__(self, stage: Stage, period: Callable[[], str], done: Callable[[], None]) -> None:
        super().__init__(stage, "target", done)
        self._period = period

    def work(self, file: Path, dry: bool) -> Callable[[], SheetTaken]:
        ws, period = self._stage.ws, self._period()
        return lambda: target_sheet.take(ws, file, period, dry)

    def ask_blank(self) -> None:
        """Ask where to, and write the blank sheet there."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        name, _kind = QFileDialog.getSaveFileName(
            self,
            translate("Lưu bảng giao chỉ tiêu"),
            str(folder / f"{translate('Giao chỉ tiêu')} {self._period()}".strip()) + ".xlsx",
            translate("Bảng tính Excel (*.xlsx)"),
        )
        if name:
            self.write_blank(Path(name).with_suffix(target_sheet.SUFFIX))

    def write_blank(self, file: Path) -> None:
        """Write the blank sheet, for the period on the page."""
        ws, period = self._stage.ws, self._period()

        def done(written: Path) -> None:
            words = translate("Đã ghi {file}. Ghi số được giao vào đó rồi nhập lại.", file=written)
            self._stage.tell(Message(words, "ok", stays=True))

        self._stage.tasks.desk.run(
            lambda: target_sheet.blank(ws, file, period),
            done,
            lambda failure: self._stage.tell(Message(failure.message, "bad", stays=True)),
            owner=self,
        )
