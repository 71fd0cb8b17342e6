"""The approval desk on a real store: one key for each decision, and nobody judges his own work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.actions import approval, person
from app.values.person import PersonDraft
from app.workspace import Workspace
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed
from tests.ui.conftest import Told, grab, press, settle, type_words, until
from ui.screens.approval import ApprovalScreen
from ui.stage import Stage
from ui.tasks import Tasks

NAMES = ("Đinh Văn Briu", "Lê Đức Cường", "Mai Thị Diễm", "Nguyễn Thị Hường", "Đặng Ngọc Liễu")


@pytest.fixture
def shown(
    stage_for: Callable[[Workspace], Stage], tasks: Tasks
) -> Callable[[Workspace], ApprovalScreen]:
    def make(ws: Workspace) -> ApprovalScreen:
        screen = ApprovalScreen(stage_for(ws))
        screen.resize(1102, 690)
        screen.show()
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        screen.opened()
        settle(tasks)
        if ws.can("approve"):
            until(lambda: screen.review is not None or screen.list.total == 0)
        return screen

    return make


def waiting(desk: Desk, *names: str) -> list[str]:
    """People that minh wrote and sent to the desk, in list order."""
    for number, name in enumerate(names):
        draft = typed(name=name, hamlet="Vĩnh Trường", birth=f"19{50 + number}", sex="female")
        person.submit(desk.minh, [person.save(desk.minh, draft).id])
    return list(person.ids(desk.hoa, approval.WAITING))


def status(desk: Desk, key: str) -> str:
    return person.page(desk.lan, key).card.status


def words_of(screen: ApprovalScreen) -> str:
    return "\n".join(one.text() for one in screen.card.findChildren(QLabel))


def test_a_approves_and_the_next_person_is_current(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk, told: Told
) -> None:
    first, second, third = waiting(office, *NAMES[:3])
    screen = shown(office.hoa)
    assert screen.review is not None and screen.review.page.card.id == first
    press(screen.list.view, Qt.Key.Key_A)
    until(lambda: status(office, first) == "approved")
    until(lambda: screen.review is not None and screen.review.page.card.id == second)
    press(screen.list.view, Qt.Key.Key_A)
    until(lambda: screen.review is not None and screen.review.page.card.id == third)
    assert status(office, second) == "approved"
    assert status(office, third) == "waiting"
    assert told.messages[-1].text.startswith("Đã duyệt")
    assert told.messages[-1].action


def test_r_returns_with_the_reason_that_was_typed(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk
) -> None:
    first, second = waiting(office, *NAMES[:2])
    screen = shown(office.hoa)
    press(screen.list.view, Qt.Key.Key_R)
    until(lambda: screen.ask.isVisible())
    press(screen.ask.line, Qt.Key.Key_Return)
    assert screen.ask.problem.isVisible(), "a return without a reason"
    type_words(screen.ask.line, "Thiếu năm sinh, hỏi lại gia đình")
    grab(screen, "approval-return")
    press(screen.ask.line, Qt.Key.Key_Return)
    until(lambda: status(office, first) == "returned")
    decisions = person.page(office.minh, first).decisions
    assert decisions[0].reason == "Thiếu năm sinh, hỏi lại gia đình"
    until(lambda: screen.review is not None and screen.review.page.card.id == second)


def test_an_approval_is_undone_from_its_message(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk, told: Told
) -> None:
    first, _second = waiting(office, *NAMES[:2])
    screen = shown(office.hoa)
    press(screen.list.view, Qt.Key.Key_A)
    until(lambda: told.messages)
    act = told.messages[-1].act
    assert act is not None
    act()
    type_words(screen.ask.line, "Bấm nhầm")
    press(screen.ask.line, Qt.Key.Key_Return)
    until(lambda: status(office, first) == "waiting")
    until(lambda: screen.review is not None and screen.review.page.card.id == first)
    assert "hủy duyệt: Bấm nhầm" in words_of(screen)


def test_a_change_of_an_approved_person_shows_both_values(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk
) -> None:
    (key,) = waiting(office, NAMES[3])
    approval.approve(office.hoa, (key,))
    person.save(office.minh, PersonDraft(key, {"birth": "12/03/1971", "degree": "severe"}))
    screen = shown(office.hoa)
    words = words_of(screen)
    grab(screen, "approval-amendment")
    assert "1950" in words and "12/03/1971" in words
    assert screen.review is not None and screen.review.asked is not None
    press(screen.list.view, Qt.Key.Key_A)
    until(lambda: person.page(office.lan, key).fields["birth"] == "1971-03-12")


def test_nobody_approves_his_own_row(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk, told: Told
) -> None:
    own = person.save(office.hoa, typed(name=NAMES[0])).id
    person.submit(office.hoa, [own])
    screen = shown(office.hoa)
    assert screen.review is not None and screen.review.own
    assert not screen.card.buttons["approve"].isEnabled()
    assert "do bạn nhập" in screen.list.model.cell(screen.list.model.index(0, 2)).words
    grab(screen, "approval-own")
    press(screen.list.view, Qt.Key.Key_A)
    assert "người khác phải duyệt" in told.messages[-1].text
    assert status(office, own) == "waiting"


def test_ticked_rows_are_approved_and_the_doubtful_stay_with_their_reasons(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk
) -> None:
    keys = waiting(office, *NAMES)
    person.save(office.minh, PersonDraft(keys[1], {"id_number": "052156004451", "sex": "male"}))
    own = person.save(office.hoa, typed(name="Trần Thị Hoa", commune=CAT_TUONG)).id
    person.submit(office.hoa, [own])
    screen = shown(office.hoa)
    press(screen.list.view, Qt.Key.Key_A, control=True)
    until(lambda: len(screen.list.model.ticked) == 6)
    grab(screen, "approval-ticked")
    QTest.keyClick(screen.list.view, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    until(lambda: screen.result.isVisible())
    until(lambda: screen.list.model.rowCount() == 2 and screen.review is not None)
    grab(screen, "approval-bulk-result")
    assert screen.result.title.text() == "Đã duyệt 4 hồ sơ."
    assert screen.result.lines.count() == 2
    assert {status(office, key) for key in keys} == {"approved", "waiting"}
    press(screen.list.view, Qt.Key.Key_N)
    assert screen.result.isVisible(), "the result stays until it is closed"


def test_somebody_without_the_right_sees_why_and_whom_to_call(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk
) -> None:
    waiting(office, NAMES[0])
    screen = shown(office.minh)
    grab(screen, "approval-not-allowed")
    assert screen.second.isVisible()
    assert not screen.list.isVisible()


def test_the_desk_keeps_to_the_filtered_commune(
    shown: Callable[[Workspace], ApprovalScreen], office: Desk, tasks: Tasks
) -> None:
    waiting(office, *NAMES[:2])
    other = person.save(office.minh, typed(name=NAMES[2], commune=CAT_TUONG)).id
    person.submit(office.minh, [other])
    screen = shown(office.hoa)
    screen.filters.set_values({"units": [CAT_HANH]}, tell=True)
    settle(tasks)
    until(lambda: screen.list.total == 2)
    assert "2 hồ sơ chờ duyệt" in screen.head.facts.text()
