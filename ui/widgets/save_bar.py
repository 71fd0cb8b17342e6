"""The bar below a record: when the draft was kept, where it stands, undo and save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.wording import translate
from ui.show import instant
from ui.widgets.parts import Elided, button, keep_if, row


class SaveBar(QFrame):
    """`saved` on Ctrl+S or the button, `saved_next` on Ctrl+Enter, `undone` on the undo button."""

    saved = Signal()
    saved_next = Signal()
    undone = Signal()

    def __init__(self, next_too: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "save")
        self.state = Elided("", "muted")
        self.undo = button(translate("Hoàn tác"), self.undone.emit, "", "undo", "Ctrl+Z")
        self.save_next = button(
            translate("Lưu, nhập người tiếp"), self.saved_next.emit, tip="Ctrl+Enter"
        )
        keep_if(self.save_next, next_too)
        self.save = button(translate("Lưu"), self.saved.emit, "primary", "", "Ctrl+S")
        line = row(self.state, self.undo, self.save_next, self.save, margins=(24, 10, 24, 10))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.show_state(False)

    def show_state(self, changed: bool, draft_at: str | None = None, mark: str = "") -> None:
        """Say whether something is unsaved, when the draft was kept (ISO), and the sync mark."""
        words = []
        if changed and draft_at:
            words.append(translate("Đã giữ nháp {at}, chưa lưu", at=instant(draft_at)))
        elif changed:
            words.append(translate("Có thay đổi chưa lưu"))
        if mark:
            words.append(mark)
        self.state.setText(" · ".join(words))
        self.save.setEnabled(changed)
        self.save_next.setEnabled(changed)
        self.undo.setEnabled(changed)
