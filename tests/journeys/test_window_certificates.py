"""Certificates at the window: issued for a whole session, printed on a blank, a code checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import blank, certificate, certificate_opening
from app.forms import folded
from tests import sitting
from tests.certified import heard
from tests.desk import Desk
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_finding import look_for, step_to
from tests.papers import reading
from ui.screens.certificates import CertificatesScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]


def test_a_session_is_issued_at_one_key_and_printed(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    called = heard(sitting.on(office, "2026-03-10"), "Nguyễn Thị Mận", "Trần Văn Tám")
    certificate.prepare_files(office.minh, [file for _who, file in called])
    certificate_opening.say_opening(office.lan, {"first_number": 1237, "of_severe": 2})
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    look_for(officer, folded("Giấy xác nhận, phôi"))
    step_to(officer, "Giấy xác nhận, phôi")
    officer.enter()
    page = officer.screen(CertificatesScreen)
    officer.until(lambda: page.registers["waiting"].list.total == 2)
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("Cấp các giấy đã chọn…")
    officer.wait_for("Nguyễn Thị Mận: Dạng khuyết tật: — → Vận động; Mức độ khuyết tật: — → Nặng")
    officer.photo("journey-certificates-1-issue")
    officer.enter()
    officer.wait_for("Đã cấp 2 giấy.")
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
    page.opened("check")
    officer.type("310023345")
    officer.enter()
    officer.wait_for("Mã không đọc được hoặc đã bị sửa.")
    officer.photo("journey-certificates-3-check")
    page.opened("opening")
    officer.wait_for("biên bản 2, chương trình 0  ← KHÁC NHAU")
    officer.photo("journey-certificates-4-opening")
    page.opened("book")
    officer.until(lambda: page.registers["book"].list.total == 2)
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


def onto_blanks(officer: Officer, page: CertificatesScreen, file: Path) -> None:
    """The whole session onto blanks: one file, one blank spoiled, the rest moved on."""
    page.registers["book"].list.view.setFocus()
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("In lên phôi, cả lượt…")
    officer.until(lambda: officer.at.startswith("Số phôi đầu tiên"))
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
            == {"A000101", "A000103"}
        )
    )
    officer.photo("journey-certificates-8-run")
    officer.push("In xong")
    officer.wait_for("Đã xong lượt in lên phôi.")
