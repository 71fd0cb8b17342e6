"""A case from intake to its printed file, at two PCs of an office that have no line meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import workspace
from app.actions import care_case, case_plan, consent, person, sharing
from app.values.care_case import CasesFilter
from app.values.person import PeopleFilter
from app.values.sharing import ConsentDraft, SharingDraft
from sync import client
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.papers import reading
from tests.sync.parts import Central, central
from ui.screens.care_case import CareCaseScreen
from ui.screens.case_assessment import CaseAssessmentScreen
from ui.screens.case_plan import CasePlanScreen
from ui.screens.case_review import CaseReviewScreen
from ui.screens.papers import PapersScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]
PEOPLE, CASES = 2, 4
HOSPITAL = "Bệnh viện huyện"
FILED = (
    *(f"Mẫu 0{number}" for number in range(1, 7)),
    *("Lê Văn Tám", "Đưa vào bệnh viện huyện", "Gãy chân phải", "Tập phục hồi chức năng"),
    *(
        "Đã tháo bột, đi được bằng nạng.",
        "Tự đi lại trong nhà sau ba tháng",
        "Gia đình, trưởng thôn",
    ),
    *(
        HOSPITAL,
        "Đã được phục vụ",
        f"{date.today():%d/%m/%Y}: Đã tập mười buổi",
        "Đề nghị kết thúc",
        "x 1) Mục tiêu đã đạt được",
        "Khẩn cấp: Có",
    ),
)
"""What the whole file of the case says at the end."""


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
    officer.photo("journey-case2-7-plan-in-force")
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
    officer.photo("journey-case2-8-review")
    officer.until(lambda: officer.at == "Ghi kết thúc…")  # the review leads on
    officer.press(Qt.Key.Key_Space)
    officer.screen(CareCaseScreen)
    officer.until(lambda: officer.at.startswith("Lý do kết thúc"))


def urgent(activity: str) -> str:
    """An activity as it is named on its card."""
    return f"KHẨN CẤP · {activity}" if activity.startswith("Đưa") else activity


def proposed(officer: Officer) -> None:
    """The ending with its minutes; unsent work of this PC is told first, then minh goes on."""
    officer.choose("muc tieu")
    officer.tab_to("Ngày họp kết thúc")
    officer.type(date.today().strftime("%d/%m/%Y"))
    officer.tab_to("Người dự họp")
    officer.type("Gia đình, trưởng thôn")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Còn thay đổi của ca chưa gửi từ máy này")
    officer.photo("journey-case2-9-told-before-ending")
    assert officer.at == "Đã biết, vẫn kết thúc"
    officer.press(Qt.Key.Key_Space)
    officer.wait_for("Đã trình lãnh đạo duyệt kết thúc ca.")
    officer.rest()


def at_supports(officer: Officer) -> None:
    """From the page of the case to the person's help."""
    officer.push("Trang người")
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    assert page.tabs.tabs is not None
    for _ in page.tabs.tabs.names():  # from whichever tab was open last
        if page.tabs.tabs.current != "supports":
            officer.press(Qt.Key.Key_PageDown, control=True)
    assert page.tabs.tabs.current == "supports"
    officer.rest()


def referred(officer: Officer) -> None:
    """minh writes whom she is sent to, and for what."""
    at_supports(officer)
    officer.push("Viết chuyển gửi")
    officer.until(lambda: officer.at.startswith("Chọn trong danh bạ"))
    for label, words in (("Gửi tới", HOSPITAL), ("Dịch vụ đề nghị", "Tập phục hồi")):
        officer.tab_to(label)
        officer.type(words)
    save(officer, f"{HOSPITAL} · Đã viết, chưa gửi")


def may_leave(office: Desk, other: Desk, server: Central) -> None:
    """She agrees that the hospital is told, minh asks for it and the head at the other PC agrees:
    ways of their own, with journeys of their own."""
    minh = workspace.attach(office.lan.db, "minh")  # signed in again since the PC was enrolled
    (who,) = person.ids(minh, PeopleFilter())
    agreed = {"consent_purpose": "referral", "consent_basis": "consent", "consenter": "self"}
    spoken = {"consent_form": "spoken", "consent_witness": "Trưởng thôn"}
    agreed |= spoken | {"consented_on": date.today().isoformat()}
    consent.save(minh, ConsentDraft(who, agreed))
    ask = SharingDraft((who,), "referral", HOSPITAL, "Chữa chân", "Thư giới thiệu")
    (asked,), _lacking = sharing.request(minh, ask)
    meet(server, office, other)
    assert sharing.approve(other.hoa, (asked,)) == ()


def sent(officer: Officer, letter: Path) -> None:
    """hoa prints the letter and writes down when it went and when an answer is due."""
    at_case(officer)
    at_supports(officer)
    officer.push_and_name("Lưu thư chuyển gửi…", letter)
    officer.until(letter.is_file)
    told = reading.read(letter.read_bytes()).text
    assert f"Kính gửi: {HOSPITAL}" in told and "theo duyệt chia sẻ của Trần Thị Hoa" in told
    officer.rest()
    officer.push("Gửi…")
    officer.until(lambda: officer.at.startswith("Ngày"))
    officer.tab_to("Hẹn trả lời trước ngày")
    officer.type("1/2/2090")
    save(officer, "hẹn trả lời 01/02/2090")
    officer.photo("journey-case2-5-letter-sent")


def answered(officer: Officer) -> None:
    """minh writes the answer down at the other PC."""
    at_supports(officer)
    officer.push("Đã phục vụ…")
    officer.until(lambda: officer.at.startswith("Ngày"))
    officer.tab_to("Nội dung trả lời, lý do")
    officer.type("Đã tập mười buổi")
    save(officer, f"phục vụ {date.today():%d/%m/%Y}")
    officer.photo("journey-case2-6-answered")


def printed(officer: Officer, folder: Path) -> reading.Read:
    """hoa prints the whole file of the case from its page."""
    officer.push("Giấy tờ…")
    papers = officer.screen(PapersScreen)
    officer.until(lambda: papers.whose.whose.case_id and papers.view.count > 0)
    officer.tab_to("Mẫu 01")
    for _ in range(7):
        officer.press(Qt.Key.Key_Down)
    assert officer.at == "Cả hồ sơ ca"
    officer.until(lambda: papers.view.count > 3)
    for label, words in (("Thư mục lưu", str(folder)), ("Tên tệp hoặc thư mục", "ca")):
        officer.tab_to(label)
        officer.rub_out()
        officer.type(words)
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("ca.pdf.")
    officer.photo("journey-case2-11-whole-file")
    return reading.read((folder / "ca.pdf").read_bytes())


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
    at_case(minh)
    referred(minh)
    may_leave(office, other, server)
    sent(hoa, tmp_path / "thư.pdf")
    meet(server, other, office)
    (card,) = care_case.cases(office.minh, CasesFilter()).cards
    assert (card.status, card.case_number[:6]) == ("approved", "0001-1")
    at_case(minh)
    answered(minh)
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
    hoa.photo("journey-case2-10-closed")
    told = printed(hoa, tmp_path)
    for words in FILED:
        assert words in told.text, words
    assert not re.search(r"\d{4}-\d\d-\d\d", told.text)  # people write days otherwise
    meet(server, other, office)
    page = care_case.page(office.minh, card.id)
    assert (page.card.status, page.facts["attendees"]) == ("closed", "Gia đình, trưởng thôn")
    assert page.facts["close_doubts"] == ("unsent",)
    assert dict(page.activities)[page.notes[0].activity_id] == "Tập phục hồi chức năng"
    steps = [one.decision for one in page.decisions]
    assert steps == ["closed", "proposed", "approved", "submitted"]
    plan = case_plan.page(office.minh, card.id).approved
    assert plan is not None and [one.status for one in plan.activities] == ["done", "done"]
