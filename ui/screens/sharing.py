"""The head's desk of sharing: what of whom shall go to whom, on what basis; yes or no."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app import forms
from app.actions import sharing
from app.errors import Problem
from app.values.sharing import SharingCard
from app.wording import translate
from ui import show
from ui.screens.transfer_part import Part, Step, Telling
from ui.stage import Message, Screen, Stage
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain


class SharingScreen(Screen):
    """D agrees, T does not; Enter opens the person."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Duyệt chia sẻ"),
            translate(
                "Thông tin của một người chỉ ra khỏi cơ quan khi người ấy đồng ý và thủ trưởng "
                "đồng ý (TT 02/2020/TT-BLĐTBXH Điều 9)."
            ),
        )
        self.ask = AskReason()
        self._ids: tuple[str, ...] = ()
        ws = stage.ws
        self.part = Part(stage, self._telling(), lambda: sharing.queue(ws), self._act)
        self.part.list.opened.connect(lambda one: stage.go("person", one.person_id, tab="sharing"))
        self.part.counted.connect(
            lambda count: self.head.set_facts(
                translate("{count} lần xin chia sẻ chờ duyệt", count=show.number(count))
            )
        )
        self.ask.given.connect(self._refuse)
        self.ask.left.connect(self.part.take_cursor)
        page = column(self.head, self.ask, self.part, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)
        for keys in "DT":
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda keys=keys: self.part.press(keys))

    def opened(self, key: str = "", **facts: Any) -> None:
        self.ask.hide()
        self.part.read()
        self.part.take_cursor()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if entities & {"sharing", "consent", "person"}:
            self.part.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("D", translate("Đồng ý cho chia sẻ")),
            ("T", translate("Không đồng ý cho chia sẻ, nói vì sao")),
            ("Enter", translate("Mở hồ sơ của dòng đang chọn")),
        )

    def _telling(self) -> Telling:
        may = self.stage.ws.can("approve")
        steps = (
            Step("refuse", "T", translate("Không đồng ý…"), lambda _one: may, "why", "danger"),
            Step(
                "approve", "D", translate("Đồng ý"), lambda one: may and not one.own, "", "primary"
            ),
        )
        nothing = Nothing(
            translate("Không có lần xin chia sẻ nào chờ duyệt."),
            translate("Cán bộ xin chia sẻ ở hồ sơ từng người, thẻ Đồng ý và chia sẻ."),
        )
        title = translate("Xin chia sẻ chờ duyệt")
        return Telling("sharing", title, columns(), told, nothing, steps if may else ())

    def _act(self, name: str, ids: tuple[str, ...], _why: str) -> None:
        if name == "refuse":
            self._ids = ids
            self.ask.ask(translate("Không cho chia sẻ vì lý do gì?"), "", translate("Gửi"))
            return
        ws = self.stage.ws
        self._run(lambda: sharing.approve(ws, ids), translate("Đã đồng ý cho chia sẻ."))

    def _refuse(self, reason: str) -> None:
        ws, ids = self.stage.ws, self._ids
        self._run(lambda: sharing.refuse(ws, ids, reason), translate("Đã ghi là không đồng ý."))

    def _run(self, work: Any, words: str) -> None:
        def done(problems: tuple[Problem, ...]) -> None:
            said = "\n".join(one.message for one in problems)
            self.stage.tell(Message(said or words, "bad" if said else "ok", stays=bool(said)))
            self.stage.refresh()
            self.part.read()
            self.part.take_cursor()

        self.stage.tasks.desk.run(work, done, owner=self)


def told(one: SharingCard) -> str:
    """A request in full: what, to whom, why, on what basis, asked by whom."""
    lines = (
        translate(
            "{name}: {purpose}. Nơi nhận: {recipient}.",
            name=one.person_name,
            purpose=forms.code_label("sharing_purpose", one.purpose),
            recipient=one.recipient,
        ),
        translate("Vì sao: {reason}", reason=one.reason),
        translate("Chia sẻ những gì: {what}", what=one.what) if one.what else "",
        translate(
            "Căn cứ của người ấy: {basis}. Người xin: {by}, {at}.",
            basis=forms.code_label("legal_basis", one.basis) if one.basis else "—",
            by=one.asked_by,
            at=show.instant(one.asked_at),
        ),
        translate("Bạn đã xin lần này nên phải có người khác duyệt.") if one.own else "",
    )
    return "\n".join(line for line in lines if line)


def columns() -> tuple[Column, ...]:
    """The columns of the queue."""
    return (
        Column("name", translate("Họ và tên"), lambda one: Cell(one.person_name, bold=True), 0,
               False, True),
        Column("purpose", translate("Cho việc gì"),
               lambda one: plain(forms.code_label("sharing_purpose", one.purpose)), 30),
        Column("recipient", translate("Nơi nhận"), lambda one: plain(one.recipient), 30),
        Column("at", translate("Xin lúc"), lambda one: plain(show.instant(one.asked_at)), 18),
    )  # fmt: skip
