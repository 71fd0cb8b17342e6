"""Blank forms go out and come back by their code; a supervisor gets cases with a list to tick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import care_case, form_draft, person, settings
from app.values.care_case import CaseDraft
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.papers import people, reading
from ui.screens.care_case import CareCaseScreen
from ui.screens.care_cases import CareCasesScreen
from ui.screens.papers import PapersScreen
from ui.screens.printing import PrintingScreen

Sits = Callable[[Path], Officer]


def save_in(officer: Officer, folder: Path, name: str) -> None:
    """Name folder and file of a PDF."""
    for label, words in (("Thư mục lưu", str(folder)), ("Tên tệp hoặc thư mục", name)):
        officer.tab_to(label)
        officer.rub_out()
        officer.type(words)


def scan(officer: Officer, code: str) -> None:
    """A scanner types the code into the search, and Enter behind it, faster than any answer."""
    officer.press(Qt.Key.Key_K, control=True)
    officer.rub_out()
    officer.type(code)
    officer.enter()
    officer.rest()


def test_two_blank_forms_go_out_and_one_comes_back_to_its_case(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    who = person.save(office.minh, typed(name="Đinh Thị Nghiễn", hamlet="Vĩnh Trường")).id
    case = care_case.open(office.minh, who, CaseDraft("Sống một mình"))
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.press(Qt.Key.Key_K, control=True)
    officer.type("mẫu, phiếu in")
    officer.enter()
    screen = officer.screen(PapersScreen)
    officer.until(lambda: screen.view.count > 0)
    officer.tab_to("Mẫu 01")
    officer.press(Qt.Key.Key_Down)
    officer.tab_to("Số tờ trống")
    officer.rub_out()
    officer.type("2")
    save_in(officer, tmp_path, "mẫu trống")
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("Đã tạo 2 trang: mẫu trống.pdf.")
    officer.until(lambda: len(screen.kept.kept) == 2)
    officer.photo("journey-papers-1-blank")
    told = reading.read((tmp_path / "mẫu trống.pdf").read_bytes())
    code = form_draft.waiting(office.minh)[0].code
    assert any(code in page for page in told.pages)
    officer.go(1)
    scan(officer, code)
    officer.wait_for(f"Tờ mang mã {code} chưa biết của ai.")
    assert officer.at == screen.whose.search.accessibleName()
    officer.type("nghien")
    officer.wait_for("Đinh Thị Nghiễn · ")
    officer.photo("journey-papers-2-whose")
    officer.push("Đinh Thị Nghiễn · ")
    page = officer.screen(CareCaseScreen)
    officer.until(lambda: page.key == case and page.page is not None)
    officer.go(1)
    scan(officer, code)
    assert officer.screen(CareCaseScreen).key == case
    officer.go(1)
    officer.push("Phiếu đi thăm")
    officer.wait_for("Hôm nay không có ca nào phải đi thăm.")


def test_hoa_prints_cases_for_review_and_one_case_whole(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    for name in ("Đinh Thị Nghiễn", "Võ Thị Ẩn"):
        people.followed_case(office, name)
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.go(4)
    cases = officer.screen(CareCasesScreen)
    officer.until(lambda: cases.list.model.rowCount() == 2)
    officer.press(Qt.Key.Key_Home)
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: len(cases.list.model.ticked) == 2)
    officer.rest()
    officer.push("In trình xem xét")
    screen = officer.screen(PrintingScreen)
    officer.until(lambda: screen.who.cases and screen.view.count > 0)
    officer.photo("journey-papers-3-review")
    save_in(officer, tmp_path, "xem xét")
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: screen.result is not None)
    told = reading.read((tmp_path / "xem xét.pdf").read_bytes())
    assert "DANH SÁCH CA TRÌNH XEM XÉT" in told.pages[0] and len(told.outline) == 2
    officer.go(4)
    officer.until(lambda: cases.list.model.rowCount() == 2)
    officer.enter()
    officer.screen(CareCaseScreen)
    officer.rest()
    officer.push("Giấy tờ…")
    papers = officer.screen(PapersScreen)
    officer.until(lambda: papers.whose.whose.case_id and papers.view.count > 0)
    officer.tab_to("Mẫu 01")
    for _ in range(7):
        officer.press(Qt.Key.Key_Down)
    assert officer.at == "Cả hồ sơ ca"
    officer.until(lambda: papers.view.count > 3)
    officer.photo("journey-papers-4-whole")
    save_in(officer, tmp_path, "cả ca")
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("cả ca.pdf.")
    assert "Mẫu 06" in reading.read((tmp_path / "cả ca.pdf").read_bytes()).pages[0]
    settings.change(office.lan, {"file_passwords": "must"})
    save_in(officer, tmp_path, "cả ca kín")
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(papers.lock.first.line.hasFocus)
    officer.photo("journey-papers-5-closed")
    for _ in range(2):
        officer.type("Mở-tệp-này-2026")
        officer.enter()
    officer.wait_for("cả ca kín.pdf.")
    assert b"/Encrypt" in (tmp_path / "cả ca kín.pdf").read_bytes()
    assert not papers.panel.isVisible(), "a closed file is not printed from here"
