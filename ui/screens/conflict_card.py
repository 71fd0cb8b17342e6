"""One conflict to decide: what stands, the other value and the former one, a key for each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app import forms
from app.section_titles import section_title
from app.values.conflict import ConflictCard
from app.wording import say, translate
from app.workspace import Workspace
from ui import show
from ui.widgets.badge import Badge
from ui.widgets.fields.editor import FieldEditor
from ui.widgets.fields.make import editor_for, sources_of
from ui.widgets.flow import flow
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

KEYS = {"theirs": 1, "mine": 2, "base": 3}


class ConflictSheet(QFrame):
    """`chosen(take)` is theirs, mine, base or value; `typed()` is what stands in the editor."""

    chosen = Signal(str)
    next_asked = Signal()
    open_asked = Signal(str)

    def __init__(self, ws: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Xung đột đang xem"))
        self.ws = ws
        self.conflict: ConflictCard | None = None
        self.editor: FieldEditor | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._inside = column(gap=10)
        self._scroll = Scroll(holder(self._inside))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(translate("Hai giá trị"))
        self._open = button(translate("Mở hồ sơ"), self._go, "", "person")
        onward = button(translate("Mục sau (N)"), self.next_asked.emit, "", "forward")
        self._acts = holder(flow(self._open, onward, gap=8))
        page = column(self._scroll, self._acts, gap=10, margins=(20, 16, 20, 14))
        page.setStretch(0, 1)
        self.setLayout(page)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No conflict is looked at."""
        self.conflict, self.editor, self.buttons = None, None, {}
        clear(self._inside)
        self._inside.addStretch(1)
        self._acts.hide()

    def show_conflict(self, one: ConflictCard, names: Mapping[str, str]) -> None:
        """Show a conflict; `names` are full names by login."""
        self.show_nothing()
        clear(self._inside)
        self.conflict = one
        self._inside.addWidget(label(one.name or section_title(one.record), "subtitle"))
        record = "" if one.record == "person" else section_title(one.record)
        what = Badge(show.Chip(" · ".join(p for p in (record, one.label) if p), "bad", "≠"))
        self._inside.addWidget(holder(row(what, 1)))
        for side in KEYS:
            self._inside.addWidget(self._side(one, side, names))
        if one.typed and self.ws.can("resolve"):
            self._inside.addWidget(self._other(one))
        for words in _remarks(one, self.ws.can("resolve")):
            self._inside.addWidget(label(words, "caption", wrap=True))
        self._inside.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self._open.setVisible(bool(one.person_id))
        self._acts.show()

    def typed(self) -> object:
        """The other value that was typed."""
        return self.editor.value() if self.editor is not None else None

    def to_other(self) -> None:
        """Put the cursor into the field for another value."""
        if self.editor is not None:
            self._scroll.ensureWidgetVisible(self.editor)
            self.editor.setFocus()

    def show_problem(self, words: str) -> None:
        """Say under the typed value why it cannot be taken."""
        if self.editor is not None:
            self.editor.show_problem(words)

    def _side(self, one: ConflictCard, side: str, names: Mapping[str, str]) -> QWidget:
        title = {
            "theirs": translate("Đang giữ"),
            "mine": translate("Giá trị kia"),
            "base": translate("Trước đó"),
        }[side]
        card = Card()
        who = _who(one, side, names)
        words = column(
            label(f"{title} · {who}" if who else title, "caption", wrap=True),
            label(one.words[side], "strong" if side != "base" else "", wrap=True),
            gap=2,
        )
        line = row(words, gap=12)
        line.setStretch(0, 1)
        doubled = side == "base" and one.words["base"] in (one.words["theirs"], one.words["mine"])
        if side in one.takes and not doubled and self.ws.can("resolve"):
            acts = {
                "theirs": translate("Giữ (1)"),
                "mine": translate("Lấy giá trị này (2)"),
                "base": translate("Trở lại (3)"),
            }
            made = button(acts[side], lambda: self.chosen.emit(side))
            made.setAccessibleName(f"{acts[side]}: {one.words[side]}")
            self.buttons[side] = made
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        card.add(line)
        return card

    def _other(self, one: ConflictCard) -> QWidget:
        self.editor = editor_for(forms.field(one.record, one.field), sources_of(self.ws))
        self.editor.caption.setText(translate("Giá trị khác (4)"))
        self.editor.moved_on.connect(lambda: self.chosen.emit("value"))
        keep = button(translate("Ghi giá trị này"), lambda: self.chosen.emit("value"))
        card = Card()
        line = row(self.editor, gap=12)
        line.setStretch(0, 1)
        line.addWidget(keep, 0, Qt.AlignmentFlag.AlignBottom)
        card.add(line)
        return card

    def _go(self) -> None:
        if self.conflict is not None and self.conflict.person_id:
            self.open_asked.emit(self.conflict.person_id)


def _who(one: ConflictCard, side: str, names: Mapping[str, str]) -> str:
    """Who set a value, when by the clock there, and on which PC."""
    if side not in one.set_by:
        return translate("hai người cùng thấy")
    at = one.set_by[side]
    name = names.get(at.by, at.by)
    when = show.instant(at.at) if at.at else ""
    if not at.on:
        return ", ".join(part for part in (name, when) if part)
    return translate("{name}, {at}, máy {pc}", name=name, at=when, pc=at.on)


def _remarks(one: ConflictCard, may: bool) -> tuple[str, ...]:
    """What to know before one chooses."""
    told = []
    if not may:
        told.append(say("conflict_needs_right"))
    elif one.why_not:
        told.append(say(one.why_not, {"label": one.label, "name": one.merged}))
    if one.alike:
        told.append(translate("Hai bên ghi như nhau: giữ giá trị đang có là xong."))
    if one.awaits and may:
        told.append(
            translate(
                "Người này đã duyệt và mục này được bảo vệ: chọn giá trị khác với giá trị đang giữ "
                "thì chờ người khác duyệt."
            )
        )
    told.append(
        translate("Cả hai giá trị còn trong lịch sử. Quyết định đi tới mọi máy ở lượt đồng bộ sau.")
    )
    return tuple(told)
