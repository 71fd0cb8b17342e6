"""The head of a page: its title, one line of facts, and the actions at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.widgets.flow import Flow
from ui.widgets.parts import Elided, column, keep_if, label, row


class PageHead(QWidget):
    """`set_facts` for the line beside the title; `add` puts buttons at the right in order."""

    def __init__(self, title: str, purpose: str = "") -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.title = label(title, "title")
        self.facts = Elided("", "muted")
        self.purpose = label(purpose, "caption", wrap=True)
        keep_if(self.purpose, bool(purpose))
        self._acts = Flow(gap=12)
        line = row(self.title, self.facts, self._acts, gap=16)
        line.setStretch(1, 1)
        line.setAlignment(self.title, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(line, self.purpose, gap=2))

    def sizeHint(self) -> QSize:
        """As high as its lines of actions are at the width it has: more would be cut."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def add(self, made: QPushButton) -> QPushButton:
        """One more action at the right; at most one of a page is primary."""
        self._acts.addWidget(made)
        return made

    def set_title(self, words: str) -> None:
        """Another title."""
        self.title.setText(words)

    def set_facts(self, words: str) -> None:
        """The line of facts beside the title."""
        self.facts.setText(words)

    def set_purpose(self, words: str) -> None:
        """The line below the title: what the page is for, or whose it is."""
        self.purpose.setText(words)
        self.purpose.setVisible(bool(words))
