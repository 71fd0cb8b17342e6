"""A page about one list of persons: a gift round, an agreement; chosen people are put into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.forms import FormField, FormSection
from app.values.support import Added
from app.wording import translate
from ui import show
from ui.screens.person_belongings import EntryBox
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column, label
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.result import Result, ResultLine
from ui.widgets.table_model import Column, Rows, Source


class ListedPeople(Screen):
    """`opened(id, persons=ids)` shows the list; with persons they are put into it.

    Subclasses give `read()`, `put_in(ids)`, `show_it(page)`, the columns, fields and bulk actions.
    """

    name = ""
    touching: frozenset[str] = frozenset()

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: Any = None
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self._said = ""
        self.head = PageHead("")
        self.about = label("", "muted", wrap=True)
        self.ask = AskReason()
        self.ask.given.connect(self._given)
        self.result = Result(translate("Kết quả thêm người"))
        section = FormSection(self.name, "", self.form_fields())
        self.box = EntryBox(stage, (section,), translate("Lưu"), translate("Sửa"))
        self.box.saved.connect(self._submit)
        self.box.left.connect(self._leave_box)
        self.list = RecordList(
            self.name, self.columns(), stage.tasks, stage.memory, tuple(self.bulk())
        )
        self.list.opened.connect(lambda line: stage.go("person", line.person_id, tab="supports"))
        for made in self.buttons():
            self.head.add(made)
        inside = column(self.head, self.about, self.ask, self.result, self.box, self.list, gap=12)
        inside.setStretch(5, 1)
        self.setLayout(inside)
        key = QShortcut(QKeySequence("Ctrl+S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._submit)

    def columns(self) -> Sequence[Column]:
        """The columns of the list."""
        return ()

    def form_fields(self) -> tuple[FormField, ...]:
        """The fields that can be corrected here."""
        return ()

    def bulk(self) -> Sequence[BulkAction]:
        """What is done with the ticked persons."""
        return ()

    def buttons(self) -> Sequence[Any]:
        """The buttons of the page."""
        return ()

    def read(self) -> Any:
        """The page, read off the screen."""
        raise AssertionError(self.key)

    def put_in(self, ids: tuple[str, ...]) -> Added:
        """Put persons into the list; off the screen."""
        raise AssertionError(ids)

    def write(self, values: Mapping[str, object]) -> object:
        """Write what was corrected; off the screen."""
        raise AssertionError(values)

    def show_it(self, page: Any) -> None:
        """Show the head of the page."""

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the list `key`, and put the persons given into it."""
        self.key = key or self.key
        self.ask.hide()
        self.result.hide()
        self._leave_box()
        persons = tuple(facts.get("persons", ()))
        if persons and self.key:
            self.stage.tasks.desk.run(
                lambda: self.put_in(persons), self._added, self.refused, owner=self
            )
        self.reload()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when the list or somebody in it was touched."""
        if self.key and entities & self.touching:
            self.reload()

    def reload(self) -> None:
        """Read the list again."""
        if self.key:
            self.stage.tasks.desk.run(
                self.read, self._show, self._not_read, owner=self, key=self.name
            )

    def act(self, work: Callable[[], object], words: str) -> None:
        """Do something off the screen, say that it was done."""
        self.stage.tasks.desk.run(
            work,
            lambda _answer: self.stage.tell(Message(words, "ok")),
            self.refused,
            owner=self,
        )
        self.list.model.untick()
        self.list.view.setFocus()

    def ask_why(self, title: str, act_words: str, work: Callable[[str], object], said: str) -> None:
        """Ask for a reason, then do it."""
        self._with_reason, self._said = work, said
        self.ask.ask(title, "", act_words)

    def refused(self, failure: Failure) -> None:
        """Say why something was not done."""
        self.stage.tell(Message(failure.message, "bad"))

    def persons(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Whom the ticked lines are about."""
        wanted = set(ids)
        return tuple(one.person_id for one in self.page.lines if one.id in wanted)

    def correct(self) -> None:
        """Open the box with what the list says of itself."""
        if self.page is not None:
            self.box.fill(dict(self.page.card.fields), {})
            self.box.show()
            self.box.form.focus(next(iter(self.box.form.values())))

    def _show(self, page: Any) -> None:
        self.page = page
        lines = page.lines
        self.list.set_source(
            Source(lambda _after, _limit: Rows(lines), lambda: len(lines),
                   lambda: [one.id for one in lines]),
            Nothing(
                translate("Chưa có ai trong danh sách này."),
                translate("Chọn người ở trang Người rồi bấm “Thêm vào danh sách…”."),
                translate("Tới danh sách Người"),
                lambda: self.stage.go("people"),
            ),
        )  # fmt: skip
        self.show_it(page)

    def _not_read(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
        self.stage.go("supports")

    def _submit(self) -> None:
        if self.box.isHidden():
            return
        values = self.box.form.changes()
        self.stage.tasks.desk.run(
            lambda: self.write(values), lambda _done: self._leave_box(), self._wrong, owner=self
        )

    def _wrong(self, failure: Failure) -> None:
        rest = self.box.form.show_problems(failure.problems)
        if rest or not failure.problems:
            self.refused(failure)

    def _leave_box(self) -> None:
        self.box.form.load({})
        self.box.hide()
        self.list.view.setFocus()

    def _given(self, reason: str) -> None:
        self.act(lambda: self._with_reason(reason), self._said)

    def _added(self, done: Added) -> None:
        title = translate("Đã thêm {count} người.", count=show.number(done.added))
        lines = [
            ResultLine(translate("{name}: đã có trong danh sách.", name=one))
            for one in done.already
        ]
        lines += [
            ResultLine(translate("{name}: không thêm được (đã gỡ, đã mất hoặc không đúng mức độ).",
                                 name=one))
            for one in done.refused
        ]  # fmt: skip
        lines += [
            ResultLine(
                translate("{name} đã nhận như vậy ngày {day}; xem có trao nữa không.",
                          name=name, day=day)
            )
            for name, day in done.before
        ]  # fmt: skip
        self.result.show_result(title, lines)
