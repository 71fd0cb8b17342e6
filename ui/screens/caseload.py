"""Who does how much: cases that go on by status, what is late, the latest contact; the way to
giving cases to somebody else."""

from __future__ import annotations

from typing import Any

from app import forms
from app.actions import caseload
from app.values.caseload import Caseload
from app.wording import translate
from ui import show
from ui.screens.case_chips import case_chip
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TOUCHING = frozenset({"care_case", "case_note", "user", "task", "person"})


class CaseloadScreen(Screen):
    """Enter opens the cases of a worker, where they are given to others."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Khối lượng ca"),
            translate("Mỗi người đang phụ trách bao nhiêu ca. Enter: xem, giao cho người khác."),
        )
        self.list = RecordList("caseload", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Khối lượng ca theo người phụ trách"))
        self.list.opened.connect(lambda load: stage.go("handing", load.login or "-"))
        page = column(self.head, self.list, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read what everybody has."""
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A case moved, or somebody came or left."""
        if entities & TOUCHING:
            self.list.reload()

    def _read(self) -> None:
        ws = self.stage.ws
        nothing = Nothing(translate("Chưa có ca nào đang quản lý."))
        self.list.set_source(Source(lambda _after, _limit: Rows(caseload.loads(ws))), nothing)


def columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column("name", translate("Phụ trách"), _name, 0, False, True, 1.0, 18),
        Column("cases", translate("Ca đang mở"), lambda one: _count(one.cases), 11),
        Column("late", translate("Việc quá hạn"), _late, 13),
        Column("contact", translate("Liên hệ gần nhất"), _contact, 16),
        Column("status", translate("Trạng thái"), _status, 0, False, False, 1.6, 20, 1),
    )


def _name(one: Caseload) -> Cell:
    if not one.login:
        return Cell(translate("chưa giao ai"), muted=True)
    chips = () if one.active else (show.Chip(translate("không còn làm ở đây"), "wait", "!"),)
    return Cell(one.name, chips, bold=True)


def _count(count: int) -> Cell:
    return plain(show.number(count) if count else "")


def _late(one: Caseload) -> Cell:
    if not one.late:
        return plain("")
    return Cell("", (show.Chip(show.number(one.late), "bad", "!"),), tip=show.number(one.late))


def _contact(one: Caseload) -> Cell:
    return plain(forms.date_shown(one.contact_on) if one.contact_on else "")


def _status(one: Caseload) -> Cell:
    chips = []
    for code in (choice.code for choice in forms.choices("case_status")):
        if one.status.get(code):
            chip = case_chip(code)
            count = show.number(one.status[code])
            chips.append(show.Chip(f"{chip.text} {count}", chip.tone, chip.sign))
    return Cell("", tuple(chips))
