"""The frame around every page for one signed-in user: navigation, top bar, messages, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid

from app.actions import quick_note
from app.wording import translate
from app.workspace import Workspace
from ui.bridge import Bridge
from ui.counts import Counts
from ui.finding import Finding
from ui.places import Place, places
from ui.quick_note import KEYS, QuickNote
from ui.stage import Memory, Message, Screen, Stage
from ui.syncing import Syncing
from ui.tasks import Failure, Tasks
from ui.visits import Visit, Visits
from ui.widgets import reading_order
from ui.widgets.banner import Banners
from ui.widgets.body import Body
from ui.widgets.nav import Nav, NavEntry
from ui.widgets.parts import column, holder, row
from ui.widgets.soon import soon
from ui.widgets.top_bar import MenuLine, TopBar
from ui.wire import SyncStatus, WirePort

OWN_BOOK = "own-book"
COPY_GONE = "copy_gone"
NARROW_PX = 1000


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window hands to a frame."""

    tasks: Tasks
    bridge: Bridge
    syncing: Syncing
    port: WirePort
    memory: Memory


class Frame(QWidget):
    """`renewed` asks the window to read the user and office again; `book_asked(ws, place)` to
    look into another office's, `book_left` out of it; `lock_asked`, `second_asked`."""

    renewed = Signal()
    lock_asked = Signal()
    second_asked = Signal()
    book_asked = Signal(object, str)
    book_left = Signal()

    def __init__(self, ws: Workspace, parts: Parts, menu: Sequence[MenuLine]) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.ws, self._parts = ws, parts
        self._places = {one.name: one for one in places()}
        self._screens: dict[str, Screen] = {}
        self._visits = Visits()
        self._held: QWidget | None = None
        self.nav = Nav(self._entries(), ws.office.name)
        name = ws.user.full_name or ws.user.login
        self.nav.foot.setText(" · ".join(part for part in (name, ws.user.title) if part))
        menu = (*menu[:-2], *self._own_lines(), *menu[-2:])
        self.top = TopBar(name, menu)
        self.banners, self.notes = Banners(), Banners()
        self.body = Body()
        self._lay_out()
        self._waiting = 0
        self._counts = Counts(ws, parts.tasks, self.nav)
        self.finding = Finding(self, self, parts.tasks.desk, menu)
        self.quick = QuickNote(self, ws, parts.tasks.desk)
        self._connect()

    @property
    def shown(self) -> Screen | None:
        """The screen that is shown."""
        return self.body.shown

    @property
    def place(self) -> str:
        """The name of the place that is shown."""
        return self._visits.now.name if self._visits.now else ""

    def begin(self) -> None:
        """Open where the user left, and count what waits."""
        self._counts.soon()
        if self._visits.now is not None:
            return
        kept = self._parts.memory.get(f"place/{self.ws.user.login}", "today")
        entries = {entry.name for entry in self._entries()}
        self.go(kept if kept in entries else "today")

    def go(self, name: str, key: str = "", **facts: Any) -> None:
        """Open a place; the way back remembers it."""
        visit = Visit(name, key, tuple(facts.items()))
        if visit == self._visits.now and not facts:
            return
        if self.ws.can(self._places[name].right) and self._leave():
            self._open(self._visits.go(visit))

    def back(self) -> None:
        """The page before."""
        if self._visits.past and self._leave():
            self._open(self._visits.back())

    def forward(self) -> None:
        """The page that `back` left."""
        if self._visits.future and self._leave():
            self._open(self._visits.forward())

    def tell(self, message: Message) -> None:
        """Show a message above the page; good news of some seconds below, so that nothing moves."""
        passing = message.tone == "ok" and not message.stays
        self.notes.sweep()
        (self.notes if passing else self.banners).tell(message)

    def tell_failure(self, failure: Failure) -> None:
        """Say why work did not succeed, when nobody else does."""
        gone = any(problem.code == COPY_GONE for problem in failure.problems)
        if not failure.stopped and not gone:  # a book that was taken away is closed by the window
            self.tell(Message(failure.message, "bad", stays=True))

    def refresh(self) -> None:
        """Count what waits and look at the sync light again."""
        self._counts.soon()
        self._parts.syncing.look()

    def may_leave(self) -> bool:
        """Whether every screen lets the window go; a quick note that was begun is kept."""
        self.quick.keep()
        return all(screen.may_leave() for screen in self._screens.values())

    def _entries(self) -> list[NavEntry]:
        return [
            NavEntry(one.name, one.title, one.picture, one.lower)
            for one in self._places.values()
            if one.picture and one.open_to(self.ws)
        ] + self._way_back()

    def _way_back(self) -> list[NavEntry]:
        """Out of another office's book, also when the message above the page was closed."""
        if self.ws.own is None:
            return []
        return [NavEntry(OWN_BOOK, translate("Trở về sổ của mình"), "back", True)]

    def _chosen(self, name: str) -> None:
        if name == OWN_BOOK:
            self.book_left.emit()
        else:
            self.go(name)

    def _lay_out(self) -> None:
        page = column(self.banners, self.body, self.notes, gap=8, margins=(24, 12, 24, 16))
        page.setStretch(1, 1)
        right = column(self.top, holder(page, "canvas"), gap=0)
        right.setStretch(1, 1)
        whole = row(self.nav, right, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        parts = self._parts
        self.nav.chosen.connect(self._chosen)
        self.top.sync_asked.connect(lambda: self.go("sync"))
        self.top.back_asked.connect(self.back)
        self.top.forward_asked.connect(self.forward)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        parts.syncing.status.connect(self._show_sync)
        parts.bridge.changed.connect(self._changed)
        self.quick.told.connect(self.tell)
        self.quick.closed.connect(self.resume)
        if self._writes:
            self._shortcut(KEYS, self.note_quickly)
        self._shortcut("Ctrl+K", self.search)
        self._shortcut("Alt+Left", self.back)
        self._shortcut("Alt+Right", self.forward)
        self._shortcut("Ctrl+/", self.show_keys)
        self._shortcut("?", self.show_keys)
        self._shortcut("F5", self._reload)
        self._shortcut("Ctrl+L", self.lock_asked.emit)
        if self.ws.own is not None:
            self._shortcut("Alt+0", self.book_left.emit)
        for place in self._places.values():
            if place.keys and place.open_to(self.ws):
                self._shortcut(f"Alt+{place.keys}", lambda name=place.name: self.go(name))  # type: ignore[misc]

    def search(self) -> None:
        """Put the cursor into the one search; below it stand the pages opened last."""
        self.top.search.setFocus()
        self.top.search.selectAll()
        self.finding.begin()

    @property
    def _writes(self) -> bool:
        return self.ws.can("enter")

    def _own_lines(self) -> tuple[MenuLine, ...]:
        """What a frame itself adds to the user's menu."""
        if not self._writes:
            return ()
        return (MenuLine(translate("Ghi nhanh"), self.note_quickly, "edit", KEYS),)

    def note_quickly(self) -> None:
        """A small box to note something about somebody, over whatever is shown."""
        ws, place, key = self.ws, self.place, self.visited
        if not self.quick.isVisible():
            self.hold()
        if place not in ("person", "care_case") or self.quick.isVisible():
            self.quick.begin()
            return
        self._parts.tasks.desk.run(
            lambda: quick_note.about(ws, place, key),
            lambda who: self.quick.begin(*who),
            owner=self,
        )

    def show_keys(self) -> None:
        """The page under "?": with the keys of the page one comes from."""
        here = self.shown.shortcuts() if self.shown is not None else ()
        if self.place != "keys":
            self.go("keys", here=here)

    def _shortcut(self, keys: str, act: Callable[[], None]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.activated.connect(act)

    def search_page(self, words: str) -> bool:
        """Let the page that is shown search for words; False when it does not search."""
        return self.shown is not None and self.shown.search_for(words)

    def to_found(self) -> None:
        """Put the cursor onto what the page found."""
        if self.shown is not None:
            self.shown.to_found()

    def stand_on(self, words: str, press: bool = False) -> None:
        """Put the cursor onto the button of the page with this name, and press it if wanted.

        Some say more behind their name: "Tạo PDF 12 hồ sơ".
        """
        made = self.shown.findChildren(QPushButton) if self.shown is not None else []
        seen = [one for one in made if one.isVisible() and one.accessibleName().startswith(words)]
        if seen:
            one = min(seen, key=lambda each: len(each.accessibleName()))
            one.setFocus(Qt.FocusReason.OtherFocusReason)
            if press:
                one.click()

    @property
    def visited(self) -> str:
        """Which record is shown: its id, empty where none is."""
        return self._visits.now.key if self._visits.now else ""

    def _leave(self) -> bool:
        return self.shown is None or self.shown.may_leave()

    def _open(self, visit: Visit) -> None:
        place = self._places[visit.name]
        if not place.open_to(self.ws):
            return
        screen = self._screen(place)
        self.banners.leave_page()
        self.notes.turn_page()
        self.body.show_page(screen)
        self.nav.show_place(place.under or place.name)
        self.top.back.setEnabled(bool(self._visits.past))
        self.top.forward.setEnabled(bool(self._visits.future))
        if place.picture:
            self._parts.memory.put(f"place/{self.ws.user.login}", place.name)
        facts = dict(visit.facts)
        self.top.search.set_text(str(facts.get("query", "")))
        screen.opened(visit.key, **facts)
        now = QApplication.focusWidget()
        if now is None or not (self.top.isAncestorOf(now) or screen.isAncestorOf(now)):
            self.enter_page()

    def hold(self) -> None:
        """Something comes in front: remember where the cursor stands."""
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            self._held = now

    def resume(self) -> None:
        """The frame is in front again: the cursor goes back to where it stood."""
        held = self._held
        if held is not None and isValid(held) and held.isVisible() and held.isEnabled():
            held.setFocus()
        else:
            self.enter_page()

    def enter_page(self) -> None:
        """Put the cursor onto the page's first control, unless the page has taken it already."""
        screen = self.shown
        if screen is None or not self.isVisible():
            return
        first = reading_order.beside(screen, None, True)
        (first or screen).setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in reading order, which is not the order in which parts were made."""
        found = reading_order.beside(self, QApplication.focusWidget(), forward)
        if found is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        found.setFocus(reason)
        reading_order.reveal(found)
        return True

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """What holds the cursor is seen; when it goes away the cursor stays on the page."""
        if new is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            soon(self, self._reveal_cursor)  # what was just shown has its place then
        if old is None or not isValid(old) or not self.body.isAncestorOf(old):
            return
        gone = not (old.isVisible() and old.isEnabled())
        if gone and (new is None or not self.body.isAncestorOf(new)):
            soon(self, self._enter_page_if_outside)

    def _reveal_cursor(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.body.isAncestorOf(now):
            reading_order.reveal(now)

    def _enter_page_if_outside(self) -> None:
        now = QApplication.focusWidget()
        if now is None or (self.isAncestorOf(now) and not self.body.isAncestorOf(now)):
            self.enter_page()

    def _screen(self, place: Place) -> Screen:
        if place.name not in self._screens:
            screen = place.build(self._stage())
            screen.setAccessibleName(place.title)
            self._screens[place.name] = screen
            self.body.add(screen)
        return self._screens[place.name]

    def _stage(self) -> Stage:
        parts = self._parts
        return Stage(
            ws=self.ws,
            tasks=parts.tasks,
            bridge=parts.bridge,
            port=parts.port,
            memory=parts.memory,
            go=self.go,
            back=self.back,
            tell=self.tell,
            went_on=self.banners.leave_page,
            refresh=self.refresh,
            syncing=parts.syncing,
            renew=self.renewed.emit,
            visit=lambda ws, place="": self.book_asked.emit(ws, place),
            second=self.second_asked.emit,
        )

    def _changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        self._counts.soon()
        if self.isVisible() and self.shown is not None:
            self.shown.changed(entities, ids)

    def _show_sync(self, status: SyncStatus) -> None:
        self.top.light.show_status(status)
        self.nav.set_count("sync", status.waiting)
        if status.waiting != self._waiting:  # perhaps written by the command line
            self._waiting = status.waiting
            self._counts.soon()

    def _reload(self) -> None:
        if self._visits.now is not None and self._leave():
            self._open(self._visits.now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_PX
        self.nav.set_compact(narrow)
        self.top.set_compact(narrow)
        self.finding.place()
        self.quick.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mousePressEvent(event)
