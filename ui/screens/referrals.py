"""Referrals of everybody, the longest overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import forms
from app.actions import referral
from app.values.referral import ReferralCard, ReferralsFilter
from app.wording import translate
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.widgets.filters import Filter
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

TONES = {"written": "mute", "sent": "wait", "accepted": "info", "served": "ok", "refused": "bad"}


class ReferralsRegister(Register):
    """Enter opens the person at the tab of help."""

    name = "referrals"
    touching = frozenset({"referral", "person"})
    searches = False

    def titled(self) -> str:
        return translate("Chuyển gửi")

    def filter_list(self) -> Sequence[Filter]:
        return (
            Filter("overdue", translate("Quá hạn trả lời")),
            Filter("statuses", translate("Tình trạng"), forms.choices("referral_status")),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), lambda r: Cell(r.person_name, bold=True), 0,
                   fixed=True),
            Column("to", translate("Gửi tới"), lambda r: plain(_told(r, "referred_to")), 0),
            Column("service", translate("Dịch vụ"), lambda r: plain(_told(r, "service_asked")), 0),
            Column("status", translate("Tình trạng"), _status, 20),
            Column("sent", translate("Ngày gửi"), lambda r: _day(r, "sent_on"), 12),
            Column("due", translate("Hẹn trả lời"), _due, 14),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không có chuyển gửi nào như vậy."),
            translate("Viết chuyển gửi ở trang của từng người, thẻ Hỗ trợ."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        which = ReferralsFilter(asked.chosen("statuses"), asked.on("overdue"))
        page = referral.listing(self.stage.ws, which, asked.limit, asked.start)
        return page.cards, page.total

    def chosen(self, line: ReferralCard) -> None:
        self.stage.go("person", line.person_id, tab="supports")


def _told(card: ReferralCard, name: str) -> str:
    return str(card.fields[name] or "")


def _status(card: ReferralCard) -> Cell:
    words = forms.code_label("referral_status", card.status)
    return Cell(chips=(Chip(words, TONES.get(card.status, "mute")),))


def _day(card: ReferralCard, name: str) -> Cell:
    day = _told(card, name)
    return plain(forms.date_shown(day) if day else "")


def _due(card: ReferralCard) -> Cell:
    day = _told(card, "answer_due_on")
    if day and card.overdue:
        return Cell(chips=(Chip(forms.date_shown(day), "bad", "!"),))
    return _day(card, "answer_due_on")
