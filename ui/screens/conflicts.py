"""Conflicts to decide: who and which field at the left, the values at the right, a key a choice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app.actions import conflict, user
from app.section_titles import section_title
from app.values.conflict import ConflictCard, Decided
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.conflict_card import KEYS, ConflictSheet
from ui.screens.deciding import Deciding
from ui.stage import Message, Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source


class ConflictsScreen(Screen):
    """1 keeps what stands, 2 takes the other value, 3 the former one, 4 another, N goes on."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Xung đột"),
            translate("Hai người cùng sửa một mục mà không thấy của nhau: chọn giá trị đúng."),
        )
        self.all = button(translate("Tất cả xung đột"), lambda: self.opened(), "", "list")
        self.head.add(self.all)
        self.all.hide()
        self.list = RecordList("conflicts", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Các mục xung đột"))
        self.sheet = ConflictSheet(stage.ws)
        self._only = ""
        self._names: Mapping[str, str] = {}
        self.deciding = Deciding(self, self.list, self._look, self.sheet.show_nothing)
        beside = row(self.list, self.sheet, gap=16)
        beside.setStretch(0, 2)
        beside.setStretch(1, 3)
        page = column(self.head, beside, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        """All open conflicts, or those of one person."""
        self._only = key
        self.all.setVisible(bool(key))
        hint = translate("Xung đột mới hiện ở đây và ở trang Đồng bộ sau mỗi lượt.")
        nothing = Nothing(translate("Không còn xung đột nào."), hint)
        self.list.set_source(source(self.stage.ws, key), nothing)
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if "conflict" in entities and not self.deciding.busy:
            self.list.reload()
            self.deciding.look_soon()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("1", translate("Giữ giá trị đang có")),
            ("2", translate("Lấy giá trị kia")),
            ("3", translate("Trở lại giá trị trước đó")),
            ("4", translate("Gõ một giá trị khác")),
            ("N", translate("Sang mục sau")),
        )

    def take(self, side: str) -> None:
        """Decide the conflict that is looked at."""
        one = self.sheet.conflict
        if one is None or (side != "value" and side not in self.sheet.buttons):
            return
        ws, typed = self.stage.ws, self.sheet.typed() if side == "value" else None
        if side == "value" and typed in (None, "", ()):
            self.sheet.to_other()
            return
        self.deciding.decide(lambda: conflict.resolve(ws, one.id, side, typed), self._decided)

    def _connect(self) -> None:
        self.sheet.chosen.connect(self.take)
        self.sheet.next_asked.connect(self.deciding.step)
        self.sheet.open_asked.connect(lambda key: self.stage.go("person", key))
        self.list.opened.connect(lambda one: self.stage.go("person", one.person_id))
        self.list.counted.connect(self._counted)
        self.list.view.selectionModel().currentRowChanged.connect(self.deciding.row_changed)
        self.list.model.loaded.connect(self._loaded)
        keys = {str(number): lambda side=side: self.take(side) for side, number in KEYS.items()}
        for key, act in (keys | {"4": self.sheet.to_other, "N": self.deciding.step}).items():
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _counted(self, total: int) -> None:
        self.head.set_facts(translate("{count} mục chờ quyết định", count=show.number(total)))

    def _loaded(self) -> None:
        if not self.list.model.rowCount():
            self.sheet.show_nothing()

    def _look(self) -> None:
        place = self.deciding.current()
        if place is None:
            return
        ws, one = self.stage.ws, self.list.model.row(place)
        self.stage.tasks.desk.run(
            lambda: (one, user.names(ws)), self._show, owner=self, key="conflict-look"
        )

    def _show(self, read: tuple[ConflictCard, Mapping[str, str]]) -> None:
        one, self._names = read
        if one != self.sheet.conflict:
            self.sheet.show_conflict(one, self._names)

    def _decided(self, done: Decided) -> None:
        words = translate("{label}: đã quyết định “{words}”.", label=done.label, words=done.words)
        if done.pending:
            words += " " + translate(
                "Giá trị này chờ người khác duyệt; đến lúc ấy vẫn giữ giá trị cũ."
            )
        self.stage.tell(Message(words, "ok"))
        self.stage.refresh()


def source(ws: Workspace, only: str) -> Source:
    """Where the list reads: all open conflicts, or one person's."""

    def fetch(after: str | None, limit: int) -> Rows:
        cards = conflict.cards(ws, only, limit, after or "")
        return Rows(cards, cards[-1].id if len(cards) == limit else None)

    return Source(fetch, lambda: conflict.count(ws, only))


def columns() -> tuple[Column, ...]:
    """The narrow list beside the sheet."""
    return (
        Column("name", translate("Người"), _name_cell, 0, fixed=True),
        Column("field", translate("Mục"), lambda one: Cell(one.label, tip=one.label), 0),
        Column("by", translate("Ai"), _by_cell, 11),
    )


def _name_cell(one: ConflictCard) -> Cell:
    name = one.name or section_title(one.record)
    return Cell(name, bold=True, tip=name)


def _by_cell(one: ConflictCard) -> Cell:
    both = " · ".join(dict.fromkeys(at.by for at in one.set_by.values() if at.by))
    return Cell(both, muted=True, tip=both)
