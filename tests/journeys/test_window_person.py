"""minh types people at the window; hoa approves one without sending him away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from app import workspace
from app.actions import drafts, person
from tests.desk import CAT_HANH, PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.second import SecondPage
from ui.widgets.form import Form

Sits = Callable[[Path], Officer]


def quick(officer: Officer) -> Form:
    """The short form of a new person, once the cursor stands in it."""
    screen = officer.screen(PersonScreen)
    officer.until(lambda: "quick" in screen.tabs.forms and officer.at.startswith("Họ và tên"))
    return screen.tabs.forms["quick"]


def begin(sit_down: Sits, home: Path) -> Officer:
    """minh comes in and presses Ctrl+N over the list of people."""
    officer = sit_down(home)
    officer.sign_in("minh")
    officer.go(2)
    officer.screen(PeopleScreen)
    officer.press(Qt.Key.Key_N, control=True)
    quick(officer)
    officer.rest()
    return officer


def type_huong(officer: Officer) -> None:
    """Name, sex, birth, commune and types, Enter after each as on a calculator."""
    officer.type("Nguyễn Thị Hường")
    officer.enter()
    officer.choose("nu")
    officer.enter()
    officer.type("12/3/1971")
    officer.enter(4)
    assert officer.at.startswith("Xã, phường")
    officer.choose("cat hanh")
    officer.enter()
    officer.type("Vĩnh Trường")
    officer.enter(2)
    assert officer.at == "Dạng khuyết tật: Vận động"
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_Right)
    officer.press(Qt.Key.Key_Right)
    officer.press(Qt.Key.Key_Space)


def test_a_person_is_typed_without_the_mouse(sit_down: Sits, office: Desk) -> None:
    officer = begin(sit_down, office.home)
    officer.photo("journey-person-1-empty")
    type_huong(officer)
    officer.photo("journey-person-2-typed")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu hồ sơ của Nguyễn Thị Hường.")
    officer.rest()
    assert officer.at.startswith("Họ và tên")
    officer.photo("journey-person-3-saved")
    cards = person.listing(office.minh, person.PeopleFilter()).cards
    assert [(c.name, c.sex, c.birth, c.commune, c.hamlet) for c in cards] == [
        ("Nguyễn Thị Hường", "female", "1971-03-12", CAT_HANH, "Vĩnh Trường")
    ]
    assert cards[0].types == ("mobility", "vision")
    officer.push("Gửi duyệt")
    officer.wait_for("Đã gửi duyệt.")
    assert person.counts(office.minh) == {"waiting": 1}
    officer.press(Qt.Key.Key_Left, alt=True)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.photo("journey-person-4-listed")


def test_tab_takes_what_is_offered(sit_down: Sits, office: Desk) -> None:
    officer = begin(sit_down, office.home)
    officer.type("Nguyễn Thị Hường")
    officer.enter()
    officer.type("n")
    officer.until(lambda: QApplication.activePopupWidget() is not None)
    officer.press(Qt.Key.Key_Tab)
    officer.come_back()
    officer.rest()
    assert quick_again(officer).value("sex") == "male"
    assert officer.at.startswith("Ngày sinh")


def test_what_cannot_be_saved_is_said_under_its_field_and_stays(
    sit_down: Sits, office: Desk
) -> None:
    officer = begin(sit_down, office.home)
    officer.type("Đinh Văn Briu")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Chưa lưu: còn 1 chỗ cần sửa (Xã, phường).")
    form = quick_again(officer)
    assert form.editors["commune"].has_problem
    assert officer.at.startswith("Xã, phường")
    officer.photo("journey-person-5-refused")
    assert form.value("name") == "Đinh Văn Briu"
    officer.choose("cat hanh")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu hồ sơ của Đinh Văn Briu.")
    assert not officer.sees("Chưa lưu")
    assert person.total(office.minh, person.PeopleFilter()) == 1


def quick_again(officer: Officer) -> Form:
    """The short form as it stands."""
    return officer.screen(PersonScreen).tabs.forms["quick"]


def test_the_next_person_of_the_list_keeps_the_commune(sit_down: Sits, office: Desk) -> None:
    officer = begin(sit_down, office.home)
    type_huong(officer)
    officer.press(Qt.Key.Key_Return, control=True)
    officer.press(Qt.Key.Key_Return, control=True)
    officer.wait_for("Đã lưu hồ sơ của Nguyễn Thị Hường.")
    officer.until(lambda: quick_again(officer).value("name") == "")
    officer.rest()
    form = quick(officer)
    assert (form.value("commune"), form.value("hamlet")) == (CAT_HANH, "Vĩnh Trường")
    officer.photo("journey-person-6-next")
    officer.type("Trần Xuân Quân")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu hồ sơ của Trần Xuân Quân.")
    cards = person.listing(office.minh, person.PeopleFilter()).cards
    assert sorted((c.name, c.commune) for c in cards) == [
        ("Nguyễn Thị Hường", CAT_HANH),
        ("Trần Xuân Quân", CAT_HANH),
    ]


def test_typing_outlives_the_program(sit_down: Sits, office: Desk) -> None:
    officer = begin(sit_down, office.home)
    officer.type("Phan Văn Dở")
    officer.enter(2)
    officer.type("1962")
    officer.until(lambda: drafts.find(office.minh, "person:new"))
    officer.window.hide()
    again = sit_down(office.home)
    again.sign_in("minh")
    again.go(1)
    again.wait_for("Phan Văn Dở")
    again.photo("journey-person-7-offered")
    again.push("Gõ tiếp")
    form = quick(again)
    again.until(lambda: form.value("name") == "Phan Văn Dở")
    assert form.value("birth") == "1962"
    again.photo("journey-person-8-back")
    again.tab_to("Xã, phường")
    again.choose("cat hanh")
    again.press(Qt.Key.Key_S, control=True)
    again.wait_for("Đã lưu hồ sơ của Phan Văn Dở.")
    again.rest()
    assert drafts.find(office.minh, "person:new") is None


def test_hoa_approves_while_minh_keeps_his_page(sit_down: Sits, office: Desk) -> None:
    officer = begin(sit_down, office.home)
    type_huong(officer)
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu hồ sơ của Nguyễn Thị Hường.")
    officer.rest()
    officer.push("Gửi duyệt")
    officer.wait_for("Đã gửi duyệt.")
    officer.rest()
    officer.tab_to("Tên thường gọi")
    officer.type("Hai Hường")
    page = officer.screen(PersonScreen)
    assert page.tabs.changes() == {"other_name": "Hai Hường"}
    quick_second(officer, "hoa")
    assert page.tabs.changes() == {"other_name": "Hai Hường"}
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.rest()
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    officer.photo("journey-person-9-hoa")
    officer.push("Duyệt")
    officer.until(lambda: person.counts(office.lan) == {"approved": 1})
    officer.rest()
    officer.push("Trả máy cho")
    mine = officer.screen(PersonScreen)
    officer.rest()
    assert mine.stage.ws.user.login == "minh"
    assert mine.tabs.changes() == {"other_name": "Hai Hường"}
    officer.photo("journey-person-10-minh-again")


def quick_second(officer: Officer, login: str) -> None:
    """The user's menu, "Người khác vào nhanh", the password."""
    officer.push("Người dùng:")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.come_back()
    page = officer.window.gate
    assert isinstance(page, SecondPage)
    officer.until(lambda: page.who is not None)
    assert page.who is not None and page.who.value() == login
    officer.rest()
    officer.tab_to("Mật khẩu")
    officer.type(PASSWORD)
    officer.enter()
    officer.until(lambda: len(officer.window.frames) == 2)
    officer.rest()
    assert workspace.attach(officer.window.frames[0].ws.db, login).user.login == login


def test_somebody_is_found_and_opened_without_the_mouse(sit_down: Sits, office: Desk) -> None:
    for name in ("Nguyễn Thị Hường", "Đinh Văn Briu"):
        person.save(office.minh, typed(name=name, birth="1956"))
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.press(Qt.Key.Key_K, control=True)
    officer.type("huong")
    officer.enter()
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.rest()
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    assert officer.sees("Nguyễn Thị Hường")
