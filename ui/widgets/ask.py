"""A decision that is asked about inside the page: its act and a way back, maybe a reason.

It may come with things to tick, each of which goes along with the decision or stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QWidget

from app import open_words
from app.wording import translate
from ui.widgets.parts import Scroll, button, clear, column, holder, label, restyle, row

REASON_MAX = 500
TICKS_IN_VIEW = 5


class AskSure(QFrame):
    """`ask(title, hint, act_words)` shows it; `sure` on Enter or button, Esc leaves."""

    sure = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.title = label("", "strong", wrap=True)
        self.hint = label("", "caption", wrap=True)
        self.act = button("", self._give, "primary")
        self.back = button(translate("Thôi"), self.leave)
        inside = (self.title, self.hint, row(self.act, self.back, 1))
        self.setLayout(column(*inside, gap=6, margins=(16, 12, 16, 12)))
        self.hide()

    def ask(self, title: str, hint: str, act_words: str) -> None:
        """Ask whether it is meant; the cursor stands on the act."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.act.setText(act_words)
        self.act.setAccessibleName(act_words)
        self.show()
        self.act.setFocus()

    def leave(self) -> None:
        """Do nothing after all."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.leave if self.back.hasFocus() else self._give)()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.hide()
        self.sure.emit()


class AskReason(QFrame):
    """`ask(title, hint, act_words)` shows it; `given(reason)` on Enter or button, Esc leaves."""

    given = Signal(str)
    left = Signal()

    def __init__(
        self, lacking: str = "", only_ticked: bool = False, may_be_empty: bool = False
    ) -> None:
        """`lacking` is said when nothing was typed; `only_ticked` asks for it with a tick only;
        `may_be_empty` lets the line be left empty."""
        super().__init__()
        self._may_be_empty = may_be_empty
        self._only_ticked = only_ticked
        self.lacking = lacking or translate("Cần ghi lý do.")
        self.setProperty("role", "bar")
        self.title = label("", "strong", wrap=True)
        self.hint = label("", "caption", wrap=True)
        self.ticks: dict[str, QCheckBox] = {}
        self._ticked = column(gap=4)
        self._list = Scroll(holder(self._ticked))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line = QLineEdit(maxLength=REASON_MAX)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.line.textEdited.connect(self._typed)
        self.act = button("", self._give, "primary")
        self.back = button(translate("Thôi"), self.leave)
        self.setLayout(
            column(
                self.title,
                self.hint,
                self._list,
                row(self.line, self.act, self.back),
                self.problem,
                gap=6,
                margins=(16, 12, 16, 12),
            )
        )
        self.hide()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of what is ticked."""
        return tuple(key for key, box in self.ticks.items() if box.isChecked())

    def ask(
        self, title: str, hint: str, act_words: str, ticks: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Ask for a reason; the cursor stands in the line. `ticks` are (key, words) to tick."""
        self._show_ticks(ticks)
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.act.setText(act_words)
        self.act.setAccessibleName(act_words)
        self.line.setAccessibleName(title)
        self.line.clear()
        self.problem.hide()
        self.show()
        self.line.setFocus()

    def _typed(self, words: str) -> None:
        told = open_words.warning(words)
        self.problem.setText(told)
        self.problem.setVisible(bool(told))

    def leave(self) -> None:
        """Do nothing after all."""
        self.hide()
        self.left.emit()

    def submit(self) -> None:
        """Give what was typed, as Enter does."""
        self._give()

    def refuse(self, words: str) -> None:
        """Say what is wrong with the words, which stand there again."""
        self.problem.setText(words)
        self.problem.show()
        self.show()
        restyle(self.line, state="bad")
        self.line.setFocus()

    def _show_ticks(self, ticks: Sequence[tuple[str, str]]) -> None:
        clear(self._ticked)
        self.ticks = {key: QCheckBox(words) for key, words in ticks}
        before: QWidget = self.line.previousInFocusChain() or self.title
        for box in self.ticks.values():
            box.setAccessibleName(box.text())
            self._ticked.addWidget(box)
            self.setTabOrder(before, box)
            before = box
        self.setTabOrder(before, self.line)
        self._list.setVisible(bool(ticks))
        lines = min(len(ticks), TICKS_IN_VIEW)
        self._list.setFixedHeight(lines * (self.line.sizeHint().height() + 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.line.text().strip()
        needed = not self._may_be_empty and (self.chosen or not self._only_ticked)
        if not reason and needed:
            self.refuse(self.lacking)
            return
        restyle(self.line, state="")
        self.hide()
        self.given.emit(reason)
