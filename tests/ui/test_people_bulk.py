"""Hundreds of ticked people at once: a bar, a stop, and whoever was skipped is named."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions import person
from app.values.person import PeopleFilter
from tests import desk
from tests.desk import Desk
from tests.ui.conftest import press, settle, type_words, until
from tests.ui.windows import people, sign_in
from ui.screens import people_bulk
from ui.screens.approval import ApprovalScreen
from ui.tasks import Tasks, Watch
from ui.window import Window

DRAFTS = 2 * people_bulk.SLICE + 30
FAMILIES, MIDDLES = "Lê Trần Phạm Đặng Bùi Mai".split(), "Văn Đức Xuân Công Minh".split()
GIVEN = "An Bảo Cường Dũng Giang Hải Khoa Long".split()
WAIT = len(FAMILIES) * len(MIDDLES) * len(GIVEN)


def fill(office: Desk) -> tuple[str, ...]:
    """Drafts enough for three slices, and one person who waits already."""
    drafts = [
        person.NewPerson(
            desk.typed(name=f"Lê Văn Bình {'ABCDEFGHIK'[n % 10]}", birth=str(1930 + n % 60))
        )
        for n in range(DRAFTS)
    ]
    person.save_many(office.minh, drafts)
    person.save_many(office.minh, [person.NewPerson(desk.typed(name="Võ Thị Yến"), "waiting")])
    return person.ids(office.minh, PeopleFilter())


def send(office: Desk) -> None:
    """Minh sends people to the desk, each unlike the others."""
    names = [" ".join(parts) for parts in product(FAMILIES, MIDDLES, GIVEN)]
    every = [
        person.NewPerson(
            desk.typed(name=name, birth=f"{1 + n % 28}/{1 + n % 12}/{1930 + n % 60}"), "waiting"
        )
        for n, name in enumerate(names)
    ]
    person.save_many(office.minh, every)


def test_all_are_ticked_and_submitted_with_a_bar_and_who_waits_already_is_named(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    fill(office)
    window = window_on(office.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    screen = people(window)
    settle(tasks)
    press(screen.list.view, Qt.Key.Key_A, control=True)
    until(lambda: len(screen.list.model.ticked) == DRAFTS + 1)
    settle(tasks)
    buttons = screen.list.findChildren(QAbstractButton)
    send = next(one for one in reversed(buttons) if "Gửi duyệt" in one.text())
    send.setFocus()
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert screen.work.running and screen.work.cancel.isVisible()
    until(lambda: not screen.work.running)
    settle(tasks)
    assert f"Đã gửi {DRAFTS} hồ sơ" in screen.work.facts.text()
    assert "Võ Thị Yến: chỉ gửi duyệt được" in screen.work.facts.text()
    assert person.total(office.lan, PeopleFilter(status=("waiting",))) == DRAFTS + 1
    assert not screen.list.model.ticked


def test_what_was_done_before_a_stop_stays_and_the_rest_is_counted(office: Desk) -> None:
    ids = fill(office)[:DRAFTS]
    watch = Watch(lambda _step: watch.stop())
    outcome = people_bulk.in_slices(people_bulk.submitting(office.minh).act, ids, watch)
    assert (outcome.done, outcome.left) == (people_bulk.SLICE, DRAFTS - people_bulk.SLICE)
    waiting = person.total(office.lan, PeopleFilter(status=("waiting",)))
    assert waiting == people_bulk.SLICE + 1


def test_hundreds_approved_in_the_list_are_taken_back_from_their_green_message(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    send(office)
    window = window_on(office.home)
    sign_in(window, "hoa")
    until(lambda: window.frame is not None)
    screen = people(window)
    press(screen.list.view, Qt.Key.Key_A, control=True)
    until(lambda: len(screen.list.model.ticked) == WAIT)
    push(screen.list, "Duyệt")
    assert screen.work.running and screen.work.cancel.isVisible()
    until(lambda: not screen.work.running)
    assert f"Đã duyệt {WAIT} hồ sơ." in screen.work.facts.text()
    assert person.total(office.lan, PeopleFilter(status=("approved",))) == WAIT
    assert window.frame is not None
    push(window.frame, "Hoàn tác…")
    type_words(screen.many.ask.line, "Duyệt nhầm xã")
    press(screen.many.ask.line, Qt.Key.Key_Return)
    until(lambda: "Đã hủy duyệt" in screen.work.facts.text())
    settle(tasks)
    assert person.total(office.lan, PeopleFilter(status=("waiting",))) == WAIT


def test_the_desk_returns_and_approves_hundreds_with_a_bar_and_takes_them_back(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    send(office)
    window = window_on(office.home)
    sign_in(window, "hoa")
    until(lambda: window.frame is not None)
    assert window.frame is not None
    window.frame.go("approval")
    screen = window.frame.shown
    assert isinstance(screen, ApprovalScreen)
    until(lambda: screen.list.total == WAIT)
    press(screen.list.view, Qt.Key.Key_A, control=True)
    until(lambda: len(screen.list.model.ticked) == WAIT)
    push(screen.list, "Trả lại…")
    type_words(screen.ask.line, "Thiếu giấy xác nhận")
    press(screen.ask.line, Qt.Key.Key_Return)
    assert screen.work.running and screen.work.cancel.isVisible()
    until(lambda: f"Đã trả lại {WAIT} hồ sơ." in screen.work.facts.text() and not screen.list.total)
    assert person.total(office.lan, PeopleFilter(status=("returned",))) == WAIT
    settle(tasks)
    press(screen.list.view, Qt.Key.Key_U)
    assert screen.work.running and screen.work.cancel.isVisible()
    until(lambda: not screen.work.running and screen.list.total == WAIT)
    settle(tasks)
    press(screen.list.view, Qt.Key.Key_A, control=True)
    until(lambda: len(screen.list.model.ticked) == WAIT)
    push(screen.list, "Duyệt các hồ sơ đã chọn")
    assert screen.work.running and screen.work.cancel.isVisible()
    until(lambda: not screen.work.running)
    settle(tasks)
    assert person.total(office.lan, PeopleFilter(status=("approved",))) == WAIT
    press(screen.list.view, Qt.Key.Key_U)
    assert screen.many.ask.isVisible(), "the whole bulk can be taken back"


def push(page: QWidget, words: str) -> None:
    """Push the button of these words by keyboard, once it stands there."""

    def found() -> list[QAbstractButton]:
        every = page.findChildren(QAbstractButton)
        return [one for one in every if one.isVisible() and one.text().strip() == words]

    until(found)
    wanted = found()[0]
    wanted.setFocus()
    QTest.keyClick(wanted, Qt.Key.Key_Space)
