"""Inspection: who did what with whom, registers as of a day, and whether the log is whole."""

from __future__ import annotations

from app.wording import translate
from ui.screens.inspection_registers import (
    OfficersRegister,
    PersonsRegister,
    ProofRegister,
    ThenRegister,
)
from ui.screens.registers_page import RegistersPage
from ui.stage import Stage
from ui.widgets.page_head import PageHead


class InspectionScreen(RegistersPage):
    """`opened(tab)`: persons, officers, registers or proof."""

    def __init__(self, stage: Stage) -> None:
        head = PageHead(
            translate("Thanh tra"),
            translate("Ai đã xem, in, xuất, sửa, duyệt gì; sổ như một ngày đã qua. Chỉ để đọc."),
        )
        kinds = (
            ("persons", translate("Về một người"), PersonsRegister),
            ("officers", translate("Của một cán bộ"), OfficersRegister),
            ("registers", translate("Sổ như một ngày"), ThenRegister),
            ("proof", translate("Nhật ký có nguyên vẹn"), ProofRegister),
        )
        super().__init__(stage, head, kinds)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")),)
