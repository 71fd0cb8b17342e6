"""One exchange with the national system: its persons, the day it was handed in, the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from app import forms
from app.actions import national_answer, national_file
from app.actions.national_answer import Reply
from app.values.national import Answers, FileCard, LineCard
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Message, Screen, Stage
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.record_list import BulkAction, Nothing
from ui.widgets.result import Result, ResultLine
from ui.widgets.table_model import Cell, Column, plain

SIGNS = {"waiting": ("wait", "…"), "accepted": ("ok", "✓"), "refused": ("bad", "×")}


class LinesRegister(Register):
    """Enter opens the record; ticked lines are accepted or refused."""

    name = "national-lines"
    touching = frozenset({"national_file", "national_line"})
    searches = False
    key = ""
    about: FileCard | None = None

    def titled(self) -> str:
        return translate("Người trong lần này")

    def bulk(self) -> Sequence[BulkAction]:
        if not self.stage.ws.can("export"):
            return ()
        return (
            BulkAction(translate("Được nhận"), self.accept, "check", "primary"),
            BulkAction(translate("Không được nhận…"), self.refuse, "clear"),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), _name, 0, fixed=True),
            Column("birth", translate("Ngày sinh"), _birth, 12),
            Column("move", translate("Biến động"), lambda r: _code(r, "national_move"), 18),
            Column("answer", translate("Trả lời"), _answer, 16),
            Column("why", translate("Lý do không nhận"), lambda r: _said(r, "answer_reason"), 0),
            Column("code", translate("Mã được cấp"), lambda r: _said(r, "given_code"), 16, rank=1),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không có ai trong lần này."),
            translate(
                "Trả lời của người đã chuyển đi thì ghi ở cơ quan mới, vào cùng số lần nộp này."
            ),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        page = national_file.page(self.stage.ws, self.key, asked.start, asked.limit or None)
        self.about = page.card
        return page.lines, page.card.persons

    def chosen(self, line: LineCard) -> None:
        self.go_to("person", line.person_id)

    def accept(self, ids: tuple[str, ...]) -> None:
        """The ticked persons were taken."""
        self._answer(ids, Reply("accepted"))

    def refuse(self, ids: tuple[str, ...]) -> None:
        """The ticked persons were not taken; the page asks why."""
        self.why(ids)

    why: Callable[[tuple[str, ...]], None] = staticmethod(lambda _ids: None)

    def _answer(self, ids: tuple[str, ...], told: Reply) -> None:
        ws, key = self.stage.ws, self.key
        words = translate("Đã ghi trả lời của {count} người.", count=show.number(len(ids)))
        self.list.model.untick()
        self.do(lambda: national_answer.answer(ws, key, ids, told), words)


class NationalFileScreen(Screen):
    """`opened(id)` shows the exchange."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead("")
        self.lines = LinesRegister(stage)
        self.lines.list.counted.connect(lambda _total: self._show())
        self.lines.why = self._refused
        self.ask = AskReason(translate("Cần ghi vào ô này."))
        self.ask.given.connect(lambda words: self._asked(words))
        self._asked: Callable[[str], None] = lambda _words: None
        self.result = Result(translate("Dòng chưa đọc được"))
        may = stage.ws.can("export")
        self.handed = self.head.add(button(translate("Đã nộp…"), self._hand_in, "", "check"))
        words = translate("Đọc trả lời từ tệp…")
        self.reading = self.head.add(button(words, self._choose, "", "import"))
        self.every = self.head.add(button(translate("Nhận hết"), self._accept_all, "", "check"))
        self.gone = self.head.add(button(translate("Rút lần này…"), self._withdraw, "danger"))
        self._acts = (self.handed, self.reading, self.every, self.gone) if may else ()
        for one in (self.handed, self.reading, self.every, self.gone):
            one.setVisible(False)
        page = column(self.head, self.ask, self.result, self.lines, gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show an exchange; the one that was open last stays."""
        self.lines.key = key or self.lines.key
        self.ask.hide()
        self.result.hide()
        if self.lines.key:
            self.lines.read()
        self.lines.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when the exchange or a line of it was touched."""
        if self.lines.key and entities & self.lines.touching:
            self.lines.read()

    def take(self, file: Path) -> None:
        """Read the answers from the file that came back."""
        ws, key = self.stage.ws, self.lines.key

        def done(found: Answers) -> None:
            words = translate("Được nhận {accepted}, không được nhận {refused}.",
                              accepted=show.number(found.accepted),
                              refused=show.number(found.refused))  # fmt: skip
            self.stage.tell(Message(words, "wait" if found.problems else "ok"))
            if found.problems:
                told = [ResultLine(one.message) for one in found.problems]
                self.result.show_result(translate("Dòng chưa đọc được"), told)
            self.lines.read()

        self.stage.tasks.desk.run(
            lambda: national_answer.read(ws, key, file), done, self.lines.refused, owner=self
        )

    def _show(self) -> None:
        about = self.lines.about
        if about is None:
            return
        out = about.fields["national_way"] == "out"
        handed = str(about.fields["submitted_on"] or "")
        self.head.set_title(str(about.fields["national_number"]))
        day = forms.date_shown(str(about.fields["national_day"]))
        told = [
            translate("do cơ quan cũ nộp, ở đây ghi trả lời của người đã chuyển đến")
            if about.brought
            else forms.code_label("national_way", str(about.fields["national_way"])),
            translate("lập ngày {day}", day=day),
            translate("nộp ngày {day}", day=forms.date_shown(handed)) if handed else "",
            about.edition,
            about.file_name,
        ]
        self.head.set_facts(" · ".join(part for part in told if part))
        waits, answers = bool(about.answers.get("waiting")), bool(handed) or about.brought
        shown = {
            self.handed: out and not answers,
            self.reading: out and answers,
            self.every: out and answers and waits,
            self.gone: out and not answers,
        }
        for one in self._acts:
            one.setVisible(shown[one])

    def _hand_in(self) -> None:
        ws, key = self.stage.ws, self.lines.key

        def given(day: str) -> None:
            self.lines.do(
                lambda: national_answer.submit(ws, key, day), translate("Đã ghi ngày nộp.")
            )

        self._asked = given
        today = forms.date_shown(f"{ws.today():%Y-%m-%d}")
        hint = translate("Sau ngày này lần trao đổi không rút được nữa.")
        self.ask.ask(translate("Nộp ngày nào?"), hint, translate("Ghi ngày nộp"))
        self.ask.line.setText(today)
        self.ask.line.selectAll()

    def _withdraw(self) -> None:
        ws, key = self.stage.ws, self.lines.key

        def given(reason: str) -> None:
            self.stage.tasks.desk.run(
                lambda: national_file.withdraw(ws, key, reason),
                lambda _done: self._withdrawn(),
                self.lines.refused,
                owner=self,
            )

        self._asked = given
        hint = translate("Chỉ rút tệp chưa nộp; mọi người trong đó lại thành chờ nộp.")
        self.ask.ask(translate("Rút lần này vì lý do gì?"), hint, translate("Rút"))

    def _withdrawn(self) -> None:
        self.lines.key = ""
        self.stage.tell(Message(translate("Đã rút."), "ok"))
        self.stage.go("national", "files")

    def _refused(self, ids: tuple[str, ...]) -> None:
        self._asked = lambda reason: self.lines._answer(ids, Reply("refused", reason))
        title = translate("{count} người không được nhận vì lý do gì?", count=len(ids))
        self.ask.ask(title, "", translate("Ghi không được nhận"))

    def _accept_all(self) -> None:
        self.lines._answer((), Reply("accepted"))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, translate("Chọn tệp trả lời"), "", "Excel, CSV (*.xlsx *.xls *.ods *.csv)"
        )
        if name:
            self.take(Path(name))


def _name(one: LineCard) -> Cell:
    words = translate("máy khác cũng nộp: {number}", number=one.clash)
    return Cell(one.name, (Chip(words, "bad", "!"),) if one.clash else (), bold=True)


def _birth(one: LineCard) -> Cell:
    return plain(forms.date_shown(one.birth) if one.birth else "")


def _code(one: LineCard, name: str) -> Cell:
    return plain(forms.code_label(name, str(one.fields[name] or "")))


def _answer(one: LineCard) -> Cell:
    code = str(one.fields["national_answer"] or "waiting")
    tone, sign = SIGNS[code]
    return Cell(chips=(Chip(forms.code_label("national_answer", code), tone, sign),))


def _said(one: LineCard, name: str) -> Cell:
    return plain(str(one.fields[name] or ""))
