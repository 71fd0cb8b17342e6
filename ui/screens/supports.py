"""Help in the whole office: needs, referrals, gift rounds, the directory, benefits in kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.wording import translate
from ui import show
from ui.screens.agreements import AgreementsRegister
from ui.screens.directory import DirectoryRegister
from ui.screens.gift_rounds import RoundsRegister
from ui.screens.needs import NeedsRegister
from ui.screens.referrals import ReferralsRegister
from ui.screens.register_part import Register
from ui.screens.sheet_taking import SheetTaking
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.tabs import Tabs


class SupportsScreen(Screen):
    """`opened(tab)`; each tab is read when it is looked at. `filters` sets those of that tab."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Hỗ trợ, dịch vụ"),
            translate("Ai đang cần gì, đã gửi đi đâu, đã nhận gì; danh bạ nơi giúp được."),
        )
        self.registers: dict[str, Register] = {}
        self.tabs = Tabs()
        kinds: tuple[tuple[str, str, type[Register]], ...] = (
            ("needs", translate("Nhu cầu"), NeedsRegister),
            ("referrals", translate("Chuyển gửi"), ReferralsRegister),
            ("rounds", translate("Đợt quà"), RoundsRegister),
            ("directory", translate("Danh bạ dịch vụ"), DirectoryRegister),
            ("agreements", translate("Ưu đãi đi lại"), AgreementsRegister),
        )
        for name, title, kind in kinds:
            self.tabs.add(name, title, lambda name=name, kind=kind: self._made(name, kind))  # type: ignore[misc]
        self.tabs.opened.connect(self._looked_at)
        self.books = tuple(
            SheetTaking(stage, record, self._taken) for record in ("support", "assistive_device")
        )
        if stage.ws.can("import"):
            words = (translate("Nhập sổ hỗ trợ…"), translate("Nhập sổ dụng cụ…"))
            for word, book in zip(words, self.books, strict=True):
                self.head.add(button(word, book.ask_file, "", "import"))
        page = column(self.head, *self.books, self.tabs, gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self._save)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open a tab; the one that was open last stays."""
        self.tabs.open(key if key in self.tabs.names() else self.tabs.current or "needs")
        now = self.registers[self.tabs.current]
        self._bring(tuple(facts.get("persons", ())))
        if "filters" in facts:
            now.filters.set_values(facts["filters"], True)
        if now.box is None or now.box.isHidden():
            now.list.view.setFocus()

    def _bring(self, persons: tuple[str, ...]) -> None:
        """People chosen elsewhere: Enter on a round or an agreement puts them there."""
        self.head.set_facts("")
        if persons:
            words = translate(
                "Đang thêm {count} người: chọn đợt quà hoặc thỏa thuận, bấm Enter; hoặc lập mới.",
                count=show.number(len(persons)),
            )
            self.head.set_facts(words)
        for name in ("rounds", "agreements"):
            if persons:
                self._made_page(name)
            if name in self.registers:
                self.registers[name].persons = persons

    def _made_page(self, name: str) -> None:
        """Build a tab that was not looked at yet, and stay where we are."""
        now = self.tabs.current
        if name not in self.registers:
            self.tabs.open(name)
            self.tabs.open(now)

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

    def _looked_at(self, name: str) -> None:
        self.registers[name].read()

    def _taken(self) -> None:
        """A book came in: needs may have a proposal now."""
        self.registers[self.tabs.current].read()

    def _save(self) -> None:
        self.registers[self.tabs.current].submit()
