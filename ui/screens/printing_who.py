"""Whose files are printed: those chosen in a list, a whole commune, or those a search finds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from app import forms
from app.actions import person
from app.values.person import PeopleFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Lane
from ui.widgets.fields.chosen import UnitField
from ui.widgets.parts import Card, label
from ui.widgets.search_field import SearchField

CHOSEN, COMMUNE, SEARCH = "chosen", "commune", "search"


class WhoCard(Card):
    """`changed()` when the people are known anew; they stand in `ids`."""

    changed = Signal()

    def __init__(self, ws: Workspace, lane: Lane) -> None:
        super().__init__(translate("In hồ sơ của ai"))
        self._ws, self._lane = ws, lane
        self.ids: tuple[str, ...] = ()
        self.cases = False
        """Whether the ids are those of cases, which another page chose."""
        self._which = PeopleFilter()
        self._group = QButtonGroup(self)
        self.ways = {
            CHOSEN: QRadioButton(translate("Những người đã chọn")),
            COMMUNE: QRadioButton(translate("Cả một xã")),
            SEARCH: QRadioButton(translate("Những người tìm thấy")),
        }
        self.unit = UnitField(
            forms.FormField("", "commune", translate("Xã, phường"), "unit"), self._communes
        )
        self.search = SearchField(translate("tên, số định danh, thôn, điện thoại…"))
        self.count = label("", "strong", wrap=True)
        for name, way in self.ways.items():
            way.setAccessibleName(way.text())
            way.toggled.connect(lambda on, name=name: self._turned(name, on))
            self._group.addButton(way)
            self.add(way)
            if name == COMMUNE:
                self.add(self.unit)
            if name == SEARCH:
                self.add(self.search)
        self.add(self.count)
        self.unit.line.picked.connect(self._read)
        self.search.searched.connect(lambda _words: self._read())
        self._show_parts("")

    @property
    def way(self) -> str:
        """Which of the three ways is chosen; empty for none yet."""
        return next((name for name, one in self.ways.items() if one.isChecked()), "")

    def show_chosen(self, which: PeopleFilter) -> None:
        """People whom another page chose."""
        self._which = which
        self._of_people()
        if self.ways[CHOSEN].isChecked():
            self._read()
        else:
            self.ways[CHOSEN].setChecked(True)

    def show_none(self) -> None:
        """Nobody was chosen elsewhere: begin with a commune."""
        self._of_people()
        self.ways[CHOSEN].setVisible(False)
        self.ways[COMMUNE].setChecked(True)

    def show_cases(self, ids: tuple[str, ...]) -> None:
        """Cases whose files a supervisor will look through."""
        self.cases, self.ids = True, ids
        self.heading.setText(translate("Những ca trình xem xét"))
        for part in (*self.ways.values(), self.unit, self.search):
            part.hide()
        self.count.setText(translate("{count} ca", count=show.number(len(ids))))
        self.count.show()
        self.changed.emit()

    def _of_people(self) -> None:
        self.cases = False
        self.heading.setText(translate("In hồ sơ của ai"))
        for way in self.ways.values():
            way.setVisible(True)
        self._show_parts(self.way)

    def which(self) -> PeopleFilter | None:
        """The question that finds the people; None when it is not asked yet."""
        if self.way == CHOSEN:
            return self._which
        if self.way == COMMUNE:
            key = str(self.unit.line.data or "")
            return PeopleFilter(units=(key,)) if key else None
        words = self.search.text().strip()
        return PeopleFilter(query=words) if words else None

    def _turned(self, name: str, on: bool) -> None:
        if on:
            self._show_parts(name)
            self._read()
            if name != CHOSEN and self.isVisible():
                (self.unit if name == COMMUNE else self.search).setFocus()

    def _show_parts(self, name: str) -> None:
        self.unit.setVisible(name == COMMUNE)
        self.search.setVisible(name == SEARCH)

    def _read(self) -> None:
        ws, which = self._ws, self.which()
        if which is None:
            self._found(())
            return
        self._lane.run(lambda: person.ids(ws, which), self._found, owner=self, key="printing-who")

    def _found(self, ids: tuple[str, ...]) -> None:
        self.ids = ids
        if ids:
            words = translate("{count} người", count=show.number(len(ids)))
        elif self.which() is None:
            words = ""
        else:
            words = translate("Không có ai.")
        self.count.setText(words)
        self.count.setVisible(bool(words))
        self.changed.emit()

    def _communes(self, typed: str) -> Sequence[forms.UnitChoice]:
        return forms.units_like(typed, self._ws.office.units)
