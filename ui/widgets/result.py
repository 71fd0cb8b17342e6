"""The result of work on many: what was done, what was not and why; it stays until closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QPushButton

from app.wording import translate
from ui.show import number
from ui.widgets.parts import button, clear, column, label, row

LINES_MAX = 500
LINES_SEEN = 5
LINE_PX = 24


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One thing that was not done; `key` is what `opened` tells when the line is chosen."""

    text: str
    key: str = ""


class Result(QFrame):
    """`show_result(title, lines)`; Enter or double click on a line tells `opened(key)`."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAccessibleName(name)
        self.title = label("", "strong", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.lines = QListWidget()
        self.lines.setAccessibleName(name)
        self.lines.setWordWrap(True)
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.lines.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.lines.itemActivated.connect(self._open)
        self._acts = row(gap=8)
        close = button(translate("Đóng"), self.leave)
        head = row(column(self.title, self.facts, gap=2), self._acts, close, gap=8)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.lines, gap=8, margins=(16, 12, 16, 12)))
        self.hide()

    def show_result(
        self,
        title: str,
        lines: Sequence[ResultLine] = (),
        facts: str = "",
        acts: Sequence[QPushButton] = (),
    ) -> None:
        """Show what came of the work in place of an earlier result."""
        self.title.setText(title)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        clear(self._acts)
        for act in acts:
            self._acts.addWidget(act)
        self.lines.clear()
        for line in lines[:LINES_MAX]:
            self._add(line)
        if len(lines) > LINES_MAX:
            more = number(len(lines) - LINES_MAX)
            self._add(ResultLine(translate("… và {count} dòng nữa.", count=more)))
        self.lines.setVisible(bool(lines))
        self.lines.setFixedHeight(LINE_PX * min(LINES_SEEN, max(1, len(lines))) + 6)
        self.show()

    def leave(self) -> None:
        """Take the result away."""
        self.hide()
        self.left.emit()

    def _add(self, line: ResultLine) -> None:
        item = QListWidgetItem(line.text)
        item.setToolTip(line.text)
        item.setData(Qt.ItemDataRole.UserRole, line.key)
        self.lines.addItem(item)

    def _open(self, item: QListWidgetItem) -> None:
        key = item.data(Qt.ItemDataRole.UserRole)
        if key:
            self.opened.emit(str(key))
