"""hoa keeps what she asks the list for under a name, and asks again with one key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from app.actions import person, saved_filter
from app.values.person import PeopleFilter
from app.values.saved_filter import SavedFilter
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed
from tests.journeys.keyboard import Officer
from tests.ui.conftest import until
from ui.screens.people import PeopleScreen

Sits = Callable[[Path], Officer]


def come_in(sit_down: Sits, office: Desk, login: str = "hoa") -> tuple[Officer, PeopleScreen]:
    for name, commune in (("Lê Hoa", CAT_HANH), ("Lê Nở", CAT_HANH), ("Lê Hoa Mơ", CAT_TUONG)):
        person.save(office.minh, typed(name=name, commune=commune))
    officer = sit_down(office.home)
    officer.sign_in(login)
    officer.go(2)
    people = officer.screen(PeopleScreen)
    until(lambda: people.list.total == 3)
    return officer, people


def from_menu(officer: Officer, *words: str) -> None:
    """Go to the button of saved filters, open its menu and choose, menu by menu."""
    officer.push("Bộ lọc đã lưu")
    for one in words:
        until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        for _ in range(20):
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            now = menu.activeAction()
            if now is not None and now.text().startswith(one):
                break
            officer.press(Qt.Key.Key_Down)
        officer.enter()
    officer.come_back()
    officer.rest()


def test_a_saved_filter_is_one_key_away(sit_down: Sits, office: Desk) -> None:
    officer, people = come_in(sit_down, office)
    officer.press(Qt.Key.Key_K, control=True)
    officer.type("hoa")
    officer.enter()
    until(lambda: people.list.total == 2)
    people.filters.set_values({"units": (CAT_HANH,)}, True)
    until(lambda: people.list.total == 1)
    from_menu(officer, "Lưu bộ lọc đang dùng…")
    officer.type("   ")
    officer.enter()
    officer.wait_for("Đặt tên cho bộ lọc, ví dụ")
    officer.rub_out()
    officer.type("Hoa ở Cát Hanh")
    officer.photo("journey-saved-1-name")
    officer.enter()
    officer.wait_for("Đã lưu bộ lọc “Hoa ở Cát Hanh”.")
    officer.wait_for("Hoa ở Cát Hanh")
    officer.go(1)
    officer.go(2)
    assert officer.window.frame is not None
    officer.window.frame.go("people", query="")
    until(lambda: people.list.total == 3)
    officer.press(Qt.Key.Key_1, control=True)
    until(lambda: people.list.total == 1)
    officer.rest()
    assert people.filters.values() == {"units": (CAT_HANH,)}
    assert officer.window.frame.top.search.text() == "hoa"
    assert officer.at == "Danh sách người"
    officer.photo("journey-saved-2-asked")


def test_it_gets_another_name_is_deleted_and_brought_back(sit_down: Sits, office: Desk) -> None:
    saved_filter.save(office.hoa, SavedFilter("Mơ", PeopleFilter(query="mo")))
    officer, people = come_in(sit_down, office)
    until(lambda: len(people.saved.saved) == 1)
    from_menu(officer, "Đổi tên", "Mơ")
    officer.rub_out()
    officer.type("Chị Mơ")
    officer.enter()
    until(lambda: [one.name for one in people.saved.saved] == ["Chị Mơ"])
    from_menu(officer, "Xóa", "Chị Mơ")
    officer.wait_for("Đã xóa bộ lọc “Chị Mơ”.")
    assert saved_filter.saved(office.hoa) == ()
    officer.push("Hoàn tác")
    until(lambda: [one.name for one in people.saved.saved] == ["Chị Mơ"])


def test_an_admin_gives_one_to_the_whole_office(sit_down: Sits, office: Desk) -> None:
    officer, people = come_in(sit_down, office, "lan")
    from_menu(officer, "Lưu bộ lọc đang dùng…")
    officer.type("Mọi người")
    officer.tab_to("cho cả cơ quan")
    officer.press(Qt.Key.Key_Space)
    officer.push("Lưu bộ lọc")
    officer.wait_for("Mọi người (cơ quan)")
    officer.photo("journey-saved-3-office")
    assert [one.name for one in saved_filter.saved(office.hoa)] == ["Mọi người"]
