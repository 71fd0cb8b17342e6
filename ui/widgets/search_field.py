"""A search field that waits for a pause and for the input method to finish its word."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QMouseEvent, Qt
from PySide6.QtWidgets import QLineEdit

from app.wording import translate
from ui.resources.icons import icon

PAUSE_MS = 100
"""Felt as at once; an answer to former words is dropped, so a quick typist loses nothing."""
LETTERS_MAX = 200


class SearchField(QLineEdit):
    """Tells `searched(text)` after a short pause in typing, at once on Enter.

    Enter and Down also tell `left`: the officer wants to go on among what was found.
    A half-typed word of a Vietnamese input method never triggers it; Esc empties the field.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, name: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setMaxLength(LETTERS_MAX)
        self.addAction(
            QAction(icon("search", "muted"), "", self), self.ActionPosition.LeadingPosition
        )
        self._composing = False
        self._last = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textEdited.connect(lambda _text: self._pause.start())
        self._wipe = QAction(icon("close", "muted"), translate("Xóa ô tìm"), self)
        self._wipe.triggered.connect(self.wipe)
        self.addAction(self._wipe, self.ActionPosition.TrailingPosition)
        self._wipe.setVisible(False)
        self.textChanged.connect(lambda text: self._wipe.setVisible(bool(text)))

    def wipe(self) -> None:
        """Empty the field and tell."""
        self.clear()
        self._tell()

    def set_text(self, text: str) -> None:
        """Show words without searching for them."""
        self._last = text
        self.setText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing and self.text() != self._last:
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._composing:
            self._pause.stop()
            self._tell()
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self._composing:
            self.left.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.wipe()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if self._composing:
            return
        words = self.text().strip()
        if words != self._last:
            self._last = words
            self.searched.emit(words)


class OneSearch(SearchField):
    """The search above every page: what it finds hangs below it while the cursor stays in it.

    `asked` when the officer comes to it (Ctrl+K, a click, Down); `stepped(±1)` for the arrows,
    `taken` on Enter, `given_up` on Esc.
    """

    asked = Signal()
    stepped = Signal(int)
    taken = Signal()
    given_up = Signal()

    @property
    def composing(self) -> bool:
        """Whether an input method has a word that is not finished."""
        return self._composing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self._composing:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.taken.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.asked.emit()
