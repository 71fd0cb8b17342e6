"""A file at the window: taken in, papers asked for, complete, a complaint, the medical board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import application_desk, application_moves, person
from app.values.application import ApplicationCard
from app.workspace import Workspace
from tests.app.writing_calls import picture
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_supports import find
from ui.screens.application import ApplicationScreen
from ui.screens.applications import ApplicationsScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]


def file_of(ws: Workspace, who: str) -> ApplicationCard:
    (card,) = application_desk.of_person(ws, who)
    return card


def save(officer: Officer, words: str) -> None:
    """Ctrl+S, and the words that say it was done."""
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for(words)
    officer.rest()


def take_in(officer: Officer, who: str) -> None:
    """From the person's page: the application, of a child whose father speaks for it."""
    assert officer.window.frame is not None
    officer.window.frame.go("person", who, tab="applications")
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.tabs.tabs is not None and page.tabs.tabs.current == "applications")
    officer.wait_for("Chưa có đơn nào")
    officer.push("Nhận đơn")
    officer.until(lambda: officer.at.startswith("Loại đơn"))
    officer.choose("doi")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("cần lý do")
    officer.tab_to("Loại đơn")
    officer.rub_out()
    officer.choose("cap moi")
    officer.tab_to("Người đại diện hợp pháp")
    officer.type("Nguyễn Văn Tư")
    officer.photo("journey-application-1-form")
    officer.press(Qt.Key.Key_S, control=True)


def refer(officer: Officer) -> None:
    """To the medical board, for the family does not agree; what the reason needs is asked for."""
    officer.push("Giới thiệu giám định…")
    officer.until(lambda: officer.at.startswith("Lý do giám định"))
    officer.choose("khong dong y")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Lý do này cần ghi")
    officer.tab_to("Ghi nhận khi quan sát")
    officer.type("Đi lại khó")
    officer.tab_to("Nội dung không đồng ý")
    officer.type("Gia đình cho là đặc biệt nặng")
    save(officer, "chưa gửi")


def the_council(ws: Workspace, file: str, *moves: tuple[str, ...]) -> None:
    """What the council did meanwhile."""
    with ws.db.write(ws.author()) as session:
        for name, *on in moves:
            getattr(application_moves, name)(ws, session, file, *on)


def attach(officer: Officer, scan: Path) -> None:
    """A copy of what was shown stays with the file and stands on its page."""
    scan.write_bytes(picture())
    officer.push_and_name("Kèm bản chụp…", scan)
    officer.until(lambda: officer.at.startswith("Loại tệp"))
    officer.choose("tuy than")
    officer.tab_to("Căn cứ lưu giữ")
    officer.choose("luat")
    officer.photo("journey-application-7-copy")
    save(officer, "Đã kèm bản chụp.")
    officer.wait_for("Giấy khai sinh · Giấy tờ tùy thân")


def test_from_the_application_to_the_medical_board(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    scan = tmp_path / "Giấy khai sinh.jpg"
    who = person.save(office.minh, typed(birth="2021-05-04", hamlet="Vĩnh Trường")).id
    officer = sit_down(office.home)
    officer.sign_in("minh")
    take_in(officer, who)
    page = officer.screen(ApplicationScreen)
    officer.wait_for("Chưa ghi đã nộp: Đơn theo Mẫu 01, Giấy khai sinh (trẻ em)")
    officer.photo("journey-application-2-received")
    attach(officer, scan)
    officer.push("Yêu cầu bổ sung…")
    officer.until(lambda: officer.sees("Giấy tờ còn thiếu"))
    save(officer, "Đồng hồ dừng: đang chờ bổ sung giấy tờ")
    told = file_of(office.lan, who)
    assert told.step == "missing" and "birth_certificate" in told.fields["papers_missing"]  # type: ignore[operator]
    officer.photo("journey-application-3-asked")
    officer.push("Đủ hồ sơ…")
    officer.until(lambda: officer.at.startswith("Đủ hồ sơ từ ngày"))
    save(officer, "20 ngày làm việc, hạn")
    today, file = office.minh.today().isoformat(), told.id
    the_council(office.minh, file, ("schedule",), ("conclude", today), ("post",))
    page.opened(file)  # written past the window: nothing told it
    officer.until(lambda: page.file is not None and page.file.step == "noticed")
    officer.rest()
    officer.push("Nhận khiếu nại…")
    officer.until(lambda: officer.at.startswith("Người khiếu nại"))
    officer.type("Nguyễn Văn Tư")
    officer.tab_to("Nội dung khiếu nại")
    officer.type("Cháu nặng hơn")
    save(officer, "trả lời trước hết ngày")
    officer.photo("journey-application-4-complaint")
    officer.push("Trả lời…")
    officer.until(lambda: officer.at.startswith("Kết quả khiếu nại"))
    officer.choose("chuyen giam dinh")
    officer.tab_to("Nội dung trả lời")
    officer.type("Chuyển Hội đồng giám định y khoa")
    save(officer, "Chuyển giám định y khoa")
    refer(officer)
    assert file_of(office.lan, who).step == "medical_board"
    officer.photo("journey-application-5-board")
    find(officer, "Hồ sơ xác định")
    desk = officer.screen(ApplicationsScreen)
    officer.until(lambda: desk.list.total == 1)
    officer.wait_for("Chờ giám định y khoa: 1")
    officer.photo("journey-application-6-desk")
    officer.push("Đã xong: 0")
    officer.wait_for("Không có hồ sơ nào ở đây.")
    officer.push("Đang làm: 1")
    officer.until(lambda: desk.list.total == 1)
    officer.rest()
    desk.list.view.setFocus()
    officer.press(Qt.Key.Key_Home)
    officer.enter()
    officer.screen(ApplicationScreen)
    officer.wait_for("chưa gửi")
