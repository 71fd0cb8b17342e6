"""A tab of things that belong to a person: read through the desk lane, shown as rows in cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.values.person import PersonPage
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

Actions = tuple[tuple[str, Callable[[], None]], ...]


class Belongings(QWidget):
    """Subclasses give `read()` (off the screen), `show_rows(answer)` and the tables `touching`."""

    counted = Signal(int)
    touching: frozenset[str] = frozenset()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self.page: PersonPage | None = None
        self.top: QVBoxLayout = column(gap=12)
        self.rows: QVBoxLayout = column(gap=10)
        inside = column(self.top, self.rows, 1, gap=12)
        self.setLayout(column(Scroll(holder(inside))))

    @property
    def key(self) -> str:
        """The person's id."""
        return self.page.card.id if self.page is not None else ""

    @property
    def writable(self) -> bool:
        """Whether this user may add and change things here."""
        removed = self.page is not None and self.page.removed_reason is not None
        return self.stage.ws.can("enter") and not removed

    def show_person(self, page: PersonPage) -> None:
        """Show the things of this person."""
        self.page = page
        self.reload()

    def reload(self) -> None:
        """Read the rows again."""
        if self.key:
            self.stage.tasks.desk.run(
                self.read, self._show, owner=self, key=f"{type(self).__name__}"
            )

    def read(self) -> Any:
        """The things, read off the screen."""
        return ()

    def show_rows(self, answer: Any) -> None:
        """Fill `self.rows` with what was read."""

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

    def _show(self, answer: Any) -> None:
        clear(self.rows)
        self.show_rows(answer)


def entry(
    title: str,
    lines: tuple[str, ...],
    actions: Actions = (),
) -> Card:
    """One thing as a card: a strong line, further lines, and what can be done with it."""
    card = Card()
    buttons = [button(words, act) for words, act in actions]
    card.add(row(label(title, "strong", wrap=True), *buttons, gap=8))
    card.body.itemAt(card.body.count() - 1).layout().setStretch(0, 1)  # type: ignore[union-attr]
    for line in lines:
        if line:
            card.add(label(line, "", wrap=True))
    return card
