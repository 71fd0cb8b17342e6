"""What is due, as a list: done by one key, put off by another, taken back by a third."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import forms
from app.actions import coming, task
from app.errors import Problem
from app.values.coming import Due, DuesFilter
from app.wording import translate
from ui.screens.case_chips import flag_chip
from ui.screens.deciding import Deciding
from ui.stage import Message, Screen
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.parts import button, column, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TOUCHING = frozenset(
    {"task", "flag", "care_case", "case_note", "need", "person", "case_plan", "plan_activity"}
    | {"case_review", "merger", "user", "referral", "assistive_device", "agreement"}
    | {"entitlement", "application", "complaint", "medical_referral", "certificate"}
)
"""Tables whose changes may change what is due."""
OF_HELP = frozenset({"referral_answer", "device_check"})
"""What is written down at the person's tab of help, also while there is a case."""
OF_FILES = frozenset({"complaint_answer", "board_validity"})
"""What is written down at a file, or at the person's tab of files."""
PUT_OFF_DAYS = "7"
TALLEST_PX = 240


class DueList(QWidget):
    """`read(which)` shows what fits; X says that the current one is done (or opens the record that
    is to say so), H puts it off, U takes the last deed back, Enter goes to what it is about.

    `task_opened(due)`: a task of nobody.
    """

    task_opened = Signal(object)
    counted = Signal(int)

    def __init__(self, screen: Screen, name: str, calm: str) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        stage = screen.stage
        self.stage, self._calm = stage, calm
        self._last: Callable[[], object] | None = None
        self._off: Due | None = None
        self.list = RecordList(name, columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Việc đến hạn"))
        self.list.view.give_lines(2)
        self.list.setMinimumHeight(TALLEST_PX)
        self.list.opened.connect(self._open)
        self.list.counted.connect(self.counted)
        self.ask = AskReason()
        self.ask.given.connect(self._put_off)
        self.ask.left.connect(lambda: self.list.view.setFocus())
        self.deciding = Deciding(screen, self.list, lambda: None, lambda: None)
        whole = column(self.ask, self.list, gap=8)
        if stage.ws.can("enter"):
            whole.addLayout(self._bar())
            self._keys(screen)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _bar(self) -> QHBoxLayout:
        return row(
            button(translate("Xong (X)"), self.finish, "", "check"),
            button(translate("Hoãn… (H)"), self.begin_put_off, "", "clock"),
            button(translate("Rút lại (U)"), self.take_back, "quiet", "undo"),
            1,
        )

    def read(self, which: DuesFilter, calm_hint: str = "") -> None:
        """Show what fits."""
        ws = self.stage.ws

        def fetch(after: tuple[str, str, str] | None, limit: int) -> Rows:
            found = coming.dues(ws, which, after, limit)
            return Rows(found.dues, found.next)

        source = Source(fetch, lambda: coming.count(ws, which))
        self.list.set_source(source, Nothing(self._calm, calm_hint))

    def changed(self, entities: frozenset[str]) -> None:
        """A commit touched these tables."""
        if entities & TOUCHING and not self.deciding.busy:
            self.list.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of the list."""
        return (
            ("X", translate("Việc đang chọn đã xong")),
            ("H", translate("Hoãn việc đang chọn đến ngày khác")),
            ("U", translate("Rút lại việc vừa làm")),
        )

    @property
    def current(self) -> Due | None:
        """The line the cursor stands on."""
        place = self.deciding.current()
        return self.list.model.row(place) if place is not None else None

    def finish(self) -> None:
        """The current one is done; where only the record can say so, it is opened."""
        due, ws = self.current, self.stage.ws
        if due is None:
            return
        if due.ref.kind in task.BY_RECORD:
            self._open(due)
            self.stage.tell(Message(Problem.of("event_by_record").message, "info"))
            return

        def done(_none: object) -> None:
            words = translate("Đã xong: {what}.", what=words_of(due))
            self._told(words, partial(task.reopen, ws, due.ref))

        self.deciding.decide(lambda: task.finish(ws, due.ref), done)

    def begin_put_off(self) -> None:
        """Ask until when the current one is put off."""
        self._off = self.current
        if self._off is None:
            return
        self.ask.ask(
            translate("Hoãn “{what}” đến ngày nào?", what=words_of(self._off)),
            translate("Gõ ngày (3/12/2026) hoặc số ngày kể từ hôm nay (7)."),
            translate("Hoãn"),
        )
        self.ask.line.setText(PUT_OFF_DAYS)
        self.ask.line.selectAll()

    def take_back(self) -> None:
        """Undo the last deed done here."""
        last, self._last = self._last, None
        if last is not None:
            words = translate("Đã rút lại.")
            self.deciding.decide(last, lambda _done: self.stage.tell(Message(words, "ok")))

    def _put_off(self, typed: str) -> None:
        due, ws = self._off, self.stage.ws
        if due is None:
            return

        def done(day: str) -> None:
            words = translate("Đã hoãn đến {day}.", day=forms.date_shown(day))
            self._told(words, partial(task.put_back, ws, due.ref, due.on))
            self.deciding.decide(lambda: None, lambda _none: None)

        def wrong(failure: Failure) -> None:
            self.ask.show()
            self.ask.refuse(failure.message)

        self.stage.tasks.desk.run(lambda: task.put_off(ws, due.ref, typed), done, wrong, self)

    def _told(self, words: str, back: Callable[[], object]) -> None:
        self._last = back
        self.stage.tell(Message(words, "ok", translate("Rút lại (U)"), self.take_back))
        self.stage.refresh()

    def _open(self, due: Due) -> None:
        if due.ref.kind == "agreement_end":
            self.stage.go("agreement", due.ref.ref_id)
        elif due.ref.kind == "council_session":
            self.stage.go("council_session", due.ref.ref_id)
        elif due.ref.kind == "notice_down":
            self.stage.go("council_notice", due.ref.ref_id)
        elif due.ref.kind == "file_step":
            self.stage.go("application", due.ref.ref_id)
        elif due.ref.kind == "certificate_revoke":
            self.stage.go("person", due.person_id, tab="certificates")
        elif due.ref.kind in OF_FILES:
            self.stage.go("person", due.person_id, tab="applications")
        elif due.ref.kind in OF_HELP:
            self.stage.go("person", due.person_id, tab="supports")
        elif due.case_id:
            self.stage.go("care_case", due.case_id)
        elif due.person_id:
            self.stage.go("person", due.person_id, tab="work")
        else:
            self.task_opened.emit(due)

    def _keys(self, screen: Screen) -> None:
        for keys, act in (("X", self.finish), ("H", self.begin_put_off), ("U", self.take_back)):
            made = QShortcut(QKeySequence(keys), screen)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)


def words_of(due: Due) -> str:
    """What a line is about, in few words."""
    return " · ".join(part for part in (due.title, due.detail, due.person_name) if part)


def columns() -> tuple[Column, ...]:
    """The columns of the list; the worker leaves first where it is narrow."""
    return (
        Column("on", translate("Ngày"), _day, 12, False, True),
        Column("what", translate("Việc"), _what, 0, False, True, 1.2, 18),
        Column("who", translate("Người"), _who, 0, False, True, 1.0, 14),
        Column("worker", translate("Phụ trách"), lambda due: plain(due.worker), 16, rank=1),
    )


def _day(due: Due) -> Cell:
    said = translate("! quá hạn") if due.late else translate("hoãn") if due.put_off else ""
    words = "\n".join(part for part in (forms.date_shown(due.on), said) if part)
    return Cell(words, bold=due.late)


def _what(due: Due) -> Cell:
    return Cell("\n".join(part for part in (due.title, due.detail) if part), bold=due.late)


def _who(due: Due) -> Cell:
    place = forms.unit_short(due.commune) if due.commune else ""
    words = "\n".join(part for part in (due.person_name, place) if part)
    return Cell(words or "–", tuple(flag_chip(one) for one in due.flags), muted=not words)
