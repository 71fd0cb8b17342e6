"""A tab of things that belong to a person: read through the desk lane, shown as rows in cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.actions import cold_start, user
from app.forms import FormSection
from app.values.outgoing import Coming
from app.values.person import PersonPage
from app.wording import translate
from ui.screens.keeping import Keeping, Payload
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.fields.make import sources_of
from ui.widgets.flow import flow
from ui.widgets.form import Form
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

BESIDE_MAX = 3
"""More buttons than these stand below a thing, or its words would get no room."""
Actions = tuple[tuple[str, Callable[[], None]], ...]


class Belongings(QWidget):
    """Subclasses give `read()` (off the screen), `show_rows(answer)` and the tables `touching`."""

    counted = Signal(int)
    writing = Signal()
    touching: frozenset[str] = frozenset()
    name = ""
    """Under which name what is begun in its box is kept as a draft, when it is."""
    tab = ""
    """The tab it stands in."""

    def __init__(self, stage: Stage, within: Belongings | None = None) -> None:
        """One tab, or one part of the tab `within`, which scrolls as a whole."""
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self.page: PersonPage | None = None
        self.box: EntryBox | None = None
        self.add: QPushButton | None = None
        self._names: dict[str, str] = {}
        self.top: QVBoxLayout = column(gap=12)
        self.rows: QVBoxLayout = column(gap=10)
        inside = column(self.top, self.rows, 1, gap=12)
        self.sheet: Scroll = within.sheet if within is not None else Scroll(holder(inside))
        self.setLayout(inside if within is not None else column(self.sheet))

    @property
    def key(self) -> str:
        """The person's id."""
        return self.page.card.id if self.page is not None else ""

    @property
    def writable(self) -> bool:
        """Whether this user may add and change things here."""
        removed = self.page is not None and self.page.removed_reason is not None
        return self.stage.ws.can("enter") and not removed

    @property
    def draft_key(self) -> str:
        """Under which name the typing of a new thing of this person is kept."""
        return f"{self.name}:{self.key}"

    @property
    def busy(self) -> bool:
        """Whether something is being written in the box of this tab."""
        return self.box is not None and not self.box.isHidden()

    def show_person(self, page: PersonPage) -> None:
        """Show the things of this person, and what was being written when somebody left."""
        first, self.page = self.page is None, page
        self.reload()
        if first and self.name and self.box is not None and self.writable:
            self.box.keeping.begin(self.draft_key)
            look = lambda: self.stage.go("person", self.key, tab=self.tab)  # noqa: E731
            self.box.keeping.offer(self._reopen, look)

    def forget(self) -> None:
        """The page comes to another person: nothing of this one may stand here any more."""
        self.leave()
        self.page = None
        clear(self.rows)
        for ask in self.findChildren(AskReason):
            ask.hide()
        if self.box is not None:
            self.box.keeping.begin("")
            self.box.hide()
            self.box.form.load({})
            self.box.act.setEnabled(True)

    def reload(self) -> None:
        """Read the rows again."""
        ws = self.stage.ws
        if self.key:
            self.stage.tasks.desk.run(
                lambda: (user.names(ws), self.read(), cold_start.coming(ws)),
                self._show,
                owner=self,
                key=f"{type(self).__name__}",
            )

    def who(self, login: str) -> str:
        """The full name of who wrote something."""
        return self._names.get(login, login)

    def read(self) -> Any:
        """The things, read off the screen."""
        return ()

    def show_rows(self, answer: Any) -> None:
        """Fill `self.rows` with what was read."""

    def begin(self) -> None:
        """Open the box for something new."""

    def submit(self) -> None:
        """Save what stands in the box."""

    def shape(self, typed: Payload) -> Payload:
        """What is kept of the typing in the box."""
        return typed

    def unshape(self, kept: Payload) -> Payload:
        """What goes back into the box of what was kept."""
        return kept

    def leave(self) -> None:
        """Keep what is being written as a draft: the officer goes elsewhere."""
        if self.box is not None:
            self.box.keeping.leave()

    def make_box(self, sections: tuple[FormSection, ...], act: str, title: str = "") -> EntryBox:
        """The box in which something new is written; it stands hidden until it is opened."""
        self.box = EntryBox(self.stage, sections, act, title)
        self.box.keeping.turn(self.shape, self.unshape)
        self.box.saved.connect(self.submit)
        self.box.left.connect(self.leave_box)
        return self.box

    def open_box(self, draft_key: str, focus: str) -> None:
        """Show the box with the cursor in a field; a new thing's typing is kept under the key."""
        assert self.box is not None
        self.box.keeping.begin(draft_key)
        self.box.show()
        self.box.form.focus(focus)
        self.sheet.ensureWidgetVisible(self.box)
        self.writing.emit()

    def leave_box(self) -> None:
        """Close the box; what stood in it is given up or was saved."""
        assert self.box is not None
        self.box.keeping.drop()
        self.box.form.load({})
        self.box.hide()
        if self.add is not None:
            self.add.setFocus()
        self.writing.emit()
        self.reload()

    def save_box(self, work: Callable[[], object]) -> None:
        """Save off the screen, once however often the key is pressed; then the box is closed."""
        assert self.box is not None
        if not self.box.act.isEnabled():
            return
        self.box.act.setEnabled(False)
        whose = self.key

        def saved(answer: object) -> None:
            if whose == self.key:
                self.box_saved(answer)

        self.stage.tasks.desk.run(work, saved, self._wrong, owner=self)

    def box_saved(self, _answer: object) -> None:
        """What stood in the box is in the book."""
        assert self.box is not None
        self.box.act.setEnabled(True)
        self.leave_box()

    def act(self, work: Callable[[], object], words: str) -> None:
        """Do something off the screen, say that it was done, and read again."""

        def finished(_answer: object) -> None:
            self.stage.tell(Message(words, "ok"))
            self.reload()

        self.stage.tasks.desk.run(work, finished, self.refused, owner=self)

    def refused(self, failure: Failure) -> None:
        """Say why something was not done."""
        self.stage.tell(Message(failure.message, "bad"))

    def nothing(self, words: str) -> None:
        """Say that there is nothing yet."""
        self.rows.addWidget(label(words, "muted", wrap=True))

    def _reopen(self, typed: Mapping[str, object]) -> None:
        if self.box is not None and not self.busy:
            self.begin()
            self.box.form.put(typed)

    def _wrong(self, failure: Failure) -> None:
        assert self.box is not None
        self.box.act.setEnabled(True)
        self.box.keeping.now()
        rest = self.box.form.show_problems(failure.problems)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))

    def _show(self, read: tuple[dict[str, str], Any, Coming | None]) -> None:
        self._names, answer, coming = read
        clear(self.rows)
        if coming is not None and coming.what == "rows":
            words = translate("Sổ đang về máy này: phần này của hồ sơ có thể chưa đủ.")
            self.rows.addWidget(label(words, "muted", wrap=True))
        if self.add is not None:
            self.add.setVisible(self.writable)
        self.show_rows(answer)


class EntryBox(Card):
    """A form in a card with its act and a way back; `saved` and `left` are asked by the buttons."""

    saved = Signal()
    left = Signal()

    def __init__(
        self, stage: Stage, sections: tuple[FormSection, ...], act: str, title: str = ""
    ) -> None:
        super().__init__(title)
        self.told = label("", "muted", wrap=True)
        self.told.hide()
        self.form = Form(sections, sources_of(stage.ws), hidden=True)
        self.keeping = Keeping(stage, self.form)
        self.act: QPushButton = button(act, self.saved.emit, "primary", tip="Ctrl+S")
        self.back = button(translate("Thôi"), self.left.emit)
        self.add(self.told)
        self.add(self.form)
        self.add(row(1, self.back, self.act))
        self.hide()

    def tell(self, words: str) -> None:
        """Say something above the fields; nothing takes no room."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def fill(self, values: Mapping[str, object], suggested: Mapping[str, object]) -> None:
        """Show stored values, and proposals on top of them."""
        self.form.load(values)
        self.form.put(suggested)
        self.form.clear_problems()


def entry(
    title: str,
    lines: tuple[str, ...],
    actions: Actions = (),
) -> Card:
    """One thing as a card: a strong line, further lines, and what can be done with it."""
    card = Card()
    buttons = [button(words, act) for words, act in actions]
    for made in buttons:
        made.setAccessibleName(translate("{act}: {what}", act=made.accessibleName(), what=title))
    beside = buttons if len(buttons) <= BESIDE_MAX else []
    card.add(row(label(title, "strong", wrap=True), *beside, gap=8))
    card.body.itemAt(card.body.count() - 1).layout().setStretch(0, 1)  # type: ignore[union-attr]
    for line in lines:
        if line:
            card.add(label(line, "", wrap=True))
    if not beside and buttons:
        card.add(flow(*buttons))
    return card
