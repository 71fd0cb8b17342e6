"""Who is there: one tick for each member, and whom somebody stands for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit

from app import forms
from app.values.council import SessionPage
from app.wording import translate
from ui.screens.council_members import roles
from ui.widgets.parts import Card, button, holder, label, row


class SeatsBox(Card):
    """`begin(page)` shows the members of the day; `given` tells who is there, and for whom."""

    given = Signal(dict, str)
    shown = Signal(bool)
    """Whether it is asked now: it takes the page's room, for a council has up to ten members."""

    def __init__(self) -> None:
        super().__init__(translate("Thành viên có mặt"))
        self.told = label("", "muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self.ticks: dict[str, QCheckBox] = {}
        self.stands: dict[str, QLineEdit] = {}
        self.lacking = label("", "problem", wrap=True)
        self.without_roles = QLineEdit()
        self.without_roles.setAccessibleName(translate("Vì sao vẫn họp khi còn thiếu thành phần"))
        self.without_roles.setPlaceholderText(self.without_roles.accessibleName())
        self.everybody = button(translate("Tất cả có mặt"), self._all)
        self.back = button(translate("Thôi"), self.hide)
        self.act = button(translate("Bắt đầu họp"), self._give, "primary", tip="Ctrl+S")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.add(self.told)
        self.add(holder(self._grid))
        self.add(self.lacking)
        self.add(self.without_roles)
        self.add(self.problem)
        self.add(row(self.everybody, 1, self.back, self.act))
        self.hide()

    def begin(self, page: SessionPage) -> None:
        """Ask who is there; who was noted already is ticked."""
        for made in (*self.ticks.values(), *self.stands.values()):
            made.hide()
            made.deleteLater()
        self.ticks, self.stands = {}, {}
        for place, seat in enumerate(page.seats):
            member = seat.member
            tick = QCheckBox(f"{member.name} · {roles(member)}".replace("&", "&&"))
            tick.setAccessibleName(translate("Có mặt: {name}", name=member.name))
            tick.setChecked(bool(seat.present))
            line = QLineEdit(seat.stands_for)
            line.setPlaceholderText(translate("đi thay (nếu có)"))
            line.setAccessibleName(translate("{name} đi thay ai", name=member.name))
            self._grid.addWidget(tick, place, 0)
            self._grid.addWidget(line, place, 1)
            self.ticks[member.id], self.stands[member.id] = tick, line
        self._grid.setColumnStretch(0, 1)
        words = translate(
            "Cần ít nhất {quorum} trong {members} thành viên, có người chủ trì.",
            quorum=page.quorum,
            members=len([one for one in page.seats if one.member.sits]),
        )
        self.told.setText(words)
        self.problem.hide()
        held = page.card.state == "held"
        self._tell_lacking(() if held else page.lacking)
        self.act.setText(translate("Lưu người có mặt") if held else translate("Bắt đầu họp"))
        self.act.setAccessibleName(self.act.text())
        self.show()
        next(iter(self.ticks.values()), self.everybody).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.isHidden():  # not: the whole page went
            self.shown.emit(False)

    def submit(self) -> None:
        """Give who is ticked."""
        self._give()

    def refuse(self, words: str) -> None:
        """Say why the session does not begin so."""
        self.problem.setText(words)
        self.problem.show()

    def _tell_lacking(self, lacking: tuple[str, ...]) -> None:
        """Which roles nobody holds: a person decides whether the council sits, and says why."""
        named = ", ".join(forms.code_label("council_role", one) for one in lacking)
        self.lacking.setText(translate("Hội đồng ngày này chưa có: {roles}.", roles=named))
        self.without_roles.clear()
        for part in (self.lacking, self.without_roles):
            part.setVisible(bool(lacking))

    def _all(self) -> None:
        for tick in self.ticks.values():
            tick.setChecked(True)
        self.act.setFocus()

    def _give(self) -> None:
        self.given.emit(
            {one: self.stands[one].text() for one, tick in self.ticks.items() if tick.isChecked()},
            self.without_roles.text(),
        )
