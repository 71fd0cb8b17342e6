"""The one search of the window: asks the desk lane as one types, shows it, goes where one says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.actions import finding
from app.values.care_case import CaseCard
from app.values.finding import Found, PaperCard, Recent
from app.values.person import PersonCard
from app.wording import translate
from app.workspace import Workspace
from ui import found_words as words
from ui.offers import Offer, fitting, offers
from ui.screens.papers_kept import place_of
from ui.tasks import Lane
from ui.widgets.found_list import FoundList, Group, Line
from ui.widgets.top_bar import MenuLine, TopBar

OFFERS_MAX = 5
GAP_PX = 4

TABS = {"attachment": "files", "certificate": "certificates", "minutes": "applications"}
"""Which tab of a person's page has a paper of a kind."""


class Around(Protocol):
    """What the search needs of the frame it stands in."""

    ws: Workspace
    top: TopBar

    @property
    def body(self) -> QWidget:
        """Where the pages are."""

    @property
    def visited(self) -> str:
        """Which record is shown."""

    def go(self, name: str, key: str = "", **facts: Any) -> None:
        """Open a place."""

    def enter_page(self) -> None:
        """Put the cursor onto the page."""

    def search_page(self, words: str) -> bool:
        """Let the page search for words."""

    def to_found(self) -> None:
        """Put the cursor onto what the page found."""

    @property
    def place(self) -> str:
        """The name of the place that is shown."""

    def stand_on(self, words: str, press: bool) -> None:
        """Put the cursor onto a button of the page, and press it when it only asks."""


class Finding(QObject):
    """Belongs to a frame. Esc goes back to where one was; a later answer replaces a former one."""

    def __init__(
        self, window: QWidget, frame: Around, lane: Lane, menu: Sequence[MenuLine]
    ) -> None:
        super().__init__(window)
        self._window, self._frame, self._lane = window, frame, lane
        self.field = frame.top.search
        self.found = FoundList(window)
        self._menu = menu
        self._offered: tuple[Offer, ...] | None = None
        self._came_from: QWidget | None = None
        self._text_before = ""
        self._shown: str | None = None
        """The words whose first answer is shown; of `_answered` the whole answer is."""
        self._answered: str | None = None
        self._wants_first = False
        field = self.field
        field.asked.connect(self.begin)
        field.searched.connect(self._searched)
        field.stepped.connect(self._step)
        field.taken.connect(self._take)
        field.given_up.connect(self.give_up)
        self.found.chosen.connect(self._go)
        self.found.stepped.connect(field.setAccessibleDescription)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def begin(self) -> None:
        """The officer comes to the search: show what it finds, or the pages opened last."""
        if not self.found.isVisible():
            self._text_before = self.field.text()
        self._answered = self._shown = None
        self._ask(self.field.text().strip())

    def give_up(self) -> None:
        """Back to where one was: what was typed goes, the cursor returns."""
        open_before = self.found.isVisible()
        self._wants_first = False
        self.close()
        if not open_before and self.field.text():
            self.field.wipe()
            return
        self.field.set_text(self._text_before)
        back = self._came_from
        if back is not None and isValid(back) and back.isVisible() and back.isEnabled():
            back.setFocus()
        else:
            self._frame.enter_page()

    def close(self) -> None:
        """Take the list away."""
        self.found.hide()
        self._answered = self._shown = None

    def place(self) -> None:
        """Stand below the field, wherever the window's size put it."""
        corner = self.field.mapTo(self._window, QPoint(0, self.field.height() + GAP_PX))
        room = QSize(
            self._window.width() - corner.x() - 16, self._window.height() - corner.y() - 16
        )
        self.found.place(corner.x(), corner.y(), room)
        self.found.raise_()

    def _searched(self, typed: str) -> None:
        if not typed and not self.found.isVisible() and self._frame.search_page(""):
            return  # the list of people shows everybody again
        self._ask(typed)

    def _ask(self, typed: str) -> None:
        ws = self._frame.ws
        work = partial(finding.find_people, ws, typed) if typed else partial(finding.recent, ws)
        show = partial(self._people_found, typed) if typed else self._recent_found
        self._lane.run(work, show, owner=self, key="finding")

    def _stale(self, typed: str) -> bool:
        """Whether the officer has typed on, or gone elsewhere."""
        return typed != self.field.text().strip() or not self.field.hasFocus()

    def _recent_found(self, found: Sequence[Recent]) -> None:
        if not self._stale(""):
            self._answered = ""
            self._show("", self._recent(found))

    def _people_found(self, typed: str, found: Found) -> None:
        """People and work stand at once; cases and papers are asked for meanwhile."""
        if self._stale(typed):
            return
        groups = self._first_groups(typed, found)
        if groups:
            self._show(typed, groups)
            if self._shown != typed:
                return  # an Enter waited for this answer, and went there
        ws = self._frame.ws
        self._lane.run(
            lambda: finding.find_records(ws, typed),
            lambda others: self._records_found(typed, others, bool(groups)),
            owner=self,
            key="finding-records",
        )

    def _records_found(self, typed: str, found: Found, below: bool) -> None:
        """Cases and papers go below what stands, so that nothing moves under the cursor."""
        if self._stale(typed):
            return
        groups = self._other_groups(found)
        self._answered = typed
        if below:
            self.found.add_groups(groups)
            self.place()
        else:
            self._show(typed, [*groups, self._nobody(typed)])

    def _show(self, typed: str, groups: Sequence[Group]) -> None:
        self._shown = typed
        self.found.show_groups(groups)
        self.found.setVisible(any(lines for _heading, lines in groups))
        self.place()
        if self._wants_first:
            self._take()

    def _step(self, by: int) -> None:
        if self.found.isVisible():
            self.found.step(by)
        elif by > 0:
            self.begin()

    def _take(self) -> None:
        """Go to the current line; an Enter that is faster than the answer waits for it."""
        typed = self.field.text().strip()
        if self._shown != typed:
            self._wants_first = True
            self._ask(typed)
            return
        self._wants_first = False
        if self.found.current is not None:
            self._go(self.found.current)

    def _go(self, line: Line) -> None:
        self._wants_first = False
        self.close()
        self.field.set_text(self._text_before)
        line.act()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is self.field and old is not None and self._frame.body.isAncestorOf(old):
            self._came_from = old
        elif new is not None and new is not self.field:
            self.close()

    def _everybody(self, typed: str) -> Line:
        return Line(
            translate("Xem mọi người khớp “{query}”", query=typed),
            translate("trong danh sách người"),
            "search",
            partial(self._to_people, typed),
        )

    def _first_groups(self, typed: str, found: Found) -> list[Group]:
        """People and work; nothing when there is neither, for cases then come first."""
        some = [self._person(one) for one in found.people]
        work = [self._offer(one) for one in fitting(self._offers(), typed)[:OFFERS_MAX]]
        offered = (translate("Việc, trang"), work)
        if some:
            return [("", [self._everybody(typed)]), (translate("Người"), some), offered]
        return [offered, self._nobody(typed)] if work else []

    def _nobody(self, typed: str) -> Group:
        heading = translate("Không tìm thấy ai khớp “{query}”.", query=typed)
        return heading, [self._everybody(typed)]

    def _other_groups(self, found: Found) -> list[Group]:
        return [
            (translate("Ca"), [self._case(one) for one in found.cases]),
            (translate("Giấy tờ, danh sách"), [self._paper(one) for one in found.papers]),
        ]

    def _recent(self, found: Sequence[Recent]) -> list[Group]:
        here = self._frame.visited
        lines = [
            self._case(one.case) if one.case is not None else self._person(one.person)
            for one in found
            if here != (one.case.id if one.case is not None else one.person.id)
        ]
        return [(translate("Vừa xem"), lines)]

    def _person(self, one: PersonCard) -> Line:
        more = words.person(one, self._frame.ws.today())
        return Line(one.name, more, "person", partial(self._to, "person", one.id))

    def _case(self, one: CaseCard) -> Line:
        title, more = words.case(one)
        return Line(title, more, "case", partial(self._to, "care_case", one.id))

    def _paper(self, one: PaperCard) -> Line:
        way: Callable[[], None]
        if one.kind == "print" and not one.person_id:
            way = partial(self._to_print, one.title)
        elif one.kind == "form":
            way = self._form(one)
        elif one.kind in ("import", "handover"):
            way = partial(self._to, "import", run=one.id)
        elif one.kind == "receipt":
            way = partial(self._to, "application", one.id)
        else:
            tab = TABS.get(one.kind, "")
            way = partial(self._to, "person", one.person_id, tab=tab)
        return Line(one.title, words.paper(one), words.picture(one), way)

    def _form(self, one: PaperCard) -> Callable[[], None]:
        """A code on paper leads to where its form is typed in; of nobody's, to who says whose."""
        place, key = place_of(one.form, one.person_id, one.case_id)
        if place == "papers":
            return partial(self._to, place, code=one.id)
        return partial(self._to, place, key)

    def _offer(self, one: Offer) -> Line:
        return Line(one.title, one.note, one.picture, one.act or partial(self._to_offer, one))

    def _to_offer(self, one: Offer) -> None:
        self._to(one.place, one.key, **one.facts)
        if one.at and self._frame.place == one.place:
            self._frame.stand_on(one.at, one.begins)

    def _offers(self) -> tuple[Offer, ...]:
        """Read when first asked for: by then the pages, whose keys they name, are loaded."""
        if self._offered is None:
            self._offered = offers(self._frame.ws, self._menu)
        return self._offered

    def _to_people(self, typed: str) -> None:
        self._frame.go("people", query=typed)
        self._frame.to_found()

    def _to_print(self, name: str) -> None:
        ws = self._frame.ws
        self._lane.run(
            lambda: finding.printed(ws, name),
            lambda ids: self._to("printing", ids=ids),
            owner=self,
        )

    def _to(self, place: str, key: str = "", **facts: object) -> None:
        self._frame.enter_page()
        self._frame.go(place, key, **facts)
        now = QApplication.focusWidget()
        if now is None or now is self.field or not self._frame.body.isAncestorOf(now):
            self._frame.enter_page()
