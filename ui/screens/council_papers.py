"""Print the council's papers: everything of a session as one job, or the papers of one record."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton

from app.actions import (
    council_papers_of,
    council_printing,
    council_session,
    session_papers,
)
from app.values.council_request import CouncilRequest, ForPrinter
from app.values.papers import PrintRequest, PrintResult
from app.wording import translate
from ui import show
from ui.screens.council_papers_which import WhichPapers
from ui.screens.paper_page import PaperPage, stoppable
from ui.screens.printing_where import Where, now
from ui.stage import Message, Stage
from ui.tasks import Failure, Watch
from ui.widgets.long_work import LongWork
from ui.widgets.parts import Card, button
from ui.widgets.result import Result, ResultLine


class CouncilPapersScreen(PaperPage):
    """`go("council_papers", SESSION)`, `person=ID`, or `records=` of `CouncilRequest`."""

    paper = "council"

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage,
            translate("Giấy tờ của Hội đồng"),
            translate("Giấy mời, phiếu, biên bản, thông báo: cả phiên họp một lượt, đúng thứ tự."),
        )
        self.request: PrintRequest | None = None
        self.result: PrintResult | None = None
        self.persons: tuple[str, ...] = ()
        self.work = LongWork()
        self.told = Result(translate("Kết quả in"))
        self.which = WhichPapers()
        self.where = Where(stage.memory)
        self._made: Path | None = None
        self._held: TemporaryDirectory[str] | None = None
        self._to = Card(translate("Lưu ở đâu"), self.where)
        self.lay_out(self.which, self._to, told=(self.work, self.told))
        self.which.changed.connect(self._chosen)
        self.work.finished.connect(self._done)
        self.work.failed.connect(self._not_done)

    def opened(self, key: str = "", **facts: Any) -> None:
        if self.work.running:
            return
        self.put_away()
        records, whose, ws = tuple(facts.get("records", ())), facts.get("person"), self.stage.ws
        if records:
            self._records(records)
        elif whose:
            read = lambda: council_papers_of.of_person(ws, str(whose))  # noqa: E731
            self.run(read, self._records, "council-papers-person")
        else:
            self.run(
                lambda: council_session.listing(ws),
                lambda some: self._sessions(some, key),
                "council-papers-sessions",
            )
        self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", translate("Tạo PDF các giấy đã chọn")),)

    def hideEvent(self, event: QHideEvent) -> None:  # Qt's name
        """The public list does not lie about after its page was left."""
        super().hideEvent(event)
        if self._held is not None and not event.spontaneous() and not self.panel.work.running:
            self.put_away()

    def begin(self) -> None:
        """Make what is chosen; a session goes on where an interrupted print of it stopped."""
        if self.work.running or not self.start.isEnabled():
            return
        self.look_soon.stop()
        self.banners.sweep()
        self.told.hide()
        if self._listed:
            self._for_printer(self._listed)
        elif self.which.single:
            self._make_single()
        else:
            self._make_session()

    def _records(self, some: tuple[CouncilRequest, ...]) -> None:
        self.which.show_records(some)
        if not some:
            words = translate("Người này chưa có hồ sơ đề nghị xác định mức độ khuyết tật.")
            self.banners.tell(Message(words, "info", stays=True))
        self._chosen()

    def _sessions(self, some: Any, key: str) -> None:
        self.which.show_sessions(some, key)
        if not some:
            words = translate("Chưa có phiên họp nào: lập phiên họp ở trang Hội đồng trước.")
            self.banners.tell(Message(words, "info", stays=True))

    def made(self) -> Path | None:
        return self._made

    def put_away(self) -> None:
        super().put_away()
        self.request = self.result = self._made = None
        if self._held is not None:
            self._held.cleanup()
            self._held = None
        self.panel.save.show()
        self.persons = ()
        self.told.hide()
        self.where.new_name(translate("hoi-dong {now}", now=now()))

    def _chosen(self) -> None:
        self._to.setVisible(not self._listed)
        ready = bool(self.which.requests) or self._of_session()
        self.start.setEnabled(ready and not self.work.running)
        self.which.hint.setVisible(not ready)
        if ready:
            self.look_soon.start()

    @property
    def _listed(self) -> str:
        """The session whose public list alone is asked for: it goes to a printer only."""
        some = self.which.requests
        return some[0].id if len(some) == 1 and some[0].paper == "notice" else ""

    def _of_session(self) -> bool:
        return bool(self.which.session and self.which.chosen)

    def look(self) -> None:
        """Show the first paper before anything is printed."""
        if self.work.running:
            return
        if self._made is not None:
            self.put_away()
        ws, records = self.stage.ws, self.which.requests
        session, wanted, order = self.which.session, self.which.chosen, self.which.order

        def read() -> bytes:
            if records:
                return council_printing.preview(ws, records[0])
            paper, _, record = session_papers.chosen(ws, session, wanted, order)[0].partition(
                session_papers.APART
            )
            return council_printing.preview(ws, CouncilRequest(paper, record))

        self.run(read, self.view.show_pdf, "council-papers-look")

    def _for_printer(self, session: str) -> None:
        """The public list is made for the printer and lies about as no file afterwards."""
        ws = self.stage.ws

        def made(result: ForPrinter) -> None:
            self._held = TemporaryDirectory(prefix="niem-yet-")
            file = Path(self._held.name) / "niem-yet.pdf"
            file.write_bytes(result.content)
            self.persons = result.persons
            self._show(file, result.pages)
            self.panel.save.hide()

        self.run(lambda: council_printing.for_printer(ws, session), made)

    def _make_single(self) -> None:
        ws, some, out = self.stage.ws, self.which.requests, self.where.path(".pdf")

        def made(result: Any) -> None:
            self.persons = result.persons
            self._show(result.path, result.pages)

        self.run(lambda: council_printing.write(ws, some, out), made)

    def _make_session(self) -> None:
        ws, out = self.stage.ws, self.where.path(".pdf")
        session, wanted, order = self.which.session, self.which.chosen, self.which.order

        def work(watch: Watch) -> PrintResult:
            self.request = council_printing.session_request(ws, session, out, wanted, order)
            return council_printing.write_session(
                ws, self.request, stoppable(watch), lambda: watch.stopped
            )

        self.work.begin(self.stage.tasks.desk, translate("Đang tạo PDF"), work)
        self.start.setEnabled(False)
        self.work.cancel.setFocus()

    def _done(self, result: PrintResult) -> None:
        self.result = result
        self.work.hide()
        self.start.setEnabled(True)
        facts = {"count": show.number(result.persons), "pages": show.number(result.pages)}
        if result.stopped:
            words = translate("Đã dừng. {count} giấy đã xong được giữ; tạo tiếp khi cần.", **facts)
        else:
            words = translate("Đã tạo PDF {count} giấy, {pages} trang.", **facts)
        lines = [ResultLine(one.message, one.value) for one in result.failed]
        self.told.show_result(words, lines, "", self._acts(result))
        if result.files:
            self._show(result.files[0], result.pages)
        else:
            self.start.setFocus()

    def _acts(self, result: PrintResult) -> list[QPushButton]:
        if not result.stopped:
            return []
        return [button(translate("Bỏ hẳn, xóa phần in dở"), self._give_up, "quiet")]

    def _give_up(self) -> None:
        if self.request is not None:
            self.give_up(self.request, self.put_away)

    def _show(self, path: Path, pages: int) -> None:
        self._made, words = path, ""
        if self.which.single:
            words = translate("Đã tạo {pages} trang: {file}.", pages=pages, file=path.name)
        if self._listed:
            words = translate("Danh sách niêm yết {pages} trang: chỉ in ra giấy.", pages=pages)
        self.show_made(path, words)

    def _not_done(self, failure: Failure) -> None:
        self.work.hide()
        self.start.setEnabled(True)
        if not failure.stopped:
            self.failed(failure)

    def log_print(self, detail: str) -> None:
        ws, persons = self.stage.ws, self.persons
        keys = self.result.printed if self.result is not None else ()
        self.run(lambda: council_printing.printed(ws, keys, persons, detail), lambda _done: None)
