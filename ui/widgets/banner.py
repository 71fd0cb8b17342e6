"""Quiet messages above the page: what happened, what was kept, what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.wording import translate
from ui.resources.icons import pixmap
from ui.stage import Message
from ui.widgets.parts import Scroll, button, column, icon_button, label, row

GOES_AFTER_MS = 8000
SHOWN_MAX = 3
LINES_MAX = 4  # of a message in view; the rest is scrolled, so that the page keeps its place
PICTURES = {"ok": "check", "info": "info", "wait": "warning", "bad": "warning"}


class Banner(QFrame):
    """One message; an ordinary good one goes by itself.

    What asks for something or must be seen stays until it is closed. Any other speaks of one act:
    it goes with its page, and when something is said after the officer went on.
    """

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message
        self.of_an_act = not message.stays and not message.action
        self.went_on = False
        self.setProperty("banner", message.tone)
        self.setAccessibleName(message.text)
        picture = QLabel()
        picture.setPixmap(
            pixmap(PICTURES[message.tone], message.tone, 20, self.devicePixelRatioF())
        )
        words = label(message.text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        act = button(message.action, self._act) if message.action else None
        close = icon_button("close", translate("Đóng thông báo"), self.leave)
        close.setProperty("role", "quiet")
        said = _lines(words, message.text.count("\n") + 1)
        self.setLayout(row(picture, said, act, close, gap=12, margins=(14, 6, 8, 6)))
        self.goes_by_itself = message.tone == "ok" and not message.stays and not message.action
        if message.tone == "ok" and not message.stays:
            QTimer.singleShot(GOES_AFTER_MS, self, self.leave)

    def leave(self) -> None:
        """Take the message away."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _act(self) -> None:
        if self.message.act is not None:
            self.message.act()
        self.leave()


class Banners(QWidget):
    """The place of messages; the newest stands first, at most three are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.setLayout(column(gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def tell(self, message: Message) -> Banner:
        """Show a message in place of the same words, of good news that asks for nothing and of
        what was said of an earlier act."""
        for other in self.shown():
            earlier = other.of_an_act and other.went_on
            if other.message.text == message.text or other.goes_by_itself or earlier:
                other.leave()
        banner = Banner(message)
        layout = self.layout()
        assert layout is not None
        layout.insertWidget(0, banner)  # type: ignore[attr-defined]
        for old in self.shown()[SHOWN_MAX:]:
            old.leave()
        return banner

    def shown(self) -> list[Banner]:
        """The messages now on the screen, newest first."""
        layout = self.layout()
        assert layout is not None
        widgets = [layout.itemAt(place).widget() for place in range(layout.count())]  # type: ignore[union-attr]
        return [one for one in widgets if isinstance(one, Banner)]

    def went_on(self) -> None:
        """The officer did something since: what is said next is of another act."""
        for banner in self.shown():
            banner.went_on = True

    def leave_page(self) -> None:
        """What asks for nothing goes with the page, or the record, it came from."""
        for banner in self.shown():
            good_news = banner.message.tone == "ok" and not banner.message.action
            if good_news or banner.of_an_act:
                banner.leave()

    def turn_page(self) -> None:
        """What tells of the page alone goes with it, wherever it stands."""
        for banner in self.shown():
            if banner.message.of_page:
                banner.leave()

    def sweep(self) -> None:
        """Take all messages away."""
        for banner in self.shown():
            banner.leave()


def _lines(words: QLabel, count: int) -> QWidget:
    """The words, or a low field in which many lines are scrolled."""
    if count <= LINES_MAX:
        return words
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    field = Scroll(words)
    field.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # arrows read on
    field.setAccessibleName(words.text())
    field.setFixedHeight(LINES_MAX * words.fontMetrics().lineSpacing() + LINES_MAX)
    return field
