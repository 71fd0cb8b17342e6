"""How columns were taken by hand, kept for lists of a commune and shape; to be forgotten."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions import import_layout
from app.values.imports import LayoutCard
from app.wording import translate
from ui import show
from ui.screens.import_parts import kept
from ui.stage import Message, Stage
from ui.widgets.parts import button, column, label, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, plain


class MemoryPart(QWidget):
    """`load()` lists what is remembered; `forgotten` when one of it was given up."""

    forgotten = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._stage = stage
        self.list = RecordList("import-memory", _columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Cách hiểu cột đã nhớ"))
        self.list.nothing = Nothing(translate("Chưa nhớ cách hiểu cột nào."))
        self.forget = button(translate("Quên cách hiểu này"), self._forget, "", "trash")
        self.forget.setEnabled(stage.ws.can("import"))
        hint = translate(
            "Cột bạn chọn tay được nhớ cho danh sách sau của đúng xã đó và đúng các tiêu đề đó. "
            "Muốn đổi thì chọn lại ở thẻ Cột rồi nhập."
        )
        below = row(label(hint, "muted", wrap=True), self.forget, gap=8)
        below.setStretch(0, 1)
        page = column(self.list, below, gap=8)
        page.setStretch(0, 1)
        self.setLayout(page)

    def load(self) -> None:
        """Read again what is remembered."""
        ws = self._stage.ws
        self._stage.tasks.desk.run(
            lambda: import_layout.remembered(ws),
            lambda cards: self.list.set_source(kept(cards, lambda one: one.key)),
            owner=self,
        )

    def _forget(self) -> None:
        place = self.list.view.currentIndex().row()
        if not 0 <= place < self.list.model.rowCount():
            return
        ws, card = self._stage.ws, self.list.model.row(place)

        def done(_none: object) -> None:
            self._stage.tell(Message(translate("Đã quên; danh sách được hiểu theo tiêu đề."), "ok"))
            self.forgotten.emit()

        self._stage.tasks.desk.run(lambda: import_layout.forget(ws, card.key), done, owner=self)


def _columns() -> tuple[Column, ...]:
    return (
        Column("commune", translate("Xã"), _commune, 18),
        Column("columns", translate("Cột hiểu là"), _taken, 0, fixed=True),
        Column("by", translate("Người chọn"), lambda one: plain(one.by), 12),
        Column("at", translate("Lúc"), lambda one: plain(show.instant(one.at)), 16),
    )


def _commune(one: LayoutCard) -> Cell:
    return Cell(one.commune or translate("không nêu một xã"), bold=bool(one.commune))


def _taken(one: LayoutCard) -> Cell:
    words = ", ".join(
        f"{each.letter} “{each.header}” → {each.label or translate('không dùng')}"
        for each in one.columns
    )
    return Cell(words, tip=words)
