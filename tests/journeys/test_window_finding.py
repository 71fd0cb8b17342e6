"""hoa finds people, cases, papers and work from wherever she stands, with the keyboard only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import care_case, import_list, person
from app.values.care_case import CaseDraft
from tests.conftest import ROOT
from tests.desk import CAT_TUONG, Desk, typed
from tests.journeys.keyboard import Officer
from tests.ui.conftest import until
from ui.finding import Finding
from ui.screens.backup import BackupScreen
from ui.screens.care_case import CareCaseScreen
from ui.screens.import_list import ImportScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.today import TodayScreen

Sits = Callable[[Path], Officer]


def some_people(office: Desk) -> dict[str, str]:
    """Three women and a case; ids by name."""
    made = {
        name: person.save(office.minh, typed(name=name, commune=commune, birth="12/3/1971")).id
        for name, commune in (
            ("Nguyễn Thị Hường", "63:21871"),
            ("Trần Thị Hướng", CAT_TUONG),
            ("Lê Thị Tư", CAT_TUONG),
        )
    }
    care_case.open(office.minh, made["Lê Thị Tư"], CaseDraft("Ốm", case_number="12/QLC"))
    return made


def finding(officer: Officer) -> Finding:
    """The search of the frame that is shown."""
    assert officer.window.frame is not None
    return officer.window.frame.finding


def look_for(officer: Officer, words: str) -> list[str]:
    """Ctrl+K, type; what is offered, from top to bottom."""
    officer.press(Qt.Key.Key_K, control=True)
    officer.rub_out()
    officer.type(words)
    until(lambda: finding(officer)._answered == words)
    return [line.title for line in finding(officer).found.lines()]


def step_to(officer: Officer, words: str) -> None:
    """Down until this line is the current one."""
    for _ in range(20):
        now = finding(officer).found.current
        if now is not None and now.title == words:
            return
        officer.press(Qt.Key.Key_Down)
    raise AssertionError(words)


def test_one_search_goes_to_people_cases_and_work(sit_down: Sits, office: Desk) -> None:
    some_people(office)
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.screen(TodayScreen)
    assert look_for(officer, "huong") == [
        "Xem mọi người khớp “huong”",
        "Nguyễn Thị Hường",
        "Trần Thị Hướng",
    ]
    officer.photo("journey-finding-1-people")
    step_to(officer, "Trần Thị Hướng")
    officer.enter()
    shown = officer.screen(PersonScreen)
    officer.wait_for("Trần Thị Hướng")
    assert not finding(officer).found.isVisible()
    assert shown.isAncestorOf(officer.window.focusWidget())
    assert "Ca của Lê Thị Tư" in look_for(officer, "12/qlc")
    officer.photo("journey-finding-2-case")
    step_to(officer, "Ca của Lê Thị Tư")
    officer.enter()
    officer.screen(CareCaseScreen)
    assert look_for(officer, "sao luu")[0] == "Sao lưu"
    officer.photo("journey-finding-3-work")
    step_to(officer, "Sao lưu ngay")
    officer.enter()
    officer.screen(BackupScreen)
    assert officer.at == "Sao lưu ngay"
    assert look_for(officer, "change password")[0] == "Đổi mật khẩu"


def test_what_only_asks_is_begun_and_what_acts_waits_on_its_button(
    sit_down: Sits, office: Desk
) -> None:
    some_people(office)
    officer = sit_down(office.home)
    officer.sign_in("lan")
    look_for(officer, "rut lai viec chuyen nguoi")
    officer.enter()
    officer.wait_for("Rút lại việc chuyển người của cả đơn vị?")
    officer.photo("journey-finding-4-begun")
    officer.press(Qt.Key.Key_Escape)
    look_for(officer, "sao luu ngay")
    assert finding(officer).found.lines()[0].more == "tới nút “Sao lưu ngay”"
    officer.photo("journey-finding-5-button")
    officer.enter()
    officer.screen(BackupScreen)
    assert officer.at == "Sao lưu ngay"
    assert not officer.sees("Đã sao lưu")
    look_for(officer, "duyet ho so dang xem")
    assert finding(officer).found.lines()[0].more == "phím A ở trang Duyệt"


def test_an_import_that_is_found_is_opened_itself(sit_down: Sits, office: Desk) -> None:
    for name in ("xa Cat Hanh.xlsx", "xa Cat Tuong.xlsx"):
        file = office.home.parent / name
        file.write_bytes((ROOT / "tests" / "samples" / "clean.xlsx").read_bytes())
        import_list.run(office.minh, file)
    officer = sit_down(office.home)
    officer.sign_in("lan")
    assert "xa Cat Hanh.xlsx" in look_for(officer, "cat hanh")
    officer.photo("journey-finding-6-import")
    step_to(officer, "xa Cat Hanh.xlsx")
    officer.enter()
    shown = officer.screen(ImportScreen)
    past = shown.choose.past
    until(lambda: past.card is not None and past.card.file == "xa Cat Hanh.xlsx")
    officer.rest()
    assert officer.at == "Các lượt đã nhập"
    officer.photo("journey-finding-7-run")


def test_enter_at_once_shows_all_who_fit_and_escape_goes_back(sit_down: Sits, office: Desk) -> None:
    some_people(office)
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    people.list.view.setFocus()
    officer.press(Qt.Key.Key_K, control=True)
    officer.type("huong")
    officer.enter()
    until(lambda: people.list.total == 2)
    officer.rest()
    assert officer.at == "Danh sách người"
    look_for(officer, "tu")
    officer.press(Qt.Key.Key_Escape)
    assert officer.at == "Danh sách người"
    assert people.list.total == 2
    assert finding(officer).field.text() == "huong"
    officer.press(Qt.Key.Key_K, control=True)
    officer.rub_out()
    officer.rest()
    officer.press(Qt.Key.Key_Escape)
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.until(lambda: officer.window.frame.place == "people")  # type: ignore[union-attr]


def test_what_she_saw_last_is_one_key_away(sit_down: Sits, office: Desk) -> None:
    made = some_people(office)
    for name in ("Nguyễn Thị Hường", "Lê Thị Tư"):
        person.page(office.hoa, made[name])
    person.page(office.minh, made["Trần Thị Hướng"])
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.wait_for("Vừa xem")
    officer.photo("journey-recent-1-today")
    officer.press(Qt.Key.Key_K, control=True)
    until(lambda: finding(officer).found.isVisible())
    assert [line.title for line in finding(officer).found.lines()] == [
        "Lê Thị Tư",
        "Nguyễn Thị Hường",
    ]
    officer.photo("journey-recent-2-search")
    officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.screen(PersonScreen)
    officer.wait_for("Nguyễn Thị Hường")
    person.remove(office.lan, made["Lê Thị Tư"], "nhập nhầm")
    officer.go(1)
    officer.wait_for("Nguyễn Thị Hường")
    officer.press(Qt.Key.Key_K, control=True)
    until(lambda: finding(officer).found.isVisible())
    assert [line.title for line in finding(officer).found.lines()] == ["Nguyễn Thị Hường"]


def test_nobody_is_offered_what_his_role_may_not_do(sit_down: Sits, office: Desk) -> None:
    some_people(office)
    officer = sit_down(office.home)
    officer.sign_in("minh")
    everybody = "Xem mọi người khớp “{}”".format
    assert look_for(officer, "quan tri") == [everybody("quan tri")]
    assert finding(officer).found.words(0) == "Không tìm thấy ai khớp “quan tri”."
    officer.photo("journey-finding-nobody")
    assert "Thêm người" in look_for(officer, "them nguoi")
    assert not [one for one in look_for(officer, "in ho so") if one.startswith("In hồ sơ")]
