"""A working day at the window, by keyboard: what is due, a quick note, the calendar; and the day
somebody hands her cases over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import care_case, drafts, person, quick_note, task, timeline
from app.values.care_case import CaseDraft, CasesFilter
from app.values.task import TaskDraft
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.papers.reading import read
from ui.screens.calendar import CalendarScreen
from ui.screens.care_case import CareCaseScreen
from ui.screens.caseload import CaseloadScreen
from ui.screens.handing import HandingScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.person_timeline import TimelineTab
from ui.screens.today import TodayScreen

Sits = Callable[[Path], Officer]


@pytest.fixture
def huong(office: Desk) -> str:
    """Somebody with a case that nobody called for long, and something to do about her."""
    who = person.save(office.minh, typed(birth="1956", hamlet="Vĩnh Trường")).id
    opened = (office.minh.today() - timedelta(days=45)).isoformat()
    care_case.open(office.minh, who, CaseDraft("Sống một mình", opened_on=opened))
    task.add(office.minh, TaskDraft("Gọi trạm y tế", person_id=who))
    return who


def shown(screen: TodayScreen | CalendarScreen) -> list[str]:
    """The lines of the list of what is due."""
    model = screen.dues.list.model
    return [model.row(place).title for place in range(model.rowCount())]


def test_what_is_due_is_done_put_off_and_opened(sit_down: Sits, office: Desk, huong: str) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    today = officer.screen(TodayScreen)
    officer.until(lambda: shown(today) == ["Một tháng chưa liên hệ", "Gọi trạm y tế"])
    officer.photo("journey-work-1-today")
    officer.tab_to("Việc đến hạn")
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_X)
    officer.wait_for("Đã xong: Gọi trạm y tế · Nguyễn Thị Hường.")
    officer.until(lambda: shown(today) == ["Một tháng chưa liên hệ"])
    officer.press(Qt.Key.Key_H)
    officer.wait_for("đến ngày nào?")
    officer.type("hôm kia")
    officer.enter()
    officer.wait_for("“Đến hạn ngày”")
    officer.rub_out()
    officer.type("3")
    officer.photo("journey-work-2-put-off")
    officer.enter()
    officer.until(lambda: shown(today) == [])
    officer.rest()
    officer.press(Qt.Key.Key_U)
    officer.until(lambda: shown(today) == ["Một tháng chưa liên hệ"])
    officer.rest()
    officer.press(Qt.Key.Key_X)
    officer.screen(CareCaseScreen)
    officer.wait_for("Việc này chỉ xong khi hồ sơ ghi lại")
    officer.press(Qt.Key.Key_L, alt=True)
    page = officer.screen(CalendarScreen)
    officer.rest()
    officer.press(Qt.Key.Key_PageUp)
    officer.press(Qt.Key.Key_PageDown)
    late = office.minh.today() - timedelta(days=14)
    while page.grid.day > late:
        officer.press(Qt.Key.Key_Left)
    officer.rest()
    officer.until(lambda: officer.at.startswith("Lịch,"))
    officer.photo("journey-work-3-calendar")
    officer.press(Qt.Key.Key_W)
    officer.photo("journey-work-4-week")
    officer.press(Qt.Key.Key_T)
    assert page.grid.day == office.minh.today()


def test_a_quick_note_is_never_lost_and_stands_in_the_timeline(
    sit_down: Sits, office: Desk, huong: str
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    assert officer.window.frame is not None
    box = officer.window.frame.quick
    officer.press(Qt.Key.Key_N, control=True, shift=True)
    officer.type("huong")
    officer.until(lambda: box.found.isVisible())
    officer.enter()
    officer.until(lambda: officer.at == "Nội dung ghi nhanh")
    officer.type("Gặp ở chợ, chị đỡ đau")
    officer.photo("journey-work-5-quick-note")
    officer.press(Qt.Key.Key_Escape)
    officer.until(lambda: drafts.find(office.minh, quick_note.DRAFT) is not None)
    assert not box.isVisible()
    officer.press(Qt.Key.Key_N, control=True, shift=True)
    officer.until(lambda: box.text.text() == "Gặp ở chợ, chị đỡ đau")
    officer.until(lambda: officer.at == "Nội dung ghi nhanh")
    officer.press(Qt.Key.Key_F3)
    officer.enter()
    officer.wait_for("Đã ghi vào ca của Nguyễn Thị Hường.")
    (note,) = timeline.page(office.minh, huong, ["note"]).lines
    assert (note.title, note.words) == ("Thăm hộ", "Gặp ở chợ, chị đỡ đau")
    assert drafts.find(office.minh, quick_note.DRAFT) is None
    officer.tab_to("Danh sách người")
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    while officer.at != "Dòng thời gian":
        officer.press(Qt.Key.Key_PageDown, control=True)
    officer.rest()
    tab = page.tabs.lists["timeline"]
    assert isinstance(tab, TimelineTab)
    officer.until(lambda: tab.list.model.rowCount() >= 4)
    officer.photo("journey-work-6-timeline")


def test_cases_are_handed_over_by_keyboard_and_both_sign(
    sit_down: Sits, office: Desk, huong: str, tmp_path: Path
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.screen(TodayScreen)
    officer.push("Khối lượng ca")
    loads = officer.screen(CaseloadScreen)
    officer.until(lambda: loads.list.model.rowCount() == 3)
    officer.rest()
    officer.photo("journey-work-7-caseload")
    officer.tab_to("Khối lượng ca theo người phụ trách")
    officer.enter()
    page = officer.screen(HandingScreen)
    officer.until(lambda: page.facts is not None and page.list.total == 1)
    officer.rest()
    officer.push("Giao tất cả…")
    officer.wait_for("Giao 1 ca cho ai?")
    officer.until(lambda: officer.at.startswith("Người nhận"))
    officer.choose("hoa")
    officer.photo("journey-work-8-taker")
    officer.enter()
    officer.wait_for("Đã giao 1 ca.")
    assert care_case.cases(office.lan, CasesFilter()).cards[0].worker_login == "hoa"
    officer.until(lambda: page.facts is not None and page.facts.handed == 1)
    file = tmp_path / "bien-ban.pdf"
    officer.push_and_name("Lưu biên bản…", file)
    officer.until(file.exists)
    officer.wait_for("Đã lưu biên bản")
    assert "Trần Thị Hoa nhận 1 ca" in read(file.read_bytes()).text
    officer.photo("journey-work-9-handed")
    officer.press(Qt.Key.Key_U)
    officer.wait_for("Đã trả lại 1 ca")
    assert care_case.cases(office.lan, CasesFilter()).cards[0].worker_login == "minh"
