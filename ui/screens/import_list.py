"""Bring a list in: choose it, look at what was understood, import, and see what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app.actions import import_list, national_in
from app.values.imports import ImportOptions, ImportPreview, ImportResult, RowDecision
from app.wording import translate
from ui import show
from ui.screens.import_choose import ChoosePage
from ui.screens.import_done import DonePage
from ui.screens.import_look import LookPage
from ui.screens.import_parts import Steps
from ui.screens.import_past import registers
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure, Stopped, Watch
from ui.widgets.banner import Banners
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.stack import Stack

CHOOSE, LOOK, DONE = range(3)


class ImportScreen(Screen):
    """Ctrl+O chooses a file, Ctrl+Enter imports; work goes on while the officer does other things.

    A key names a file to look at: `go("import", "/path/list.xlsx")`.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.path: Path | None = None
        self.mapping: dict[str, str] = {}
        self.encodings: dict[str, str] = {}
        self.edits: dict[str, dict[str, str]] = {}
        self.decisions: dict[str, RowDecision] = {}
        self.head = PageHead(
            translate("Nhập danh sách"),
            translate("Đưa danh sách Excel của xã vào sổ; xem trước rồi mới nhập."),
        )
        words = translate("Trở lại danh sách đang làm")
        self.on = self.head.add(button(words, lambda: self._show(self._half_done), "", "back"))
        self.on.hide()
        self._half_done = CHOOSE
        self.steps = Steps((translate("Chọn tệp"), translate("Xem trước"), translate("Kết quả")))
        self.banners = Banners()
        self.reading, self.importing = LongWork(), LongWork()
        self.choose = ChoosePage(stage)
        self.look = LookPage(stage)
        self.done = DonePage(stage)
        self.pages = Stack()
        for page in (self.choose, self.look, self.done):
            self.pages.add(page)
        whole = column(
            self.head, self.steps, self.banners, self.reading, self.importing, self.pages, gap=10
        )
        whole.setStretch(5, 1)
        self.setLayout(whole)
        self.setAcceptDrops(True)
        self._connect()

    @property
    def step(self) -> int:
        """Which of the three steps is shown."""
        return self.pages.place

    def opened(self, key: str = "", **facts: Any) -> None:
        run = str(facts.get("run", ""))
        if run:
            self._show_past(run)
            return
        self.choose.past.load()
        if facts.get("kind"):
            self.choose.kinds.set_value(str(facts["kind"]))
        if key:
            self.choose.take(Path(key))
        self._focus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if self.step == DONE and not self.importing.running and entities & {"person"}:
            self.done.people.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+O", translate("Chọn danh sách")),
            ("Ctrl+Enter", translate("Nhập danh sách đang xem")),
        )

    def take(self, path: Path) -> None:
        """Look at a file."""
        if self.importing.running:
            return
        self._forget()
        self.path = path
        self._read()

    def bring_in(self) -> None:
        """Import what is looked at."""
        if self.step != LOOK or not self.look.act.isEnabled() or self.path is None:
            return
        self._run(self._chosen())

    def _connect(self) -> None:
        self.choose.chosen.connect(self.take)
        self.look.go_asked.connect(self.bring_in)
        self.look.other_asked.connect(self._begin_again)
        self.look.column_taken.connect(self._take_column)
        self.look.encoding_answered.connect(self._take_encoding)
        self.look.cell_edited.connect(self._take_edit)
        self.look.row_decided.connect(self._take_decision)
        self.look.forgotten.connect(self._read)
        self.done.again_asked.connect(self._begin_again)
        self.done.on_asked.connect(self._go_on)
        self.reading.finished.connect(self._understood)
        self.reading.failed.connect(self._not_understood)
        self.importing.finished.connect(self._imported)
        self.importing.failed.connect(self._not_imported)
        for keys, act in (
            ("Ctrl+O", self.choose.choose),
            ("Ctrl+Return", self.bring_in),
            ("Ctrl+Enter", self.bring_in),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _chosen(self) -> ImportOptions:
        """Everything the officer chose about this list."""
        kind = self.choose.kind
        return ImportOptions(
            draft=self.look.draft.isChecked(),
            mapping=dict(self.mapping) or None,
            encodings=dict(self.encodings),
            corrections=kind == "corrections",
            register=kind if kind in registers() else "",
            edits={key: dict(cells) for key, cells in self.edits.items()},
            decisions=dict(self.decisions),
        )

    def _forget(self) -> None:
        self.path = None
        for chosen in (self.mapping, self.encodings, self.edits, self.decisions):
            chosen.clear()

    def _read(self) -> None:
        """Read the file once more off the screen; an earlier reading is not waited for."""
        ws, path, options = self.stage.ws, self.path, self._chosen()
        if path is None:
            return
        if self.reading.job is not None:
            self.reading.job.cancel()
        self.banners.sweep()

        def work(watch: Watch) -> ImportPreview:
            found = import_list.preview(ws, path, options, cancelled=lambda: watch.stopped)
            watch(1, 1)
            return found

        title = translate("Đang đọc {file}", file=path.name)
        self.reading.begin(self.stage.tasks.desk, title, work)

    def _understood(self, preview: ImportPreview) -> None:
        self.reading.hide()
        self.look.decisions = self.decisions
        self.look.known_too = self.choose.kind in national_in.layouts()
        self.look.show_preview(preview)
        self._show(LOOK)

    def _not_understood(self, failure: Failure) -> None:
        self.reading.hide()
        if not failure.stopped:
            self.banners.tell(Message(failure.message, "bad", stays=True))
        if self.step != LOOK or not (self.mapping or self.edits or self.decisions):
            self._show(CHOOSE)

    def _take_column(self, key: str, field: str) -> None:
        self.mapping[key] = field
        self._read()

    def _take_encoding(self, sheet: str, encoding: str) -> None:
        self.encodings[sheet] = encoding
        self._read()

    def _take_edit(self, key: str, letter: str, text: str) -> None:
        self.edits.setdefault(key, {})[letter] = text
        self._read()

    def _take_decision(self, key: str, decision: RowDecision) -> None:
        self.decisions[key] = decision
        self._read()

    def _run(self, options: ImportOptions) -> None:
        ws, path = self.stage.ws, self.path
        assert path is not None
        self.banners.sweep()
        self._options = options

        def work(watch: Watch) -> ImportResult:
            def progress(done: int, total: int) -> None:
                watch.breathe()
                try:
                    watch(done, total)
                except Stopped:
                    return  # asked again before the next slice; what is written stays

            return import_list.run(ws, path, options, progress, lambda: watch.stopped)

        self.pages.setEnabled(False)
        title = translate("Đang nhập {file}", file=path.name)
        self.importing.begin(self.stage.tasks.desk, title, work, _say)
        self.importing.cancel.setFocus()

    def _imported(self, result: ImportResult) -> None:
        self.importing.hide()
        self.pages.setEnabled(True)
        self.done.show_result(result, self._options)
        self._show(DONE)
        self.stage.refresh()
        if not self.isVisible():
            self.stage.tell(
                Message(
                    _say(result),
                    "ok",
                    translate("Xem kết quả"),
                    lambda: self.stage.go("import"),
                    stays=True,
                )
            )

    def _not_imported(self, failure: Failure) -> None:
        self.importing.hide()
        self.pages.setEnabled(True)
        if failure.stopped:
            return
        words = translate(
            "{why}\nCác phần đã nhập được giữ; nhập lại sẽ đi tiếp từ chỗ dừng.",
            why=failure.message,
        )
        self.banners.tell(Message(words, "bad", stays=True))

    def _go_on(self) -> None:
        self._run(self._options)

    def _begin_again(self) -> None:
        self._forget()
        self.banners.sweep()
        self.choose.line.clear()
        self.choose.kinds.set_value("list")  # a register is taken over once; lists come every day
        self.choose.past.load()
        self._half_done = CHOOSE
        self._show(CHOOSE)

    def _show_past(self, run: str) -> None:
        """Look at an import of before; what is half done waits behind a button."""
        if self.step != CHOOSE:
            self._half_done = self.step
        self._show(CHOOSE)
        self.on.setVisible(bool(self._half_done))
        self.choose.past.look_at(run)

    def _show(self, step: int) -> None:
        self.on.hide()
        self.pages.show_page(step)
        self.steps.show_step(step)
        if self.isVisible():
            self._focus()

    def _focus(self) -> None:
        if self.step == CHOOSE:
            self.choose.ask.setFocus()
        elif self.step == LOOK and not self.look.columns.isVisible():
            self.look.rows.view.setFocus()
        elif self.step == DONE:
            self.done.people.view.setFocus()


def _say(result: ImportResult) -> str:
    return translate(
        "Đã nhập xong: {created} người mới, {matched} đã có, {refused} dòng cần sửa.",
        created=show.number(result.created),
        matched=show.number(result.matched),
        refused=show.number(result.refused_rows),
    )
