"""All gift rounds; people chosen elsewhere are put into one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import gift_round
from app.forms import FormField
from app.values.support import RoundCard, RoundDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = (
    "round_name", "support_kind", "support_what", "round_on", "round_place", "donor",
    "support_quantity", "support_unit", "support_value", "round_note",
)  # fmt: skip


class RoundsRegister(Register):
    """Enter opens a round."""

    name = "gift_round"
    touching = frozenset({"gift_round", "support"})
    searches = False

    def titled(self) -> str:
        return translate("Đợt quà")

    def adds(self) -> str:
        return translate("Lập đợt mới")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("gift_round", name) for name in FIELDS)

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Tên đợt"), lambda r: Cell(_told(r, "round_name"), bold=True),
                   0, fixed=True),
            Column("on", translate("Ngày trao"), _day, 12),
            Column("what", translate("Mỗi người nhận"), _what, 0),
            Column("donor", translate("Nguồn"), lambda r: plain(_told(r, "donor")), 0),
            Column("persons", translate("Số người"), lambda r: plain(show.number(r.persons)), 10),
            Column("received", translate("Đã nhận"), lambda r: _count(r, "received"), 10),
            Column("status", translate("Tình trạng"), _status, 12),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có đợt quà nào."),
            translate("Lập đợt, rồi chọn người ở danh sách Người và bấm “Thêm vào danh sách…”."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        cards = gift_round.listing(self.stage.ws)
        return cards, len(cards)

    def chosen(self, line: RoundCard) -> None:
        self.go_to("gift_round", line.id)

    def write(self, values: Mapping[str, object]) -> object:
        return gift_round.save(self.stage.ws, RoundDraft(values))

    def written(self, answer: object) -> None:
        self.go_to("gift_round", str(answer))


def _told(card: RoundCard, name: str) -> str:
    return str(card.fields[name] or "")


def _what(card: RoundCard) -> Cell:
    return plain(_told(card, "support_what"))


def _day(card: RoundCard) -> Cell:
    day = _told(card, "round_on")
    return plain(forms.date_shown(day) if day else "")


def _count(card: RoundCard, status: str) -> Cell:
    return plain(show.number(card.counts.get(status, 0)))


def _status(card: RoundCard) -> Cell:
    status = _told(card, "round_status") or "open"
    tone = "ok" if status == "closed" else "info"
    return Cell(chips=(Chip(forms.code_label("round_status", status), tone),))
