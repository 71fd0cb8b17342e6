"""Taking accidents over from a sheet: look first, then take; rows that cannot come say why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.actions import import_accidents
from app.values.mine_action import AccidentsTaken
from app.wording import translate
from ui import show
from ui.stage import Stage
from ui.tasks import Failure
from ui.widgets.parts import Card, button, label, row

SHOWN_MAX = 8


class MineImport(Card):
    """`begin()` asks for the file and looks; nothing is written before "Nhập"."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Nhập tai nạn từ bảng tính"))
        self.stage = stage
        self.file: Path | None = None
        self.told = label("", "", wrap=True)
        self.told.setAccessibleName(translate("Kết quả xem thử và nhập"))
        self.take = button(translate("Nhập"), lambda: self._run(False), "primary")
        blank = button(translate("Lưu mẫu trống…"), self._save_blank, "", "file")
        self.choose = button(translate("Chọn bảng tính…"), self._choose, "", "import")
        self.add(self.told)
        close = button(translate("Đóng"), self.hide)
        self.add(row(blank, self.choose, 1, close, self.take))
        self.hide()

    def begin(self) -> None:
        """Say what is wanted; the cursor stands where the file is chosen."""
        self.file = None
        self.told.setText(
            translate(
                "Mỗi dòng một nạn nhân; các dòng cùng “Vụ số” là một vụ tai nạn. Nạn nhân có số "
                "định danh hay mã hồ sơ thì gắn với người trong sổ, không có thì ghi theo tên."
            )
        )
        self.take.setEnabled(False)
        self.show()
        self.choose.setFocus()

    def look(self, file: Path) -> None:
        """Try the file and say what would come of it."""
        self.file = file
        self._run(True)

    def _choose(self) -> None:
        words = translate("Bảng tính")
        kinds = f"{words} (*.xlsx *.xls *.ods *.csv)"
        chosen, _ = QFileDialog.getOpenFileName(self, translate("Chọn bảng tính"), "", kinds)
        if chosen:
            self.look(Path(chosen))

    def _run(self, trial: bool) -> None:
        ws, file = self.stage.ws, self.file
        if file is None:
            return
        self.take.setEnabled(False)

        def done(answer: AccidentsTaken) -> None:
            self.take.setEnabled(trial and answer.victims > 0)
            self.told.setText("\n".join(_lines(answer, trial)))
            if self.take.isEnabled():
                self.take.setFocus()

        work = lambda: import_accidents.run(ws, file, trial)  # noqa: E731
        self.stage.tasks.desk.run(work, done, self._failed, owner=self)

    def _failed(self, failure: Failure) -> None:
        self.told.setText(failure.message)

    def _save_blank(self) -> None:
        ws = self.stage.ws
        title = translate("Lưu mẫu trống")
        chosen, _ = QFileDialog.getSaveFileName(self, title, "tai-nan.xlsx", "Excel (*.xlsx)")
        if not chosen:
            return
        file = Path(chosen)
        file = file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")

        def done(_none: object) -> None:
            self.told.setText(translate("Đã lưu {file}.", file=file))

        work = lambda: import_accidents.template(ws, file)  # noqa: E731
        self.stage.tasks.desk.run(work, done, self._failed, owner=self)


def _lines(answer: AccidentsTaken, trial: bool) -> list[str]:
    """What came, or would come, of the sheet."""
    facts = {
        "victims": show.number(answer.victims),
        "accidents": show.number(answer.accidents),
        "linked": show.number(answer.linked),
        "unchanged": show.number(answer.unchanged),
    }
    said = translate("Sẽ nhập {victims} nạn nhân của {accidents} vụ tai nạn ({linked} đã đăng ký); "
                     "{unchanged} dòng đã có.", **facts)  # fmt: skip
    if not trial:
        said = translate("Đã nhập {victims} nạn nhân của {accidents} vụ tai nạn ({linked} đã đăng "
                         "ký); {unchanged} dòng đã có.", **facts)  # fmt: skip
    lines = [said]
    if answer.unknown:
        names = "; ".join(answer.unknown)
        lines.append(translate("Cột không hiểu, bỏ qua: {names}", names=names))
    problems = import_accidents.problems_of(answer)
    if problems:
        count = show.number(len(problems))
        lines.append(translate("{count} dòng không nhập được:", count=count))
    return lines + [one.message for one in problems[:SHOWN_MAX]]
