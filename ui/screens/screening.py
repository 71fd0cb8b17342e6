"""Asking the questions of a screening, word for word: one key for each answer.

It stands beside what the council decides and changes nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit

from app.actions import person, screening
from app.rules import screening as rules
from app.values.person import PersonPage
from app.values.screening import AskedQuestion, Instrument, ScreeningCard, ScreeningDraft
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Scroll, button, clear, column, holder, label, row


class ScreeningScreen(Screen):
    """`opened(person_id, hearing=id)`; the instruments made for this age are offered."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = self.hearing = ""
        self.page: PersonPage | None = None
        self.instrument: Instrument | None = None
        self.answers: dict[str, str] = {}
        self.rows: dict[str, QuestionRow] = {}
        words = translate(
            "Đọc nguyên văn câu hỏi; lời tiếng Việt chưa chính thức. Kết quả đứng bên cạnh, không "
            "thay phiếu xác định và biểu quyết của Hội đồng."
        )
        self.head = PageHead(translate("Sàng lọc chức năng"), words)
        self.back = self.head.add(button(translate("Trở lại"), stage.back, "", "back"))
        self.which = QComboBox()
        self.which.setAccessibleName(translate("Bộ câu hỏi"))
        self.which.currentIndexChanged.connect(lambda _n: self._begin())
        self.by = QLineEdit()
        self.by.setAccessibleName(translate("Ai trả lời"))
        self.by.setPlaceholderText(translate("Ai trả lời (bản thân, mẹ…)"))
        self.source = label("", "caption", wrap=True)
        self.told = label("", "strong", wrap=True)
        self.act = button(translate("Lưu sàng lọc"), self._save, "primary", tip="Ctrl+S")
        self._questions = column(gap=4)
        self.sheet = Scroll(holder(column(self._questions, 1)))
        line = row(self.which, self.by, gap=12)
        line.setStretch(0, 2)
        line.setStretch(1, 1)
        below = row(self.told, self.act, gap=12)
        below.setStretch(0, 1)
        whole = column(self.head, line, self.source, self.sheet, below, gap=10)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        made = QShortcut(QKeySequence("Ctrl+S"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self._save)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Ask about a person, maybe for a hearing."""
        if key:
            self.key, self.hearing = key, str(facts.get("hearing") or "")
        ws, who = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: (person.page(ws, who), screening.of_person(ws, who)),
            self._show, self._not_read, owner=self, key="screening",
        )  # fmt: skip

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("1 … 5, 7, 9", translate("Ghi câu trả lời, sang câu sau")),
            ("Ctrl+S", translate("Lưu sàng lọc")),
        )

    def answer(self, number: str, value: str) -> None:
        """Keep one answer and go to the next question that is asked."""
        if value:
            self.answers[number] = value
        else:
            self.answers.pop(number, None)
        self._tell()
        if value and self.instrument is not None:
            numbers = [one.number for one in self.instrument.questions]
            for following in numbers[numbers.index(number) + 1 :]:
                if self.rows[following].isVisibleTo(self):
                    self.rows[following].setFocus()
                    self.sheet.ensureWidgetVisible(self.rows[following])
                    return
            self.act.setFocus()

    def _show(self, read: tuple[PersonPage, tuple[ScreeningCard, ...]]) -> None:
        self.page = read[0]
        card, today = self.page.card, self.stage.ws.today().isoformat()
        self.head.set_facts(f"{card.name} · {show.birth_sentence(card.birth)}")
        self.which.blockSignals(True)
        self.which.clear()
        for name in screening.fitting(card.birth or "", today):
            self.which.addItem(screening.instrument(name, today).title, name)
        self.which.blockSignals(False)
        self.which.setEnabled(self.which.count() > 0)
        self.act.setVisible(self.stage.ws.can("enter"))
        if self.which.count():
            self._begin()
        else:
            self.told.setText(translate("Không có bộ câu hỏi cho tuổi này."))

    def _begin(self) -> None:
        today = self.stage.ws.today().isoformat()
        self.instrument = screening.instrument(str(self.which.currentData()), today)
        self.answers = {}
        unchecked = self.instrument.unchecked
        told = translate("lời văn chưa đối chiếu bản gốc") if unchecked else ""
        self.source.setText(" · ".join(one for one in (self.instrument.source, told) if one))
        clear(self._questions)
        self.rows = {}
        for one in self.instrument.questions:
            made = QuestionRow(one, partial(self.answer, one.number))
            self.rows[one.number] = made
            self._questions.addWidget(made)
        self._tell()
        self.rows[self.instrument.questions[0].number].setFocus()

    def _tell(self) -> None:
        found = self.instrument
        if found is None:
            return
        questions = screening.questions(found.name, found.edition)
        asked = {one.number for one in rules.asked(questions, self.answers)}
        for number, made in self.rows.items():
            made.setVisible(number in asked)
            made.show_answer(self.answers.get(number, ""))
        result = rules.result(questions, self.answers)
        self.told.setText(screening.told_result(result))

    def _save(self) -> None:
        if self.instrument is None or not self.act.isEnabled():
            return
        ws = self.stage.ws
        draft = ScreeningDraft(self.key, self.instrument.name, dict(self.answers),
                               answered_by=self.by.text(), hearing_id=self.hearing)  # fmt: skip

        def done(_id: str) -> None:
            self.act.setEnabled(True)
            self.stage.tell(Message(translate("Đã lưu sàng lọc."), "ok"))
            self.stage.back()

        self.act.setEnabled(False)
        self.stage.tasks.desk.run(lambda: screening.save(ws, draft), done, self._wrong, owner=self)

    def _wrong(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.stage.tell(Message(failure.message, "bad"))

    def _not_read(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
        self.stage.back()


class QuestionRow(QFrame):
    """One question; the number of an answer chooses it, Backspace takes it away."""

    def __init__(self, asked: AskedQuestion, answer: Any) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._asked, self._answer = asked, answer
        self.words = label(f"{asked.number}. {asked.words}", "", wrap=True)
        self.words.setToolTip(asked.english)
        self.chosen = label("", "strong")
        self.choices = label(_choices(asked.choices), "caption", wrap=True)
        line = row(self.words, self.chosen, gap=12)
        line.setStretch(0, 1)
        self.setLayout(column(line, self.choices, gap=2, margins=(12, 6, 12, 6)))
        self.show_answer("")

    def show_answer(self, answer: str) -> None:
        """Show what was answered."""
        words = dict(self._asked.choices).get(answer, "")
        self.chosen.setText(f"{answer} · {words}" if words else "…")
        self.setAccessibleName(f"{self._asked.number}. {self._asked.words} {words}".strip())
        self.setAccessibleDescription(_choices(self._asked.choices))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        if key in dict(self._asked.choices):
            self._answer(key)
        elif event.key() == Qt.Key.Key_Backspace:
            self._answer("")
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


def _choices(choices: Sequence[tuple[str, str]]) -> str:
    return "   ".join(f"{answer} {words}" for answer, words in choices)
