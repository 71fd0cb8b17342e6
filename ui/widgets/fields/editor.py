"""What every field of a form has: a label above, its editor, help and problems below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app import open_words
from app.forms import FormField
from app.wording import translate
from ui.widgets.parts import column, label, restyle

NARROW, WIDE = 1, 9
"""How many columns of a card a field asks for; WIDE is the whole row."""


class FieldEditor(QWidget):
    """A field of any type. Subclasses give `value`, `set_value` and their focus part.

    `edited` tells each change by the officer, `moved_on` that Enter ended the field, `gone` that
    the officer is in another one now.
    """

    edited = Signal()
    moved_on = Signal()
    gone = Signal()
    span = NARROW

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self.setProperty("role", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = f"{field.label} *" if field.required else field.label
        self.caption = label(words, "caption")
        self.caption.setToolTip(field.help)
        self._body = column(self.caption, gap=3)
        self._below: dict[str, QLabel] = {}
        self.setLayout(self._body)
        self.read_only = False

    def hold(self, part: QWidget) -> None:
        """Put the editor's part below the label, and give it its name and keys."""
        self._body.insertWidget(1, part)
        name = self.field.label
        if self.field.required:
            name = translate("{label}, bắt buộc", label=name)
        part.setAccessibleName(name)
        part.setAccessibleDescription(self.field.help)
        self.caption.setBuddy(part)
        self.setFocusProxy(part)
        part.installEventFilter(self)

    @property
    def problem(self) -> QLabel:
        """The line of the problem, made when there is first one."""
        return self._line_below("problem")

    @property
    def hint(self) -> QLabel:
        """The line of help, made when it is first asked for."""
        return self._line_below("caption")

    @property
    def has_problem(self) -> bool:
        """Whether a problem is shown now."""
        return "problem" in self._below and not self._below["problem"].isHidden()

    def _line_below(self, role: str) -> QLabel:
        if role not in self._below:
            self._below[role] = label("", role, wrap=True)
            self._below[role].hide()
            self._body.addWidget(self._below[role])
        return self._below[role]

    def value(self) -> object:
        """What is in the field: text as typed or a proper value; None or "" when empty."""
        return None

    def set_value(self, value: object) -> None:
        """Show a value without telling `edited`."""

    def set_read_only(self, on: bool) -> None:
        """Show the value but take no typing."""
        self.read_only = on

    def trouble(self) -> str:
        """A sentence about what was typed, or empty when it can be taken."""
        return ""

    def bad_part(self) -> QWidget:
        """The part that gets the mark of a problem."""
        return self.focusProxy() or self

    def show_problem(self, text: str) -> None:
        """Show a problem under the field; empty text takes it away."""
        if text or self.has_problem:
            self.problem.setText(text)
            self.problem.setVisible(bool(text))
        restyle(self.bad_part(), state="bad" if text else "")
        proxy = self.focusProxy()
        if proxy is not None:
            described = f"{text}\n{self.field.help}" if text else self.field.help
            proxy.setAccessibleDescription(described)

    def check(self) -> None:
        """Look at what was typed and show its trouble or nothing."""
        self.show_problem(self.trouble())

    def toggle_help(self) -> None:
        """F1: show or hide how to type the field and the article of law."""
        self.hint.setText(self.field.help)
        self.hint.setVisible(self.hint.isHidden() and bool(self.field.help))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_F1:
                self.toggle_help()
                return True
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and plain and self.enter_moves_on():
                self.moved_on.emit()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.left()
            self.gone.emit()
        return super().eventFilter(watched, event)

    def enter_moves_on(self) -> bool:
        """Whether Enter ends this field now (not while a list is open)."""
        return True

    def left(self) -> None:
        """The officer went to another field."""
        self.check()

    def warn_of(self, words: str) -> None:
        """Tell what follows while words about HIV stand openly in the field; it hinders nothing."""
        told = "" if self.field.restricted else open_words.warning(words)
        if told or "warning" in self._below:
            line = self._line_below("warning")
            line.setText(told)
            line.setVisible(bool(told))
