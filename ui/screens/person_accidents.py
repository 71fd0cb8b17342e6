"""Accidents already recorded near a place and year: several victims belong to one accident."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app import forms
from app.actions import accident
from app.values.accident import AccidentCard
from app.wording import translate
from ui.stage import Stage
from ui.widgets.parts import clear, column, label

YEAR_LETTERS = 4


class KnownAccidents(QWidget):
    """`look(commune, day, person)` offers what is known; `chosen` is its id, None for a new one.

    Tab reaches the offers after the control `after`.
    """

    def __init__(self, stage: Stage, after: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._stage, self._after = stage, after
        self._ids: dict[int, str] = {}
        self._asked = ("", "", "")
        self._offered: tuple[AccidentCard, ...] = ()
        self._group = QButtonGroup(self)
        self._rows = column(gap=4)
        self.setLayout(self._rows)
        self.hide()

    @property
    def chosen(self) -> str | None:
        """The accident that the person is tied to, or None for one not recorded yet."""
        return self._ids.get(self._group.checkedId()) if not self.isHidden() else None

    def forget(self) -> None:
        """Offer nothing."""
        self._asked = ("", "", "")
        self._show(())

    def look(self, commune: str, day: str, person_id: str) -> None:
        """Offer the accidents of a commune in a year, those of this person left out."""
        ws, year = self._stage.ws, day[:YEAR_LETTERS]
        asked = self._asked = (commune, year, person_id)
        if not commune or len(year) < YEAR_LETTERS:
            self._show(())
            return

        def read() -> tuple[AccidentCard, ...]:
            own = {page.accident_id for page in accident.of_person(ws, person_id)}
            return tuple(one for one in accident.look_up(ws, commune, year) if one.id not in own)

        def show_it(found: tuple[AccidentCard, ...]) -> None:
            if asked == self._asked:
                self._show(found)

        self._stage.tasks.desk.run(read, show_it, owner=self, key="accidents")

    def _show(self, found: tuple[AccidentCard, ...]) -> None:
        if found and found == self._offered:
            return
        self._offered = found
        for made in self._group.buttons():
            self._group.removeButton(made)
        clear(self._rows)
        self._ids = {}
        if found:
            self._rows.addWidget(label(translate("Có phải tai nạn đã ghi?"), "strong", wrap=True))
            self._offer(translate("Không, tai nạn khác"), 0)
            for number, one in enumerate(found, 1):
                self._ids[number] = one.id
                self._offer(_words(one), number)
            self._group.button(0).setChecked(True)
        self.setVisible(bool(found))

    def _offer(self, words: str, number: int) -> None:
        made = QRadioButton(words)
        made.setAccessibleName(words)
        self._group.addButton(made, number)
        self._rows.addWidget(made)
        QWidget.setTabOrder(self._group.button(number - 1) if number else self._after, made)


def _words(one: AccidentCard) -> str:
    """A known accident in one line: its day, place, device and number of victims."""
    facts = (
        forms.date_shown(one.accident_on or "") or translate("không rõ ngày"),
        forms.unit_short(one.commune) if one.commune else translate("không rõ nơi"),
        one.place,
        forms.code_label("device", one.device) if one.device else "",
        translate("{count} nạn nhân", count=one.victims),
    )
    return " · ".join(fact for fact in facts if fact)
