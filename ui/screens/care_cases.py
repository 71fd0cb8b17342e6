"""The list of cases: who is followed, by whom, since when, and the last contact."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from app import forms
from app.actions import care_case
from app.actions.form_names import VISIT
from app.values.care_case import CaseCard, CasesFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.case_chips import case_chip
from ui.show import Chip
from ui.stage import Screen, Stage
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column, row
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.search_field import SearchField
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TOUCHING = frozenset({"care_case", "case_note"})
EVERY_ID_MAX = 10_000
SEARCH_WIDTH_PX = 360


class CareCasesScreen(Screen):
    """Enter opens a case; a case is opened from the person's page."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._query = ""
        self.head = PageHead(
            translate("Quản lý ca"), translate("Mở ca mới từ trang của từng người, thẻ Quản lý ca.")
        )
        self.filters = FilterBar(
            [Filter("status", translate("Trạng thái"), forms.choices("case_status"))]
        )
        self.filters.remember(stage.memory, f"cases/{stage.ws.user.login}")
        self.filters.changed.connect(lambda _values: self._read())
        self.list = RecordList("cases", columns(), stage.tasks, stage.memory, _bulk(stage))
        self.list.set_name(translate("Danh sách ca"))
        self.list.opened.connect(lambda card: stage.go("care_case", card.id))
        self.list.counted.connect(
            lambda total: self.head.set_facts(translate("{count} ca", count=show.number(total)))
        )
        self.search = SearchField(translate("tên người, số hồ sơ ca, cán bộ phụ trách…"))
        self.search.searched.connect(self._search)
        self.search.setMaximumWidth(SEARCH_WIDTH_PX)
        above = row(self.search, self.filters, 1, gap=8)
        above.setStretch(0, 1)
        above.setStretch(1, 1)
        page = column(self.head, above, self.list, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the cases, those of some statuses when `status` is given."""
        if "status" in facts:
            self.filters.set_values({"status": tuple(facts["status"])})
        self._read()
        self.list.view.setFocus()

    def _search(self, text: str) -> None:
        self._query = text
        self._read()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when a case moved."""
        if entities & TOUCHING:
            self.list.reload()

    def _read(self) -> None:
        nothing = Nothing(
            translate("Không có ca nào như vậy."), translate("Mở trang của một người để mở ca.")
        )
        which = wanted(self._query, self.filters.values())
        self.list.set_source(source(self.stage.ws, which), nothing)


def _bulk(stage: Stage) -> tuple[BulkAction, ...]:
    """What is done with the ticked cases: files for a supervisor, sheets for visits."""
    made = []
    if stage.ws.can("print"):
        review = translate("In trình xem xét")
        made.append(BulkAction(review, lambda ids: stage.go("printing", cases=ids), "approve"))
    if stage.ws.can("sheets") and stage.ws.own is None:
        visit = translate("Phiếu đi thăm, mẫu")
        go = partial(stage.go, "papers", form=VISIT)
        made.append(BulkAction(visit, lambda ids: go(cases=ids), "print"))
    return tuple(made)


def wanted(query: str, values: Mapping[str, object]) -> CasesFilter:
    """Search words and set filters as a question to the actions."""
    status = values.get("status", ())
    return CasesFilter(query=query, status=status if isinstance(status, tuple) else ())


def source(ws: Workspace, which: CasesFilter) -> Source:
    """Where the list reads the cases that fit a filter."""

    def fetch(after: tuple[str, str] | None, limit: int) -> Rows:
        page = care_case.cases(ws, which, after, limit)
        return Rows(page.cards, page.next)

    def every_id() -> tuple[str, ...]:
        return tuple(card.id for card in care_case.cases(ws, which, None, EVERY_ID_MAX).cards)

    return Source(fetch, lambda: care_case.cases(ws, which, None, 1).total, every_id)


def _status(card: CaseCard) -> Cell:
    urgent = (Chip(translate("KHẨN CẤP"), "bad"),) if card.emergency else ()
    return Cell(chips=(*urgent, case_chip(card.status)))


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("name", translate("Họ và tên"), _name, 0, False, True),
        Column("number", translate("Số hồ sơ"), lambda c: plain(c.case_number), 14),
        Column("place", translate("Xã"), _place, 16),
        Column("status", translate("Trạng thái"), _status, 20),
        Column("opened", translate("Ngày mở"), lambda c: plain(forms.date_shown(c.opened_on)), 12),
        Column("worker", translate("Phụ trách"), lambda c: plain(c.worker), 14),
        Column("contact", translate("Liên hệ gần nhất"), _contact, 16),
    )


def _name(card: CaseCard) -> Cell:
    return Cell(card.person_name, bold=True)


def _place(card: CaseCard) -> Cell:
    return plain(forms.unit_short(card.commune) if card.commune else "")


def _contact(card: CaseCard) -> Cell:
    return plain(forms.date_shown(card.contact_on) if card.contact_on else translate("chưa có"))
