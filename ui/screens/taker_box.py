"""Who takes over: a colleague is chosen by typing the beginning of the name, Enter gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from app import forms
from app.errors import Problem
from app.forms import FormField, FormSection
from app.wording import translate
from ui.widgets.fields.make import Sources
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, clear, column, label, row


class TakerBox(Card):
    """`ask(title, colleagues, what)`; `given(login, what)` when somebody was chosen, `left`."""

    given = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self._inside = column(gap=8)
        self.add(self._inside)
        self.form: Form | None = None
        self._what: object = None
        self.hide()

    def ask(self, title: str, colleagues: Sequence[tuple[str, str]], what: object) -> None:
        """Ask who takes these; the cursor stands in the field."""
        clear(self._inside)
        self._what = what
        offered = tuple(forms.choice(login, name) for login, name in colleagues)
        field = FormField("", "taker", translate("Người nhận"), "code", True, offered)
        section = FormSection("taker", "", (field,))
        self.form = Form((section,), Sources(date.min, lambda _typed: ()), titled=False)
        self.form.load({})
        give = button(translate("Giao"), self.submit, "primary", "forward")
        self._inside.addWidget(label(title, "strong", wrap=True))
        self._inside.addWidget(self.form)
        self._inside.addLayout(row(1, button(translate("Thôi"), self.leave), give))
        self.form.editors["taker"].moved_on.connect(self.submit)
        self.show()
        self.form.focus("taker")

    def leave(self) -> None:
        """Give nothing after all."""
        self.hide()
        self.left.emit()

    def submit(self) -> None:
        """Give, when a colleague stands there."""
        if self.form is None or self.isHidden():
            return
        chosen = str(self.form.value("taker") or "")
        known = {choice.code for choice in self.form.editors["taker"].field.choices}
        if chosen not in known:
            self.form.show_problems([_nobody()])
            return
        self.hide()
        self.given.emit(chosen, self._what)


def _nobody() -> Problem:
    return Problem.of("worker_needed", "taker")
