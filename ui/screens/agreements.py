"""Agreements with firms about benefits in kind, such as free bus rides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import entitlement
from app.forms import FormField
from app.values.entitlement import AgreementCard, AgreementDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = (
    "firm", "benefit", "percent_off", "routes", "for_degrees", "agreement_number", "valid_from",
    "valid_until", "firm_contact", "firm_phone", "agreement_note",
)  # fmt: skip


class AgreementsRegister(Register):
    """Enter opens an agreement with who is entitled."""

    name = "agreement"
    touching = frozenset({"agreement", "entitlement"})
    searches = False

    def titled(self) -> str:
        return translate("Ưu đãi đi lại")

    def adds(self) -> str:
        return translate("Ghi thỏa thuận")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("agreement", name) for name in FIELDS)

    def columns(self) -> Sequence[Column]:
        return (
            Column("firm", translate("Đơn vị vận tải"), lambda r: Cell(_told(r, "firm"), bold=True),
                   0, fixed=True),
            Column("benefit", translate("Ưu đãi"), _benefit, 0),
            Column("routes", translate("Tuyến"), lambda r: plain(_told(r, "routes")), 0),
            Column("until", translate("Hiệu lực đến"), _until, 16),
            Column("persons", translate("Số người"), lambda r: plain(show.number(r.persons)), 10),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có thỏa thuận nào."),
            translate("Ghi thỏa thuận với đơn vị xe buýt, rồi thêm người được hưởng."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        cards = entitlement.agreements(self.stage.ws)
        return cards, len(cards)

    def chosen(self, line: AgreementCard) -> None:
        self.go_to("agreement", line.id)

    def write(self, values: Mapping[str, object]) -> object:
        return entitlement.save_agreement(self.stage.ws, AgreementDraft(values))

    def written(self, answer: object) -> None:
        self.go_to("agreement", str(answer))


def _told(card: AgreementCard, name: str) -> str:
    return str(card.fields[name] or "")


def _benefit(card: AgreementCard) -> Cell:
    return plain(forms.code_label("benefit", _told(card, "benefit")))


def _until(card: AgreementCard) -> Cell:
    day = _told(card, "valid_until")
    if not day:
        return plain(translate("không thời hạn"))
    if card.valid:
        return plain(forms.date_shown(day))
    return Cell(chips=(Chip(forms.date_shown(day), "bad", "!"),))
