"""hoa prints a whole session in one go, and the half-yearly report, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import access, form_draft, hearing
from tests import sitting
from tests.desk import Desk
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_papers import save_in
from tests.papers import reading
from ui.screens.council_papers import CouncilPapersScreen
from ui.screens.half_year import HalfYearScreen
from ui.screens.papers import PapersScreen

Sits = Callable[[Path], Officer]
NAMES = ("Nguyễn Thị Mận", "Trần Thị Ẩn", "Lê Thị Bưởi")


def search(officer: Officer, words: str) -> None:
    officer.press(Qt.Key.Key_K, control=True)
    officer.rub_out()
    officer.type(words)
    officer.enter()


def name_it(officer: Officer, name: str) -> None:
    """The folder is remembered from the first paper."""
    officer.tab_to("Tên tệp hoặc thư mục")
    officer.rub_out()
    officer.type(name)


def test_hoa_prints_a_whole_session_one_receipt_and_the_report(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    day = office.minh.today().isoformat()
    files = [sitting.complete_file(office.minh, name, day) for name in NAMES]
    held = sitting.held(office, day, tuple(file for _who, file in files), since=day)
    sitting.severe(office.minh, held.hearings[0])
    sitting.all_for(office.minh, held.hearings[0])
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    print_session(officer, tmp_path)
    who = hearing.show(office.minh, held.hearings[0]).person_id
    assert any(one.kind == "print" and one.by == "hoa" for one in access.of_person(office.lan, who))
    print_report(officer, tmp_path)
    print_blank(officer, tmp_path)
    (kept,) = form_draft.waiting(office.hoa)
    assert kept.form == "council-01"
    assert officer.screen(PapersScreen).kept.kept[0].code == kept.code
    print_receipt(officer, tmp_path)


def print_session(officer: Officer, folder: Path) -> None:
    """What the council decided about everybody, one kind of paper after the other."""
    search(officer, "giấy tờ của hội đồng")
    screen = officer.screen(CouncilPapersScreen)
    officer.until(lambda: screen.view.count > 0)
    assert screen.which.chosen == ("sheet", "council-05", "conclusion", "referral", "notice")
    officer.photo("journey-council-papers-1-session")
    officer.tab_to("Xếp theo từng người")
    officer.press(Qt.Key.Key_Down)
    save_in(officer, folder, "phiên họp")
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: screen.result is not None and screen.view.count == screen.result.pages)
    assert officer.sees("Đã tạo PDF 7 giấy")
    officer.photo("journey-council-papers-2-made")
    told = reading.read((folder / "phiên họp.pdf").read_bytes())
    kinds = [mark.split(" · ")[1].split(" - ")[0] for mark in told.outline]
    assert kinds == [
        *["Phiếu xác định mức độ (Mẫu 02, 03)"] * 3,
        *["Mẫu 05: Biên bản họp Hội đồng"] * 3,
        "Văn bản kết luận",
    ]


def print_report(officer: Officer, folder: Path) -> None:
    """Mẫu 08, a line for each commune."""
    search(officer, "báo cáo sáu tháng")
    report = officer.screen(HalfYearScreen)
    officer.until(lambda: report.view.count > 0)
    officer.tab_to("Mẫu 07: của cơ quan")
    officer.press(Qt.Key.Key_Down)
    name_it(officer, "báo cáo")
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("Đã tạo báo cáo: báo cáo.pdf.")
    officer.photo("journey-council-papers-4-report")
    words = reading.read((folder / "báo cáo.pdf").read_bytes()).text
    assert "Mẫu số 08" in words and "Tổng số 3 0 0 0 0 3" in words


def print_blank(officer: Officer, folder: Path) -> None:
    """An empty Mẫu 01 to be written by hand; it waits to come back."""
    search(officer, "mẫu, phiếu in")
    blank = officer.screen(PapersScreen)
    officer.until(lambda: blank.view.count > 0)
    officer.tab_to("Mẫu 01: Thu thập thông tin")
    for _ in range(7):
        officer.press(Qt.Key.Key_Down)
    assert blank.which.form == "council-01"
    officer.until(lambda: blank.view.count == 3)
    name_it(officer, "đơn trống")
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("Đã tạo 3 trang: đơn trống.pdf.")
    officer.photo("journey-council-papers-5-blank")


def print_receipt(officer: Officer, folder: Path) -> None:
    """One paper of one person, found by her name on the same page."""
    forms = officer.screen(PapersScreen)
    officer.tab_to(forms.whose.search.accessibleName())
    officer.type("buoi")
    officer.wait_for("Lê Thị Bưởi · ")
    officer.push("Lê Thị Bưởi · ")
    officer.until(lambda: forms.whose.whose.person_id)
    officer.rest()
    officer.push("Giấy tờ của Hội đồng về người này…")
    screen = officer.screen(CouncilPapersScreen)
    officer.until(lambda: len(screen.which.records) == 5)
    officer.tab_to("Giấy tiếp nhận và hẹn trả kết quả")
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: screen.start.isEnabled())
    name_it(officer, "tiếp nhận")
    officer.press(Qt.Key.Key_P, control=True)
    officer.wait_for("Đã tạo 1 trang: tiếp nhận.pdf.")
    officer.photo("journey-council-papers-3-receipt")
    assert "Lê Thị Bưởi" in reading.read((folder / "tiếp nhận.pdf").read_bytes()).text
