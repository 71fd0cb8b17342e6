"""One class or workshop with its delegates: seat somebody, correct, take off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms, office_units
from app.actions import training
from app.forms import FormField
from app.values.training import ClassCard, DelegateCard, DelegateDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.stage import Screen, Stage
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = ("full_name", "sex", "level", "unit", "organisation")


class DelegatesRegister(Register):
    """Enter corrects a seat; `about` is the class or workshop as it was read last."""

    name = "delegate"
    touching = frozenset({"training_class", "workshop", "delegate"})
    searches = False
    key = ""
    about: ClassCard | None = None

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        self.inside.insertWidget(1, self.ask)
        if self.box is not None:
            self.gone = button(translate("Gỡ…"), self._remove, "danger")
            self.box.add(self.gone)

    def titled(self) -> str:
        return translate("Đại biểu")

    def adds(self) -> str:
        return translate("Thêm đại biểu")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("delegate", name) for name in FIELDS)

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), _name, 0, fixed=True),
            Column("sex", translate("Giới tính"), lambda r: _code(r, "sex", "sex"), 10),
            Column("level", translate("Cấp"), lambda r: _code(r, "level", "delegate_level"), 14),
            Column("unit", translate("Đơn vị"), _unit, 0),
            Column("organisation", translate("Cơ quan, chức danh"), _organisation, 0, rank=1),
            Column("times", translate("Số lần dự"), lambda r: plain(str(r.events)), 11, rank=1),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa ghi đại biểu nào."),
            translate("Bấm “Thêm đại biểu”; Ctrl+S lưu từng người."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        self.about, lines = training.event(self.stage.ws, self.key)
        return lines, len(lines)

    def begin(self, line: Any = None) -> None:
        super().begin(line)
        if self.box is not None:
            self.gone.setVisible(line is not None)

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else None
        return training.save_delegate(self.stage.ws, DelegateDraft(self.key, values, editing))

    def _remove(self) -> None:
        hint = translate("Chỉ gỡ người ghi nhầm hay không đến; lịch sử vẫn còn.")
        self.ask.ask(translate("Gỡ dòng này vì lý do gì?"), hint, translate("Gỡ"))

    def _removed(self, reason: str) -> None:
        ws, line = self.stage.ws, self.editing
        self.leave_box()
        self.do(lambda: training.remove_delegate(ws, line.id, reason), translate("Đã gỡ."))


class TrainingEventScreen(Screen):
    """`opened(id)` shows the class or workshop."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead("")
        self.delegates = DelegatesRegister(stage)
        self.delegates.list.counted.connect(lambda _total: self._show())
        page = column(self.head, self.delegates, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self.delegates.submit)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show a class or workshop; the one that was open last stays."""
        self.delegates.key = key or self.delegates.key
        if self.delegates.key:
            self.delegates.read()
        self.delegates.list.view.setFocus()

    def may_leave(self) -> bool:
        """What is being written is kept as a draft."""
        self.delegates.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when the class or somebody in it was touched."""
        box = self.delegates.box
        if entities & self.delegates.touching and (box is None or box.isHidden()):
            self.delegates.read()

    def _show(self) -> None:
        about = self.delegates.about
        if about is None:
            return
        self.head.set_title(about.name)
        day = str(about.fields["starts_on"] or "")
        told = (
            forms.date_shown(day) if day else "",
            translate("{days} ngày", days=about.fields["days"] or "-"),
            str(about.fields["place"] or ""),
            str(about.fields["topic"] or ""),
            translate(
                "{seats} lượt, {persons} người",
                seats=show.number(about.seats.seats),
                persons=show.number(about.seats.persons),
            ),
        )
        self.head.set_facts(" · ".join(part for part in told if part))


def _name(one: DelegateCard) -> Cell:
    return Cell(str(one.fields["full_name"] or ""), bold=True)


def _code(one: DelegateCard, field: str, codes: str) -> Cell:
    code = str(one.fields[field] or "")
    return plain(forms.code_label(codes, code) if code else "")


def _unit(one: DelegateCard) -> Cell:
    key = str(one.fields["unit"] or "")
    return plain(office_units.near(key) if key else "")


def _organisation(one: DelegateCard) -> Cell:
    return plain(str(one.fields["organisation"] or ""))
