"""Targets and training at the window: periods of a year, a number set, a class with its people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app.actions import approval, person, report_edition, target, training
from app.imports.writing import Extras, Page, write_xlsx
from tests.app.test_target_sheet import filled
from tests.desk import CAT_HANH, DISTRICT, Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_finding import look_for, step_to
from tests.journeys.test_window_supports import find
from ui.screens.overview import OverviewScreen
from ui.screens.person import PersonScreen
from ui.screens.plans import PlansScreen
from ui.screens.quality_people import QualityPeopleScreen
from ui.screens.register_part import Asked
from ui.screens.report import ReportScreen
from ui.screens.report_cell import ReportCellScreen
from ui.screens.training_event import TrainingEventScreen

Sits = Callable[[Path], Officer]


def test_an_approver_sets_periods_and_a_target_and_sees_who_is_behind(
    sit_down: Sits, office: Desk, tmp_path: Path
) -> None:
    someone = person.save(office.minh, typed(birth="1956", degree="severe")).id
    person.submit(office.minh, [someone])
    approval.approve(office.hoa, [someone])
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    find(officer, "Chỉ tiêu")
    page = officer.screen(PlansScreen)
    officer.wait_for("Chưa giao chỉ tiêu nào cho kỳ này.")
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.until(lambda: page.tabs.current == "periods")
    year = office.hoa.today().year
    officer.push(f"Đặt các kỳ của năm {year}")
    officer.wait_for("Đã đặt các kỳ của năm.")
    officer.until(lambda: officer.sees("20 dòng"))
    officer.photo("journey-plans-1-periods")
    officer.press(Qt.Key.Key_PageUp, control=True)
    officer.until(lambda: page.tabs.current == "targets")
    officer.push("Giao chỉ tiêu")
    officer.until(lambda: officer.at.startswith("Chỉ tiêu về"))
    officer.tab_to("Đơn vị được giao")
    officer.choose("cat hanh")
    officer.tab_to("Kỳ (mã)")
    officer.type("2031")
    officer.tab_to("Số được giao")
    officer.type("4.000")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Không có kỳ báo cáo “2031”.")
    officer.tab_to("Kỳ (mã)")
    officer.rub_out()
    officer.type(str(year))
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: target.listing(office.hoa))
    officer.until(lambda: officer.sees(f"Năm {year} ({year})"))
    officer.rest()
    officer.photo("journey-plans-2-targets")
    assert [one.fields["number"] for one in target.listing(office.hoa)] == [4_000]
    register = page.registers["targets"]
    lines, total = register.rows(Asked("", {}))
    assert total == 1 + 18  # the district and its communes
    assert [(one.done, one.standing) for one in lines if one.number] == [(1, "going")] * 2
    many_targets_come_from_a_sheet(officer, office, tmp_path)
    look_for(officer, "tong quan")
    step_to(officer, "Tổng quan")
    officer.enter()
    seen = officer.screen(OverviewScreen)
    officer.wait_for(f"Năm {year}: 1 trên 40.000 người")
    names = {name: tile.accessibleName() for name, tile in seen.tiles.named.items()}
    assert names["approved"] == "1 người được duyệt"
    assert names["waiting"] == "0 hồ sơ chờ duyệt"
    assert names["mend"] == "3 chỗ cần bổ sung, xem lại"  # no sex, number and type
    last, told = f"{office.hoa.today():%m/%y}: 1", seen.trends.chart.accessibleName
    officer.until(lambda: told().count(";") == 11 and told().endswith(last))
    officer.photo("journey-plans-4-overview")
    officer.until(lambda: officer.at == "1 người được duyệt")
    officer.press(Qt.Key.Key_Space)
    from_a_number_to_paper_and_an_edition(officer, tmp_path)
    to_the_records_that_somebody_entered(officer)


def many_targets_come_from_a_sheet(officer: Officer, office: Desk, folder: Path) -> None:
    """A blank sheet is written, filled in elsewhere, looked at and taken in."""
    blank, sheet = folder / "trống.xlsx", folder / "giao.xlsx"
    officer.push_and_name("Bảng trống…", blank)
    officer.wait_for("Ghi số được giao vào đó rồi nhập lại.")
    told = {(DISTRICT, "met_items"): 900, (CAT_HANH, "approved"): 40_000,
            (CAT_HANH, "met_items"): "mười"}  # fmt: skip
    pages = [Page("Chỉ tiêu", filled(blank, told), extras=Extras(numbers=True))]
    write_xlsx(sheet, pages)
    officer.push_and_name("Nhập bảng…", sheet)
    officer.wait_for("Xem trước giao.xlsx: chưa ghi gì.")
    officer.wait_for(
        "3 dòng: ghi mới 1, đã có 0, chưa nhận 1. Thay số cũ: 1 dòng. 54 dòng để trống số, "
        "giữ như cũ."
    )
    told = officer.screen(PlansScreen).registers["targets"].sheets.lines
    replaced, wrong = told.item(0).text(), told.item(1).text()
    assert "xã Cát Hanh" in replaced and "số cũ 4.000, số mới 40.000." in replaced
    assert "Cột “Số được giao”: “mười” không phải số nguyên." in wrong
    officer.photo("journey-plans-7-sheet")
    officer.until(lambda: officer.at == "Ghi vào sổ")
    officer.press(Qt.Key.Key_Space)
    officer.wait_for("Đã nhập giao.xlsx.")
    numbers = sorted(one.fields["number"] for one in target.listing(office.hoa))
    assert numbers == [900, 40_000]
    a_commune_of_the_new_borders_has_a_target(officer, office)


def a_commune_of_the_new_borders_has_a_target(officer: Officer, office: Desk) -> None:
    """The office keeps its old borders; the commune was made of two of its own."""
    page = officer.screen(PlansScreen)
    officer.until(lambda: officer.at.startswith("Chỉ tiêu, tiến độ"))
    officer.push("Giao chỉ tiêu")
    officer.until(lambda: officer.at.startswith("Chỉ tiêu về"))
    officer.tab_to("Đơn vị được giao")
    officer.choose("hoa hoi")
    officer.tab_to("Số được giao")
    officer.type("1.300")
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: len(target.listing(office.hoa)) == 3)
    lines = page.registers["targets"].list.model
    officer.until(lambda: lines.rowCount() == 1 + 18 + 1)
    assert (lines.row(19).unit, lines.row(19).number) == ("34:21871", 1_300)
    officer.photo("journey-plans-8-new-commune")


def from_a_number_to_paper_and_an_edition(officer: Officer, folder: Path) -> None:
    """The tile's report, the list behind its total, both on paper; then it is frozen."""
    page = officer.screen(ReportScreen)
    officer.until(lambda: page.table.labels()[-1:] == ["Tổng cộng"])
    for _ in page.table.labels()[1:]:
        officer.press(Qt.Key.Key_Down)
    officer.enter()
    cell = officer.screen(ReportCellScreen)
    officer.until(lambda: cell.list.model.rowCount() == 1)
    cell.write(folder / "list.pdf")
    officer.until(lambda: (folder / "list.pdf").exists())
    officer.press(Qt.Key.Key_Left, alt=True)
    page = officer.screen(ReportScreen)
    officer.until(lambda: page.table.labels()[-1:] == ["Tổng cộng"])
    page.write(folder / "report.pdf")
    officer.until(lambda: (folder / "report.pdf").exists())
    officer.press(Qt.Key.Key_C)
    officer.wait_for("Chốt bản này?")
    officer.until(lambda: officer.at == "Chốt bản này?")
    officer.type("Nộp Sở")
    officer.enter()
    officer.wait_for("Đã chốt R-01")
    assert [one.note for one in report_edition.listing(page.stage.ws)] == ["Nộp Sở"]
    officer.photo("journey-plans-5-frozen")


def to_the_records_that_somebody_entered(officer: Officer) -> None:
    """From data quality by who entered to the record, and what is wrong with it."""
    find(officer, "Chất lượng dữ liệu")
    page = officer.screen(PlansScreen)
    officer.until(lambda: page.tabs.current == "quality")
    lines = page.registers["quality"].list
    officer.until(lambda: lines.model.rowCount() == 1)
    officer.push("Theo người nhập")
    officer.until(lambda: lines.model.rowCount() and lines.model.row(0).name == "Lê Văn Minh")
    officer.tab_to("Chất lượng dữ liệu")
    officer.enter()
    behind = officer.screen(QualityPeopleScreen)
    officer.until(lambda: behind.list.model.rowCount() == 1)
    assert behind.head.title.text() == "Cần xem lại: Lê Văn Minh"
    assert "no_number" in behind.list.model.row(0).defects
    officer.photo("journey-plans-6-records")
    officer.enter()
    officer.screen(PersonScreen)


def test_a_class_is_entered_with_its_delegates_and_one_is_corrected(
    sit_down: Sits, office: Desk
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "Chỉ tiêu")
    page = officer.screen(PlansScreen)
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.until(lambda: page.tabs.current == "trainings")
    officer.push("Thêm lớp, hội thảo")
    officer.until(lambda: officer.at.startswith("Đợt tập huấn"))
    officer.type("Đợt 1")
    officer.tab_to("Tên lớp")
    officer.type("Lớp 1")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Cần có “Khai giảng ngày” để lưu.")
    officer.tab_to("Khai giảng ngày")
    officer.type("11/3/2019")
    officer.tab_to("Số ngày")
    officer.type("3")
    officer.press(Qt.Key.Key_S, control=True)
    officer.screen(TrainingEventScreen)
    officer.wait_for("Chưa ghi đại biểu nào.")
    officer.push("Thêm đại biểu")
    officer.until(lambda: officer.at.startswith("Họ và tên đại biểu"))
    officer.type("Võ Thị Lài")
    officer.tab_to("Giới tính")
    officer.choose("nu")
    officer.tab_to("Cấp")
    officer.choose("xa")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("1 lượt, 1 người")
    officer.photo("journey-plans-3-class")
    held = training.held(office.minh)
    assert [(one.name, one.seats.persons, one.seats.days) for one in held.rounds] == [
        ("Đợt 1", 1, 3)
    ]
