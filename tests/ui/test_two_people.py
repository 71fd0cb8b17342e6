"""Two people at one PC: the second comes in quickly, an idle or locked screen shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from app.actions import person
from tests.desk import PASSWORD, Desk
from tests.ui.conftest import grab, press, settle, type_words, until
from tests.ui.windows import people, sign_in
from ui.screens.lock import LockPage
from ui.screens.second import SecondPage
from ui.tasks import Tasks
from ui.window import Window


def test_a_supervisor_comes_in_quickly_and_gives_the_pc_back(
    window_on: Callable[[Path], Window], crowd: Desk, tasks: Tasks
) -> None:
    window = window_on(crowd.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    people(window)
    window.second_person()
    page = window.gate
    assert isinstance(page, SecondPage)
    until(lambda: page.who is not None)
    assert page.who is not None and page.who.value() == "hoa"
    grab(window, "second-person")
    type_words(page.password.line, PASSWORD)
    press(page.password.line, Qt.Key.Key_Return)
    until(lambda: len(window.frames) == 2)
    assert window.frame is not None and window.frame.ws.user.login == "hoa"
    settle(tasks)
    screen = people(window)
    settle(tasks)
    screen.list.model.tick_all()
    settle(tasks)
    grab(window, "people-second-person")
    screen.many.approve(tuple(screen.list.model.ticked))
    until(lambda: person.counts(crowd.lan).get("approved") == 1)
    window.change_language("en")  # everything is built again; the way back is still there
    settle(tasks)
    offered = [one for one in window.frame.findChildren(QAbstractButton) if one.isVisible()]
    assert any(one.text() == "Give the PC back to Lê Văn Minh" for one in offered)
    window.change_language("vi")
    window.give_back()
    assert window.frame.ws.user.login == "minh"
    assert window.frame.place == "people"


def test_locking_hides_everything_and_only_the_same_person_comes_back(
    window_on: Callable[[Path], Window], crowd: Desk, tasks: Tasks
) -> None:
    window = window_on(crowd.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    people(window)
    press(window, Qt.Key.Key_L, control=True)
    page = window.gate
    assert isinstance(page, LockPage)
    assert window.frame is not None and not window.frame.isVisible()
    grab(window, "locked")
    type_words(page.password.line, "khong-dung")
    press(page.password.line, Qt.Key.Key_Return)
    until(lambda: page._said.count() == 1)
    assert window.gate is page
    type_words(page.password.line, PASSWORD)
    press(page.password.line, Qt.Key.Key_Return)
    until(lambda: window.gate is None)
    assert window.frame.place == "people"


def test_idle_for_the_office_time_locks(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    window = window_on(office.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    settle(tasks)
    assert window._lock_after.interval() == 10 * 60_000
    window._lock_after.start(30)
    until(lambda: isinstance(window.gate, LockPage))
