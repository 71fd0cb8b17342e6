"""The list of people: search, filters, the states of each, and what to do with many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import person
from app.values.person import PageKey, PeopleFilter
from app.values.saved_filter import SavedFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens import people_bulk, people_columns, people_export
from ui.screens.approving_many import Approved, ManyApprovals
from ui.screens.people_saved import SavedFilters
from ui.stage import Message, Screen, Stage
from ui.widgets.file_password import AskFilePassword
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Rows, Source

TOUCHING = frozenset({"person", "amendment", "change", "approval"})


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
            "people",
            people_columns.columns(ws.today()),
            stage.tasks,
            stage.memory,
            self._bulk(ws),
        )
        self.list.set_name(translate("Danh sách người"))
        self.list.offer_orders(people_columns.orders(), ws.user.login)
        self.list.ordered.connect(lambda _name: self._read())
        self.list.opened.connect(lambda card: stage.go("person", card.id))
        self.list.counted.connect(lambda _total: self._show_facts())
        self.saved = SavedFilters(stage, self.which)
        self.saved.chosen.connect(self._apply)
        self.saved.take_keys(self)
        self.filters.add(self.saved.menu)
        self.work = LongWork()
        self.many = ManyApprovals(self, self.work)
        self.many.approved.connect(self._approved)
        self.many.undone.connect(self._undone)
        self.lock = AskFilePassword(stage)
        above = (self.head, self.filters, self.saved, self.many.ask, self.lock, self.work)
        page = column(*above, self.list, gap=12)
        page.setStretch(len(above), 1)
        self.setLayout(page)
        self._first = True
        self._open_id = ""

    def opened(self, key: str = "", **facts: Any) -> None:
        self.saved.reload()
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

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+N", translate("Thêm người")),
            ("Ctrl+1 … Ctrl+9", translate("Bộ lọc đã lưu thứ nhất, thứ hai…")),
        )

    def which(self) -> PeopleFilter:
        """The people that search and filters ask for now."""
        which = wanted(self._query, self.filters.values())
        order, descending = self.list.order
        return replace(which, order=order, descending=descending)

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
            actions.append(
                BulkAction(
                    translate("Gửi duyệt"),
                    lambda ids: self._begin(people_bulk.submitting(ws), ids),
                    "send",
                )
            )
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
        if ws.can("enter"):
            actions.append(
                BulkAction(
                    translate("Thêm vào danh sách…"),
                    lambda ids: self.stage.go("supports", "rounds", persons=ids),
                    "gift",
                )
            )
            words = translate("Chuyển đi…")
            actions.append(
                BulkAction(words, lambda ids: self.stage.go("transfer", ids=ids), "forward")
            )
        if ws.can("approve"):
            actions.append(
                BulkAction(
                    translate("Duyệt"),
                    self._approve,
                    "approve",
                    "primary",
                )
            )
        return tuple(actions)

    def _compare(self, ids: tuple[str, ...]) -> None:
        """Two persons side by side, to merge them or to note that they are two."""
        if len(ids) == 2:
            self.stage.go("duplicates", " ".join(ids))
        else:
            self.stage.tell(Message(translate("Chọn đúng hai người để so."), "wait"))

    def export(self, which: PeopleFilter, file: Path | None = None) -> None:
        """Write those who fit into a spreadsheet; asks for the file when none is named."""
        chosen = file or people_export.ask_file(self, self.stage.ws)

        def write(ws: Workspace) -> None:
            if chosen is not None:
                people_export.begin(self.work, self.stage.tasks.desk, ws, which, chosen)

        if file is not None:
            write(self.stage.ws)
        elif chosen is not None:
            self.lock.ask(write, self.list.view)

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

    def _apply(self, one: SavedFilter) -> None:
        """Ask for what was saved: words, filters and order."""
        self.list.put_in_order(one.which.order, one.which.descending)
        values = {each.name: getattr(one.which, each.name) for each in filters(self.stage.ws)}
        set_ones = {name: value for name, value in values.items() if value}
        self.stage.go("people", query=one.which.query, **set_ones)
        self.list.view.setFocus()

    def _read(self) -> None:
        self.saved.mark()
        self.list.set_source(source(self.stage.ws, self.which()), self._nothing())
        self._count()

    def _count(self) -> None:
        ws = self.stage.ws
        self.stage.tasks.totals.run(
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

    def _begin(self, bulk: people_bulk.Bulk, ids: tuple[str, ...]) -> None:
        people_bulk.begin(self.stage, self.work, bulk, ids)
        self.list.model.untick()

    def _approve(self, ids: tuple[str, ...]) -> None:
        self.many.approve(ids)
        self.list.model.untick()

    def _approved(self, last: Approved) -> None:
        outcome = last.outcome
        count = show.number(outcome.done)
        lines = [translate("Đã duyệt {count} hồ sơ.", count=count)]
        lines += people_bulk.skipped_lines(outcome)
        self.many.tell("\n".join(lines), "wait" if outcome.skipped else "ok")

    def _undone(self, outcome: people_bulk.Outcome) -> None:
        count = show.number(outcome.done)
        lines = [
            translate("Đã hủy duyệt {count} hồ sơ; các hồ sơ ấy chờ duyệt lại.", count=count),
            *people_bulk.skipped_lines(outcome),
        ]
        tone = "wait" if outcome.skipped else "ok"
        self.stage.tell(Message("\n".join(lines), tone, stays=bool(outcome.skipped)))


def source(ws: Workspace, which: PeopleFilter) -> Source:
    """Where the list reads the people that fit a filter."""

    def fetch(after: PageKey | None, limit: int) -> Rows:
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
