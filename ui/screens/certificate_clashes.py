"""Certificates that cannot both be right on a tab: which, of whom, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app import forms
from app.actions import certificate, certificate_own, certificate_settle
from app.forms import FormField
from app.values.certificate import CertificateCard, Clash, Settling
from app.wording import translate
from ui.screens import certificate_boxes as boxes
from ui.screens.person_part import day, line
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.parts import label
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain


@dataclass(frozen=True, slots=True)
class Clashing:
    """One certificate of a clash, and what can be decided of its holder's own record."""

    what: str
    value: str
    card: CertificateCard
    others: tuple[CertificateCard, ...]
    own: tuple[str, ...]

    @property
    def id(self) -> str:
        """By what a list knows it: one certificate may stand in two clashes."""
        return f"{self.what}:{self.value}:{self.card.id}"


class ClashRegister(Register):
    """One line a certificate, those of a clash beside each other; Enter settles that one."""

    name = "clash"
    right = "approve"
    searches = False
    touching = frozenset({"certificate", "blank", "person", "merger"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        if self.box is not None:
            self.add.hide()
            hint = translate("Chọn giấy phải đổi, hủy hay thu tờ đã in, bấm Enter.")
            self.acts.addWidget(label(hint, "muted"))

    def titled(self) -> str:
        return translate("Số, phôi, người bị hai giấy cùng ghi")

    def adds(self) -> str:
        return translate("Giải quyết trùng")

    def form_fields(self) -> tuple[FormField, ...]:
        return boxes.settling()

    def columns(self) -> Sequence[Column]:
        return (
            Column("what", translate("Điều trùng"), _what, 24, fixed=True),
            Column("name", translate("Họ và tên"), lambda r: plain(r.card.name), 0),
            Column("number", translate("Số giấy"), lambda r: _text(r, "certificate_number"), 16),
            Column("serial", translate("Số phôi"), lambda r: _text(r, "serial"), 12, rank=1),
            Column("on", translate("Ngày cấp"), lambda r: plain(day(r.card.text("issued_on"))), 12),
            Column("by", translate("Nơi cấp"), lambda r: _text(r, "issued_by"), 0, rank=2),
            Column("state", translate("Trạng thái"), _state, 16),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không có số, phôi hay người nào bị hai giấy cùng ghi."),
            translate("Hai máy không có mạng, hay hai hồ sơ gộp lại, có thể để lại giấy trùng."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        ws = self.stage.ws
        found = [one for clash in certificate.clashes(ws) for one in _lines(ws, clash)]
        return found, len(found)

    def begin(self, line: Any = None) -> None:
        """Say which two it is about, and offer what ends it."""
        if line is None or self.box is None:
            return
        self.box.form.describe(boxes.way(certificate_settle.ways(line.what)))
        self.box.form.describe(boxes.own(line.own))
        super().begin(line)
        told = [translate("Giấy này: {what}", what=_told(line.card))]
        told += [translate("Giấy kia: {what}", what=_told(one)) for one in line.others]
        if line.what == certificate_settle.SHEET:
            told.append(
                translate(
                    "Máy khác đã in giấy này lên phôi {serial} với số hay lời khác. "
                    "Sổ ghi như trên: thu tờ trên phôi {serial} về.",
                    serial=line.value,
                )
            )
        self.box.tell("\n".join(told))
        self.box.form.focus("way")

    def values_of(self, line: Clashing) -> Mapping[str, object]:
        return {}

    def write(self, values: Mapping[str, object]) -> object:
        typed = {name: str(value or "") for name, value in values.items()}
        act = Settling(typed.pop("way", ""), typed.pop("reason", ""), **typed)
        certificate_settle.settle(self.stage.ws, self.editing.card.id, act)
        return None

    def leave_box(self) -> None:
        """The list shows what is left."""
        super().leave_box()
        self.list.view.setFocus()


def _lines(ws: Any, clash: Clash) -> Sequence[Clashing]:
    return [
        Clashing(
            clash.what,
            clash.value,
            card,
            tuple(one for one in clash.certificates if one.id != card.id),
            certificate_own.open_ways(ws, card.id),
        )
        for card in clash.certificates
    ]


def _told(card: CertificateCard) -> str:
    number = card.text("certificate_number") or translate("chưa có số")
    serial = card.text("serial")
    return line(
        number,
        card.name,
        forms.code_label("degree", card.text("degree")) if card.text("degree") else "",
        translate("cấp {day}", day=day(card.text("issued_on"))) if card.text("issued_on") else "",
        card.text("issued_by"),
        translate("phôi {serial}", serial=serial) if serial else "",
        forms.code_label("certificate_state", card.state),
    )


def _what(one: Clashing) -> Cell:
    words = {
        "certificate_number": translate("một số hai giấy"),
        "serial": translate("một phôi hai giấy"),
        "holder": translate("một người hai giấy"),
        "sheet": translate("tờ phải thu: phôi {serial}", serial=one.value),
    }[one.what]
    return Cell(chips=(Chip(words, "bad", "!"),))


def _text(one: Clashing, name: str) -> Cell:
    return plain(one.card.text(name))


def _state(one: Clashing) -> Cell:
    return plain(forms.code_label("certificate_state", one.card.state))
