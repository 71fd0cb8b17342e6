"""Where the ending of a case is written: reason, results, minutes; and what speaks against it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app import forms
from app.actions import care_case
from app.errors import Problem
from app.values.care_case import CasePage, ClosingDraft
from app.wording import translate
from ui.screens.record_part import named
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, column, label, row

ENDING = ("close_reason", "close_note", "closed_on")
SHOWN = ("close_reason", "closed_on", "close_note")
MINUTES = ("meeting_on", "attendees", "handed_to", "handover_note", "follow_until")
DOUBT = "case_close_doubt"


class ClosingBox(Card):
    """`begin(page, move)`: propose or close. What the record says against it is told first; a
    second press of the act goes on knowingly."""

    done = Signal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Kết thúc ca"))
        self.stage = stage
        self._key, self._move, self._aware = "", "close", False
        fields = named("care_case", SHOWN + MINUTES)
        section = forms.FormSection("care_case", "", fields)
        self.form = Form((section,), sources_of(stage.ws), titled=False)
        self.form.edited.connect(lambda _name: self._forget())
        self.hint = label("", "caption", wrap=True)
        self.against = label("", "problem", wrap=True)
        self.act: QPushButton = button("", self.submit, "danger")
        back = button(translate("Thôi"), self.hide)
        self.add(column(self.hint, self.form, self.against, row(1, back, self.act), gap=8))
        self.hide()

    def begin(self, page: CasePage, move: str) -> None:
        """Open for a case; what was proposed stands in it."""
        self._key, self._move = page.card.id, move
        proposed = page.card.status == "closing"
        values: dict[str, object] = {name: page.facts.get(name) for name in MINUTES}
        values["closed_on"] = page.card.closed_on if proposed else None
        values["closed_on"] = values["closed_on"] or self.stage.ws.today().isoformat()
        values["close_reason"] = page.card.close_reason if proposed else None
        values["close_note"] = page.close_note if proposed else None
        self.form.load(values)
        self.form.clear_problems()
        reasons = [forms.code_label("close_reason", one) for one in page.suggested]
        said = translate("Hồ sơ gợi ý: {reasons}. Cán bộ quyết định.", reasons="; ".join(reasons))
        self.hint.setText(said if reasons else "")
        self.hint.setVisible(bool(reasons))
        self._forget()
        self.show()
        self.form.focus("close_reason")

    def submit(self) -> None:
        """Make the move with what is typed."""
        if not self.act.isEnabled():
            return
        ws, key, typed = self.stage.ws, self._key, self.form.values()
        reason, note, day = (str(typed.get(name) or "") for name in ENDING)
        minutes = {name: typed.get(name) for name in MINUTES}
        draft = ClosingDraft(reason, note, day, minutes, self._aware)
        move = care_case.propose if self._move == "propose" else care_case.close
        self.act.setEnabled(False)
        self.stage.tasks.desk.run(
            lambda: move(ws, key, draft), lambda _done: self._closed(), self._no, owner=self
        )

    def _closed(self) -> None:
        self.act.setEnabled(True)
        self.hide()
        proposed = self._move == "propose"
        words = translate("Đã trình lãnh đạo duyệt kết thúc ca.")
        self.done.emit(words if proposed else translate("Ca đã kết thúc."))

    def _no(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        doubts = [one for one in failure.problems if one.code == DOUBT]
        if doubts:
            self._tell(doubts)
            return
        rest = self.form.show_problems(failure.problems)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))

    def _tell(self, doubts: list[Problem]) -> None:
        """What speaks against it, and the act that goes on all the same."""
        self._aware = True
        words = [forms.code_label("close_doubt", one.value) for one in doubts]
        lines = [translate("Xem lại trước khi kết thúc:"), *(f"• {one}" for one in words)]
        self.against.setText("\n".join(lines))
        self.against.show()
        self._name(translate("Đã biết, vẫn kết thúc"))
        self.act.setFocus()

    def _forget(self) -> None:
        """Something else was typed: what was told no longer counts."""
        self._aware = False
        self.against.hide()
        proposes = self._move == "propose"
        self._name(translate("Trình duyệt kết thúc") if proposes else translate("Kết thúc ca"))

    def _name(self, words: str) -> None:
        self.act.setText(words)
        self.act.setAccessibleName(words)
