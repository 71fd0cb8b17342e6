"""Periods of reporting: the usual ones of a year in one go, and those of the office's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import period
from app.forms import FormField
from app.values.period import PeriodCard, PeriodDraft
from app.wording import translate
from ui.screens.register_part import Asked, Register
from ui.stage import Stage
from ui.widgets.parts import button
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = ("code", "name", "starts_on", "ends_on", "cutoff_on", "due_on")


class PeriodsRegister(Register):
    """Enter corrects a period."""

    name = "period"
    touching = frozenset({"period"})
    right = "approve"
    searches = False

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        if stage.ws.can(self.right):
            year = stage.ws.today().year
            words = translate("Đặt các kỳ của năm {year}", year=year)
            self.usual = button(words, lambda: self._begin(year), "", "calendar")
            self.acts.insertWidget(0, self.usual)

    def titled(self) -> str:
        return translate("Kỳ báo cáo")

    def adds(self) -> str:
        return translate("Thêm kỳ")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("period", name) for name in FIELDS)

    def columns(self) -> Sequence[Column]:
        return (
            Column("code", translate("Mã kỳ"), lambda r: Cell(r.code, bold=True), 12, fixed=True),
            Column("name", translate("Tên kỳ"), lambda r: plain(r.name), 0),
            Column("starts", translate("Từ ngày"), lambda r: _day(r, "starts_on"), 12),
            Column("ends", translate("Đến ngày"), lambda r: _day(r, "ends_on"), 12),
            Column("cutoff", translate("Tính đến ngày"), lambda r: _day(r, "cutoff_on"), 14),
            Column("due", translate("Hạn nộp"), lambda r: _day(r, "due_on"), 12),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có kỳ báo cáo nào."),
            translate("Đặt một lần các kỳ thường lệ của năm, rồi sửa ngày nào khác lệ."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        cards = period.listing(self.stage.ws)
        return cards, len(cards)

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else None
        return period.save(self.stage.ws, PeriodDraft(values, editing))

    def _begin(self, year: int) -> None:
        ws = self.stage.ws
        self.do(lambda: period.begin_year(ws, year), translate("Đã đặt các kỳ của năm."))


def _day(card: PeriodCard, which: str) -> Cell:
    day = card.day(which)
    return plain(forms.date_shown(day) if day else "")
