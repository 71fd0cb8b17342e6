"""Whose a form is: the case or person it was opened for, somebody searched for, or nobody yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.actions import care_case, finding, person
from app.values.finding import Found
from app.values.person import PeopleFilter, PersonCard
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Lane
from ui.widgets.parts import Card, button, clear, column, holder, label
from ui.widgets.search_field import SearchField

ENDED = ("closed", "refused", "cancelled")


@dataclass(frozen=True, slots=True)
class Whose:
    """A person, and her case where there is one; or some cases; all empty for nobody yet."""

    person_id: str = ""
    name: str = ""
    case_id: str = ""
    case_ids: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is somebody's."""
        return bool(self.person_id or self.case_ids)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that forms are made of."""
        return self.case_ids or ((self.case_id,) if self.case_id else ())


class WhoseCard(Card):
    """`chosen(whose)` when somebody is picked, or nobody again."""

    chosen = Signal(object)

    def __init__(self, ws: Workspace, lane: Lane) -> None:
        super().__init__(translate("Của ai"))
        self._ws, self._lane = ws, lane
        self.whose = Whose()
        self.words = label("", "strong", wrap=True)
        self.search = SearchField(translate("tên, số định danh, thôn, điện thoại…"))
        self.search.searched.connect(self._search)
        self._found = column(gap=4)
        self.nobody = button(translate("Chưa của ai (tờ trống)"), self.set_nobody, "quiet")
        self.add(self.words)
        self.add(self.search)
        self.add(holder(self._found))
        self.add(self.nobody)
        self._show()

    def set_nobody(self) -> None:
        """The form is nobody's yet."""
        self._take(Whose())

    def set_case(self, case_id: str) -> None:
        """The form is of this case."""
        ws = self._ws

        def read() -> Whose:
            card = care_case.page(ws, case_id).card
            return Whose(card.person_id, card.person_name, case_id)

        self._lane.run(read, self._take, owner=self, key="papers-whose")

    def set_cases(self, ids: tuple[str, ...]) -> None:
        """One form each of these cases."""
        self._take(Whose(case_ids=ids))

    def set_person(self, person_id: str, name: str = "") -> None:
        """The form is of this person, and of her latest case that has not ended."""
        ws = self._ws

        def read() -> Whose:
            cases = care_case.of_person(ws, person_id)
            live = next((one for one in cases if one.status not in ENDED), None)
            known = name or _name(ws, person_id)
            return Whose(person_id, known, live.id if live is not None else "")

        self._lane.run(read, self._take, owner=self, key="papers-whose")

    def _take(self, whose: Whose) -> None:
        self.whose = whose
        clear(self._found)
        self._show()
        self.chosen.emit(whose)

    def _show(self) -> None:
        if self.whose.case_ids:
            count = show.number(len(self.whose.case_ids))
            words = translate("{count} ca đã chọn, mỗi ca một tờ", count=count)
        elif not self.whose.person_id:
            words = translate("Chưa của ai: chỉ in được tờ trống.")
        elif self.whose.case_id:
            words = translate("Ca của {name}", name=self.whose.name)
        else:
            words = translate("{name} (chưa có ca)", name=self.whose.name)
        self.words.setText(words)
        self.nobody.setVisible(self.whose.known)

    def _search(self, typed: str) -> None:
        ws, words = self._ws, typed.strip()
        if not words:
            clear(self._found)
            return
        self._lane.run(
            lambda: finding.find_people(ws, words), self._offer, owner=self, key="papers-search"
        )

    def _offer(self, found: Found) -> None:
        clear(self._found)
        for one in found.people:
            born = show.birth_and_age(one.birth, self._ws.today())
            told = " · ".join(w for w in (born, show.place(one.commune, one.hamlet)) if w)
            self._found.addWidget(self._line(one, told))
            self._found.addWidget(label(told, "caption", wrap=True))
        if not found.people:
            self._found.addWidget(label(translate("Không có ai."), "muted"))

    def _line(self, one: PersonCard, told: str) -> QPushButton:
        made = button(one.name, lambda: self.set_person(one.id, one.name), "", "person")
        made.setAccessibleName(f"{one.name} · {told}")
        return made


def _name(ws: Workspace, person_id: str) -> str:
    cards = person.listing(ws, PeopleFilter(ids=(person_id,)), limit=1).cards
    return cards[0].name if cards else ""
