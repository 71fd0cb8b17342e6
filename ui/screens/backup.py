"""Backups: when the last one was made and where, make one now, try one out, the burned-PC sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.actions import backup, printing
from app.forms import FormField
from app.values.backup import BackupMade, DrillReport
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.fields.lines import PasswordField
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

KB = 1024
FIELD_WIDTH_PX = 320


class BackupScreen(Screen):
    """Everything here runs off the screen; a result stays until the next one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._file: Path | None = None
        self._chosen = False
        self.head = PageHead(
            translate("Sao lưu"),
            translate("Bản sao lưu được mã hóa; cần mật khẩu hoặc mã khôi phục để mở."),
        )
        self.make = self.head.add(
            button(translate("Sao lưu ngay"), self._make_here, "primary", "backup")
        )
        self._latest, self._places, self._result = column(gap=4), column(gap=6), column(gap=4)
        self.password = PasswordField(
            FormField("", "password", translate("Mật khẩu lúc sao lưu"), "password", True)
        )
        self.password.moved_on.connect(self._drill)
        self.password.setMaximumWidth(FIELD_WIDTH_PX)
        self.file = label("", "", wrap=True)
        chosen = row(button(translate("Chọn bản sao lưu…"), self._choose), self.file, gap=12)
        chosen.setStretch(1, 1)
        typed = row(self.password, 1, gap=12)
        act = button(translate("Tập dượt"), self._drill, "", "history")
        typed.insertWidget(1, act, 0, Qt.AlignmentFlag.AlignBottom)
        self.drill = Card(
            translate("Tập dượt phục hồi"),
            label(
                translate(
                    "Mở thử một bản vào chỗ tạm, đọc hết, đếm người rồi dọn sạch. "
                    "Sổ đang dùng không đổi."
                ),
                "caption",
                wrap=True,
            ),
            chosen,
            typed,
            self._result,
        )
        self.burned = Card(
            translate("Nếu máy này cháy đêm nay"),
            label(
                translate(
                    "Tờ in cho biết lấy lại được gì từ bản sao lưu, từ máy chủ, "
                    "và phải gõ lại gì từ giấy."
                ),
                "caption",
                wrap=True,
            ),
            row(button(translate("Lưu tờ này ra PDF…"), self._print_burned, "", "print"), 1),
        )
        body = column(
            Card(translate("Bản gần nhất"), self._latest, self._places),
            self.drill,
            self.burned,
            1,
            gap=12,
        )
        page = column(self.head, Scroll(holder(body)), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read when and where the last backup was made."""
        self.reload()

    def reload(self) -> None:
        """Read again."""
        ws = self.stage.ws

        def read() -> tuple[BackupMade | None, bool, tuple[Path, ...]]:
            latest = backup.latest(ws)
            return latest, latest is not None and latest.path.exists(), backup.places(ws)

        self.stage.tasks.desk.run(
            read,
            lambda found: self._show(*found),
            owner=self,
            key="backup-page",
        )

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Enter", translate("Tập dượt khi con trỏ ở ô mật khẩu")),)

    def choose_file(self, path: Path) -> None:
        """Take a backup to try out."""
        self._chosen = True
        self._take(path)
        self.password.setFocus()

    def _take(self, path: Path) -> None:
        self._file = path
        self.file.setText(str(path))

    def _show(self, latest: BackupMade | None, at_hand: bool, places: tuple[Path, ...]) -> None:
        clear(self._latest)
        clear(self._places)
        words = translate("Chưa có bản sao lưu nào. Cắm USB và sao lưu ngay.")
        if latest is not None:
            words = _made_words(latest)
            if not self._chosen and at_hand:
                self._take(latest.path)
        self._latest.addWidget(label(words, "", wrap=True))
        if latest is not None and not latest.other_disk:
            note = translate(
                "Bản này nằm ngay trong máy: máy hỏng thì mất cùng. Hãy sao lưu ra USB."
            )
            self._latest.addWidget(label(note, "problem", wrap=True))
        for place in places:
            words = translate("Sao lưu vào {place}", place=place)
            self._places.addLayout(row(button(words, lambda place=place: self._make(place)), 1))  # type: ignore[misc]
        elsewhere = button(translate("Sao lưu ra USB hoặc thư mục khác…"), self._make_elsewhere)
        self._places.addLayout(row(elsewhere, 1))

    def _make_here(self) -> None:
        self._make(None)

    def _make_elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, translate("Chọn USB hoặc thư mục"))
        if chosen:
            self._make(Path(chosen))

    def _make(self, folder: Path | None) -> None:
        ws = self.stage.ws
        if not self.make.isEnabled():
            return
        self.make.setEnabled(False)
        clear(self._latest)
        self._latest.addWidget(label(translate("Đang sao lưu…"), "muted"))
        self.stage.tasks.desk.run(
            lambda: backup.backup_now(ws, folder), self._made, self._not_made, owner=self
        )

    def _made(self, made: BackupMade) -> None:
        self.make.setEnabled(True)
        self.stage.tell(Message(translate("Đã sao lưu. {what}", what=_made_words(made)), "ok"))
        self.stage.refresh()
        self.reload()

    def _not_made(self, failure: Failure) -> None:
        self.make.setEnabled(True)
        self.stage.tell(Message(failure.message, "bad", stays=True))
        self.reload()

    def _choose(self) -> None:
        words = translate("Bản sao lưu")
        chosen, _ = QFileDialog.getOpenFileName(
            self, translate("Chọn bản sao lưu"), "", f"{words} (*.sasbk)"
        )
        if chosen:
            self.choose_file(Path(chosen))

    def _drill(self) -> None:
        ws, file, typed = self.stage.ws, self._file, str(self.password.value() or "")
        if file is None:
            self._choose()
            return
        if not typed:
            self.password.show_problem(translate("Gõ mật khẩu lúc sao lưu."))
            self.password.setFocus()
            return
        self.password.show_problem("")
        clear(self._result)
        self._result.addWidget(label(translate("Đang mở thử…"), "muted"))
        self.stage.tasks.desk.run(
            lambda: backup.drill(ws, file, typed), self._drilled, self._not_drilled, owner=self
        )

    def _drilled(self, report: DrillReport) -> None:
        self.password.set_value("")
        clear(self._result)
        if report.ok:
            words = translate(
                "Tốt: bản lúc {at} mở được, có {persons} người "
                "(sổ đang có {now}); mất {seconds} giây.",
                at=show.instant(report.at),
                persons=show.number(report.persons),
                now=show.number(report.persons_now),
                seconds=report.took_s,
            )
            self._result.addWidget(label(words, "strong", wrap=True))
        else:
            words = translate("Bản này KHÔNG tốt: {why}", why="; ".join(report.problems))
            self._result.addWidget(label(words, "problem", wrap=True))

    def _not_drilled(self, failure: Failure) -> None:
        clear(self._result)
        self.password.set_value("")
        self.password.show_problem(failure.message)
        self.password.setFocus()

    def _print_burned(self) -> None:
        start = str(Path.home() / translate("Neu may nay chay dem nay.pdf"))
        chosen, _ = QFileDialog.getSaveFileName(self, translate("Lưu tờ này"), start, "PDF (*.pdf)")
        if chosen:
            self.save_burned(Path(chosen))

    def save_burned(self, path: Path) -> None:
        """Write the sheet as a PDF; where it cannot be written is said and nothing is lost."""
        ws = self.stage.ws
        saved = translate("Đã lưu {file}. In ra và cất ngoài cơ quan.", file=path)
        tell = self.stage.tell
        self.stage.tasks.desk.run(
            lambda: printing.burned_sheet(ws, path),
            lambda _none: tell(Message(saved, "ok")),
            lambda failure: tell(Message(failure.message, "bad", stays=True)),
            owner=self,
        )


def _made_words(made: BackupMade) -> str:
    return translate(
        "{at} · {persons} người · {size} KB · {path}",
        at=show.instant(made.at),
        persons=show.number(made.persons),
        size=show.number(made.bytes // KB + 1),
        path=made.path,
    )
