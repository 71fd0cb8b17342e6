"""A report at the window, by keyboard: counted, opened to the person, frozen, compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions import approval, need, person, report_edition
from app.values.need import NeedDraft
from app.values.report import ReportAsk
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed
from tests.journeys.keyboard import Officer
from tests.papers.reading import read
from ui.screens.person import PersonScreen
from ui.screens.report import ReportScreen
from ui.screens.report_cell import ReportCellScreen
from ui.screens.report_diff import ReportDiffScreen
from ui.screens.reports import ReportsScreen

Sits = Callable[[Path], Officer]


@pytest.fixture
def counted(office: Desk) -> list[str]:
    """Three persons approved in two communes, one of them with a need."""
    told = (
        ("An", {"commune": CAT_HANH, "sex": "female"}),
        ("Bình", {"commune": CAT_HANH, "sex": "female"}),
        ("Chi", {"commune": CAT_TUONG, "sex": "male"}),
    )
    ids = [
        person.save(office.minh, typed(name=f"Lê Thị {name}", degree="severe", **where)).id
        for name, where in told
    ]
    person.submit(office.minh, ids)
    approval.approve(office.hoa, ids)
    need.save(office.minh, NeedDraft(ids[0], {"item": "medical.wheelchair"}))
    return ids


def open_report(officer: Officer, name: str) -> ReportScreen:
    """From the list of reports to the numbers of one."""
    officer.window.frames[0].go("reports")
    reports = officer.screen(ReportsScreen)
    officer.until(lambda: reports.reports.model.rowCount() > 10)
    officer.photo("journey-report-1-list")
    model = reports.reports.model
    for _ in range([model.row(at).name for at in range(model.rowCount())].index(name)):
        officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    page = officer.screen(ReportScreen)
    officer.until(lambda: page.table.labels()[-1:] == ["Tổng cộng"])
    return page


def test_numbers_never_stand_under_fields_that_say_something_else(
    sit_down: Sits, office: Desk, counted: list[str]
) -> None:
    """A day is typed and left by Tab: what C would freeze is what stands there."""
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    page = open_report(officer, "BC-01")
    total = page.table.labels().index("Tổng cộng")
    assert page.table.words(total, 0) == "3"
    page.form.focus("as_of")
    officer.type(f"{office.hoa.today() - timedelta(days=1):%d/%m/%Y}")
    officer.press(Qt.Key.Key_Tab)
    officer.until(lambda: page.table.words(total, 0) == "0")
    page.form.focus("as_of")
    officer.press(Qt.Key.Key_A, control=True)
    officer.type(f"{office.hoa.today() + timedelta(days=400):%d/%m/%Y}")
    officer.press(Qt.Key.Key_Tab)
    officer.until(lambda: page.table.labels() == [])
    assert "chưa đến" in page.form.editors["as_of"].problem.text()
    officer.photo("journey-report-day-ahead")
    officer.window.frames[0].go("report", "R-02")
    officer.until(lambda: "kỳ nào" in page.form.editors["period"].problem.text())
    assert "BC-01" not in page.head.title.text() + page.head.purpose.text()
    officer.photo("journey-report-period-needed")


def test_a_report_is_counted_opened_saved_and_a_person_is_one_key_away(
    sit_down: Sits, office: Desk, counted: list[str], tmp_path: Path
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    page = open_report(officer, "BC-01")
    labels = page.table.labels()
    hanh = labels.index("Xã Cát Hanh")
    assert [page.table.words(at, 0) for at in (hanh, len(labels) - 1)] == ["2", "3"]
    officer.photo("journey-report-2-numbers")
    for _ in range(hanh):
        officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Return)
    cell = officer.screen(ReportCellScreen)
    officer.until(lambda: cell.list.model.rowCount() == 2)
    assert [cell.list.model.row(at).name for at in (0, 1)] == ["Lê Thị An", "Lê Thị Bình"]
    assert "Số liệu tính đến ngày" in cell.head.purpose.text()
    officer.photo("journey-report-3-cell")
    cell.write(tmp_path / "o.pdf")
    officer.wait_for("Đã ghi")
    assert "Lê Thị Bình" in read((tmp_path / "o.pdf").read_bytes()).text
    officer.press(Qt.Key.Key_Return)
    assert officer.screen(PersonScreen)
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.screen(ReportCellScreen)
    officer.press(Qt.Key.Key_Left, alt=True)
    page = officer.screen(ReportScreen)
    officer.until(lambda: page.table.labels()[-1:] == ["Tổng cộng"])
    page.write(tmp_path / "b.xlsx")
    officer.until(lambda: (tmp_path / "b.xlsx").exists())
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    assert 3 in [one.value for one in sheet["B"]]  # a number, no text
    only_the_men_of_a_commune(officer, page)
    page.set.write(tmp_path / "set", page._ask)
    officer.wait_for("Đã ghi")
    officer.until(lambda: len(list((tmp_path / "set").glob("*.xlsx"))) > 10)


def only_the_men_of_a_commune(officer: Officer, page: ReportScreen) -> None:
    """Units and conditions are ticked by keyboard; the report says whom it counts."""
    for name, tick in (("Giới tính", "nam"), ("Đơn vị", "cat tuong")):
        officer.tab_to(f"{name}: tất cả")
        officer.press(Qt.Key.Key_Space)
        popup = page.narrowing.bar._popup  # type: ignore[union-attr]
        if popup.search.isVisible():
            QTest.keyClicks(popup.focusWidget(), tick)
            officer.until(lambda popup=popup: popup.list.count() == 1)
            officer.press(Qt.Key.Key_Down)
        officer.press(Qt.Key.Key_Space)
        officer.press(Qt.Key.Key_Escape)
    officer.until(lambda: "Chỉ đếm người ở: Xã Cát Tường." in page.notes.text())
    assert "Chỉ đếm theo điều kiện: Giới tính: Nam." in page.notes.text()
    assert page.table.words(len(page.table.labels()) - 1, 0) == "1"
    officer.photo("journey-report-5-narrowed")


def test_an_edition_is_frozen_and_a_later_one_says_whose_death_it_tells(
    sit_down: Sits, office: Desk, counted: list[str], tmp_path: Path
) -> None:
    other = report_edition.freeze(office.hoa, ReportAsk("BC-01", units=(CAT_TUONG,)))
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    open_report(officer, "BC-01")
    officer.press(Qt.Key.Key_C)
    officer.wait_for("Chốt bản này?")
    officer.press(Qt.Key.Key_Return)
    officer.wait_for("Đã chốt BC-01")
    person.set_life_state(office.minh, counted[1], "dead", "2026-01-02", "đã mất")
    approval.approve(office.hoa, [counted[1]])
    later = report_edition.freeze(office.hoa, ReportAsk("BC-01"), "Nộp lại lần hai")
    officer.window.frames[0].go("reports", "editions")
    reports = officer.screen(ReportsScreen)
    officer.until(lambda: reports.editions.model.rowCount() == 3)
    officer.until(lambda: not officer.sees("Đã chốt BC-01"))
    assert reports.editions.model.row(2).id == other.id
    diff = two_compared(officer, reports, (0, 2))
    words = "Đơn vị: bản trước là “Xã Cát Tường”, bản sau là “Huyện Phù Cát”"
    officer.until(lambda: words in diff.list.nothing.hint)
    officer.photo("journey-report-9-other-question")
    officer.press(Qt.Key.Key_Left, alt=True)
    reports = officer.screen(ReportsScreen)
    officer.until(lambda: reports.editions.model.rowCount() == 3)
    diff = two_compared(officer, reports, (0, 1))
    officer.until(lambda: diff.list.model.rowCount() > 2)
    lines = [diff.list.model.row(at) for at in range(diff.list.model.rowCount())]
    told = (lines[0].what, lines[0].before, lines[0].after)
    assert told == ("Tổng cộng · Được duyệt tiếp nhận (người)", "3", "2")
    gone = next(one for one in lines if one.what == "− Lê Thị Bình")
    assert "Đã mất" in gone.why
    officer.photo("journey-report-4-diff")
    officer.press(Qt.Key.Key_Left, alt=True)
    reports = officer.screen(ReportsScreen)
    officer.until(lambda: reports.editions.model.rowCount() == 3)
    assert reports.editions.model.row(0).id == later.id
    assert "Nộp lại lần hai" in words_of(reports, 0)
    officer.photo("journey-report-6-editions")
    officer.press(Qt.Key.Key_Home, control=True)
    officer.until(lambda: reports.editions.view.currentIndex().row() == 0)
    officer.press(Qt.Key.Key_Return)
    page = officer.screen(ReportScreen)
    for told in ("Số liệu tính đến ngày", "Ghi chú: Nộp lại lần hai.", "hoa", later.sha256):
        officer.until(lambda told=told: told in page.head.purpose.text())
    officer.photo("journey-report-7-edition")
    page.write(tmp_path / "e.pdf")
    officer.wait_for("Đã ghi")
    paper = " ".join(read((tmp_path / "e.pdf").read_bytes()).text.split())
    assert f"Bản đã chốt số {later.id}" in paper and "Ghi chú: Nộp lại lần hai." in paper


def two_compared(
    officer: Officer, reports: ReportsScreen, lines: tuple[int, int]
) -> ReportDiffScreen:
    """Two lines of the editions ticked by keyboard, none before, and compared."""
    view, model = reports.editions.view, reports.editions.model
    officer.hear()  # the page reads its lines anew when it is opened, and when others write
    assert not model.ticked
    officer.press(Qt.Key.Key_Home, control=True)
    officer.until(lambda: view.currentIndex().row() == 0)
    for at in range(max(lines) + 1):
        if at in lines:
            officer.press(Qt.Key.Key_Space)
            officer.until(lambda at=at: model.row(at).id in model.ticked)
        if at < max(lines):
            officer.press(Qt.Key.Key_Down)
            officer.until(lambda at=at: view.currentIndex().row() == at + 1)
    officer.press(Qt.Key.Key_S)
    return officer.screen(ReportDiffScreen)


def words_of(reports: ReportsScreen, at: int) -> list[str]:
    """What stands in the columns of an edition's line."""
    model = reports.editions.model
    return [str(model.index(at, each).data() or "") for each in range(model.columnCount())]


def test_the_day_up_to_which_the_book_is_taken_is_chosen_at_the_window(
    sit_down: Sits, office: Desk
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    page = open_report(officer, "M07")
    today = office.hoa.today()
    days = (("Tính đến ngày", today - timedelta(days=2)), ("Sổ ghi đến ngày", today))
    for name, day in days:
        officer.tab_to(name)
        officer.type(f"{day:%d/%m/%Y}")
    officer.enter()
    officer.until(lambda: "theo sổ ghi đến hết ngày" in page.head.purpose.text())
    officer.photo("journey-report-8-recorded")
