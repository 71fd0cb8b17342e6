"""Mine action: the accidents, the reports of dangerous things, and the report that goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import accident_list, hazard
from app.values.hazard import HazardCard
from app.values.victim import AccidentLine, AccidentsFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.mine_export import MineExport
from ui.screens.mine_import import MineImport
from ui.show import Chip
from ui.stage import Screen, Stage
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.flow import Flow
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, holder, keep_if
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain
from ui.widgets.tabs import Tabs

TONES = {"reported": "bad", "passed_on": "wait", "cleared": "ok", "not_found": "mute"}


class MineActionScreen(Screen):
    """Enter opens a line; N records an accident, B a report of something dangerous."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        may = stage.ws.can("enter")
        self.head = PageHead(
            translate("Bom mìn"),
            translate("Vụ tai nạn với mọi nạn nhân, tin báo vật nghi là bom mìn, báo cáo."),
        )
        self.report = button(translate("Báo vật nghi là bom mìn"), self._new_hazard, "", "warning")
        self.record = button(translate("Ghi vụ tai nạn"), self._new_accident, "primary", "plus")
        self.out = button(translate("Xuất báo cáo…"), self._export, "", "export")
        self.sheet = button(translate("Nhập từ bảng tính…"), self._import, "", "import")
        for made in (self.report, self.record):
            keep_if(self.head.add(made), may)
        keep_if(self.sheet, stage.ws.can("import"))
        keep_if(self.out, stage.ws.can("export"))
        self.export, self.taking = MineExport(stage), MineImport(stage)
        self.tabs = Tabs()
        self.accidents = self._accidents()
        self.hazards = self._hazards()
        self.tabs.add("accidents", translate("Các vụ tai nạn"), self._with_filter)
        self.tabs.add("hazards", translate("Tin báo"), lambda: self.hazards)
        self.tabs.opened.connect(lambda _name: self._read())
        page = column(self.head, self.export, self.taking, self.tabs, gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)
        for keys, act in (("N", self._new_accident), ("B", self._new_hazard)):
            key = QShortcut(QKeySequence(keys), self.tabs)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if may:
                key.activated.connect(act)

    def opened(self, key: str = "", **facts: Any) -> None:
        """`key` names a tab."""
        self.export.hide()
        self.taking.hide()
        self.tabs.open(key or self.tabs.current or "accidents")
        self._list().view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if entities & {"accident", "victim"}:
            self.accidents.reload()
        if "hazard" in entities:
            self.hazards.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("N", translate("Ghi vụ tai nạn")),
            ("B", translate("Báo vật nghi là bom mìn")),
            ("Enter", translate("Mở dòng đang chọn")),
        )

    def _list(self) -> RecordList:
        return self.hazards if self.tabs.current == "hazards" else self.accidents

    def _accidents(self) -> RecordList:
        stage = self.stage
        self.filters = FilterBar([
            Filter("commune", translate("Xã nơi xảy ra"), _communes(stage.ws)),
            Filter("device", translate("Loại vật nổ"), forms.choices("device")),
        ])  # fmt: skip
        self.filters.changed.connect(lambda _values: self._read())
        made = RecordList("accidents", accident_columns(), stage.tasks, stage.memory)
        made.set_name(translate("Các vụ tai nạn"))
        made.opened.connect(lambda line: stage.go("accident", line.id))
        made.counted.connect(lambda total: self.tabs.set_count("accidents", total))
        return made

    def _hazards(self) -> RecordList:
        stage = self.stage
        made = RecordList("hazards", hazard_columns(), stage.tasks, stage.memory)
        made.set_name(translate("Tin báo vật nghi là bom mìn"))
        made.opened.connect(lambda card: stage.go("hazard", card.id))
        made.counted.connect(lambda total: self.tabs.set_count("hazards", total))
        return made

    def _with_filter(self) -> QWidget:
        above = Flow()
        for one in (self.filters, self.sheet, self.out):
            above.addWidget(one)
        inside = column(above, self.accidents, gap=8)
        inside.setStretch(1, 1)
        return holder(inside)

    def _read(self) -> None:
        ws = self.stage.ws
        if self.tabs.current == "hazards":
            words = translate("Gặp vật nghi là bom mìn: không chạm vào, báo ngay.")
            nothing = Nothing(translate("Chưa có tin báo nào."), words)
            self.hazards.set_source(hazard_source(ws), nothing)
            return
        nothing = Nothing(
            translate("Không có vụ tai nạn nào như vậy."),
            translate("Bấm “Ghi vụ tai nạn”, hoặc ghi từ trang của từng người, thẻ Bom mìn."),
        )
        self.accidents.set_source(accident_source(ws, wanted(self.filters.values())), nothing)

    def _new_accident(self) -> None:
        self.stage.go("accident", "new")

    def _new_hazard(self) -> None:
        self.stage.go("hazard", "new")

    def _export(self) -> None:
        self.taking.hide()
        self.export.begin()

    def _import(self) -> None:
        self.export.hide()
        self.taking.begin()


def wanted(values: Mapping[str, object]) -> AccidentsFilter:
    """Set filters as a question to the actions."""
    communes, devices = values.get("commune", ()), values.get("device", ())
    return AccidentsFilter(
        communes=communes if isinstance(communes, tuple) else (),
        device=devices if isinstance(devices, tuple) else (),
    )


def accident_source(ws: Workspace, which: AccidentsFilter) -> Source:
    """Where the list reads the accidents that fit."""

    def fetch(after: tuple[str, str] | None, limit: int) -> Rows:
        page = accident_list.listing(ws, which, after, limit)
        return Rows(page.lines, page.next)

    return Source(fetch, lambda: accident_list.listing(ws, which, None, 1).total)


def hazard_source(ws: Workspace) -> Source:
    """Where the list reads the reports."""

    def fetch(after: tuple[str, str] | None, limit: int) -> Rows:
        page = hazard.listing(ws, (), after, limit)
        return Rows(page.cards, page.next)

    return Source(fetch, lambda: hazard.listing(ws, (), None, 1).total)


def accident_columns() -> tuple[Column, ...]:
    """The columns of the accidents."""
    return (
        Column("day", translate("Ngày xảy ra"), _day, 14, False, True),
        Column("commune", translate("Xã"), _commune, 18),
        Column("place", translate("Nơi xảy ra"), lambda one: plain(one.place), 0),
        Column("device", translate("Loại vật nổ"), _device, 20),
        Column("hurt", translate("Chết, bị thương"), _hurt, 16),
        Column("victims", translate("Nạn nhân đã ghi"), _victims, 22),
    )


def hazard_columns() -> tuple[Column, ...]:
    """The columns of the reports."""
    return (
        Column("day", translate("Ngày báo"),
               lambda one: plain(forms.date_shown(str(one.fields["reported_on"] or ""))), 12,
               False, True),
        Column("state", translate("Tình trạng tin báo"), lambda one: Cell(chips=(chip(one),)), 24),
        Column("commune", translate("Xã"), lambda one: plain(_unit(one.fields["hazard_commune"])),
               18),
        Column("place", translate("Ở chỗ nào"),
               lambda one: plain(str(one.fields["hazard_place"] or one.fields["hazard_hamlet"]
                                     or "")), 0),
        Column("number", translate("Tin số"), lambda one: plain(hazard.number(one.id)), 14),
    )  # fmt: skip


def chip(one: HazardCard) -> Chip:
    """The state of a report as a chip."""
    return Chip(forms.code_label("hazard_state", one.state), TONES[one.state])


def _communes(ws: Workspace) -> tuple[forms.Choice, ...]:
    return tuple(forms.choice(one.key, one.name) for one in forms.communes(ws.office.units))


def _day(one: AccidentLine) -> Cell:
    day = forms.date_shown(one.accident_on or "")
    return Cell(day or translate("không rõ ngày"), bold=True)


def _commune(one: AccidentLine) -> Cell:
    return plain(_unit(one.commune))


def _unit(key: object) -> str:
    return forms.unit_short(str(key)) if key else ""


def _device(one: AccidentLine) -> Cell:
    return plain(forms.code_label("device", one.device) if one.device else "")


def _hurt(one: AccidentLine) -> Cell:
    told = ("?" if number is None else show.number(number) for number in (one.killed, one.injured))
    return plain(" · ".join(told))


def _victims(one: AccidentLine) -> Cell:
    return plain(
        translate(
            "{count}, {registered} đã đăng ký",
            count=show.number(one.victims),
            registered=show.number(one.registered),
        )
    )
