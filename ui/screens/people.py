"""The list of people: search, filters, the states of each, and what to do with many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import approval, person
from app.errors import Problem
from app.values.person import ApprovalResult, PeopleFilter, PersonCard
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens import people_export
from ui.stage import Message, Screen, Stage
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TOUCHING = frozenset({"person", "amendment", "change", "approval"})
SKIPPED_SHOWN_MAX = 3
NEWEST = "newest"


class PeopleScreen(Screen):
    """Enter opens a person, Space ticks, Ctrl+N begins a new one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        ws = stage.ws
        self._query = ""
        self._counts: dict[str, int] = {}
        self.head = PageHead(translate("Người"))
        self._add_actions(ws)
        self.filters = FilterBar(filters(ws))
        self.filters.changed.connect(self._filtered)
        self.list = RecordList(
            "people", columns(ws.today()), stage.tasks.desk, stage.memory, self._bulk(ws)
        )
        self.list.set_name(translate("Danh sách người"))
        self.list.offer_orders(
            (
                ("name", translate("Xếp theo tên")),
                (NEWEST, translate("Mới nhập xếp trước")),
            )
        )
        self.list.ordered.connect(lambda _name: self._read())
        self.list.opened.connect(lambda card: stage.go("person", card.id))
        self.list.counted.connect(lambda _total: self._show_facts())
        self.work = LongWork()
        page = column(self.head, self.filters, self.work, self.list, gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)
        self._first = True
        self._open_id = ""

    def opened(self, key: str = "", **facts: Any) -> None:
        asked = {name: value for name, value in facts.items() if name != "query"}
        if "query" in facts or asked:
            self._query = str(facts.get("query", ""))
            self.filters.set_values(asked)
            self._read()
        elif self._first:
            kept = self.stage.memory.get(f"people/{self.stage.ws.user.login}", {})
            self.filters.set_values(kept if isinstance(kept, dict) else {})
            self._read()
        else:
            self.list.reload()
            self._count()
        self._first = False
        if not facts.get("query"):
            self.list.view.setFocus()

    def search_for(self, text: str) -> bool:
        self._query = text
        self._read()
        return True

    def to_found(self) -> None:
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if entities & TOUCHING:
            self.list.reload()
            self._count()

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+N", translate("Thêm người")),)

    def which(self) -> PeopleFilter:
        """The people that search and filters ask for now."""
        which = wanted(self._query, self.filters.values())
        return replace(which, newest=self.list.order == NEWEST)

    def _add_actions(self, ws: Workspace) -> None:
        self.columns = self.head.add(
            button(
                translate("Cột, thứ tự"),
                self._column_menu,
                "",
                "columns",
                translate("Chọn cột và thứ tự"),
            )
        )
        if ws.can("print"):
            self.head.add(button(translate("In hồ sơ…"), self._print_all, "", "print"))
        if ws.can("export"):
            self.head.add(
                button(translate("Xuất…"), lambda: self.export(self.which()), "", "export")
            )
        if ws.can("enter"):
            self.head.add(
                button(translate("Thêm người"), self._new, "primary", "add-person", "Ctrl+N")
            )
            key = QShortcut(QKeySequence("Ctrl+N"), self)
            key.activated.connect(self._new)

    def _bulk(self, ws: Workspace) -> tuple[BulkAction, ...]:
        actions = []
        if ws.can("enter"):
            actions.append(BulkAction(translate("So hai hồ sơ"), self._compare, "columns"))
        if ws.can("submit"):
            actions.append(BulkAction(translate("Gửi duyệt"), self._submit, "send"))
        if ws.can("print"):
            actions.append(
                BulkAction(
                    translate("In hồ sơ"),
                    lambda ids: self.stage.go("printing", ids=ids),
                    "print",
                )
            )
        if ws.can("export"):
            actions.append(
                BulkAction(
                    translate("Xuất…"), lambda ids: self.export(PeopleFilter(ids=ids)), "export"
                )
            )
        if ws.can("approve"):
            actions.append(BulkAction(translate("Duyệt"), self._approve, "approve", "primary"))
        return tuple(actions)

    def _compare(self, ids: tuple[str, ...]) -> None:
        """Two persons side by side, to merge them or to note that they are two."""
        if len(ids) == 2:
            self.stage.go("duplicates", " ".join(ids))
        else:
            self.stage.tell(Message(translate("Chọn đúng hai người để so."), "wait"))

    def export(self, which: PeopleFilter, file: Path | None = None) -> None:
        """Write those who fit into a spreadsheet; asks for the file when none is named."""
        ws = self.stage.ws
        chosen = file or people_export.ask_file(self, ws)
        if chosen is not None:
            people_export.begin(self.work, self.stage.tasks.desk, ws, which, chosen)

    def _new(self) -> None:
        self.stage.go("person", "new")

    def _print_all(self) -> None:
        self.stage.go("printing", which=self.which())

    def _column_menu(self) -> None:
        corner = self.columns.mapToGlobal(QPoint(0, self.columns.height() + 4))
        self.list.column_menu(corner)

    def _filtered(self, values: dict[str, object]) -> None:
        self.stage.memory.put(f"people/{self.stage.ws.user.login}", values)
        self._read()

    def _read(self) -> None:
        self.list.set_source(source(self.stage.ws, self.which()), self._nothing())
        self._count()

    def _count(self) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: person.counts(ws), self._counted, owner=self, key="people-counts"
        )

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._show_facts()

    def _show_facts(self) -> None:
        everyone = sum(self._counts.values())
        words = [translate("{count} người", count=show.number(everyone))]
        shown = self.list.total
        if (self._query or self.filters.values()) and shown is not None:
            words = [
                translate(
                    "{shown} trong {count} người",
                    shown=show.number(shown),
                    count=show.number(everyone),
                )
            ]
        if self._counts.get("waiting"):
            words.append(translate("{count} chờ duyệt", count=show.number(self._counts["waiting"])))
        if self._counts.get("returned"):
            words.append(
                translate("{count} bị trả lại", count=show.number(self._counts["returned"]))
            )
        self.head.set_facts(" · ".join(words))

    def _nothing(self) -> Nothing:
        if self._query:
            return Nothing(
                translate("Không có ai khớp “{query}”.", query=self._query),
                translate("Thử gõ ít chữ hơn, không dấu, hoặc bỏ bớt bộ lọc."),
            )
        if self.filters.values():
            return Nothing(
                translate("Không có ai khớp bộ lọc."),
                "",
                translate("Bỏ lọc"),
                lambda: self.filters.set_values({}, True),
            )
        if self.stage.ws.can("import"):
            return Nothing(
                translate("Sổ chưa có ai."),
                translate("Nhập danh sách Excel đang có, hoặc thêm từng người."),
                translate("Nhập danh sách"),
                lambda: self.stage.go("import"),
            )
        return Nothing(translate("Sổ chưa có ai."))

    def _submit(self, ids: tuple[str, ...]) -> None:
        ws = self.stage.ws

        def done(problems: tuple[Problem, ...]) -> None:
            sent = len(ids) - len(problems)
            words = translate("Đã gửi {count} hồ sơ lên bàn duyệt.", count=show.number(sent))
            self._tell(words, problems)

        self.stage.tasks.desk.run(lambda: person.submit(ws, ids), done, owner=self)

    def _approve(self, ids: tuple[str, ...]) -> None:
        ws = self.stage.ws

        def done(result: ApprovalResult) -> None:
            count = show.number(len(result.approved))
            self._tell(translate("Đã duyệt {count} hồ sơ.", count=count), result.skipped)

        self.stage.tasks.desk.run(lambda: approval.approve(ws, ids, bulk=True), done, owner=self)

    def _tell(self, words: str, skipped: tuple[Problem, ...]) -> None:
        self.list.model.untick()
        if not skipped:
            self.stage.tell(Message(words, "ok"))
            return
        more = len(skipped) - SKIPPED_SHOWN_MAX
        lines = [words, *(problem.message for problem in skipped[:SKIPPED_SHOWN_MAX])]
        if more > 0:
            lines.append(translate("… và {count} người nữa.", count=show.number(more)))
        self.stage.tell(Message("\n".join(lines), "wait", stays=True))


def source(ws: Workspace, which: PeopleFilter) -> Source:
    """Where the list reads the people that fit a filter."""

    def fetch(after: tuple[str, str] | None, limit: int) -> Rows:
        page = person.listing(ws, which, after, limit)
        return Rows(page.cards, page.next)

    return Source(fetch, lambda: person.total(ws, which), lambda: person.ids(ws, which))


def wanted(query: str, values: Mapping[str, object]) -> PeopleFilter:
    """Search words and set filters as the question that app.actions.person understands."""

    def chosen(name: str) -> tuple[str, ...]:
        value = values.get(name, ())
        return value if isinstance(value, tuple) else ()

    return PeopleFilter(
        query=query,
        units=chosen("units"),
        types=chosen("types"),
        degrees=chosen("degrees"),
        status=chosen("status"),
        life_state=chosen("life_state"),
        mine_victim=True if values.get("mine_victim") else None,
        missing=bool(values.get("missing")),
        removed=bool(values.get("removed")),
    )


def filters(ws: Workspace) -> tuple[Filter, ...]:
    """The filters above the list, in the user's language."""
    area = forms.districts(ws.office.units) + forms.communes(ws.office.units)
    places = tuple(forms.Choice(one.key, one.name, forms.keys_of(one.name)) for one in area)
    places += forms.former_places(ws.office.units)
    return (
        Filter("units", translate("Xã"), places),
        Filter("types", translate("Dạng"), forms.choices("disability_type")),
        Filter("degrees", translate("Mức độ"), forms.choices("degree")),
        Filter("status", translate("Trạng thái"), forms.choices("person_status")),
        Filter("life_state", translate("Tình trạng"), forms.choices("life_state")),
        Filter("mine_victim", translate("Nạn nhân bom mìn")),
        Filter("missing", translate("Thiếu thông tin")),
        Filter("removed", translate("Đã gỡ")),
    )


def columns(today: date) -> tuple[Column, ...]:
    """The columns of the list; the last three are shown on demand."""

    def birth(card: PersonCard) -> Cell:
        return plain(show.birth_and_age(card.birth, today))

    return (
        Column("name", translate("Họ và tên"), _name_cell, fixed=True, share=1.25),
        Column("birth", translate("Ngày sinh"), birth, 14, rank=1),
        Column("place", translate("Xã · Thôn"), _place_cell),
        Column(
            "types", translate("Dạng khuyết tật"), lambda c: plain(show.types(c.types)), 16, rank=2
        ),
        Column("degree", translate("Mức độ"), _degree_cell, 20, rank=1),
        Column("status", translate("Trạng thái"), _status_cell, 12),
        Column(
            "sync", translate("Đồng bộ"), lambda c: Cell(chips=(show.sync(c.sync),)), 11, rank=3
        ),
        Column("sex", translate("Giới tính"), lambda c: plain(_sex(c)), 8, True, rank=4),
        Column("id_number", translate("Số định danh"), _number_cell, 14, True, rank=4),
        Column("current", translate("Nay thuộc xã"), _current_cell, 14, True, rank=4),
    )


def _name_cell(card: PersonCard) -> Cell:
    life = show.life(card.life_state)
    return Cell(card.name, (life,) if life else (), bold=True)


def _place_cell(card: PersonCard) -> Cell:
    full = forms.unit_name(card.commune) if card.commune else ""
    tip = ", ".join(part for part in (card.hamlet, full) if part)
    return Cell(show.place(card.commune, card.hamlet), tip=tip)


def _degree_cell(card: PersonCard) -> Cell:
    degree = show.degree(card.degree)
    chips = [degree] if degree else []
    if card.mine_victim:
        chips.append(show.mine_victim())
    return Cell(chips=tuple(chips))


def _status_cell(card: PersonCard) -> Cell:
    if card.pending:
        return Cell(chips=(show.Chip(translate("Sửa chờ duyệt"), "wait", "…"),))
    if card.possible_duplicate:
        return Cell(chips=(show.Chip(translate("Có thể trùng"), "wait", "!"),))
    return Cell(chips=(show.status(card.status),))


def _number_cell(card: PersonCard) -> Cell:
    return plain(show.masked(card.id_number))


def _current_cell(card: PersonCard) -> Cell:
    return plain(forms.unit_short(card.current_commune) if card.current_commune else "")


def _sex(card: PersonCard) -> str:
    return forms.code_label("sex", card.sex) if card.sex else ""
