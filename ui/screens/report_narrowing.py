"""Whom a report counts: units and conditions, each a button with ticks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import forms, office_units
from app.actions import report
from app.reports import narrowed
from app.reports.narrowed import Picker
from app.wording import translate
from ui.stage import Stage
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.parts import clear, column

UNITS = "units"


class Narrowing(QWidget):
    """`offer(name)` for another report; `changed` when something else was ticked."""

    changed = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage = stage
        self.bar: FilterBar | None = None
        self._of = ""
        self._page = column(gap=0)
        self.setLayout(self._page)

    def offer(self, name: str) -> None:
        """The choices of another report, none of them ticked."""
        if name == self._of:
            return
        self._of = name
        clear(self._page)
        ws = self.stage.ws
        units = Filter(UNITS, translate("Đơn vị"), office_units.choices(ws.office.units))
        self.bar = FilterBar((units, *map(_filter, report.pickers(ws, name))))
        self.bar.changed.connect(lambda _values: self.changed.emit())
        self._page.addWidget(self.bar)

    @property
    def units(self) -> tuple[str, ...]:
        """The unit keys that are ticked."""
        return self._chosen().get(UNITS, ())

    @property
    def where(self) -> str:
        """The condition that the ticks say."""
        return narrowed.where({k: v for k, v in self._chosen().items() if k != UNITS})

    def _chosen(self) -> dict[str, tuple[str, ...]]:
        values = self.bar.values() if self.bar is not None else {}
        return {name: one for name, one in values.items() if isinstance(one, tuple)}


def _filter(one: Picker) -> Filter:
    choices = tuple(forms.choice(code, words) for code, words in one.choices)
    return Filter(one.column, one.title, choices)
