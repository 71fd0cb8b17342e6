"""Certificates at the window: issued for a whole session, printed on a blank, a code checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import blank, certificate, certificate_opening, complaint, person
from app.forms import folded
from app.values.application import ComplaintDraft
from tests import sitting
from tests.certified import heard
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_finding import look_for, step_to
from tests.papers import reading
from ui.screens.certificates import CertificatesScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]


def test_a_session_is_issued_at_one_key_and_printed(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    """One of the session has an open complaint: she is told before, ticked, and a reason given."""
    called = heard(sitting.on(office, "2026-03-10"), "Nguyễn Thị Mận", "Trần Văn Tám")
    told = {"complainant": "Trần Văn Con", "about": "degree", "received_on": "2026-03-17"}
    complaint.save(office.minh, ComplaintDraft(called[1][1], told))
    certificate.prepare_files(office.minh, [file for _who, file in called])
    certificate_opening.say_opening(office.lan, {"first_number": 1237, "of_severe": 2})
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    look_for(officer, folded("Giấy xác nhận, phôi"))
    step_to(officer, "Giấy xác nhận, phôi")
    officer.enter()
    page = officer.screen(CertificatesScreen)
    officer.until(lambda: page.registers["waiting"].list.total == 2)
    issue_all(officer)
    assert [certificate.of_person(office.lan, who)[0].state for who, _file in called] == [
        "valid", "valid",
    ]  # fmt: skip

    page.opened("blanks")
    officer.push("Nhập lô phôi")
    officer.until(lambda: officer.at.startswith("Số phôi đầu"))
    officer.type("A000101")
    officer.press(Qt.Key.Key_Tab)
    officer.type("A000150")
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: page.registers["blanks"].list.total == 50)
    officer.photo("journey-certificates-2-blanks")
    settle_a_clash(officer, page, office)
    page.opened("check")
    officer.type("310023345")
    officer.enter()
    officer.wait_for("Mã không đọc được hoặc đã bị sửa.")
    officer.photo("journey-certificates-3-check")
    page.opened("opening")
    officer.wait_for("biên bản 2, chương trình 0  ← KHÁC NHAU")
    officer.photo("journey-certificates-4-opening")
    page.opened("book")
    officer.until(lambda: page.registers["book"].list.total == 4)
    officer.photo("journey-certificates-5-book")
    onto_blanks(officer, page, tmp_path / "luot.pdf")
    assert blank.counts(office.lan) == {"in_stock": 47, "issued": 2, "spoiled": 1}
    page.registers["book"].list.view.setFocus()
    officer.enter()

    shown = officer.screen(PersonScreen)
    officer.until(lambda: shown.tabs.tabs is not None and shown.tabs.tabs.current == "certificates")
    officer.wait_for("218711237 · Có hiệu lực")
    officer.wait_for("phôi A000101, đã in 1 lần")
    officer.rest()
    file = tmp_path / "giay.pdf"
    officer.push_and_name("Lưu tờ để in…", file)
    officer.until(file.exists)
    officer.photo("journey-certificates-6-person")
    assert "218711237" in reading.read(file.read_bytes()).text
    revoke(officer)
    assert person.page(office.lan, called[0][0]).fields["degree"] == "severe"  # nobody approved yet


def revoke(officer: Officer) -> None:
    """The authority's decision, and in the same box what becomes of the person's record."""
    officer.push("Thu hồi…")
    officer.until(lambda: officer.at.startswith("Lý do thu hồi"))
    for words in ("Sai mức độ", "Sở Y tế", "15/QĐ", "", "", "Người giữ đi xa"):
        officer.type(words)
        officer.press(Qt.Key.Key_Tab)
    assert officer.at.startswith("Dạng tật, mức độ trong hồ sơ")
    officer.choose("xoa")
    officer.photo("journey-certificates-10-revoke")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("218711237 · Đã thu hồi")
    officer.wait_for("Đề nghị xóa dạng tật, mức độ trong hồ sơ")


def issue_all(officer: Officer) -> None:
    """Old and new of everybody, the doubt ticked as known, one reason."""
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("Cấp các giấy đã chọn…")
    officer.wait_for("Nguyễn Thị Mận: Dạng khuyết tật: — → Vận động; Mức độ khuyết tật: — → Nặng")
    officer.press(Qt.Key.Key_Backtab)
    assert officer.at == "Trần Văn Tám: khiếu nại nhận 17/03/2026 chưa trả lời"
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_Tab)
    officer.enter()
    officer.wait_for("Ghi vì sao vẫn cấp giấy đã đánh dấu.")
    officer.type("Đã hẹn trả lời")
    officer.photo("journey-certificates-1-issue")
    officer.enter()
    officer.wait_for("Đã cấp 2 giấy.")


def settle_a_clash(officer: Officer, page: CertificatesScreen, office: Desk) -> None:
    """Two of the paper book have one number: the one that was typed wrong has another now."""
    for year in (1956, 1966):
        who = person.save(office.minh, typed(name="Đỗ Thị Lý", birth=str(year))).id
        paper = {"certificate_number": "08/2014", "degree": "mild", "types": ("vision",)}
        paper["certificate_note"] = f"Sổ giấy, người sinh {year}"
        certificate_opening.take_over(office.minh, who, paper)
    page.opened("clashes")
    officer.until(lambda: page.registers["clashes"].list.total == 2)
    officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.until(lambda: officer.at.startswith("Giải quyết"))
    officer.choose("doi so")
    officer.press(Qt.Key.Key_Tab)
    officer.type("Gõ nhầm số")
    officer.press(Qt.Key.Key_Tab)
    officer.type("09/2014")
    officer.photo("journey-certificates-9-clash")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Không có số, phôi hay người nào bị hai giấy cùng ghi.")
    assert certificate.clashes(office.minh) == ()


def onto_blanks(officer: Officer, page: CertificatesScreen, file: Path) -> None:
    """The whole session onto blanks: one file, one blank spoiled, the rest moved on."""
    page.registers["book"].list.view.setFocus()
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("In lên phôi, cả lượt…")
    officer.until(lambda: officer.at.startswith("Số phôi đầu tiên"))
    officer.rub_out()
    officer.type("B999")
    officer.enter()
    officer.wait_for("B999")  # refused in the box, which stays with what was typed
    officer.until(lambda: officer.at.startswith("Số phôi đầu tiên"))
    officer.rub_out()
    officer.type("A000101")
    officer.enter()
    officer.wait_for("2 giấy, phôi A000101 đến A000102.")
    officer.push_and_name("Lưu tệp để in cả lượt…", file)
    officer.until(file.exists)
    assert [name in page for name, page in zip(
        ("NGUYỄN THỊ MẬN", "TRẦN VĂN TÁM"), reading.read(file.read_bytes()).pages, strict=True
    )] == [True, True]  # fmt: skip
    officer.push("Phôi hỏng…")
    officer.rub_out()
    officer.type("A000102")
    officer.enter()
    officer.wait_for("Phôi A000102 hỏng vì sao?")
    officer.type("Kẹt giấy")
    officer.photo("journey-certificates-7-spoiled")
    officer.enter()
    officer.wait_for("2 giấy, phôi A000101 đến A000103.")
    serials = page.registers["book"].list.model
    officer.until(
        lambda: (
            {serials.row(n).text("serial") for n in range(serials.rowCount())}
            == {"", "A000101", "A000103"}  # those of the paper book have none
        )
    )
    officer.photo("journey-certificates-8-run")
    officer.push("In xong")
    officer.wait_for("Đã xong lượt in lên phôi.")
