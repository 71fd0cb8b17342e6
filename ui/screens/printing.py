"""Print case files: whose, how, a look at the first one, the work, and then onto paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QPushButton

from app.actions import file_password, form_printing, printing
from app.actions.form_names import WHOLE
from app.actions.printing import PrintRequest
from app.values.paper_form import FormRequest
from app.values.papers import PrintResult
from app.values.person import PeopleFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.resources.icons import icon
from ui.screens.paper_page import PaperPage, stoppable
from ui.screens.printing_how import HowCard
from ui.screens.printing_who import WhoCard
from ui.stage import Message, Stage
from ui.tasks import Failure, Watch
from ui.widgets.file_password import ALWAYS, AskFilePassword
from ui.widgets.long_work import LongWork
from ui.widgets.parts import button, label, restyle
from ui.widgets.result import Result, ResultLine


class PrintingScreen(PaperPage):
    """`go("printing", ids=…)` or `go("printing", which=…)`; Ctrl+P starts."""

    paper, left_px = "case_file", 340

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage,
            translate("In hồ sơ"),
            translate("Hồ sơ đầy đủ thành tệp PDF để lưu hoặc in; mỗi lần in đều được ghi lại."),
        )
        self.request: PrintRequest | None = None
        self.result: PrintResult | None = None
        self.work = LongWork()
        self.told = Result(translate("Kết quả in"))
        self.who = WhoCard(stage.ws, stage.tasks.desk)
        self.how = HowCard(stage.ws, stage.memory)
        self.first = label(translate("Xem trước hồ sơ đầu tiên"), "section")
        self.files = QComboBox()
        self.files.setAccessibleName(translate("Tệp đang xem"))
        self._looked: tuple[str, bool] = ("", False)
        self.lock = AskFilePassword(stage)
        self.locked = False
        words = translate("Tạo PDF có mật khẩu…")
        self.close_file = self.head.add(button(words, self.begin_locked, "", "lock"))
        told, above = (self.lock, self.work, self.told), (self.first, self.files)
        self.lay_out(self.who, self.how, told=told, above=above)
        self._connect()
        self._show_files(())
        self._show_start()

    def opened(self, key: str = "", **facts: Any) -> None:
        ids = (key,) if key else tuple(facts.get("ids", ()))
        which = facts.get("which")
        cases = tuple(facts.get("cases", ()))
        if self.work.running:
            return
        if cases:
            self._clean()
            self.how.of_cases(True)
            self.who.show_cases(cases)
        elif ids:
            self._begin_with(PeopleFilter(ids=ids))
        elif isinstance(which, PeopleFilter):
            self._begin_with(which)
        elif not self.who.way:
            self.who.show_none()
        self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+P", translate("Tạo PDF các hồ sơ đã chọn")),
            ("Ctrl++, Ctrl+-, Ctrl+0", translate("Phóng to, thu nhỏ, vừa trang")),
        )

    def begin(self) -> None:
        """Print what is asked for, or go on where an interrupted print stopped."""
        self._ask(self._asked_again)

    def begin_locked(self) -> None:
        """The same as files under a password, to be given away and not to be printed from here."""
        self._ask(ALWAYS)

    def print_again(self, ids: Sequence[str]) -> None:
        """Print those who failed once more, into a paper of their own."""
        self.how.new_name()
        self._ask(self._asked_again, tuple(ids))

    @property
    def _asked_again(self) -> tuple[str, ...]:
        """The rules under which a password is asked for: what was begun closed is never made open
        without a word."""
        return file_password.ANY if self.locked else (file_password.MUST,)

    def _ask(self, rules: tuple[str, ...], ids: tuple[str, ...] = ()) -> None:
        if self.work.running or not (ids or self.who.ids):
            return
        self.lock.ask(
            lambda ws: self._run(self._request(ids or self.who.ids), ws), self.start, rules
        )

    def _begin_with(self, which: PeopleFilter) -> None:
        self._clean()
        self.how.of_cases(False)
        self.who.show_chosen(which)

    def _clean(self) -> None:
        """Another paper is asked for: what was made before is put away."""
        self.told.hide()
        self.banners.sweep()
        self.result, self.locked = None, False
        self.lock.leave()
        self.how.new_name()
        self._show_files(())

    def _request(self, ids: tuple[str, ...]) -> PrintRequest:
        return self.how.request(ids, self.who.cases)

    def _connect(self) -> None:
        self.told.opened.connect(self._open)
        self.who.changed.connect(self._people_changed)
        self.how.confidential.toggled.connect(lambda _on: self.look_soon.start())
        self.files.activated.connect(lambda place: self._show_file(place))
        self.work.finished.connect(self._done)
        self.work.failed.connect(self._not_done)

    def _open(self, key: str) -> None:
        self.stage.go("care_case" if self.who.cases else "person", key)

    def _people_changed(self) -> None:
        self._show_start()
        self.look_soon.start()

    def _show_start(self) -> None:
        count = len(self.who.ids)
        words = translate("Tạo PDF {count} hồ sơ", count=show.number(count))
        if self.locked:
            words = translate("Tạo lại {count} hồ sơ, có mật khẩu…", count=show.number(count))
        elif self.result is not None and self.result.stopped:
            words = translate("Tạo tiếp từ hồ sơ thứ {next}", next=self.result.persons + 1)
        self.start.setText(f"\u00a0{words}")
        self.start.setAccessibleName(words)
        self.start.setEnabled(count > 0 and not self.work.running)
        made = self.result is not None and bool(self.result.files)
        self.start.setIcon(icon("file", "ink" if made else "on_brand"))
        restyle(self.start, role="" if made else "primary")

    def look(self) -> None:
        """Show the first person's file before anything is printed."""
        if self.result is not None and self.result.files:
            return
        first = self.who.ids[0] if self.who.ids else ""
        request = self._request(self.who.ids)
        asked = (first, request.confidential)
        if not first or asked == self._looked:
            return
        self._looked, ws = asked, self.stage.ws
        self.run(lambda: _preview(ws, first, request), self._show_first, "printing-look")

    def _show_first(self, pdf: bytes) -> None:
        """A preview that comes late does not hide what was made meanwhile."""
        if not self.files.count():
            self.view.show_pdf(pdf)

    def _run(self, request: PrintRequest, ws: Workspace) -> None:
        if self.work.running:  # asked for twice before the first answer
            return
        self.request, self.locked = request, bool(ws.file_password)
        self.banners.sweep()
        self.told.hide()

        def work(watch: Watch) -> PrintResult:
            return printing.case_files(ws, request, stoppable(watch), lambda: watch.stopped)

        self.work.begin(self.stage.tasks.desk, translate("Đang tạo PDF"), work)
        self._show_start()
        self.work.cancel.setFocus()

    def _done(self, result: PrintResult) -> None:
        self.result = result
        self.work.hide()
        self._show_start()
        lines = [ResultLine(one.message, one.value) for one in result.failed]
        title = _title(result, self.locked)
        self.told.show_result(title, lines, _facts(result), self._acts(result))
        self._show_files(() if self.locked else result.files)
        if self.isVisible():
            (self.start if result.stopped or self.locked else self.panel.print).setFocus()
        else:
            to_see, go = translate("Xem kết quả"), self.stage.go
            self.stage.tell(Message(title, "ok", to_see, lambda: go("printing"), stays=True))

    def _give_up(self) -> None:
        if self.request is not None:
            self.give_up(self.request, self._given_up)

    def _given_up(self) -> None:
        self.result, self.locked = None, False
        self.how.new_name()
        self.told.hide()
        self._show_start()

    def _not_done(self, failure: Failure) -> None:
        self.work.hide()
        self._show_start()
        if not failure.stopped:
            self.failed(failure)

    def _acts(self, result: PrintResult) -> list[QPushButton]:
        acts = []
        failed = tuple(dict.fromkeys(one.value for one in result.failed if one.value))
        if failed and not result.stopped:
            words = translate("Thử lại {count} hồ sơ lỗi", count=len(failed))
            acts.append(button(words, lambda: self.print_again(failed), "", "undo"))
        if result.stopped:
            acts.append(button(translate("Bỏ hẳn, xóa phần in dở"), self._give_up, "quiet"))
        if result.files:
            folder = result.files[0].parent
            acts.append(button(translate("Mở thư mục"), lambda: _open(folder), "", "export"))
        return acts

    def _show_files(self, files: Sequence[Path]) -> None:
        """Offer the printed files, the first one in view."""
        self.files.clear()
        for file in files:
            self.files.addItem(file.name, str(file))
        self.files.setVisible(len(files) > 0)
        self.first.setVisible(not files)
        self.panel.setVisible(len(files) > 0)
        if files:
            self._show_file(0)
        else:
            self.panel.set_paper(None, 0)
            self._looked = ("", False)
            self.look_soon.start()

    def _show_file(self, place: int) -> None:
        file = Path(str(self.files.itemData(place)))
        self.panel.set_paper(None, 0)
        self.view.show_pdf(file)

    def made(self) -> Path | None:
        file = self.files.currentData()
        return Path(str(file)) if file and self.result is not None else None

    def log_print(self, detail: str) -> None:
        if self.request is None or self.result is None:
            return
        ws, ids = self.stage.ws, self.result.printed
        if self.request.separate:  # who could not be made has no file: ids as asked do not fit
            ids = ids[self.files.currentIndex() :][:1]
        log = printing.printed_cases if self.request.case_ids else printing.printed
        self.run(lambda: log(ws, ids, detail), lambda _done: None)


def _preview(ws: Workspace, first: str, request: PrintRequest) -> bytes:
    if request.case_ids:
        case = FormRequest(WHOLE, first, confidential=request.confidential)
        return form_printing.preview(ws, case)
    return printing.preview(ws, first, request.confidential)


def _title(result: PrintResult, locked: bool) -> str:
    facts = {"count": show.number(result.persons), "pages": show.number(result.pages)}
    if result.stopped and locked:
        return translate("Đã dừng. Bản có mật khẩu không tạo tiếp được: lần sau tạo lại từ đầu.")
    if result.stopped:
        return translate("Đã dừng. {count} hồ sơ đã xong được giữ; tạo tiếp khi cần.", **facts)
    if not result.persons:
        return translate("Không in được hồ sơ nào.")
    return translate("Đã tạo PDF {count} hồ sơ, {pages} trang.", **facts)


def _facts(result: PrintResult) -> str:
    words = []
    if result.files:
        words.append(translate("Lưu ở {folder}", folder=result.files[0].parent))
    if result.resumed_from:
        count = show.number(result.resumed_from)
        words.append(translate("tiếp từ {count} hồ sơ của lần trước", count=count))
    if result.failed:
        words.append(translate("{count} hồ sơ chưa in được", count=len(result.failed)))
    return "\n".join((" · ".join(words), *result.told))


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
