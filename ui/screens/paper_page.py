"""A page that makes a paper: what to choose on the left, the paper beside it, then the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QWidget

from app.actions import printing
from app.values.papers import PrintRequest
from app.wording import translate
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure, Stopped, Watch
from ui.widgets.banner import Banners
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Scroll, button, column, holder, label, row
from ui.widgets.pdf_view import PdfView
from ui.widgets.print_panel import PrintPanel

LOOK_AFTER_MS = 200


class PaperPage(Screen):
    """Subclasses give `paper` (what the printer is remembered by), `begin` (Ctrl+P), `look` (read
    what is chosen, before it is made), `made` (the file to print) and `log_print`."""

    paper = ""
    left_px = 360

    def __init__(self, stage: Stage, title: str, what: str) -> None:
        super().__init__(stage)
        self.head = PageHead(title, what)
        self.start = self.head.add(
            button(translate("Tạo PDF"), self.begin, "primary", "file", "Ctrl+P")
        )
        self.banners = Banners()
        self.view = PdfView(stage.tasks.desk)
        self.page = label("", "caption")
        self.panel = PrintPanel(self.paper, stage.tasks.desk, stage.memory)
        self.look_soon = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self.look_soon.timeout.connect(self.look)
        self.view.page_shown.connect(self._page_shown)
        self.panel.saved.connect(
            lambda file: stage.tell(Message(translate("Đã lưu {file}.", file=file.name), "ok"))
        )
        self.panel.printed.connect(self._printed)
        key = QShortcut(QKeySequence("Ctrl+P"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.begin)

    def lay_out(
        self, *left: QWidget, told: tuple[QWidget, ...] = (), above: tuple[QWidget, ...] = ()
    ) -> None:
        """The cards to choose in, what tells of the work, and what stands over the paper."""
        choices = Scroll(holder(column(*left, 1, gap=12)))
        choices.setFixedWidth(self.left_px)
        over = row(*above, 1, self.page)
        right = column(over, self.view, self.panel, gap=8)
        right.setStretch(1, 1)
        beside = row(choices, right, gap=16)
        beside.setStretch(1, 1)
        page = column(self.head, self.banners, *told, beside, gap=10)
        page.setStretch(page.count() - 1, 1)
        self.setLayout(page)

    def begin(self) -> None:
        """Make what is chosen."""

    def look(self) -> None:
        """Show what is chosen before it is made."""

    def made(self) -> Path | None:
        """The paper that was made and may be printed."""
        return None

    def log_print(self, detail: str) -> None:
        """Paper is a print too: it is logged for everybody in it."""

    def put_away(self) -> None:
        """Another paper is asked for: what was told and made is put away."""
        self.banners.sweep()
        self.panel.setVisible(False)
        self.panel.set_paper(None, 0)

    def show_made(self, file: Path, words: str = "") -> None:
        """Show what was made and let it be printed."""
        if words:
            self.banners.tell(Message(words, "ok", stays=True))
        self.panel.setVisible(True)
        self.view.show_pdf(file)
        self.panel.print.setFocus()

    def failed(self, failure: Failure) -> None:
        """Say why it was not made."""
        self.banners.tell(Message(failure.message, "bad", stays=True))

    def give_up(self, request: PrintRequest, then: Callable[[], None]) -> None:
        """The officer will not go on: what is half done would lie about with people's names."""

        def gone(_nothing: object) -> None:
            then()
            words = translate("Đã bỏ bản in dở; không còn phần dở nào trên đĩa.")
            self.banners.tell(Message(words, "ok"))

        ws = self.stage.ws
        self.run(lambda: printing.give_up(ws, request), gone)

    def run(self, work: Callable[[], Any], then: Callable[[Any], None], key: str = "") -> None:
        """Work off the screen; of what has a key only the last asked counts."""
        self.stage.tasks.desk.run(work, then, self.failed, owner=self, key=key)

    def _page_shown(self, page: int, of: int) -> None:
        self.page.setText(translate("Trang {page} trên {of}", page=page, of=of))
        file = self.made()
        if file is not None:
            self.panel.set_paper(file, of)

    def _printed(self, pages: int, copies: int) -> None:
        self.log_print(translate("{pages} trang, {copies} bản", pages=pages, copies=copies))


def stoppable(watch: Watch) -> Callable[[int, int], None]:
    """Progress of a print that is asked again before the next paper: what is printed stays."""

    def progress(done: int, total: int) -> None:
        watch.breathe()
        try:
            watch(done, total)
        except Stopped:
            return

    return progress
