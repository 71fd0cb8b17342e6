"""A page of several registers, each a tab that is read when it is looked at.

A tab is a `Register`, or a widget with its `read`, `leave`, `focus`, `submit`, `busy`, `touching`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.wording import translate
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.tabs import Tabs

Kinds = Sequence[tuple[str, str, type[Any]]]


class RegistersPage(Screen):
    """Tabs by name, title and register under a head. Saving keys go to the tab that is open."""

    def __init__(self, stage: Stage, head: PageHead, kinds: Kinds) -> None:
        super().__init__(stage)
        self.head = head
        self.registers: dict[str, Any] = {}
        self.tabs = Tabs()
        for name, title, kind in kinds:
            self.tabs.add(name, title, lambda name=name, kind=kind: self._made(name, kind))  # type: ignore[misc]
        self.tabs.opened.connect(lambda name: self.registers[name].read())
        self._page = column(head, self.tabs, gap=12)
        self._page.setStretch(1, 1)
        self.setLayout(self._page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: self.now.submit())

    def put_between(self, *widgets: QWidget) -> None:
        """Let these stand between head and tabs."""
        for place, one in enumerate(widgets, start=1):
            self._page.insertWidget(place, one)

    @property
    def now(self) -> Any:
        """The register whose tab is open."""
        return self.registers[self.tabs.current]

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open a tab, the first one at first; the one that was open last stays."""
        names = self.tabs.names()
        self.tabs.open(key if key in names else self.tabs.current or names[0])
        self.told(facts)
        if not self.now.busy:
            self.now.focus()

    def told(self, facts: dict[str, Any]) -> None:
        """What the page was opened with, once its tab is there."""

    def may_leave(self) -> bool:
        """What is being written is kept as a draft."""
        for one in self.registers.values():
            one.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read the open tab again when it shows what was touched."""
        now = self.registers.get(self.tabs.current)
        if now is not None and entities & now.touching and not now.busy:
            now.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")), ("Ctrl+S", translate("Lưu")))

    def _made(self, name: str, kind: type[Any]) -> QWidget:
        made: QWidget = kind(self.stage)
        self.registers[name] = made
        return made
