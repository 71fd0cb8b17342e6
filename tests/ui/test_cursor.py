"""The cursor never wanders off: it comes along to a page, stays on it and is found again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import person
from tests import desk
from tests.desk import Desk
from tests.ui.conftest import settle, until
from tests.ui.windows import sign_in
from ui.frame import Frame
from ui.places import places
from ui.screens.person import PersonScreen
from ui.tasks import Tasks
from ui.window import Window


def come_in(window: Window, login: str) -> Frame:
    sign_in(window, login)
    until(lambda: window.frame is not None)
    frame = window.frame
    assert frame is not None
    return frame


def on_the_page(frame: Frame) -> bool:
    now = QApplication.focusWidget()
    return now is not None and frame.body.isAncestorOf(now)


class Strays(QObject):
    """Widgets that were shown as a window of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_the_cursor_comes_along_to_every_place_and_no_part_flashes_as_a_window(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    saved = person.save(office.minh, desk.typed())
    frame = come_in(window_on(office.home), "lan")
    settle(tasks)
    strays, left = Strays(), []
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(strays)
    for place in places():
        frame.go("today" if place.name == "keys" else "keys")  # the page of keys reads nothing
        frame.window().activateWindow()  # a closed list gives the keys back where there is a screen
        until(frame.window().isActiveWindow)
        frame.nav.buttons["today"].setFocus()
        frame.go(place.name, saved.id if place.name == "person" else "")
        settle(tasks)
        if place.open_to(frame.ws) and not on_the_page(frame):
            left.append(place.name)
    application.removeEventFilter(strays)
    assert (left, strays.seen) == ([], [])


def test_a_control_that_goes_away_leaves_the_cursor_on_its_page(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    saved = person.save(office.minh, desk.typed())
    frame = come_in(window_on(office.home), "lan")
    frame.go("person", saved.id)
    settle(tasks)
    screen = frame.shown
    assert isinstance(screen, PersonScreen)
    screen.decisions.ask.ask("Vì sao?", "", "Gỡ")
    assert screen.decisions.ask.line.hasFocus()
    screen.decisions.ask.leave()
    settle(tasks)
    assert on_the_page(frame)


def test_who_gets_the_pc_back_stands_where_he_stood(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    saved = person.save(office.minh, desk.typed())
    window = window_on(office.home)
    frame = come_in(window, "minh")
    frame.go("person", saved.id)
    settle(tasks)
    screen = frame.shown
    assert isinstance(screen, PersonScreen)
    screen.tabs.forms["record"].focus("other_name")
    stood = QApplication.focusWidget()
    window.lock()
    window._unlocked()
    settle(tasks)
    assert QApplication.focusWidget() is stood
    window.join(office.hoa)
    settle(tasks)
    window.give_back()
    settle(tasks)
    assert QApplication.focusWidget() is stood
