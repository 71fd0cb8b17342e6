"""What is to be done about a person: flags, what comes soon, tasks by hand."""

from __future__ import annotations

from typing import Any

from app import forms
from app.actions import coming, flag, task
from app.values.coming import Due, Ref
from app.values.task import FlagCard, FlagDraft, TaskCard
from app.wording import translate
from ui import show
from ui.screens.due_list import TOUCHING
from ui.screens.person_belongings import Actions, Belongings, entry
from ui.screens.task_box import TaskBox
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.parts import Card, button, label, row

FIELDS = ("flag_kind", "flag_reason", "until_on")

Read = tuple[tuple[FlagCard, ...], tuple[Due, ...], tuple[TaskCard, ...]]


class WorkTab(Belongings):
    """Flags are set in the box; a task has a box of its own."""

    touching = TOUCHING
    name = "flag"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._leaving: tuple[str, str] = ("", "")
        self.add = button(translate("Thêm việc"), self._begin_task, "", "plus")
        self.add_flag = button(translate("Đặt cờ"), self.begin, "", "warning")
        fields = tuple(forms.field("flag", one) for one in FIELDS)
        section = forms.FormSection("flag", translate("Cờ"), fields)
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        self.task = TaskBox(stage)
        self.task.saved.connect(self.reload)
        hint = translate("Đừng ghi điều mật vào cờ hay việc; ghi vào ghi chép mật của ca.")
        self.top.addLayout(row(self.add, self.add_flag, label(hint, "caption", wrap=True)))
        self.top.itemAt(0).layout().setStretch(2, 1)  # type: ignore[union-attr]
        self.top.addWidget(self.make_box((section,), translate("Lưu cờ")))
        self.top.addWidget(self.task)
        self.top.addWidget(self.ask)

    def begin(self) -> None:
        """Open the box for a new flag."""
        assert self.box is not None
        self.box.fill({}, {})
        self.open_box(self.draft_key, "flag_kind")

    @property
    def busy(self) -> bool:
        """Whether a flag or a task is being written."""
        return super().busy or not self.task.isHidden()

    def leave(self) -> None:
        """What is being written in either box is kept."""
        super().leave()
        self.task.keep()

    def forget(self) -> None:
        super().forget()
        self.task.hide()

    def read(self) -> Read:
        ws, key = self.stage.ws, self.key
        return flag.of_person(ws, key), coming.soon(ws, key), task.of_person(ws, key)

    def show_rows(self, answer: Read) -> None:
        flags, dues, tasks = answer
        by_hand = [one for one in tasks if not one.done]
        computed = [due for due in dues if due.ref.kind != coming.BY_HAND]
        self.counted.emit(len(flags) + len(computed) + len(by_hand))
        self.add_flag.setVisible(self.writable)
        for one in flags:
            self.rows.addWidget(self._flag(one))
        coming_up = [(one.on, self._due(one)) for one in computed]
        coming_up += [(one.due_on, self._task(one)) for one in by_hand]
        for _day, card in sorted(coming_up, key=lambda one: one[0]):
            self.rows.addWidget(card)  # what is due first stands first, by rule or by hand
        for each in tasks:
            if each.done:
                self.rows.addWidget(self._task(each))
        if not (flags or computed or tasks):
            self.nothing(translate("Chưa có việc nào sắp tới, chưa đặt cờ."))

    def submit(self) -> None:
        """Save what is being written: the task, else the flag."""
        assert self.box is not None
        if not self.task.isHidden():
            self.task.submit()
            return
        ws = self.stage.ws
        typed = {name: str(value or "") for name, value in self.box.form.values().items()}
        draft = FlagDraft(self.key, typed["flag_kind"], typed["flag_reason"], typed["until_on"])
        self.save_box(lambda: flag.add(ws, draft))

    def _begin_task(self) -> None:
        self.task.begin(self.key)

    def _flag(self, one: FlagCard) -> Card:
        kind = forms.code_label("flag_kind", one.kind)
        until = translate("đến hết {day}", day=forms.date_shown(one.until)) if one.until else ""
        written = translate("ghi bởi {name}, {at}", name=self.who(one.by), at=show.instant(one.at))
        actions: Actions = ()
        if self.writable:
            actions = ((translate("Gỡ cờ…"), lambda: self._remove("flag", one.id)),)
        facts = " · ".join(part for part in (until, written) if part)
        return entry(f"⚑ {kind}", (one.reason, facts), actions)

    def _due(self, due: Due) -> Card:
        day = forms.date_shown(due.on)
        when = translate("quá hạn từ {day}", day=day) if due.late else day
        actions: Actions = ()
        if self.writable:
            actions = ((translate("Xong"), lambda: self._finish(due.ref)),)
        facts = " · ".join(part for part in (when, due.worker) if part)
        title = " · ".join(part for part in (due.title, due.detail) if part)
        return entry(title, (facts,), actions)

    def _task(self, one: TaskCard) -> Card:
        state = (
            translate("đã làm {day}", day=forms.date_shown(one.done_on))
            if one.done
            else translate("hạn {day}", day=forms.date_shown(one.due_on))
        )
        ref = Ref(coming.BY_HAND, one.id, one.due_on, one.person_id)
        actions: Actions = ()
        if self.writable and one.done:
            actions = ((translate("Chưa xong"), lambda: self._not_done(ref)),)
        elif self.writable:
            actions = (
                (translate("Xong"), lambda: self._finish(ref)),
                (translate("Sửa"), lambda: self._correct(one)),
                (translate("Gỡ việc…"), lambda: self._remove("task", one.id)),
            )
        facts = " · ".join(part for part in (state, one.worker) if part)
        return entry(one.title, (facts, one.note), actions)

    def _correct(self, one: TaskCard) -> None:
        values = {"title": one.title, "due_on": one.due_on, "task_note": one.note}
        self.task.correct(one.id, values | {"worker": one.worker_login})

    def _finish(self, ref: Ref) -> None:
        ws = self.stage.ws
        self.act(lambda: task.finish(ws, ref), translate("Đã ghi là xong."))

    def _not_done(self, ref: Ref) -> None:
        ws = self.stage.ws
        self.act(lambda: task.reopen(ws, ref), translate("Đã ghi là chưa xong."))

    def _remove(self, what: str, row_id: str) -> None:
        self._leaving = (what, row_id)
        title = (
            translate("Gỡ cờ vì lý do gì?")
            if what == "flag"
            else translate("Gỡ việc này vì lý do gì?")
        )
        self.ask.ask(title, "", translate("Gỡ"))

    def _removed(self, reason: str) -> None:
        ws, (what, row_id) = self.stage.ws, self._leaving
        work: Any = flag.remove if what == "flag" else task.remove
        self.act(lambda: work(ws, row_id, reason), translate("Đã gỡ."))
