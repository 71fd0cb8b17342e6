"""In what was this sheet typed? Up to three cells side by side in every encoding they fit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from app.values.imports import EncodingQuestion
from app.wording import translate
from ui.screens.import_parts import encoding_label
from ui.widgets.parts import button, column, holder, label


class EncodingPart(QFrame):
    """`answered(sheet, encoding)` when the officer chose the column that reads right."""

    answered = Signal(str, str)

    def __init__(self, question: EncodingQuestion) -> None:
        super().__init__()
        self.setProperty("banner", "wait")
        self.buttons: dict[str, QPushButton] = {}
        words = translate(
            "Trang “{sheet}”: có ô không tự biết được gõ bằng kiểu chữ nào. Cột nào đọc đúng?",
            sheet=question.sheet,
        )
        self.setAccessibleName(words)
        title = label(words, "strong", wrap=True)
        self.setLayout(column(title, self._table(question), gap=8, margins=(14, 10, 14, 10)))

    def _table(self, question: EncodingQuestion) -> QWidget:
        names = list(dict.fromkeys(name for one in question.samples for name in one.readings))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        for place, name in enumerate(names, 1):
            words = translate("Để nguyên") if name == "unicode" else encoding_label(name)
            role = "primary" if name == question.answer else ""
            made = button(words, partial(self.answered.emit, question.sheet, name), role)
            self.buttons[name] = made
            grid.addWidget(made, 0, place)
        for line, one in enumerate(question.samples, 1):
            where = translate("Dòng {row}", row=one.row)
            grid.addWidget(label(where, "muted"), line, 0)
            for place, name in enumerate(names, 1):
                grid.addWidget(label(one.readings.get(name, "–"), wrap=True), line, place)
        return holder(grid)
