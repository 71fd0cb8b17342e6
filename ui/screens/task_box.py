"""Where a task by hand is written: what, by when, who does it; begun ones are kept as drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from app import forms
from app.actions import task, worker
from app.forms import FormField, FormSection
from app.values.task import TaskDraft
from app.wording import translate
from ui.screens.keeping import Keeping
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, clear, column, row

FIELDS = ("title", "due_on", "worker", "task_note")


class TaskBox(Card):
    """`begin(person, case, preset)` asks for a new task, `correct(id, values)` for another wording.

    `saved` when it is written; `left` when nothing is to be.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Việc cần làm"))
        self.stage = stage
        self._about = ("", "")
        self._task = ""
        self._inside = column(gap=8)
        self.form: Form | None = None
        self.keeping: Keeping | None = None
        self.act = button(translate("Lưu việc"), self.submit, "primary", tip="Ctrl+S")
        self.back = button(translate("Thôi"), self.leave)
        self.add(self._inside)
        self.add(row(1, self.back, self.act))
        self.hide()

    def begin(self, person_id: str = "", case_id: str = "") -> None:
        """A new task, maybe about somebody; it is one's own unless another worker is chosen."""
        self._about, self._task = (person_id, case_id), ""
        ws = self.stage.ws
        preset = {"due_on": ws.today().isoformat(), "worker": ws.user.login}
        self._open(preset, f"task:{person_id or 'new'}")

    def correct(self, task_id: str, values: Mapping[str, object]) -> None:
        """Write a task anew."""
        self._task = task_id
        self._open(values, "")

    def leave(self) -> None:
        """Write nothing after all."""
        if self.keeping is not None:
            self.keeping.drop()
        self.hide()
        self.left.emit()

    def keep(self) -> None:
        """The officer goes elsewhere: what is being written is kept."""
        if self.keeping is not None:
            self.keeping.leave()

    def submit(self) -> None:
        """Save the task, once however often the key is pressed."""
        if self.form is None or not self.act.isEnabled() or self.isHidden():
            return
        self.act.setEnabled(False)
        ws, about, old = self.stage.ws, self._about, self._task
        typed = {name: str(value or "") for name, value in self.form.values().items()}
        draft = TaskDraft(
            typed["title"], typed["due_on"], typed["worker"], typed["task_note"], *about
        )
        work: Callable[[], object] = lambda: (  # noqa: E731
            task.edit(ws, old, draft) if old else task.add(ws, draft)
        )
        self.stage.tasks.desk.run(work, lambda _done: self._saved(), self._wrong, owner=self)

    def _open(self, preset: Mapping[str, object], draft_key: str) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: worker.colleagues(ws),
            lambda found: self._show(found, preset, draft_key),
            owner=self,
            key="task-box",
        )

    def _show(
        self, found: Sequence[tuple[str, str]], preset: Mapping[str, object], draft_key: str
    ) -> None:
        clear(self._inside)
        section = FormSection("task", "", task_fields(found))
        self.form = Form((section,), sources_of(self.stage.ws), titled=False)
        self.keeping = Keeping(self.stage, self.form)
        self._inside.addWidget(self.form)
        self.act.setEnabled(True)
        self.form.load(preset)
        self.keeping.begin(draft_key)
        self.keeping.offer(self.form.put)
        self.show()
        self.form.focus("title")

    def _saved(self) -> None:
        self.stage.tell(Message(translate("Đã lưu việc."), "ok"))
        if self.keeping is not None:
            self.keeping.drop()
        self.hide()
        self.saved.emit()

    def _wrong(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        if self.keeping is not None:
            self.keeping.now()
        rest = self.form.show_problems(failure.problems) if self.form else failure.problems
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))


def task_fields(colleagues: Sequence[tuple[str, str]]) -> tuple[FormField, ...]:
    """The fields of a task; the worker is chosen among colleagues."""
    known = {name: forms.field("task", name) for name in FIELDS}
    offered = tuple(forms.choice(login, name) for login, name in colleagues)
    known["worker"] = replace(known["worker"], type="code", choices=offered)
    known["title"] = replace(known["title"], required=True)
    return tuple(known.values())
