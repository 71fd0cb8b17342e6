"""Certificates of a session onto blanks in one go: a bar above the lists while they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.actions import blank, blank_run
from app.values.certificate import BlankLine
from app.wording import translate
from ui import show
from ui.screens import saving_pdf
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.parts import Card, button, label, row


class BlankRunBar(Card):
    """`begin(ids)` asks for the first blank; the bar stays until the run is said to be done."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Đang in lên phôi"))
        self.stage = stage
        self.lines: tuple[BlankLine, ...] = ()
        self._ids: tuple[str, ...] = ()
        self._serial = ""
        self.told = label("", wrap=True)
        lacking = translate("Ghi số phôi.")
        self.first, self.going_on, self.which = (AskReason(lacking) for _ask in range(3))
        self.why = AskReason()
        self.first.given.connect(self._begin)
        self.going_on.given.connect(self._go_on)
        self.which.given.connect(self._ask_why)
        self.why.given.connect(self._move_on)
        self.save = button(translate("Lưu tệp để in cả lượt…"), self._file, "primary", "print")
        for one in (self.first, self.going_on, self.which, self.why):
            one.left.connect(lambda: self._show(self.lines))
        self.acts = row(
            self.save,
            button(translate("In tiếp từ phôi…"), self._ask_from),
            button(translate("Phôi hỏng…"), self._ask_which),
            button(translate("In xong"), self._finish, "", "check"),
            1,
            gap=8,
        )
        self.add(self.told)
        for each in (self.first, self.going_on, self.which, self.why):
            self.add(each)
        self.add(self.acts)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return any(not one.isHidden() for one in (self.first, self.going_on, self.which, self.why))

    def read(self) -> None:
        """Show the run that is open, as it stands in the store."""
        ws = self.stage.ws
        if ws.can("print"):
            self.stage.tasks.desk.run(lambda: blank_run.current(ws), self._show, owner=self)

    def offer(self, ids: Sequence[str]) -> None:
        """Ask for the first blank where there is one: what was issued may go onto blanks now."""
        self.begin(ids, offered=True)

    def begin(self, ids: Sequence[str], offered: bool = False) -> None:
        """Ask for the first blank; the next one of the stock is proposed."""
        ws, self._ids = self.stage.ws, tuple(ids)

        def ask(serial: str) -> None:
            if offered and (self.lines or not serial):
                return
            if not serial:
                words = translate("Kho không còn phôi: nhập lô phôi ở thẻ Kho phôi rồi in.")
                self.stage.tell(Message(words, "wait"))
                return
            title = translate("Số phôi đầu tiên đang cầm")
            hint = translate(
                "Mỗi giấy một phôi, theo thứ tự phiên họp; giấy đã in thì bỏ qua. Trong kho "
                "không có số này thì máy nói ngay."
            )
            self.show()
            self._offer_acts(False)
            self.first.ask(title, hint, translate("Ghi phôi"))
            self.first.line.setText(serial)
            self.first.line.selectAll()

        self.stage.tasks.desk.run(lambda: blank.next_serial(ws), ask, owner=self)

    def _begin(self, serial: str) -> None:
        ws, ids = self.stage.ws, self._ids
        self._run(lambda: blank_run.begin(ws, ids, serial), self.first)

    def _file(self) -> None:
        self._save("")

    def _save(self, serial: str) -> None:
        ws = self.stage.ws
        name = translate("giay-xac-nhan-phoi-{serial}", serial=serial or self.lines[0].serial)
        saving_pdf.ask(self, self.stage, name, lambda: blank_run.pdf(ws, serial))

    def _ask_from(self) -> None:
        title = translate("In tiếp từ phôi số")
        self._ask(self.going_on, title, translate("Lưu tệp để in…"))

    def _go_on(self, serial: str) -> None:
        self._show(self.lines)
        self._save(serial)

    def _ask_which(self) -> None:
        self._ask(self.which, translate("Phôi nào hỏng?"), translate("Tiếp"))

    def _ask_why(self, serial: str) -> None:
        self._serial = serial
        self._offer_acts(False)
        title = translate("Phôi {serial} hỏng vì sao?", serial=serial)
        hint = translate("Giấy ấy và các giấy sau nó sang phôi kế tiếp; giấy trước giữ nguyên.")
        self.why.ask(title, hint, translate("Ghi phôi hỏng"))

    def _move_on(self, reason: str) -> None:
        ws, serial = self.stage.ws, self._serial
        self._run(lambda: blank_run.spoiled(ws, serial, reason), self.why)

    def _finish(self) -> None:
        ws = self.stage.ws
        self._run(lambda: blank_run.finish(ws))

    def _ask(self, box: AskReason, title: str, act: str) -> None:
        self._offer_acts(False)
        box.ask(title, "", act)
        box.line.setText(self.lines[0].serial)
        box.line.selectAll()

    def _run(self, work: Callable[[], object], box: AskReason | None = None) -> None:
        """A refusal stands in the box it answers, with what was typed."""
        ws = self.stage.ws

        def refused(failure: Failure) -> None:
            if box is None:
                self._refused(failure)
            else:
                self._offer_acts(False)
                self.show()
                box.refuse(failure.message)

        def both() -> tuple[BlankLine, ...]:
            work()
            return blank_run.current(ws)

        def shown(lines: tuple[BlankLine, ...]) -> None:
            self._show(lines)
            if lines:
                self.save.setFocus()
            else:
                self.stage.tell(Message(translate("Đã xong lượt in lên phôi."), "ok"))

        self.stage.tasks.desk.run(both, shown, refused, owner=self)

    def _refused(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
        self._show(self.lines)

    def _show(self, lines: Any) -> None:
        self.lines = lines
        self._offer_acts(bool(lines))
        self.told.setVisible(bool(lines))
        if lines:
            words = translate(
                "{count} giấy, phôi {first} đến {last}. Thứ tự: {names}",
                count=show.number(len(lines)),
                first=lines[0].serial,
                last=lines[-1].serial,
                names=", ".join([*(one.name for one in lines[:3]), *("…" for _more in lines[3:4])]),
            )
            self.told.setText(words)
        self.setVisible(bool(lines) or self.busy)

    def _offer_acts(self, offered: bool) -> None:
        """The acts step back while something is asked."""
        for place in range(self.acts.count()):
            item = self.acts.itemAt(place)
            made = item.widget() if item is not None else None
            if made is not None:
                made.setVisible(offered)
