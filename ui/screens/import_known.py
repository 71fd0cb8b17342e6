"""Somebody the list may mean who is known already: what differs, and which value stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from app.values.imports import PreviewRow, RowDecision
from app.wording import translate
from ui.widgets.parts import button, column, holder, label, row


class KnownPart(QFrame):
    """`decided(decision)` when the officer chose another value, or said who it is."""

    decided = Signal(object)

    def __init__(self, one: PreviewRow, decision: RowDecision) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._row, self._decision = one, decision
        self.boxes: dict[str, QCheckBox] = {}
        title = translate("Trong sổ đã có: {name}", name=one.twin)
        self.setAccessibleName(title)
        parts: list[QWidget] = [label(title, "section", wrap=True)]
        if one.fate == "maybe" or decision.fate:
            parts.append(self._who())
        if one.differences:
            parts.append(self._fields())
        self.setLayout(column(*parts, gap=8, margins=(14, 10, 14, 10)))

    def _who(self) -> QFrame:
        """Is it the same person? Each answer can be taken back."""
        self.same = button(translate("Là người này"), lambda: self._say("same"))
        self.other = button(translate("Là người khác"), lambda: self._say("new"))
        self.open = button(translate("Chưa rõ"), lambda: self._say(""))
        chosen = {"same": self.same, "new": self.other, "": self.open}[self._decision.fate]
        chosen.setProperty("role", "primary")
        made = QFrame()
        made.setProperty("role", "clear")
        made.setLayout(row(self.same, self.other, self.open, 1, gap=8))
        return made

    def _fields(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        heads = ("", translate("Trong sổ"), translate("Trong danh sách"), "")
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "caption"), 0, place)
        for line, one in enumerate(self._row.differences, 1):
            grid.addWidget(label(one.label, "caption", wrap=True), line, 0)
            grid.addWidget(label(one.there or "–", "" if one.take else "strong", True), line, 1)
            grid.addWidget(label(one.here, "strong" if one.take else "", True), line, 2)
            words = translate("lấy, chờ duyệt") if one.waits else translate("lấy")
            box = QCheckBox(words)
            box.setChecked(one.take)
            box.setAccessibleName(
                translate("Lấy theo danh sách: {label} {value}", label=one.label, value=one.here)
            )
            box.toggled.connect(lambda on, name=one.field: self._take(name, on))
            self.boxes[one.field] = box
            grid.addWidget(box, line, 3)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        return holder(grid)

    def _take(self, name: str, on: bool) -> None:
        take, keep = self._decision.take - {name}, self._decision.keep - {name}
        take, keep = (take | {name}, keep) if on else (take, keep | {name})
        self.decided.emit(RowDecision(self._decision.fate, take, keep))

    def _say(self, fate: str) -> None:
        self.decided.emit(RowDecision(fate, self._decision.take, self._decision.keep))
