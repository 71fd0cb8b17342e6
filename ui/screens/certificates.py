"""Certificates in the whole office: what waits, the register, clashes, blanks, codes, the book."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.wording import translate
from ui.screens.blank_run import BlankRunBar
from ui.screens.blanks import BlanksRegister
from ui.screens.certificate_book import BookRegister
from ui.screens.certificate_check import CheckPart
from ui.screens.certificate_clashes import ClashRegister
from ui.screens.certificate_opening import OpeningPart
from ui.screens.certificates_waiting import WaitingRegister
from ui.screens.registers_page import RegistersPage
from ui.stage import Stage
from ui.widgets.page_head import PageHead


class CertificatesScreen(RegistersPage):
    """`opened(tab)`; each tab is read when it is looked at. A run onto blanks stands above all."""

    def __init__(self, stage: Stage) -> None:
        self.run = BlankRunBar(stage)
        head = PageHead(
            translate("Giấy xác nhận khuyết tật"),
            translate("Giấy chờ cấp, sổ cấp giấy, kho phôi, kiểm tra mã QR, sổ giấy bàn giao."),
        )
        kinds = (
            ("waiting", translate("Chờ cấp"), WaitingRegister),
            ("book", translate("Sổ cấp giấy"), BookRegister),
            ("clashes", translate("Giấy trùng"), ClashRegister),
            ("blanks", translate("Kho phôi"), BlanksRegister),
            ("check", translate("Kiểm tra mã"), CheckPart),
            ("opening", translate("Sổ giấy bàn giao"), OpeningPart),
        )
        super().__init__(stage, head, kinds)
        self.put_between(self.run)

    def told(self, facts: dict[str, Any]) -> None:
        """A run that is open is shown whichever tab it is."""
        self.run.read()

    def _made(self, name: str, kind: type[Any]) -> QWidget:
        made = super()._made(name, kind)
        if isinstance(made, BookRegister):
            made.to_blanks.connect(self.run.begin)
        if isinstance(made, WaitingRegister):
            made.to_blanks.connect(self.run.offer)
        return made
