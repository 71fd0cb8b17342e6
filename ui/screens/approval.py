"""The approval desk: who waits, one record beside the list, one key for each decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QWidget

from app.actions import approval, approval_desk
from app.actions.approval_desk import Review
from app.errors import Problem
from app.values.person import ApprovalResult, PeopleFilter
from app.wording import translate
from ui import show
from ui.screens.approval_list import columns, source, wanted
from ui.screens.approval_review import ReviewCard
from ui.screens.approving_many import Approved, ManyApprovals
from ui.screens.deciding import Deciding
from ui.screens.people import filters
from ui.screens.people_bulk import Outcome, skipped_lines
from ui.screens.returning import Returns
from ui.stage import Message, Screen, Stage
from ui.widgets.ask import AskReason
from ui.widgets.filters import FilterBar
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, holder, keep_if, label, row
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.result import Result, ResultLine

TOUCHING = frozenset({"person", "amendment", "approval"})
FILTERS = ("units", "types", "degrees", "mine_victim")


class ApprovalScreen(Screen):
    """A approves, R returns with a reason, N goes on, U takes the last decision back."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.may = stage.ws.can("approve")
        self.head = PageHead(
            translate("Duyệt"),
            translate("Xem từng hồ sơ rồi duyệt hoặc trả lại; không ai duyệt việc mình nhập."),
        )
        self.ask = AskReason()
        self.result = Result(translate("Kết quả duyệt"))
        self.result.opened.connect(lambda key: stage.go("person", key))
        self.review: Review | None = None
        self._undo_last: Callable[[], None] = lambda: None
        self._names: dict[str, str] = {}
        self.work = LongWork()
        self.many = ManyApprovals(self, self.work)
        self.many.approved.connect(self._approved)
        self.many.undone.connect(self._undone)
        self.returns = Returns(self, self.work)
        self.returns.returned.connect(self._returned)
        self.returns.taken_back.connect(lambda _outcome: self._go_on())
        self._with_reason: Callable[[str], None] = lambda _reason: None
        self.ask.given.connect(lambda reason: self._with_reason(reason))
        self._make_list()
        self.card = ReviewCard(stage.ws.today())
        self.deciding = Deciding(self, self.list, self._look, self._forget)
        self._lay_out()
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        if not self.may:
            return
        if key:
            self.list.choose(key)
        if "units" in facts:
            self.filters.set_values(facts)
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if self.may and entities & TOUCHING and not self.deciding.busy:
            self.list.reload()
            if self.review is not None and self.review.page.card.id in ids:
                self.deciding.look_soon()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("A", translate("Duyệt hồ sơ đang xem")),
            ("R", translate("Trả lại hồ sơ đang xem, có lý do")),
            ("N", translate("Sang người sau")),
            ("U", translate("Rút lại việc vừa làm")),
            ("Shift+A", translate("Duyệt các hồ sơ đã chọn")),
        )

    def which(self) -> PeopleFilter:
        """Who is shown now: those who wait and fit the filters."""
        return wanted(self.filters.values())

    def approve(self) -> None:
        """Approve the record that is looked at."""
        review = self.review
        if review is None or not review.waits or review.own:
            self._say_why_not()
            return
        ws, key, name = self.stage.ws, review.page.card.id, review.page.card.name
        plain = review.asked is None

        def done(result: ApprovalResult) -> None:
            if result.skipped:
                self._say(result.skipped)
                return
            undo = translate("Hủy duyệt…") if plain else ""
            words = translate("Đã duyệt {name}.", name=name)
            act = (lambda: self.undo(key, name)) if plain else None
            self._undo_last = act or (lambda: None)
            self.stage.tell(Message(words, "ok", undo, act))

        self.deciding.decide(lambda: approval.approve(ws, (key,)), done)

    def give_back(self) -> None:
        """Return the record that is looked at, with a reason."""
        if self.review is None or not self.review.waits:
            return
        ws, key, name = self.stage.ws, self.review.page.card.id, self.review.page.card.name

        def done(problems: tuple[Problem, ...]) -> None:
            if problems:
                self._say(problems)
                return
            self.returns.tell(translate("Đã trả lại {name}.", name=name), (key,))
            self._undo_last = self.returns.take_back

        self._ask_return(
            translate("Trả lại {name} vì lý do gì?", name=name),
            lambda why: self.deciding.decide(lambda: approval.return_(ws, (key,), why), done),
        )

    def undo(self, key: str, name: str) -> None:
        """Take an approval back, with a reason."""
        ws = self.stage.ws

        def given(reason: str) -> None:
            self.deciding.decide(lambda: approval.undo(ws, key, reason), lambda _none: done())

        def done() -> None:
            self._undo_last = lambda: None
            words = translate("Đã hủy duyệt {name}; hồ sơ chờ duyệt lại.", name=name)
            self.stage.tell(Message(words, "ok"))
            self.list.choose(key)

        self._with_reason = given
        self.ask.ask(
            translate("Hủy duyệt {name} vì lý do gì?", name=name),
            translate("Hồ sơ trở lại bàn duyệt; lần duyệt cũ vẫn còn trong lịch sử."),
            translate("Hủy duyệt"),
        )

    def _make_list(self) -> None:
        stage = self.stage
        self.filters = FilterBar([one for one in filters(stage.ws) if one.name in FILTERS])
        self.filters.remember(stage.memory, f"approval/{stage.ws.user.login}")
        self.filters.changed.connect(lambda _values: self._read())
        actions = (
            BulkAction(translate("Trả lại…"), self._return_many, "undo"),
            BulkAction(translate("Duyệt các hồ sơ đã chọn"), self._approve_many, "approve"),
        )
        self.list = RecordList("approval", columns(), stage.tasks, stage.memory, actions)
        self.list.set_name(translate("Hồ sơ chờ duyệt"))

    def _lay_out(self) -> None:
        beside = row(self.list, self.card, gap=16)
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        above = (self.result, self.ask, self.many.ask, self.work, self.filters)
        desk = column(*above, beside, gap=12)
        desk.setStretch(len(above), 1)
        whole = holder(desk)
        keep_if(whole, self.may)
        page = column(self.head, whole, None if self.may else self._not_allowed(), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def _not_allowed(self) -> QWidget:
        """What somebody without the right sees: why, and how a supervisor comes in quickly."""
        why = label(translate("Bạn không có quyền duyệt."), "subtitle")
        hint = label(
            translate(
                "Người có quyền duyệt vào nhanh trên máy này bằng mật khẩu của mình; "
                "việc đang làm của bạn vẫn mở phía sau."
            ),
            "muted",
            wrap=True,
        )
        for words in (why, hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.second = button(
            translate("Người khác vào nhanh"), self.stage.second, "primary", "users"
        )
        inside = column(1, why, hint, row(1, self.second, 1), 2, gap=10, margins=(32, 32, 32, 32))
        return holder(inside)

    def _connect(self) -> None:
        card = self.card
        card.approve_asked.connect(self.approve)
        card.return_asked.connect(self.give_back)
        card.next_asked.connect(self.deciding.step)
        card.open_asked.connect(self._open)
        card.second_asked.connect(self.stage.second)
        self.list.opened.connect(lambda line: self.stage.go("person", line.card.id))
        self.list.counted.connect(self._counted)
        self.list.view.selectionModel().currentRowChanged.connect(self.deciding.row_changed)
        self.list.model.loaded.connect(self._loaded)
        if self.may:
            for keys, act in (
                ("A", self.approve),
                ("R", self.give_back),
                ("N", self.deciding.step),
                ("U", lambda: self._undo_last()),
                ("Shift+A", lambda: self._approve_many(tuple(self.list.model.ticked))),
            ):
                made = QShortcut(QKeySequence(keys), self)
                made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                made.activated.connect(act)

    def _read(self) -> None:
        self.list.set_source(source(self.stage.ws, self.which()), self._nothing())

    def _nothing(self) -> Nothing:
        if self.filters.values():
            return Nothing(
                translate("Không có hồ sơ chờ duyệt nào khớp bộ lọc."),
                "",
                translate("Bỏ lọc"),
                lambda: self.filters.set_values({}, True),
            )
        return Nothing(
            translate("Không còn hồ sơ nào chờ duyệt."),
            translate("Hồ sơ mới đến đây khi người nhập bấm “Gửi duyệt”."),
        )

    def _counted(self, total: int) -> None:
        self.head.set_facts(translate("{count} hồ sơ chờ duyệt", count=show.number(total)))

    def _loaded(self) -> None:
        view = self.list.view
        if not self.list.model.rowCount():
            self._forget()
            self.card.show_nothing()
        elif view.currentIndex().isValid():
            whole = (
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows
            )
            view.selectionModel().select(view.currentIndex(), whole)

    def _look(self) -> None:
        place = self.deciding.current()
        if place is None:
            return
        ws, key = self.stage.ws, self.list.model.key(place)
        self.stage.tasks.desk.run(
            lambda: approval_desk.review(ws, key),
            self._show_review,
            owner=self,
            key="approval-review",
        )

    def _forget(self) -> None:
        self.review = None

    def _show_review(self, review: Review) -> None:
        self.review = review
        self.card.show_review(review)

    def _open(self) -> None:
        if self.review is not None:
            self.stage.go("person", self.review.page.card.id)

    def _ask_return(self, title: str, given: Callable[[str], None]) -> None:
        self._with_reason = given
        hint = translate("Người nhập thấy lý do này và sửa rồi gửi lại.")
        self.ask.ask(title, hint, translate("Trả lại"))

    def _return_many(self, ids: tuple[str, ...]) -> None:
        if ids:
            count = show.number(len(ids))
            title = translate("Trả lại {count} hồ sơ vì lý do gì?", count=count)
            self._ask_return(title, lambda reason: self.returns.give_back(ids, reason))

    def _returned(self, _outcome: Outcome) -> None:
        self.list.model.untick()
        self._undo_last = self.returns.take_back
        self._go_on()

    def _approve_many(self, ids: tuple[str, ...]) -> None:
        if ids:
            model = self.list.model
            rows = (model.row(place) for place in range(model.rowCount()))
            self._names = {row.card.id: row.card.name for row in rows if row.card.id in ids}
            self.many.approve(ids)
            model.untick()

    def _approved(self, last: Approved) -> None:
        outcome = last.outcome
        title = translate("Đã duyệt {count} hồ sơ.", count=show.number(outcome.done))
        if last.received:
            self._undo_last = self.many.ask_undo
        if last.received or not outcome.skipped:
            self.many.tell(title)
        if outcome.skipped:
            self._show_skipped(title, outcome)
        self._go_on()

    def _undone(self, outcome: Outcome) -> None:
        count = show.number(outcome.done)
        title = translate("Đã hủy duyệt {count} hồ sơ; các hồ sơ ấy chờ duyệt lại.", count=count)
        self.stage.tell(Message(title, "ok"))
        if outcome.skipped:
            self.stage.tell(Message("\n".join(skipped_lines(outcome)), "wait", stays=True))
        self._go_on()

    def _go_on(self) -> None:
        self.list.reload()
        self.deciding.look_soon()
        self.list.view.setFocus()

    def _show_skipped(self, title: str, outcome: Outcome) -> None:
        """Whoever was skipped stays in sight with the reason."""
        lines = [ResultLine(_said(one, self._names), one.value) for one in outcome.skipped]
        left = translate(
            "{count} hồ sơ chưa duyệt; xem từng hồ sơ bên dưới (Enter mở hồ sơ).",
            count=show.number(len(lines)),
        )
        self.result.show_result(title, lines, left)

    def _say_why_not(self) -> None:
        if self.review is not None and self.card.why_not.text():
            self.stage.tell(Message(self.card.why_not.text(), "wait"))

    def _say(self, problems: tuple[Problem, ...]) -> None:
        self.stage.tell(Message("\n".join(one.message for one in problems), "wait", stays=True))


def _said(problem: Problem, names: Mapping[str, str]) -> str:
    """Why somebody was not approved, with the name when the sentence lacks it."""
    name = names.get(problem.value, "")
    return problem.message if name in problem.message else f"{name}: {problem.message}"
