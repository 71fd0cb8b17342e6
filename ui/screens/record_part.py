"""A page of one record: what there is as cards, and boxes in which more is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import user
from app.wording import translate
from ui.screens.person_belongings import EntryBox
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Scroll, button, clear, column, holder, label

Back = tuple[str, str, str]
"""The words, the place and the picture of the way to where a page belongs."""


class RecordPart(Screen):
    """`opened(id)`. Subclasses give `read()` (off the screen), `show_rows(answer)` and `writable`.

    What is begun in the box is kept as a draft under `name`; Ctrl+S saves it, Esc of the box's
    way back gives it up.
    """

    name = ""
    touching: frozenset[str] = frozenset()

    def __init__(self, stage: Stage, title: str, purpose: str, back: Back) -> None:
        super().__init__(stage)
        self.key = ""
        self._title = title
        self._names: dict[str, str] = {}
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self.head = PageHead(title, purpose)
        words, place, picture = back
        self.begin_again = self.head.add(button(words, lambda: self.back_to(place), "", picture))
        """Where the cursor stands when a box was closed."""
        self.ask = AskReason()
        self.ask.given.connect(lambda reason: self.act(lambda: self._with_reason(reason)))
        self.top = column(gap=12)
        self.rows = column(gap=10)
        self.sheet = Scroll(holder(column(self.top, self.rows, 1, gap=12)))
        whole = column(self.head, self.ask, self.sheet, gap=12)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._saving: Callable[[], None] = lambda: None
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: self._saving())
        self.boxes: list[EntryBox] = []

    @property
    def writable(self) -> bool:
        """Whether this user may write here."""
        return self.stage.ws.can("enter")

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show what is of the record `key`."""
        if key and key != self.key:
            self.key = key
            clear(self.rows)
            for box in self.boxes:
                box.keeping.begin("")
                box.hide()
        self.ask.hide()
        self.reload()

    def may_leave(self) -> bool:
        """What is begun is kept as a draft, so leaving is always possible."""
        for box in self.boxes:
            box.keeping.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when something shown here changed."""
        if self.key and entities & self.touching:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("Ctrl+S", translate("Lưu phần đang ghi")),
            ("F1", translate("Giải thích trường đang gõ, kèm căn cứ")),
        )

    def reload(self) -> None:
        """Read again."""
        ws = self.stage.ws
        if self.key:
            self.stage.tasks.desk.run(
                lambda: (user.names(ws), self.read()),
                self._show,
                owner=self,
                key=self.name,
            )

    def read(self) -> Any:
        """What there is, read off the screen."""

    def show_rows(self, answer: Any) -> None:
        """Show what was read."""

    def who(self, login: str) -> str:
        """The full name of who wrote something."""
        return self._names.get(login, login)

    def box(
        self, fields: tuple[forms.FormField, ...], act: str, save: Callable[[], None]
    ) -> EntryBox:
        """A box for something new, hidden until it is opened."""
        section = forms.FormSection(self.name, "", fields)
        made = EntryBox(self.stage, (section,), act)
        made.saved.connect(save)
        made.left.connect(lambda: self.close_box(made))
        self.boxes.append(made)
        return made

    def open_box(self, box: EntryBox, values: Mapping[str, object], focus: str, what: str) -> None:
        """Show a box with values in it, the cursor in a field; `what` names its draft."""
        for other in self.boxes:
            if other is not box:
                other.hide()
        box.fill(values, {})
        box.keeping.begin(f"{self.name}:{self.key}:{what}")
        box.keeping.offer(box.form.put)
        self._saving = box.act.click
        box.show()
        box.form.focus(focus)
        self.sheet.ensureWidgetVisible(box)

    def close_box(self, box: EntryBox) -> None:
        """Close a box; what stood in it is given up or was saved."""
        box.keeping.drop()
        box.form.load({})
        box.hide()
        self._saving = lambda: None
        self.begin_again.setFocus()
        self.reload()

    def save_box(self, box: EntryBox, work: Callable[[], object], words: str) -> None:
        """Save off the screen, once however often the key is pressed; then the box is closed."""
        if not box.act.isEnabled():
            return
        box.act.setEnabled(False)

        def saved(_answer: object) -> None:
            box.act.setEnabled(True)
            self.stage.tell(Message(words, "ok"))
            self.close_box(box)

        def wrong(failure: Failure) -> None:
            box.act.setEnabled(True)
            box.keeping.now()
            rest = box.form.show_problems(failure.problems)
            if rest:
                self.refused(failure)

        self.stage.tasks.desk.run(work, saved, wrong, owner=self)

    def act(self, work: Callable[[], object], words: str = "") -> None:
        """Do something off the screen, say that it was done, and read again."""

        def finished(_answer: object) -> None:
            if words:
                self.stage.tell(Message(words, "ok"))
            self.stage.refresh()
            self.reload()

        self.stage.tasks.desk.run(work, finished, self.refused, owner=self)

    def ask_reason(self, title: str, act: str, work: Callable[[str], object]) -> None:
        """Ask why, then do it."""
        self._with_reason = work
        self.ask.ask(title, "", act)

    def refused(self, failure: Failure) -> None:
        """Say why something was not done."""
        self.stage.tell(Message(failure.message, "bad"))

    def nothing(self, words: str) -> None:
        """Say that there is nothing yet."""
        self.rows.addWidget(label(words, "muted", wrap=True))

    def back_to(self, place: str) -> None:
        """Go to where this page belongs to."""
        self.stage.go(place, self.key)

    def _show(self, read: tuple[dict[str, str], Any]) -> None:
        self._names, answer = read
        clear(self.rows)
        self.show_read(answer)

    def show_read(self, answer: Any) -> None:
        """Show what was read, beside the rows too."""
        self.show_rows(answer)


def named(record: str, names: tuple[str, ...]) -> tuple[forms.FormField, ...]:
    """Fields of a record by name."""
    return tuple(forms.field(record, name) for name in names)
