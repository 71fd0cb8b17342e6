"""Needs of everybody: by group, status, commune, and those that are to be asked about again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import forms
from app.actions import need
from app.values.need import NeedLine, NeedsFilter
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.widgets.filters import Filter
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain


class NeedsRegister(Register):
    """Enter opens the person at the tab of needs."""

    name = "needs"
    touching = frozenset({"need", "need_step", "person"})

    def titled(self) -> str:
        return translate("Nhu cầu của mọi người")

    def search_words(self) -> str:
        return translate("tên người, số định danh, thôn…")

    def filter_list(self) -> Sequence[Filter]:
        area = forms.communes(self.stage.ws.office.units)
        places = tuple(forms.Choice(one.key, one.name, forms.keys_of(one.name)) for one in area)
        return (
            Filter("due", translate("Đến hạn hỏi lại")),
            Filter("groups", translate("Nhóm"), forms.choices("need_group")),
            Filter("items", translate("Nhu cầu"), forms.choices("need_item")),
            Filter("statuses", translate("Tình trạng"), forms.choices("need_status")),
            Filter("units", translate("Xã"), places),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), lambda r: Cell(r.person_name, bold=True), 0,
                   fixed=True),
            Column("need", translate("Nhu cầu"), _need, 0),
            Column("priority", translate("Ưu tiên"), _priority, 8),
            Column("status", translate("Tình trạng"), _status, 16),
            Column("declared", translate("Ngày khai"), lambda r: _day(r.need.declared_on), 12),
            Column("review", translate("Hỏi lại"), _review, 14),
            Column("commune", translate("Xã"), _commune, 14),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không có nhu cầu nào như vậy."),
            translate("Ghi nhu cầu ở trang của từng người, thẻ Nhu cầu."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        which = NeedsFilter(
            groups=asked.chosen("groups"),
            items=asked.chosen("items"),
            statuses=asked.chosen("statuses"),
            units=asked.chosen("units"),
            query=asked.query,
            due=asked.on("due"),
        )
        page = need.listing(self.stage.ws, which, asked.limit, asked.start)
        self._persons = page.persons
        return page.lines, page.total

    def chosen(self, line: NeedLine) -> None:
        self.stage.go("person", line.person_id, tab="needs")

    def _counted(self, total: int) -> None:
        persons = getattr(self, "_persons", 0)
        words = translate(
            "{total} lượt nhu cầu của {persons} người",
            total=show.number(total),
            persons=show.number(persons),
        )
        self.facts.setText(words)


def _need(line: NeedLine) -> Cell:
    group = forms.code_label("need_group", line.need.group)
    item = forms.code_label("need_item", line.need.item) if line.need.item else group
    return Cell(item, tip=f"{group}: {item}")


def _priority(line: NeedLine) -> Cell:
    return plain(str(line.need.priority or ""))


def _status(line: NeedLine) -> Cell:
    return plain(forms.code_label("need_status", line.need.status))


def _day(day: str | None) -> Cell:
    return plain(forms.date_shown(day) if day else "")


def _review(line: NeedLine) -> Cell:
    day = line.need.review_on
    if line.need.due and day:
        return Cell(chips=(show.Chip(forms.date_shown(day), "wait", "!"),))
    return _day(day)


def _commune(line: NeedLine) -> Cell:
    return plain(forms.unit_short(line.commune) if line.commune else "")
