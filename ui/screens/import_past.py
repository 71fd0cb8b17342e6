"""The imports made on this PC: undo one as a whole, print and confirm a hand-over minute."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame

from app.actions import import_register, import_undo, national_in
from app.errors import Problem, Refused
from app.imports.listing import kind_label
from app.values.imports import Handover, ImportCard, Undone
from app.wording import translate
from ui import show
from ui.screens.import_parts import kept
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets import reading_order
from ui.widgets.ask import AskReason
from ui.widgets.parts import button, column, label, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.result import Result, ResultLine
from ui.widgets.table_model import Cell, Column, plain

REGISTERS = ("certificates", "cases", "allowances")


def registers() -> tuple[str, ...]:
    """What a file may be besides a list of people: registers, and files of the national system."""
    return (*REGISTERS, *national_in.layouts())


class PastPart(QFrame):
    """A list of the imports with what may be done about the chosen one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Các lượt đã nhập"))
        self._stage = stage
        self.list = RecordList("import-past", _columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Các lượt đã nhập"))
        self.list.nothing = Nothing(translate("Chưa nhập danh sách nào trên máy này."))
        self.undo = button(translate("Hoàn tác cả lượt…"), self._ask_undo)
        self.minute = button(translate("Lưu biên bản bàn giao…"), self._ask_file, "", "export")
        self.confirm = button(translate("Xác nhận biên bản đã ký"), self._confirm)
        self.ask = AskReason()
        self.ask.given.connect(self._given)
        self.touched = Result(translate("Người đã có người làm tiếp"))
        self.touched.opened.connect(lambda key: stage.go("person", key))
        self.touched.left.connect(self.list.view.setFocus)
        self._asked: Callable[[str], None] = self._undo
        below = row(self.undo, 1, self.minute, self.confirm, gap=8)
        title = label(translate("Các lượt đã nhập"), "section")
        inside = (title, self.list, self.touched, self.ask, below)
        page = column(*inside, gap=8, margins=(16, 12, 16, 12))
        page.setStretch(1, 1)
        self.setLayout(page)
        self.list.view.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self._chosen()

    def load(self) -> None:
        """Read the imports again."""
        ws = self._stage.ws
        self._stage.tasks.desk.run(lambda: import_undo.imports(ws), self._show, owner=self)

    def look_at(self, run: str) -> None:
        """Read the imports again and put the cursor onto this one."""
        self.list.choose(run)
        self.load()
        self.list.view.setFocus()
        reading_order.reveal(self.list.view)

    @property
    def card(self) -> ImportCard | None:
        """The chosen import."""
        place = self.list.view.currentIndex().row()
        return self.list.model.row(place) if 0 <= place < self.list.model.rowCount() else None

    def save_minute(self, file: Path) -> None:
        """Write the hand-over minute of the chosen import."""
        ws, card = self._stage.ws, self.card
        if card is None:
            return

        def work() -> Handover:
            content = import_register.minute(ws, card.id)
            try:
                file.write_bytes(content)
            except OSError as error:
                reason = error.strerror or str(error)
                raise Refused.one("export_not_written", "out", file, reason=reason) from error
            return import_register.compare(ws, card.id)

        def done(found: Handover) -> None:
            words = translate("Đã lưu biên bản {file}. Số liệu khớp.", file=file.name)
            if not found.agrees:
                words = translate(
                    "Đã lưu biên bản {file}. Số liệu còn chênh lệch, ghi trong biên bản.",
                    file=file.name,
                )
            tone = "ok" if found.agrees else "wait"
            self._stage.tell(Message(words, tone, stays=True))

        self._stage.tasks.desk.run(work, done, self._failed, owner=self)

    def _show(self, cards: tuple[ImportCard, ...]) -> None:
        self.list.set_source(kept(cards, lambda one: one.id))
        self._chosen()

    def _chosen(self) -> None:
        card, ws = self.card, self._stage.ws
        register = card is not None and card.kind in REGISTERS and not card.undone_at
        self.undo.setEnabled(card is not None and card.may_undo)
        self.minute.setVisible(register and ws.can("print"))
        self.confirm.setVisible(register and ws.can("approve"))

    def _given(self, reason: str) -> None:
        self._asked(reason)

    def _ask_undo(self) -> None:
        if self.card is None:
            return
        self.touched.hide()
        self._asked = self._undo
        title = translate("Hoàn tác cả lượt nhập “{file}”?", file=self.card.file)
        hint = translate(
            "Người mới của lượt này được gỡ khỏi sổ, chỗ đã bổ sung trở lại như trước. Ghi lý do."
        )
        self.ask.ask(title, hint, translate("Hoàn tác"))

    def _undo(self, why: str) -> None:
        ws, card = self._stage.ws, self.card
        if card is None:
            return

        def done(undone: Undone) -> None:
            words = translate(
                "Đã hoàn tác “{file}”: gỡ {removed} bản ghi, trả lại {restored} ô.",
                file=card.file,
                removed=show.number(undone.removed),
                restored=show.number(undone.restored),
            )
            self._stage.tell(Message(words, "ok", stays=True))
            self._stage.refresh()
            self.load()

        def failed(failure: Failure) -> None:
            if any(one.code == "import_touched" for one in failure.problems):
                self._show_touched(card, failure.problems)
            else:
                self._failed(failure)

        self._stage.tasks.desk.run(
            lambda: import_undo.undo(ws, card.id, why), done, failed, owner=self
        )

    def _show_touched(self, card: ImportCard, problems: tuple[Problem, ...]) -> None:
        """Nothing was undone: on whom somebody worked since, each a line that opens the person."""
        people = [one for one in problems if one.code == "import_touched"]
        more = sum(int(one.value) for one in problems if one.code == "import_touched_more")
        title = translate(
            "Chưa hoàn tác “{file}”: đã có người làm tiếp với {count} người của lượt này.",
            file=card.file,
            count=show.number(len(people) + more),
        )
        hint = translate(
            "Không có gì bị đổi. Chỉ hoàn tác được cả lượt khi chưa ai làm tiếp; người nhập nhầm "
            "thì mở hồ sơ (Enter) và bấm Gỡ."
        )
        lines = [ResultLine(one.message, one.value) for one in people]
        lines += [ResultLine(one.message) for one in problems if one not in people]
        self.touched.show_result(title, lines, hint)
        self.touched.lines.setCurrentRow(0)
        self.touched.lines.setFocus()

    def _confirm(self) -> None:
        self._confirmed_with("")

    def _confirmed_with(self, note: str) -> None:
        ws, card = self._stage.ws, self.card
        if card is None:
            return

        def done(_found: Handover) -> None:
            words = translate("Đã xác nhận biên bản bàn giao “{file}”.", file=card.file)
            self._stage.tell(Message(words, "ok"))
            self.load()

        def failed(failure: Failure) -> None:
            if any(one.code == "handover_differs" for one in failure.problems):
                self._asked = self._confirmed_with
                self.ask.ask(failure.message, "", translate("Xác nhận"))
            else:
                self._failed(failure)

        work = lambda: import_register.confirm(ws, card.id, note)  # noqa: E731 - one line is enough
        self._stage.tasks.desk.run(work, done, failed, owner=self)

    def _failed(self, failure: Failure) -> None:
        self._stage.tell(Message(failure.message, "bad", stays=True))

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, translate("Lưu biên bản bàn giao"), "", translate("Tệp PDF (*.pdf)")
        )
        if name:
            self.save_minute(Path(name).with_suffix(".pdf"))


def _columns() -> tuple[Column, ...]:
    def state(one: ImportCard) -> Cell:
        confirmed = translate("đã xác nhận") if one.confirmed_at else ""
        return plain(translate("đã hoàn tác") if one.undone_at else confirmed)

    def new(one: ImportCard) -> Cell:
        count = sum(one.counts.get(fate, 0) for fate in ("new", "maybe"))
        return plain(show.number(count))

    return (
        Column("at", translate("Lúc"), lambda one: plain(show.instant(one.started_at)), 16),
        Column("file", translate("Tệp"), lambda one: Cell(one.file, bold=True), 0, fixed=True),
        Column("kind", translate("Loại"), lambda one: plain(kind_label(one.kind)), 18),
        Column("new", translate("Người mới"), new, 10),
        Column(
            "changed",
            translate("Bổ sung"),
            lambda one: plain(show.number(one.counts.get("changed", 0))),
            10,
        ),
        Column("by", translate("Người nhập"), lambda one: plain(one.by), 12),
        Column("state", translate("Tình trạng"), state, 14),
    )
