"""A person is handed from one office to another, at the windows of both, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import need, person
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from sync import client
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.today import TodayScreen
from ui.screens.transfer import TransferScreen

Sits = Callable[[Path], Officer]
TODAY, PEOPLE = 1, 2
HERE, THERE = "Phòng LĐ-TB&XH huyện Phù Cát", "Phòng LĐ-TB&XH huyện Hoài Ân"
WHY = "Chuyển nhà theo con trai"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The other office's PC."""
    opened = desk.at(tmp_path / "other", "63:543")
    yield opened
    opened.close()


def rounds(*desks: Desk) -> None:
    """Both PCs meet the server until nothing is left to tell."""
    for _ in range(2):
        for one in desks:
            client.run_round(one.lan.db)


def enrolled(here: Desk, there: Desk, server: Central) -> None:
    client.enrol(here.lan.db, server.url, server.code(HERE))
    client.enrol(there.lan.db, server.url, server.code(THERE, "63:543"))
    rounds(here, there)


def test_a_person_is_asked_for_let_go_accepted_and_a_late_edit_is_decided(
    sit_down: Sits, office: Desk, other: Desk, server: Central
) -> None:
    made = person.save(office.minh, typed(birth="1950-03-12", phone="0905123456")).id
    need.save(office.minh, NeedDraft(made, {"item": "medical.wheelchair"}))
    enrolled(office, other, server)
    ask_at_the_page(sit_down(office.home), made)
    let_go(sit_down(office.home))
    rounds(office, other)
    accept(sit_down(other.home))
    person.save(office.minh, PersonDraft(made, {"note": "gặp bác sĩ ngày 3"}))
    rounds(other, office)
    rounds(office, other)
    decide_the_late_edit(sit_down(other.home), made)
    assert person.page(other.hoa, made).fields["note"] == "gặp bác sĩ ngày 3"
    read_what_is_left(sit_down(office.home))


def ask_at_the_page(officer: Officer, made: str) -> None:
    """minh asks at the person's page."""
    officer.sign_in("minh")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    people.stage.go("person", made)
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    officer.push("Chuyển…")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.box.isVisible())
    officer.choose("hoài ân")
    officer.tab_to("Lý do chuyển")
    officer.type(WHY)
    officer.photo("journey-transfer-1-asking")
    officer.push("Gửi đề nghị chuyển")
    officer.wait_for("Đã đề nghị chuyển 1 người; chờ người duyệt.")
    officer.wait_for(f"Lý do: {WHY}")
    officer.photo("journey-transfer-2-asked")
    screen.stage.go("person", made)
    officer.wait_for("Đang xin chuyển đi")
    officer.photo("journey-transfer-3-mark")


def let_go(officer: Officer) -> None:
    """hoa agrees to let her go."""
    officer.sign_in("hoa")
    officer.go(TODAY)
    officer.screen(TodayScreen)
    officer.wait_for("1 việc chuyển cơ quan chờ quyết định")
    officer.push("1 việc chuyển cơ quan chờ quyết định")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: "outgoing" in screen.parts and screen.parts["outgoing"].current())
    officer.photo("journey-transfer-4-to-let-go")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Đã đồng ý cho đi; cơ quan nhận thấy sau lượt đồng bộ tới.")
    officer.until(lambda: screen.parts["outgoing"].current().state == "sent")


def accept(officer: Officer) -> None:
    """hoa of the other office sees who is asked for and why, and accepts."""
    officer.sign_in("hoa")
    officer.go(TODAY)
    officer.wait_for("1 việc chuyển cơ quan chờ quyết định")
    officer.push("1 việc chuyển cơ quan chờ quyết định")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["incoming"].current())
    officer.wait_for(f"Lý do: {WHY}")
    officer.photo("journey-transfer-5-incoming")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Đã nhận; hồ sơ về đây sau lượt đồng bộ tới.")
    officer.photo("journey-transfer-6-accepted")


def decide_the_late_edit(officer: Officer, made: str) -> None:
    """minh of the other office finds the record with all that belongs to it, and takes the edit."""
    officer.sign_in("minh")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    people.stage.go("person", made)
    officer.wait_for("Từ cơ quan khác")
    officer.photo("journey-transfer-7-arrived")
    people.stage.go("transfer", "late")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["late"].current())
    officer.wait_for("gặp bác sĩ ngày 3")
    officer.photo("journey-transfer-8-late-edit")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Không có sửa muộn nào chờ quyết định.")


def read_what_is_left(officer: Officer) -> None:
    """In the old office nobody counts her; what was there can be read."""
    officer.sign_in("minh")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 0)
    people.stage.go("transfer", "departed")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["departed"].current())
    officer.enter()
    officer.wait_for("Điện thoại: 0905123456")
    officer.photo("journey-transfer-9-departed")
