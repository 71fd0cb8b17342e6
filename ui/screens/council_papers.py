"""Print the council's papers: everything of a session as one job, or the papers of one record."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QPushButton

from app.actions import (
    council_papers_of,
    council_printing,
    council_session,
    printing,
    session_papers,
)
from app.values.council_request import CouncilRequest, ForPrinter
from app.values.papers import PrintRequest, PrintResult
from app.wording import translate
from ui import show
from ui.screens.council_papers_which import WhichPapers
from ui.screens.printing_where import Where, now
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure, Stopped, Watch
from ui.widgets.banner import Banners
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, column, holder, label, row
from ui.widgets.pdf_view import PdfView
from ui.widgets.print_panel import PrintPanel
from ui.widgets.result import Result, ResultLine

LEFT_PX = 360
LOOK_AFTER_MS = 200
PAPER = "council"


class CouncilPapersScreen(Screen):
    """`go("council_papers", SESSION)`, `person=ID`, or `records=` of `CouncilRequest`."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.request: PrintRequest | None = None
        self.result: PrintResult | None = None
        self.persons: tuple[str, ...] = ()
        self.head = PageHead(
            translate("Giấy tờ của Hội đồng"),
            translate("Giấy mời, phiếu, biên bản, thông báo: cả phiên họp một lượt, đúng thứ tự."),
        )
        self.start = self.head.add(
            button(translate("Tạo PDF"), self.begin, "primary", "file", "Ctrl+P")
        )
        self.banners = Banners()
        self.work = LongWork()
        self.told = Result(translate("Kết quả in"))
        self.which = WhichPapers()
        self.where = Where(stage.memory)
        self.view = PdfView(stage.tasks.desk)
        self.page = label("", "caption")
        self.panel = PrintPanel(PAPER, stage.tasks.desk, stage.memory)
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self._made = None
        self._held: TemporaryDirectory[str] | None = None
        self._lay_out()
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        if self.work.running:
            return
        self._new_paper()
        records, whose, ws = tuple(facts.get("records", ())), facts.get("person"), self.stage.ws
        if records:
            self._records(records)
        elif whose:
            self.stage.tasks.desk.run(
                lambda: council_papers_of.of_person(ws, str(whose)),
                self._records,
                self._failed,
                owner=self,
                key="council-papers-person",
            )
        else:
            self.stage.tasks.desk.run(
                lambda: council_session.listing(ws),
                lambda some: self._sessions(some, key),
                owner=self,
                key="council-papers-sessions",
            )
        self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", translate("Tạo PDF các giấy đã chọn")),)

    def hideEvent(self, event: QHideEvent) -> None:  # Qt's name
        """The public list does not lie about after its page was left."""
        super().hideEvent(event)
        if self._held is not None and not event.spontaneous() and not self.panel.work.running:
            self._new_paper()

    def begin(self) -> None:
        """Make what is chosen; a session goes on where an interrupted print of it stopped."""
        if self.work.running or not self.start.isEnabled():
            return
        self._look_soon.stop()
        self.banners.sweep()
        self.told.hide()
        if self._listed:
            self._for_printer(self._listed)
        elif self.which.single:
            self._make_single()
        else:
            self._make_session()

    def _lay_out(self) -> None:
        self._to = Card(translate("Lưu ở đâu"), self.where)
        settings = Scroll(holder(column(self.which, self._to, 1, gap=12)))
        settings.setFixedWidth(LEFT_PX)
        right = column(row(1, self.page), self.view, self.panel, gap=8)
        right.setStretch(1, 1)
        beside = row(settings, right, gap=16)
        beside.setStretch(1, 1)
        page = column(self.head, self.banners, self.work, self.told, beside, gap=10)
        page.setStretch(4, 1)
        self.setLayout(page)

    def _connect(self) -> None:
        self.which.changed.connect(self._chosen)
        self.view.page_shown.connect(self._page_shown)
        self.panel.printed.connect(self._printed)
        self.panel.saved.connect(
            lambda file: self.stage.tell(Message(translate("Đã lưu {file}.", file=file.name), "ok"))
        )
        self.work.finished.connect(self._done)
        self.work.failed.connect(self._not_done)
        self._look_soon.timeout.connect(self._look)
        made = QShortcut(QKeySequence("Ctrl+P"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self.begin)

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

    def _new_paper(self) -> None:
        self.request = self.result = self._made = None
        if self._held is not None:
            self._held.cleanup()
            self._held = None
        self.panel.save.show()
        self.persons = ()
        self.told.hide()
        self.banners.sweep()
        self.where.new_name(translate("hoi-dong {now}", now=now()))
        self.panel.setVisible(False)
        self.panel.set_paper(None, 0)

    def _chosen(self) -> None:
        self._to.setVisible(not self._listed)
        ready = bool(self.which.requests) or self._of_session()
        self.start.setEnabled(ready and not self.work.running)
        if ready:
            self._look_soon.start()

    @property
    def _listed(self) -> str:
        """The session whose public list alone is asked for: it goes to a printer only."""
        some = self.which.requests
        return some[0].id if len(some) == 1 and some[0].paper == "notice" else ""

    def _of_session(self) -> bool:
        return bool(self.which.session and self.which.chosen)

    def _look(self) -> None:
        """Show the first paper before anything is printed."""
        if self.work.running:
            return
        if self._made is not None:
            self._new_paper()
        ws, records = self.stage.ws, self.which.requests
        session, wanted, order = self.which.session, self.which.chosen, self.which.order

        def read() -> bytes:
            if records:
                return council_printing.preview(ws, records[0])
            paper, _, record = session_papers.chosen(ws, session, wanted, order)[0].partition(
                session_papers.APART
            )
            return council_printing.preview(ws, CouncilRequest(paper, record))

        self.stage.tasks.desk.run(
            read, self.view.show_pdf, self._failed, owner=self, key="council-papers-look"
        )

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

        self.stage.tasks.desk.run(
            lambda: council_printing.for_printer(ws, session), made, self._failed, owner=self
        )

    def _make_single(self) -> None:
        ws, some, out = self.stage.ws, self.which.requests, self.where.path(".pdf")

        def made(result: Any) -> None:
            self.persons = result.persons
            self._show(result.path, result.pages)

        self.stage.tasks.desk.run(
            lambda: council_printing.write(ws, some, out), made, self._failed, owner=self
        )

    def _make_session(self) -> None:
        ws, out = self.stage.ws, self.where.path(".pdf")
        session, wanted, order = self.which.session, self.which.chosen, self.which.order

        def work(watch: Watch) -> PrintResult:
            def progress(done: int, total: int) -> None:
                watch.breathe()
                try:
                    watch(done, total)
                except Stopped:
                    return  # asked again before the next paper; what is printed stays

            self.request = council_printing.session_request(ws, session, out, wanted, order)
            return council_printing.write_session(ws, self.request, progress, lambda: watch.stopped)

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
        """What is half done would lie about with people's names."""
        ws, request = self.stage.ws, self.request
        if request is None:
            return

        def gone(_nothing: object) -> None:
            self._new_paper()
            words = translate("Đã bỏ bản in dở; không còn phần dở nào trên đĩa.")
            self.banners.tell(Message(words, "ok"))

        self.stage.tasks.desk.run(
            lambda: printing.give_up(ws, request), gone, self._failed, owner=self
        )

    def _show(self, path: Any, pages: int) -> None:
        self._made = path
        if self.which.single:
            words = translate("Đã tạo {pages} trang: {file}.", pages=pages, file=path.name)
            if self._listed:
                words = translate("Danh sách niêm yết {pages} trang: chỉ in ra giấy.", pages=pages)
            self.banners.tell(Message(words, "ok", stays=True))
        self.panel.setVisible(True)
        self.view.show_pdf(path)
        self.panel.print.setFocus()

    def _not_done(self, failure: Failure) -> None:
        self.work.hide()
        self.start.setEnabled(True)
        if not failure.stopped:
            self._failed(failure)

    def _failed(self, failure: Failure) -> None:
        self.banners.tell(Message(failure.message, "bad", stays=True))

    def _page_shown(self, page: int, of: int) -> None:
        self.page.setText(translate("Trang {page} trên {of}", page=page, of=of))
        if self._made is not None:
            self.panel.set_paper(self._made, of)

    def _printed(self, pages: int, copies: int) -> None:
        """Paper is a print too: it is logged for everybody in it."""
        ws, result, persons = self.stage.ws, self.result, self.persons
        detail = translate("{pages} trang, {copies} bản", pages=pages, copies=copies)
        keys = result.printed if result is not None else ()
        self.stage.tasks.desk.run(
            lambda: council_printing.printed(ws, keys, persons, detail), owner=self
        )
