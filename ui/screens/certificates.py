"""Certificates in the whole office: what waits, the register, the blanks, codes, the paper book."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.wording import translate
from ui.screens.blank_run import BlankRunBar
from ui.screens.blanks import BlanksRegister
from ui.screens.certificate_book import BookRegister
from ui.screens.certificate_check import CheckPart
from ui.screens.certificate_opening import OpeningPart
from ui.screens.certificates_waiting import WaitingRegister
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.tabs import Tabs


class CertificatesScreen(Screen):
    """`opened(tab)`; each tab is read when it is looked at."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Giấy xác nhận khuyết tật"),
            translate("Giấy chờ cấp, sổ cấp giấy, kho phôi, kiểm tra mã QR, sổ giấy bàn giao."),
        )
        self.run = BlankRunBar(stage)
        self.parts: dict[str, Any] = {}
        self.tabs = Tabs()
        kinds: tuple[tuple[str, str, Any], ...] = (
            ("waiting", translate("Chờ cấp"), WaitingRegister),
            ("book", translate("Sổ cấp giấy"), BookRegister),
            ("blanks", translate("Kho phôi"), BlanksRegister),
            ("check", translate("Kiểm tra mã"), CheckPart),
            ("opening", translate("Sổ giấy bàn giao"), OpeningPart),
        )
        for name, title, kind in kinds:
            self.tabs.add(name, title, lambda name=name, kind=kind: self._made(name, kind))  # type: ignore[misc]
        self.tabs.opened.connect(lambda name: self.parts[name].read())
        page = column(self.head, self.run, self.tabs, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: self.parts[self.tabs.current].submit())

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open a tab; the one that was open last stays."""
        del facts
        self.run.read()
        self.tabs.open(key if key in self.tabs.names() else self.tabs.current or "waiting")
        self.parts[self.tabs.current].focus()

    def may_leave(self) -> bool:
        """What is being written is kept as a draft."""
        for one in self.parts.values():
            one.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read the open tab again when it shows what was touched."""
        now = self.parts.get(self.tabs.current)
        if now is not None and entities & now.touching and not now.busy:
            now.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")), ("Ctrl+S", translate("Lưu")))

    def _made(self, name: str, kind: Any) -> QWidget:
        self.parts[name] = kind(self.stage)
        made: QWidget = self.parts[name]
        if isinstance(made, BookRegister):
            made.to_blanks.connect(self.run.begin)
        if isinstance(made, WaitingRegister):
            made.to_blanks.connect(self.run.offer)
        return made
