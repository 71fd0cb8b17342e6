"""Takes a paper book over that was typed into a sheet, and says which rows were not taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app import sheet_words
from app.actions import record_sheet
from app.values.record_sheet import SheetTaken
from app.wording import translate
from ui.stage import Message, Stage
from ui.widgets.parts import button
from ui.widgets.result import Result, ResultLine


class SheetTaking(Result):
    """`ask_file()`: a look first, written when the officer says so."""

    def __init__(self, stage: Stage, record: str, done: Callable[[], None]) -> None:
        super().__init__(translate("Dòng chưa nhận"))
        self._stage, self._record, self._done = stage, record, done

    def ask_file(self) -> None:
        """Ask for the sheet."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            translate("Chọn bảng tính"),
            "",
            translate("Bảng tính (*.xlsx *.xls *.ods *.csv)"),
        )
        if chosen:
            self.look(Path(chosen))

    def look(self, file: Path) -> None:
        """Say what would be written and what not; nothing is written yet."""
        self._run(file, True)

    def take(self, file: Path) -> None:
        """Write the rows that can be written."""
        self._run(file, False)

    def work(self, file: Path, dry: bool) -> Callable[[], SheetTaken]:
        """What takes the sheet, off the screen."""
        ws, record = self._stage.ws, self._record
        return lambda: record_sheet.take(ws, record, file, dry)

    def _run(self, file: Path, dry: bool) -> None:
        self._stage.tasks.desk.run(
            self.work(file, dry),
            lambda taken: self._show(file, taken, dry),
            lambda failure: self._stage.tell(Message(failure.message, "bad")),
            owner=self,
        )

    def _show(self, file: Path, taken: SheetTaken, dry: bool) -> None:
        lines = [ResultLine(sheet_words.before(one)) for one in (*taken.replaced, *taken.kept)]
        lines += [
            ResultLine(
                translate(
                    "Trang {sheet}, dòng {row}, {name}: {message}",
                    sheet=one.sheet,
                    row=one.row,
                    name=one.name,
                    message=problem.message,
                )
            )
            for one in taken.refused
            for problem in one.problems
        ]
        title = translate("Xem trước {file}: chưa ghi gì.", file=file.name)
        acts = [button(translate("Ghi vào sổ"), lambda: self.take(file), "primary")]
        if not dry:
            title, acts = translate("Đã nhập {file}.", file=file.name), []
            self._done()
        writes = bool(taken.created or taken.replaced)
        self.show_result(title, lines, sheet_words.facts(taken), acts if writes else [])
        if acts and writes:
            acts[0].setFocus()
