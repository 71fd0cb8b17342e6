"""Which papers of a session, or of single records, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton

from app import forms
from app.actions import council_paper_names as papers
from app.values.council import SessionCard
from app.values.council_request import CouncilRequest
from app.wording import translate
from ui import show
from ui.widgets.parts import Card, label

PLANNED = "planned"
NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class WhichPapers(Card):
    """`changed()` when another session, other papers or another order is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Giấy nào"))
        self.records: tuple[CouncilRequest, ...] = ()
        self.single = False
        """Whether papers of single records are offered, and no session's."""

        self.sessions = QComboBox()
        self.sessions.setAccessibleName(translate("Phiên họp"))
        self.sessions.setSizeAdjustPolicy(NARROW)
        self._session_words = label(translate("Phiên họp"), "caption")
        titles = papers.names()
        ordered = dict.fromkeys((*papers.OF_SESSION, *papers.OF))
        self.papers = {name: QCheckBox(titles[name]) for name in ordered}
        self.by_person = QRadioButton(translate("Xếp theo từng người"))
        self.by_paper = QRadioButton(translate("Xếp theo từng loại giấy"))
        self._orders = QButtonGroup(self)
        self._order_words = label(translate("Thứ tự in"), "section")
        self.hint = label(translate("Đánh dấu giấy cần in ở dưới, rồi bấm Tạo PDF."), "caption")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.add(self._session_words)
        self.add(self.sessions)
        self.add(self.hint)
        for one in self.papers.values():
            one.setAccessibleName(one.text())
            one.toggled.connect(lambda _on: self.changed.emit())
            self.add(one)
        self.add(self._order_words)
        for way in (self.by_person, self.by_paper):
            way.setAccessibleName(way.text())
            self._orders.addButton(way)
            self.add(way)
        self.by_person.setChecked(True)
        self.by_paper.toggled.connect(lambda _on: self.changed.emit())
        self.sessions.activated.connect(lambda _place: self._session_chosen())

    @property
    def session(self) -> str:
        """The session that is chosen; empty for none."""
        return str(self.sessions.currentData() or "") if not self.single else ""

    @property
    def order(self) -> str:
        """In which order the papers of a session lie."""
        return papers.BY_PAPER if self.by_paper.isChecked() else papers.BY_PERSON

    @property
    def chosen(self) -> tuple[str, ...]:
        """The papers that are ticked, in the order of a session."""
        return tuple(
            name for name, one in self.papers.items() if not one.isHidden() and one.isChecked()
        )

    @property
    def requests(self) -> tuple[CouncilRequest, ...]:
        """The ticked papers of single records."""
        wanted = self.chosen
        return tuple(one for one in self.records if one.paper in wanted)

    def show_sessions(self, some: Sequence[SessionCard], session_id: str) -> None:
        """Offer the sessions; the one that was asked for, else the latest, is chosen."""
        self.records, self.single = (), False
        self.sessions.clear()
        self._states = {one.id: one.state for one in some}
        for one in some:
            words = translate(
                "{day}: {count} người, {place}", day=forms.date_shown(one.on), place=one.place,
                count=show.number(one.persons),
            )  # fmt: skip
            self.sessions.addItem(words, one.id)
        self.sessions.setCurrentIndex(max(self.sessions.findData(session_id), 0))
        self._offer(papers.OF_SESSION, whole=True)
        self._session_chosen()

    def show_records(self, some: Sequence[CouncilRequest]) -> None:
        """Offer the papers of single records; a single one is ticked, of several the officer says
        which."""
        self.records, self.single = tuple(some), True
        names = {one.paper for one in some}
        self._offer(tuple(names), whole=False)
        for name, one in self.papers.items():
            one.setChecked(name in names and len(names) == 1)

    def _offer(self, names: Sequence[str], whole: bool) -> None:
        for name, one in self.papers.items():
            one.setVisible(name in names)
        parts = (self.sessions, self._session_words, self._order_words)
        for part in (*parts, self.by_person, self.by_paper):
            part.setVisible(whole)

    def _session_chosen(self) -> None:
        """Before a session what goes out and is taken along, after it what it decided."""
        state = self._states.get(self.session, PLANNED)
        usual = papers.BEFORE if state == PLANNED else papers.AFTER
        for name in papers.OF_SESSION:
            self.papers[name].setChecked(name in usual)
        self.changed.emit()
