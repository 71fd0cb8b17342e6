"""The card in the middle of an otherwise empty window: sign in, first start, lock."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.forms import PRODUCT, FormField
from app.wording import language, translate
from ui.stage import Message
from ui.tasks import Failure
from ui.widgets.banner import Banner
from ui.widgets.parts import Card, Item, Scroll, button, column, holder, label, row

WIDTH_PX = 460


class Gate(QWidget):
    """`body` takes what the page is made of; `say` shows a message above it."""

    language_asked = Signal(str)
    restore_asked = Signal()

    def __init__(self, title: str, purpose: str, width_px: int = WIDTH_PX) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.card = Card()
        self.card.setFixedWidth(width_px)
        self.card.body.setContentsMargins(32, 28, 32, 28)
        self.card.body.setSpacing(12)
        brand = label(PRODUCT, "brand")
        self.title = label(title, "title", wrap=True)
        self.purpose = label(purpose, "muted", wrap=True)
        other = translate("English") if language() == "vi" else translate("Tiếng Việt")
        code = "en" if language() == "vi" else "vi"
        self.language = button(other, lambda: self.language_asked.emit(code), "quiet", "language")
        self.card.add(row(brand, 1, self.language))
        self.card.add(self.title)
        self.card.add(self.purpose)
        self._said = column(gap=8)
        self.card.add(self._said)
        middle = holder(column(1, row(1, self.card, 1), 1, margins=(16, 16, 16, 16)))
        self.setLayout(column(Scroll(middle)))

    def add(self, item: Item) -> None:
        """One more thing on the card."""
        self.card.add(item)

    def restore_button(self) -> QPushButton:
        """The way to the backups, for who stands here without a store that opens."""
        words = translate("Phục hồi từ bản sao lưu…")
        return button(words, self.restore_asked.emit, "quiet", "backup")

    def say(self, words: str, tone: str = "bad") -> None:
        """Show a message on the card in place of the former one; empty words take it away."""
        while (item := self._said.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if words:
            self._said.addWidget(Banner(Message(words, tone, stays=True)))

    def say_failure(self, failure: Failure) -> None:
        """Show why something did not succeed."""
        self.say(failure.message)


def password_field(name: str, words: str, required: bool = True) -> FormField:
    """A password as a field of a gate."""
    return FormField("", name, words, "password", required)


def text_field(name: str, words: str, required: bool = True, help_text: str = "") -> FormField:
    """A line of text as a field of a gate."""
    return FormField("", name, words, "text", required, help=help_text)
