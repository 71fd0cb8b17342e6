"""The council: its sessions, who sits on it, and its public notices."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.wording import translate
from ui.screens.council_members import MembersRegister
from ui.screens.council_sessions import NoticesRegister, SessionsRegister
from ui.screens.register_part import Register
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.tabs import Tabs


class CouncilScreen(Screen):
    """`opened(tab)`; each tab is read when it is looked at. `files` are put into a session."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Hội đồng xác định mức độ khuyết tật"),
            translate("Phiên họp, thành viên theo quyết định, thông báo niêm yết."),
        )
        self.registers: dict[str, Register] = {}
        self.tabs = Tabs()
        kinds: tuple[tuple[str, str, type[Register]], ...] = (
            ("sessions", translate("Phiên họp"), SessionsRegister),
            ("members", translate("Thành viên"), MembersRegister),
            ("notices", translate("Niêm yết"), NoticesRegister),
        )
        for name, title, kind in kinds:
            self.tabs.add(name, title, lambda name=name, kind=kind: self._made(name, kind))  # type: ignore[misc]
        self.tabs.opened.connect(lambda name: self.registers[name].read())
        page = column(self.head, self.tabs, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: self.registers[self.tabs.current].submit())

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open a tab; the one that was open last stays."""
        self.tabs.open(key if key in self.tabs.names() else self.tabs.current or "sessions")
        now = self.registers[self.tabs.current]
        if facts.get("begin") and now.box is not None:
            now.begin()
        elif now.box is None or now.box.isHidden():
            now.list.view.setFocus()

    def may_leave(self) -> bool:
        """What is being written is kept as a draft."""
        for one in self.registers.values():
            one.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read the open tab again when it shows what was touched."""
        now = self.registers.get(self.tabs.current)
        if now is not None and entities & now.touching and (now.box is None or now.box.isHidden()):
            now.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")), ("Ctrl+S", translate("Lưu")))

    def _made(self, name: str, kind: type[Register]) -> Register:
        self.registers[name] = kind(self.stage)
        return self.registers[name]
