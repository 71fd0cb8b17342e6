"""A case from intake to its printed file, at two PCs of an office that have no line meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import care_case, case_plan, person
from app.values.care_case import CasesFilter
from sync import client
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.care_case import CareCaseScreen
from ui.screens.case_assessment import CaseAssessmentScreen
from ui.screens.case_plan import CasePlanScreen
from ui.screens.case_review import CaseReviewScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.printing import PrintingScreen

Sits = Callable[[Path], Officer]
PEOPLE, CASES = 2, 4


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The office's second PC, where hoa works."""
    opened = desk.at(tmp_path / "second")
    yield opened
    opened.close()


def meet(server: Central, *desks: Desk) -> None:
    """The line is there for a moment: everybody has what the others did; then it is gone."""
    server.start()
    for one in (*desks, *desks):
        client.run_round(one.lan.db)
    server.stop()


def save(officer: Officer, told: str) -> None:
    """Ctrl+S, and the program says that it is done."""
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for(told)
    officer.rest()


def at_case(officer: Officer) -> CareCaseScreen:
    """The page of the only case, from the list of cases."""
    officer.go(CASES)
    officer.rest()
    officer.enter()
    screen = officer.screen(CareCaseScreen)
    officer.until(lambda: screen.page is not None)
    officer.rest()
    return screen


def back(officer: Officer) -> CareCaseScreen:
    """From a part of the case to its page."""
    officer.push("Trang ca")
    screen = officer.screen(CareCaseScreen)
    officer.until(lambda: screen.page is not None)
    officer.rest()
    return screen


def taken_in(officer: Officer) -> None:
    """minh opens an emergency from the person's page and writes the measure first."""
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    for _ in range(4):
        officer.press(Qt.Key.Key_PageDown, control=True)
    officer.push("Mở ca")
    officer.until(lambda: officer.at.startswith("Lý do mở"))
    officer.type("Ngã gãy chân, sống một mình")
    officer.tab_to("Khẩn cấp: Có")
    officer.press(Qt.Key.Key_Space)
    officer.tab_to("Người báo tin")
    officer.type("Lê Văn Tám")
    officer.press(Qt.Key.Key_S, control=True)
    officer.screen(CareCaseScreen)
    officer.wait_for("khẩn cấp nhưng chưa ghi biện pháp nào")
    officer.photo("journey-case2-1-intake")


def planned(officer: Officer) -> None:
    """Measure, assessment, plan with an activity; then it is laid before the head."""
    officer.push("Kế hoạch…")
    officer.screen(CasePlanScreen)
    officer.wait_for("Chưa có kế hoạch.")
    officer.push("Thêm biện pháp khẩn cấp")
    officer.until(lambda: officer.at.startswith("Hoạt động"))
    officer.type("Đưa vào bệnh viện huyện")
    save(officer, "Đã lưu hoạt động.")
    back(officer)
    officer.push("Đánh giá…")
    officer.screen(CaseAssessmentScreen)
    officer.rest()
    officer.push("Ghi đánh giá: Chăm sóc sức khỏe, y tế")
    officer.until(lambda: officer.at.startswith("Hiện trạng"))
    officer.type("Gãy chân phải, không tự đi lại")
    save(officer, "Đã lưu đánh giá.")
    officer.photo("journey-case2-2-assessment")
    back(officer)
    officer.push("Kế hoạch…")
    officer.screen(CasePlanScreen)
    officer.rest()
    officer.push("Lập kế hoạch")
    officer.until(lambda: officer.at.startswith("Mục tiêu"))
    officer.type("Tự đi lại trong nhà sau ba tháng")
    save(officer, "Đã lưu kế hoạch.")
    officer.push("Thêm hoạt động")
    officer.until(lambda: officer.at.startswith("Hoạt động"))
    officer.type("Tập phục hồi chức năng")
    officer.tab_to("Người, tổ chức chịu trách nhiệm")
    officer.type("Trạm y tế xã")
    officer.photo("journey-case2-3-plan")
    save(officer, "Đã lưu hoạt động.")
    back(officer)
    officer.push("Gửi duyệt")
    officer.wait_for("Đã gửi duyệt ca.")
    officer.rest()


def visited_and_reviewed(officer: Officer) -> None:
    """minh visits, says that both activities are done, reviews, and proposes the ending."""
    officer.tab_to("Loại ghi chép")
    officer.rub_out()
    officer.choose("tham")
    officer.tab_to("Về hoạt động của kế hoạch")
    officer.choose("phuc hoi")
    officer.tab_to("Nội dung")
    officer.type("Đã tháo bột, đi được bằng nạng.")
    save(officer, "Đã lưu ghi chép.")
    officer.push("Kế hoạch…")
    plan = officer.screen(CasePlanScreen)
    officer.until(lambda: plan.page is not None and plan.page.approved is not None)
    officer.photo("journey-case2-5-plan-in-force")
    for activity in ("Đưa vào bệnh viện huyện", "Tập phục hồi chức năng"):
        officer.push(f"Tiến độ…: {urgent(activity)}")
        officer.until(lambda: officer.at.startswith("Tình trạng hoạt động"))
        officer.rub_out()
        officer.choose("xong")
        save(officer, "Đã lưu tiến độ.")
    back(officer)
    officer.push("Rà soát…")
    officer.screen(CaseReviewScreen)
    officer.rest()
    officer.push("Ghi rà soát")
    officer.until(lambda: officer.at.startswith("Kết luận rà soát"))
    officer.choose("ket thuc")
    officer.tab_to("Kết quả thực hiện")
    officer.type("Tự đi lại trong nhà")
    save(officer, "Đã lưu rà soát.")
    officer.photo("journey-case2-6-review")
    back(officer)


def urgent(activity: str) -> str:
    """An activity as it is named on its card."""
    return f"KHẨN CẤP · {activity}" if activity.startswith("Đưa") else activity


def proposed(officer: Officer) -> None:
    """The ending with its minutes; unsent work of this PC is told first, then minh goes on."""
    officer.push("Đề nghị kết thúc…")
    officer.until(lambda: officer.at.startswith("Lý do kết thúc"))
    officer.choose("muc tieu")
    officer.tab_to("Ngày họp kết thúc")
    officer.type(date.today().strftime("%d/%m/%Y"))
    officer.tab_to("Người dự họp")
    officer.type("Gia đình, trưởng thôn")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Còn thay đổi của ca chưa gửi từ máy này")
    officer.photo("journey-case2-7-told-before-ending")
    assert officer.at == "Đã biết, vẫn kết thúc"
    officer.press(Qt.Key.Key_Space)
    officer.wait_for("Đã trình lãnh đạo duyệt kết thúc ca.")
    officer.rest()


def printed(officer: Officer, folder: Path) -> Path:
    """hoa prints the file of the person from her page."""
    officer.push("Trang người")
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    officer.push("In hồ sơ")
    screen = officer.screen(PrintingScreen)
    officer.until(lambda: screen.view.count > 0)
    officer.tab_to("Thư mục lưu")
    officer.rub_out()
    officer.type(str(folder))
    officer.tab_to("Tên tệp hoặc thư mục")
    officer.rub_out()
    officer.type("ca")
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: screen.result is not None)
    return folder / "ca.pdf"


def test_a_case_is_taken_in_planned_approved_visited_reviewed_ended_and_printed_at_two_pcs(
    sit_down: Sits, office: Desk, other: Desk, server: Central, tmp_path: Path
) -> None:
    """Between the steps nobody has a line; the PCs meet for a moment after each."""
    person.save(office.minh, typed(birth="1956", hamlet="Vĩnh Trường"))
    for one in (office, other):
        client.enrol(one.lan.db, server.url, server.code())
    for one in (office, other, office):
        client.run_round(one.lan.db)
    server.stop()
    minh, hoa = sit_down(office.home), sit_down(other.home)
    minh.sign_in("minh")
    taken_in(minh)
    planned(minh)
    meet(server, office, other)
    hoa.sign_in("hoa")
    at_case(hoa)
    hoa.push("Duyệt ca")
    hoa.wait_for("Đã duyệt ca.")
    hoa.photo("journey-case2-4-approved")
    meet(server, other, office)
    (card,) = care_case.cases(office.minh, CasesFilter()).cards
    assert (card.status, card.case_number[:6]) == ("approved", "0001-1")
    at_case(minh)
    visited_and_reviewed(minh)
    proposed(minh)
    meet(server, office, other)
    at_case(hoa)
    hoa.wait_for("Kết thúc: ")
    hoa.push("Kết thúc…")
    hoa.until(lambda: hoa.at.startswith("Lý do kết thúc"))
    hoa.press(Qt.Key.Key_S, control=True)
    hoa.wait_for("Ca đã kết thúc.")
    hoa.photo("journey-case2-8-closed")
    made = printed(hoa, tmp_path)
    assert made.exists()
    meet(server, other, office)
    page = care_case.page(office.minh, card.id)
    assert (page.card.status, page.facts["attendees"]) == ("closed", "Gia đình, trưởng thôn")
    assert page.facts["close_doubts"] == ("unsent",)
    assert dict(page.activities)[page.notes[0].activity_id] == "Tập phục hồi chức năng"
    told = [one.decision for one in page.decisions]
    assert told == ["closed", "proposed", "approved", "submitted"]
    plan = case_plan.page(office.minh, card.id).approved
    assert plan is not None and [one.status for one in plan.activities] == ["done", "done"]
