"""Help in the whole office: needs, referrals, gift rounds, the directory, benefits in kind."""

from __future__ import annotations

from typing import Any

from app.wording import translate
from ui import show
from ui.screens.agreements import AgreementsRegister
from ui.screens.directory import DirectoryRegister
from ui.screens.gift_rounds import RoundsRegister
from ui.screens.needs import NeedsRegister
from ui.screens.referrals import ReferralsRegister
from ui.screens.registers_page import RegistersPage
from ui.screens.sheet_taking import SheetTaking
from ui.stage import Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button


class SupportsScreen(RegistersPage):
    """`opened(tab)`; each tab is read when it is looked at. `filters` sets those of that tab."""

    def __init__(self, stage: Stage) -> None:
        head = PageHead(
            translate("Hỗ trợ, dịch vụ"),
            translate("Ai đang cần gì, đã gửi đi đâu, đã nhận gì; danh bạ nơi giúp được."),
        )
        kinds = (
            ("needs", translate("Nhu cầu"), NeedsRegister),
            ("referrals", translate("Chuyển gửi"), ReferralsRegister),
            ("rounds", translate("Đợt quà"), RoundsRegister),
            ("directory", translate("Danh bạ dịch vụ"), DirectoryRegister),
            ("agreements", translate("Ưu đãi đi lại"), AgreementsRegister),
        )
        super().__init__(stage, head, kinds)
        self.books = tuple(
            SheetTaking(stage, record, self._taken) for record in ("support", "assistive_device")
        )
        self.put_between(*self.books)
        if stage.ws.can("import"):
            words = (translate("Nhập sổ hỗ trợ…"), translate("Nhập sổ dụng cụ…"))
            for word, book in zip(words, self.books, strict=True):
                self.head.add(button(word, book.ask_file, "", "import"))

    def told(self, facts: dict[str, Any]) -> None:
        """People chosen elsewhere, filters of the open tab."""
        now = self.now
        self._bring(tuple(facts.get("persons", ())))
        if "filters" in facts:
            now.filters.set_values(facts["filters"], True)

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

    def _taken(self) -> None:
        """A book came in: needs may have a proposal now."""
        self.now.read()
