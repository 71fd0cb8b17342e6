"""The bar above every page: one search for everything, the sync light, who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QPushButton

from app.wording import translate
from ui.resources.icons import icon
from ui.show import instant, number
from ui.widgets.parts import button, icon_button, restyle, row, words_of
from ui.widgets.search_field import OneSearch
from ui.wire import SyncStatus

SEARCH_WIDTH_PX = 420


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line of the user's menu; an empty text is a line between others."""

    text: str = ""
    act: Callable[[], None] | None = None
    picture: str = ""
    keys: str = ""


class SyncLight(QPushButton):
    """The state of sync in a colour and in words; pressing it goes to the sync page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "light")
        self.setAutoDefault(False)
        self._compact, self._words = False, ""
        self.show_status(SyncStatus("not_enrolled"))

    def set_compact(self, on: bool) -> None:
        """The words, or in a narrow window only what stands before the dot."""
        self._compact = on
        self.setText(words_of(self._words.partition(" · ")[0] if on else self._words, "dot"))

    def show_status(self, status: SyncStatus) -> None:
        """Say where this PC stands with the server."""
        tone, picture = {
            "not_enrolled": ("mute", "dot"),
            "offline": ("wait", "dot"),
            "waiting": ("wait", "dot"),
            "sending": ("info", "sync"),
            "photos": ("info", "sync"),
            "up_to_date": ("ok", "check"),
            "attention": ("bad", "warning"),
        }[status.state]
        words = sync_words(status)
        self._words = words
        self.set_compact(self._compact)
        self.setAccessibleName(translate("Đồng bộ: {state}", state=words))
        self.setToolTip("\n".join(part for part in (words, status.message) if part))
        self.setIcon(icon(picture, tone))
        self.setIconSize(QSize(16, 16))
        restyle(self, tone=tone)


def sync_words(status: SyncStatus) -> str:
    """The sync state in the words of the light."""
    count = number(status.waiting)
    if status.state == "not_enrolled":
        return translate("Chưa nối máy chủ")
    if status.state == "sending":
        return translate("Đang gửi · còn {count} thay đổi", count=count)
    if status.state == "photos":
        return translate("Hồ sơ đã gửi xong · đang chuyển ảnh")
    if status.state == "up_to_date":
        return translate("Đã đồng bộ lúc {at}", at=instant(status.since))
    if status.state == "attention":
        return translate("Đồng bộ cần xem · {count} thay đổi chờ gửi", count=count)
    if status.state == "offline" and status.waiting:
        return translate("Ngoại tuyến · {count} thay đổi chờ gửi", count=count)
    if status.state == "offline":
        return translate("Ngoại tuyến · không có gì chờ gửi")
    return translate("{count} thay đổi chờ gửi", count=count)


class TopBar(QFrame):
    """`sync_asked`, `back_asked`, `forward_asked`; who finds listens to `search`."""

    sync_asked = Signal()
    back_asked = Signal()
    forward_asked = Signal()

    def __init__(self, user: str, menu: Sequence[MenuLine]) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setFixedHeight(55)
        self.back = icon_button("back", translate("Trang trước (Alt+←)"), self.back_asked.emit)
        self.forward = icon_button(
            "forward", translate("Trang sau (Alt+→)"), self.forward_asked.emit
        )
        self.search = OneSearch(
            translate("Tìm người, ca, giấy tờ, việc cần làm…   Ctrl+K"),
            translate("Tìm mọi thứ"),
        )
        self.search.setMaximumWidth(SEARCH_WIDTH_PX)
        self.search.setMinimumWidth(120)
        self.light = SyncLight()
        self.light.clicked.connect(lambda _on=False: self.sync_asked.emit())
        self.user = button(user, self._open_menu, "quiet", "person")
        self.user.setAccessibleName(translate("Người dùng: {name}", name=user))
        self._menu, self._name = menu, user
        inside = row(
            self.back, self.forward, self.search, 1, self.light, self.user, margins=(16, 0, 16, 0)
        )
        inside.setStretch(2, 100)
        self.setLayout(inside)

    def set_compact(self, on: bool) -> None:
        """Less beside the search, where the window is narrow."""
        self.user.setText("" if on else words_of(self._name, "person"))
        self.user.setToolTip(self._name if on else "")
        self.light.set_compact(on)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for line in self._menu:
            if not line.text:
                menu.addSeparator()
                continue
            words = f"{line.text}\t{line.keys}" if line.keys else line.text
            action = QAction(icon(line.picture or "dot", "muted"), words, menu)
            if line.act is not None:
                act = line.act
                action.triggered.connect(lambda _on=False, act=act: act())
            menu.addAction(action)
        corner = self.user.mapToGlobal(QPoint(self.user.width(), self.user.height() + 4))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
        self.open_menu = menu
