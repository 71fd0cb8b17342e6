"""The register of certificates on a tab: who has which, printed as the official book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app import forms
from app.actions import certificate, certificate_register
from app.values.certificate import CertificateCard, CertificateFilter
from app.wording import translate
from ui import show
from ui.screens import saving_pdf
from ui.screens.person_part import day, paper
from ui.screens.register_part import Asked, Register
from ui.screens.sheet_taking import SheetTaking
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.filters import Filter
from ui.widgets.parts import button, label
from ui.widgets.record_list import BulkAction, Nothing
from ui.widgets.table_model import Cell, Column, plain

TONES = {"draft": "wait", "valid": "ok", "revoked": "bad", "void": "mute", "superseded": "mute"}


class BookRegister(Register):
    """One line a certificate; how many clashes there are is said above."""

    to_blanks = Signal(object)
    """These certificates shall go onto blanks."""

    name = "certificate"
    touching = frozenset({"certificate"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.taking = SheetTaking(stage, "certificate", self.read)
        self.clash = label("", "problem", wrap=True)
        self.clash.hide()
        self.inside.insertWidget(0, self.clash)
        self.inside.insertWidget(1, self.taking)
        if stage.ws.can("import"):
            words = translate("Nhập sổ giấy…")
            self.acts.addWidget(button(words, self.taking.ask_file, "", "import"))
        if stage.ws.can("print"):
            self.acts.addWidget(button(translate("In sổ…"), self.print_book, "", "print"))

    def titled(self) -> str:
        return translate("Sổ cấp giấy")

    def search_words(self) -> str:
        return translate("tên, số giấy, số phôi…")

    def filter_list(self) -> Sequence[Filter]:
        area = forms.communes(self.stage.ws.office.units)
        places = tuple(forms.Choice(one.key, one.name, forms.keys_of(one.name)) for one in area)
        return (
            Filter("units", translate("Xã"), places),
            Filter("states", translate("Trạng thái"), forms.choices("certificate_state")),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("number", translate("Số giấy"), _number, 16, fixed=True),
            Column("name", translate("Họ và tên"), lambda r: plain(r.name), 0),
            Column("degree", translate("Mức độ"), _degree, 16, rank=1),
            Column("on", translate("Ngày cấp"), lambda r: plain(day(r.text("issued_on"))), 12),
            Column("by", translate("Nơi cấp"), lambda r: plain(r.text("issued_by")), 0, rank=2),
            Column("serial", translate("Số phôi"), lambda r: plain(r.text("serial")), 12, rank=1),
            Column("state", translate("Trạng thái"), _state, 24),
        )

    def bulk(self) -> Sequence[BulkAction]:
        if not self.stage.ws.can("print"):
            return ()
        words = translate("In lên phôi, cả lượt…")
        return (BulkAction(words, self.to_blanks.emit, "print", "primary"),)

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có giấy nào như vậy."),
            translate("Giấy của các năm trước: bấm “Nhập sổ giấy…”, hay thẻ “Sổ giấy bàn giao”."),
        )

    def read(self) -> None:
        super().read()
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: certificate.clash_count(ws), self._show_clashes, owner=self
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        ws = self.stage.ws
        which = CertificateFilter(asked.query, asked.chosen("states"), units=asked.chosen("units"))
        found = certificate.listing(ws, which, asked.limit, asked.start)
        return found, certificate.total(ws, which)

    def chosen(self, line: CertificateCard) -> None:
        self.stage.go("person", line.person_id, tab="certificates")

    def print_book(self) -> None:
        """Ask for a file and write the register of today into it."""
        ws = self.stage.ws
        saving_pdf.ask_where(
            self, self.stage, "so-cap-giay", lambda file: certificate_register.write(ws, file)
        )

    def _show_clashes(self, count: int) -> None:
        words = translate(
            "{count} chỗ hai giấy không thể cùng đúng (trùng số, trùng phôi, một người hai giấy): "
            "giải quyết ở thẻ “Giấy trùng”.",
            count=show.number(count),
        )
        self.clash.setText(words)
        self.clash.setVisible(bool(count))


def _number(card: CertificateCard) -> Cell:
    return Cell(card.text("certificate_number") or translate("chưa có số"), bold=True)


def _degree(card: CertificateCard) -> Cell:
    code = card.text("degree")
    return plain(forms.code_label("degree", code) if code else "")


def _state(card: CertificateCard) -> Cell:
    words = forms.code_label("certificate_state", card.state)
    chips = (Chip(words, TONES.get(card.state, "mute"), "●"),)
    return Cell(paper(card.fields["origin"]), chips)
