"""Asking for the mine-action report: into which folder, with names for whom or without."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton

from app.errors import Problem
from app.values.mine_action import MineActionDone, MineActionRequest
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.stage import Stage
from ui.tasks import Failure
from ui.widgets.file_password import AskFilePassword
from ui.widgets.parts import Card, button, keep_if, label, row

FOLDER = "mine-action/folder"
SHOWN_MAX = 8


class MineExport(Card):
    """`begin()` shows it with the cursor on the first choice; what was written stays to be read."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Xuất báo cáo bom mìn (tên trường IMSMA, CSV và XLSX)"))
        self.stage = stage
        self._group = QButtonGroup(self)
        self.nameless = QRadioButton(translate("Không tên: không nhận ra ai"))
        self.named = QRadioButton(translate("Kèm tên những người đã đồng ý và được duyệt chia sẻ"))
        self.nameless.setChecked(True)
        for made in (self.nameless, self.named):
            made.setAccessibleName(made.text())
            self._group.addButton(made)
            self.add(made)
        self.recipient = QLineEdit(maxLength=300)
        self.recipient.setPlaceholderText(translate("Nơi nhận, đúng như khi xin chia sẻ"))
        self.recipient.setAccessibleName(translate("Nơi nhận"))
        self.folder = QLineEdit()
        self.folder.setAccessibleName(translate("Thư mục lưu"))
        choose = button(translate("Chọn…"), self._choose)
        choose.setAccessibleName(translate("Chọn thư mục lưu"))
        self.asking = button(translate("Xin chia sẻ tên mọi nạn nhân"), self.ask, "", "send")
        self.add(self.recipient)
        self.add(row(self.asking, 1))
        self.add(label(translate("Thư mục lưu"), "caption"))
        self.add(row(self.folder, choose))
        self.told = label("", "", wrap=True)
        self.told.setAccessibleName(translate("Kết quả xuất"))
        self.add(self.told)
        self.lock = AskFilePassword(stage)
        self.act = button(translate("Xuất"), self.begin_writing, "primary")
        self.add(self.lock)
        self.add(row(1, button(translate("Đóng"), self.hide), self.act))
        self.named.toggled.connect(self.recipient.setVisible)
        self.named.toggled.connect(self.asking.setVisible)
        keep_if(self.recipient, False)
        keep_if(self.asking, False)
        self.hide()

    def begin(self) -> None:
        """Ask anew, without names until somebody chooses them."""
        self.nameless.setChecked(True)
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = str(self.stage.memory.get(FOLDER, usual))
        self.folder.setText(kept)
        self.told.clear()
        self.act.setEnabled(True)
        self.show()
        self.nameless.setFocus()

    def begin_writing(self) -> None:
        """Ask for the password of the files, then write them."""
        self.lock.ask(self.write, self.act)

    def write(self, locking: Workspace | None = None) -> None:
        """Write the files, off the screen."""
        ws, folder = locking or self.stage.ws, Path(self.folder.text().strip()).expanduser()
        request = MineActionRequest(folder, self.named.isChecked(), self.recipient.text())
        self.stage.memory.put(FOLDER, str(folder))
        self.act.setEnabled(False)

        def work() -> MineActionDone:
            from app.actions import export_mine_action  # late: with what writes sheets

            return export_mine_action.write(ws, request)

        self.stage.tasks.desk.run(work, self._done, self._failed, owner=self)

    def ask(self) -> None:
        """Ask the head for everybody who may be named; who lacks what is told."""
        ws, recipient = self.stage.ws, self.recipient.text()

        def work() -> tuple[tuple[str, ...], tuple[Problem, ...]]:
            from app.actions import export_mine_action  # late, as above

            return export_mine_action.ask(ws, recipient)

        def done(answer: tuple[tuple[str, ...], tuple[Problem, ...]]) -> None:
            ids, problems = answer
            count = show.number(len(ids))
            lines = [translate("Đã xin thủ trưởng cho {count} người.", count=count)]
            lines += [one.message for one in problems[:SHOWN_MAX]]
            self.told.setText("\n".join(lines))
            self.stage.refresh()

        self.stage.tasks.desk.run(work, done, self._failed, owner=self)

    def _done(self, done: MineActionDone) -> None:
        self.act.setEnabled(True)
        lines = [
            translate(
                "Đã xuất {accidents} vụ tai nạn, {victims} nạn nhân ({named} có tên) vào {folder}. "
                "Việc xuất đã ghi vào nhật ký.",
                accidents=show.number(done.accidents),
                victims=show.number(done.victims),
                named=show.number(done.named),
                folder=done.files[0].parent,
            )
        ]
        if done.problems:
            lines.append(
                translate(
                    "{count} điều thiếu, nêu trong problems.csv:",
                    count=show.number(len(done.problems)),
                )
            )
        lines += [f"{one.report_id[-12:]}: {one.message}" for one in done.problems[:SHOWN_MAX]]
        self.told.setText("\n".join(lines))

    def _failed(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.told.setText(failure.message)

    def _choose(self) -> None:
        title = translate("Chọn thư mục lưu")
        name = QFileDialog.getExistingDirectory(self, title, self.folder.text())
        if name:
            self.folder.setText(name)
