"""The province's PC at the window: the offices and their sum, one of their books, and its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import workspace
from app.actions import period, person, target
from app.values.period import PeriodDraft, TargetDraft
from sync import client, enrolment, state
from sync.server import console
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, Pc, central, pc
from tests.sync.test_reading import LATER
from ui.screens.offices import OfficesScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.province import ProvinceScreen
from ui.screens.report import ReportScreen
from ui.screens.reports import ReportsScreen
from ui.screens.sync import SyncScreen

Sits = Callable[[Path], Officer]
DISTRICT = "Phòng LĐ-TB&XH huyện An Lão"
PROVINCE = "Sở Y tế tỉnh Bình Định"
OFFICES, SYNC, PEOPLE = 0, 6, 2


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def district(tmp_path: Path, server: Central) -> Iterator[Pc]:
    """A district that has sent its people."""
    with pc(tmp_path / "district") as one:
        one.enrol(server, server.code(DISTRICT, "63:542"))
        for name in ("Đinh Văn Briu", "Lê Thị Xa", "Phạm Văn Yên"):
            one.enter(name, phone="0905123456")
        one.sync()
        yield one


def planned(hoa: workspace.Workspace) -> None:
    """The province asks two figures of the district this year."""
    year = hoa.today().year
    days = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"}
    period.save(hoa, PeriodDraft({"code": "Y", "name": "Năm nay"} | days))
    for figure, number in (("approved", 5), ("met_items", 4)):
        told = {"figure": figure, "unit": "63:542", "period": "Y", "number": number}
        target.save(hoa, TargetDraft(told))


def let_read(office: Desk, server: Central) -> str:
    """The PC becomes one of the province and may read the district; its id."""
    enrolment.enrol(office.lan.db, server.url, server.code(PROVINCE, "63:52"))
    person.save(workspace.attach(office.lan.db, "minh"), typed())
    planned(workspace.attach(office.lan.db, "hoa"))
    with office.lan.db.read() as session:
        device = state.device(session)
    assert device is not None
    console.grant(server.folder, device.device_id, DISTRICT, LATER)
    return device.device_id


def to_the_reports_of_the_district(officer: Officer) -> None:
    """From the page of all offices to a report of one, and back to the list of books."""
    officer.push("Mọi đơn vị trong một trang")
    page = officer.screen(ProvinceScreen)
    officer.wait_for("máy chủ đếm lúc")
    officer.until(lambda: page.list.model.rowCount() == 2)
    assert page.tiles.named["mend"].accessibleName() == "19 chỗ cần bổ sung, xem lại"
    names = [page.list.model.row(at).name for at in (0, 1)]
    officer.wait_for("so với: Người được duyệt tiếp nhận · Năm nay")
    officer.photo("journey-province-1-page")
    officer.tab_to("Chỉ tiêu của mọi đơn vị")
    officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.wait_for("so với: Lượt nhu cầu đã đáp ứng · Năm nay")
    beside = {name: page.list.model.row(at).beside(page.measured.chosen)
              for at, name in enumerate(names)}  # fmt: skip
    assert beside[DISTRICT].number == 4 and beside[PROVINCE].number is None
    officer.photo("journey-province-1-measured")
    officer.press(Qt.Key.Key_Tab)
    officer.until(lambda: page.list.view.hasFocus())
    for _ in range(names.index(DISTRICT)):
        officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.wait_for(f"Đang xem sổ của {DISTRICT}")
    reports = officer.screen(ReportsScreen)
    officer.until(lambda: reports.reports.model.rowCount() > 10)
    officer.enter()
    report = officer.screen(ReportScreen)
    officer.until(lambda: report.table.labels()[-1:] == ["Tổng cộng"])
    officer.photo("journey-province-2-report")
    officer.push("Trở về sổ của mình")
    officer.go(OFFICES)
    officer.screen(OfficesScreen)


def test_a_province_looks_into_a_district_until_it_may_not(
    sit_down: Sits, office: Desk, server: Central, district: Pc
) -> None:
    device = let_read(office, server)
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.wait_for("Các đơn vị")
    officer.go(SYNC)
    officer.wait_for("xem đến hết")
    officer.photo("journey-offices-1-sync-page")
    officer.go(OFFICES)
    officer.wait_for("Cộng: 4 người")
    officer.photo("journey-offices-2-totals")
    assert officer.screen(OfficesScreen).list.model.rowCount() == 2
    to_the_reports_of_the_district(officer)
    officer.press(Qt.Key.Key_Down)
    officer.enter()
    officer.wait_for(f"Đang xem sổ của {DISTRICT}")
    officer.go(PEOPLE)
    officer.screen(PeopleScreen)
    officer.wait_for("3 người")
    assert not officer.sees("Thêm người") and not officer.sees("Nhập danh sách")
    officer.photo("journey-offices-3-people")
    officer.enter()
    officer.screen(PersonScreen)
    officer.wait_for("Briu")
    officer.photo("journey-offices-4-person")
    officer.press(Qt.Key.Key_0, alt=True)
    officer.screen(OfficesScreen)
    officer.enter()
    officer.push("Trở về sổ của mình")
    officer.screen(OfficesScreen)
    officer.enter()
    officer.until(lambda: len(officer.window.frames) == 2)
    console.ungrant(server.folder, device, DISTRICT)
    officer.window.syncing.now()
    officer.until(lambda: len(officer.window.frames) == 1)
    officer.wait_for(f"Máy này thôi được xem sổ của {DISTRICT}")
    officer.go(SYNC)
    officer.screen(SyncScreen)
    officer.wait_for("3 hồ sơ người, đã được xóa")
    officer.photo("journey-offices-5-ended")
    assert person.total(office.lan, person.PeopleFilter()) == 1
    assert [line.outcome for line in client.rounds(office.lan.db)].count("grant_ended") == 1
