"""Somebody the list may mean who is known already: what differs, and which value stays."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QWidget

from app.values.duplicates import Alike
from app.values.imports import PreviewRow, RowDecision
from app.wording import translate
from ui import show
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
        if len(one.alike) > 1:
            title = translate("Trong sổ có {count} người giống", count=len(one.alike))
        self.setAccessibleName(title)
        parts: list[QWidget] = [label(title, "section", wrap=True)]
        if one.alike:
            parts.append(self._who())
        if one.differences:
            parts.append(self._fields())
        self.setLayout(column(*parts, gap=8, margins=(14, 10, 14, 10)))

    def _who(self) -> QFrame:
        """Which of those it resembles is it, or somebody else than all? Each can be taken back."""
        self.same: dict[str, QPushButton] = {}
        parts = column(gap=8)
        for one in self._row.alike:
            parts.addWidget(self._resembles(one))
        several = len(self._row.alike) > 1
        words = translate("Là người khác, không phải ai ở trên")
        self.other = button(
            words if several else translate("Là người khác"), lambda: self._say("new")
        )
        self.open = button(translate("Chưa rõ"), lambda: self._say(""))
        chosen = {"new": self.other, "": self.open}.get(self._decision.fate)
        if chosen is not None:
            chosen.setProperty("role", "primary")
        parts.addLayout(row(self.other, self.open, 1, gap=8))
        made = QFrame()
        made.setProperty("role", "clear")
        made.setLayout(parts)
        return made

    def _resembles(self, one: Alike) -> QWidget:
        """One of them, why it may be this person, and the button that says so."""
        card, why = one.card, ", ".join(each.words for each in one.reasons if each.weight > 0)
        facts = (show.birth_sentence(card.birth), show.place(card.commune, card.hamlet))
        who = " · ".join(part for part in (card.name, *facts) if part)
        says = button(translate("Là người này"), lambda: self._say("same", card.id))
        says.setAccessibleName(translate("Là người này: {who}", who=who))
        if self._decision.fate == "same" and self._row.twin_id == card.id:
            says.setProperty("role", "primary")
        self.same[card.id] = says
        words = column(label(who, "strong", wrap=True), label(why, "caption", wrap=True), gap=2)
        line = row(holder(words), says, gap=12)
        line.setStretch(0, 1)
        return holder(line)

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
        self.decided.emit(replace(self._decision, take=take, keep=keep))

    def _say(self, fate: str, who: str = "") -> None:
        apart = frozenset(one.card.id for one in self._row.alike) if fate == "new" else frozenset()
        self.decided.emit(replace(self._decision, fate=fate, who=who, apart=apart))
