"""The council: its sessions, who sits on it, and its public notices."""

from __future__ import annotations

from typing import Any

from app.wording import translate
from ui.screens.council_members import MembersRegister
from ui.screens.council_sessions import NoticesRegister, SessionsRegister
from ui.screens.registers_page import RegistersPage
from ui.stage import Stage
from ui.widgets.page_head import PageHead


class CouncilScreen(RegistersPage):
    """`opened(tab)`; each tab is read when it is looked at. `begin` opens its form."""

    def __init__(self, stage: Stage) -> None:
        head = PageHead(
            translate("Hội đồng xác định mức độ khuyết tật"),
            translate("Phiên họp, thành viên theo quyết định, thông báo niêm yết."),
        )
        kinds = (
            ("sessions", translate("Phiên họp"), SessionsRegister),
            ("members", translate("Thành viên"), MembersRegister),
            ("notices", translate("Niêm yết"), NoticesRegister),
        )
        super().__init__(stage, head, kinds)

    def told(self, facts: dict[str, Any]) -> None:
        """A form to begin with."""
        if facts.get("begin") and self.now.box is not None:
            self.now.begin()
