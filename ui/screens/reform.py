"""The reform of 2025 in this office: each old commune with what it became, questions first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent, Qt

from app import forms
from app.actions import reform
from app.values.reform import ReformDone, ReformPart, ReformPlan
from app.wording import translate
from ui import show
from ui.screens.reform_answer import AnswerBox, Answered
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskSure
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, label, restyle
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

READ_AFTER_MS = 1_500
"""The list counts everybody (3 s at 100,000): it waits until the persons keep still."""
FIRST = ("ask", "answer", "auto")


class ReformScreen(Screen):
    """Enter answers for a line, A moves those who are known, U takes that back."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Đơn vị từ 01/7/2025"),
            translate(
                "Xã cũ nay là xã nào. Địa chỉ đã ghi và giấy tờ cũ giữ nguyên tên cũ; "
                "xã bị chia thì hỏi theo thôn."
            ),
        )
        self.apply = button(translate("Áp dụng (A)"), self.apply_now, "primary", "check")
        self.back = button(translate("Rút lại (U)"), self.take_back, "", "undo")
        for made in (self.back, self.apply):
            self.head.add(made)
        self._plan: ReformPlan | None = None
        self.totals = label("", "strong", wrap=True)
        self.list = RecordList("reform", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Xã cũ và xã mới"))
        self.box = AnswerBox(stage.ws)
        self.sure = AskSure()
        self._stale = False
        self._read_soon = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        page = column(self.head, self.totals, self.box, self.sure, self.list, gap=12)
        page.setStretch(4, 1)
        self.setLayout(page)
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the list; the cursor stands in it."""
        self.box.hide()
        self.sure.hide()
        nothing = Nothing(translate("Đơn vị này không có xã cũ nào."))
        self.list.set_source(Source(self._read), nothing)
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if "reform_answer" in entities:
            self._reload()
        elif "person" in entities:
            self._stale = True
            if self.isVisible():
                self._read_soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", translate("Trả lời dòng đang chọn")),
            ("A", translate("Chuyển những người đã rõ")),
            ("U", translate("Rút lại việc chuyển")),
        )

    def apply_now(self) -> None:
        """Move everybody whose present unit is known."""

        def done(made: ReformDone) -> None:
            words = translate("Đã chuyển {count} người.", count=show.number(made.moved))
            if not made.moved:
                words = translate("Không ai phải chuyển: xã đổi nguyên vẹn không cần áp dụng.")
            if made.open:
                words += " " + translate(
                    "{count} người ở nguyên, chờ trả lời theo thôn.",
                    count=show.number(len(made.open)),
                )
            self._tell(words)

        ws = self.stage.ws
        self._do(lambda: reform.apply(ws), done)

    def take_back(self) -> None:
        """Ask whether the move is meant to be taken back: one key must not undo it."""
        if not self.back.isEnabled():
            self.stage.tell(Message(self._nothing_back(), "ok"))
            return
        self.sure.ask(
            translate("Rút lại việc chuyển người của cả đơn vị?"),
            translate(
                "Người đã chuyển theo câu trả lời trở về như bảng của nhà nước. Câu trả lời còn "
                "nguyên, áp dụng lại được."
            ),
            translate("Rút lại việc chuyển"),
        )

    def _take_back(self) -> None:
        """Put everybody back where the tables alone have them; the answers stay."""
        self.list.view.setFocus()
        ws = self.stage.ws
        self._do(
            lambda: reform.undo(ws),
            lambda count: self._tell(
                translate("Đã rút lại cho {count} người.", count=show.number(count))
            ),
        )

    def _connect(self) -> None:
        self.list.opened.connect(self.box.begin)
        self.list.model.loaded.connect(self._counted)
        self.box.left.connect(self.list.view.setFocus)
        self.sure.left.connect(self.list.view.setFocus)
        self.sure.sure.connect(self._take_back)
        self._read_soon.timeout.connect(self._reload)
        self.box.given.connect(self._answer)
        self.box.withdrawn.connect(self._withdraw)
        self.box.people_asked.connect(lambda key: self.stage.go("people", units=(key,)))
        for keys, act in (("A", self.apply_now), ("U", self.take_back)):
            made = QShortcut(QKeySequence(keys), self.list)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _answer(self, part: ReformPart, said: Answered) -> None:
        ws = self.stage.ws
        self._do(
            lambda: reform.answer(ws, part.old, said["new"], said["hamlet"], said["reason"]),
            lambda _none: self._answered(translate("Đã ghi. Bấm Áp dụng để chuyển người.")),
        )

    def _withdraw(self, part: ReformPart) -> None:
        ws = self.stage.ws
        self._do(
            lambda: reform.withdraw(ws, part.old, part.said),
            lambda _none: self._answered(translate("Đã rút câu trả lời.")),
        )

    def _answered(self, words: str) -> None:
        self.box.leave()
        self._tell(words)

    def _tell(self, words: str) -> None:
        self.stage.tell(Message(words, "ok"))
        self.stage.refresh()
        self._reload()

    def _reload(self) -> None:
        self._stale = False
        self._read_soon.stop()
        self.list.reload()

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def failed(failure: Failure) -> None:
            rest = self.box.refused(failure) if self.box.isVisible() else (failure.message,)
            if rest:
                self.stage.tell(Message("\n".join(rest), "bad", stays=True))

        self.stage.tasks.desk.run(work, done, failed, self)

    def _read(self, _after: object, _limit: int) -> Rows:
        """The list and its totals in one reading, on the lane: questions first, then answers."""
        self._plan = reform.plan(self.stage.ws)
        return Rows(sorted(self._plan.parts, key=_order))

    def _nothing_back(self) -> str:
        return translate("Không có gì để rút lại: chưa ai được chuyển theo câu trả lời.")

    def _counted(self) -> None:
        if self._plan is None:
            return
        now = self._plan.totals
        agree = translate("Tổng số khớp.") if now.agree else translate("TỔNG SỐ KHÔNG KHỚP.")
        said = translate(
            "Trước {before} người; sau: {known} đã rõ, {open} còn hỏi, {already} vốn ở đơn vị mới, "
            "{unknown} không rõ xã.",
            **{
                name: show.number(getattr(now, name))
                for name in "before known open already unknown".split()
            },
        )
        restyle(self.totals, role="strong" if now.agree else "problem")
        self.totals.setText(f"{said} {agree}")
        self.apply.setEnabled(now.agree and now.waiting > 0)
        waits = translate("{count} người chờ áp dụng", count=show.number(now.waiting))
        none = translate("Không ai chờ áp dụng: xã đổi nguyên vẹn không cần áp dụng")
        self.head.set_facts(waits if now.waiting else none)
        self.apply.setToolTip("" if now.waiting else none)
        self.back.setEnabled(now.placed > 0)
        self.back.setToolTip("" if now.placed else self._nothing_back())


def _order(part: ReformPart) -> tuple[int, bool, str]:
    return FIRST.index(part.how), not part.persons, part.id


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("old", translate("Xã cũ"), _old, 0, fixed=True),
        Column("hamlet", translate("Thôn, tổ"), lambda part: plain(part.hamlet), 16),
        Column("persons", translate("Số người"), lambda p: plain(show.number(p.persons)), 9),
        Column("new", translate("Nay là"), _new, 0),
        Column("how", translate("Theo"), _how, 18),
    )


def _old(part: ReformPart) -> Cell:
    return Cell(forms.unit_short(part.old), bold=part.persons > 0, tip=forms.unit_name(part.old))


def _new(part: ReformPart) -> Cell:
    if part.new:
        return Cell(forms.unit_short(part.new), tip=forms.unit_name(part.new))
    names = " / ".join(forms.unit_short(key) for key in part.candidates)
    return Cell(names, muted=True, tip="; ".join(map(forms.unit_name, part.candidates)))


def _how(part: ReformPart) -> Cell:
    words, tone, sign = {
        "ask": (translate("Hỏi theo thôn"), "wait", "?"),
        "answer": (translate("Đơn vị trả lời"), "ok", "✓"),
    }.get(part.how, (translate("Bảng của nhà nước"), "mute", ""))
    return Cell(chips=(show.Chip(words, tone, sign),), tip=part.reason)
