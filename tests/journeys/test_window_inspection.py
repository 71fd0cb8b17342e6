"""An inspector comes to the office: let in, looks, takes papers along, and can change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto import OfficeFile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions import (
    access,
    accident_list,
    approval,
    care_case,
    hazard,
    need,
    person,
    user,
)
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft
from app.values.user import UserDraft
from tests.chance import SOAK
from tests.desk import CAT_HANH, Desk, typed
from tests.journeys.keyboard import Officer
from ui.places import places
from ui.screens.inspection import InspectionScreen
from ui.screens.inspection_log import InspectionLogScreen
from ui.screens.inspection_register import InspectionRegisterScreen
from ui.screens.password import PasswordScreen
from ui.screens.report import ReportScreen
from ui.screens.users import UsersScreen
from ui.widgets.fields.editor import FieldEditor
from ui.widgets.tabs import Tabs

Sits = Callable[[Path], Officer]
USERS = 8
GUEST_PASSWORD = "Thanh-tra-1975"
FILE_PASSWORD = "Mo-tep-nay-2026"
HAZARD = {"hazard_commune": CAT_HANH, "hazard_place": "bờ ao"}
WRITING = (
    "Thêm Lưu Sửa Gỡ Ghi Duyệt Trả Gửi Nhập Giao Lập Viết Cấp Ngừng Xóa Gộp Tách Mời Chốt Thu Hủy "
    "Xuất Kèm Kết Xin Báo In Chụp Tạo Bắt Đưa Khóa Cho Rút Đặt Bỏ".split()
)
OFTEN = "person care_case accident hazard certificates applications users inspection_log".split()
"""Where most can be written; every place is walked when the tests of endurance run."""
READING = ("Lưu tệp… (L)", "Giao việc", "Báo cáo", "Bỏ lọc", "Báo cáo sáu tháng")
"""Words that begin alike and change nothing; what an inspector takes along is logged."""


@pytest.fixture
def things(office: Desk) -> dict[str, str]:
    """One of everything that has a page, by place."""
    made = person.save(office.minh, typed(id_number="052071004321")).id
    person.submit(office.minh, [made])
    approval.approve(office.hoa, [made])
    person.page(office.hoa, made)
    need.save(office.minh, NeedDraft(made, {"item": "medical.wheelchair"}))
    case = care_case.open(office.minh, made, CaseDraft("Sống một mình"))
    return {
        "person": made,
        "care_case": case,
        "case_assessment": case,
        "case_plan": case,
        "case_review": case,
        "accident": accident_list.record(office.minh, {"accident_commune": CAT_HANH}),
        "hazard": hazard.save(office.minh, HAZARD),
        "report": "BC-01",
        "inspection_log": made,
        "inspection_register": "persons",
    }


def guest(office: Desk) -> None:
    until = (date.today() + timedelta(days=1)).isoformat()
    user.add(
        office.lan,
        UserDraft("tra", "inspector", "Hồ Thị Tra", password=GUEST_PASSWORD, valid_until=until,
                  basis="Quyết định 12/QĐ-TTr (GIẢ LẬP)"),
    )  # fmt: skip


def test_the_keeper_lets_an_inspector_in_who_looks_and_takes_a_closed_file_along(
    sit_down: Sits, office: Desk, things: dict[str, str], tmp_path: Path
) -> None:
    invited(sit_down(office.home), date.today() + timedelta(days=20))
    tra = sit_down(office.home)
    tra.sign_in("tra", GUEST_PASSWORD)
    look_up_huong(tra)
    file = tmp_path / "so nguoi.xlsx"
    take_along(tra, file)
    opened, closed = BytesIO(), OfficeFile(BytesIO(file.read_bytes()))
    closed.load_key(password=FILE_PASSWORD)
    closed.decrypt(opened)
    told = [cell.value for cell in openpyxl.load_workbook(opened).active[2]]
    assert "Nguyễn Thị Hường" in told and "••••••••4321" in told
    taken = access.of_person(office.lan, things["person"])
    assert ("tra", "export", file.name) in {(one.by, one.kind, one.detail) for one in taken}
    tra.window.frames[0].go("inspection", "proof")
    page = tra.screen(InspectionScreen)
    tra.until(lambda: page.tabs.current == "proof" and page.now.list.model.rowCount() >= 2)
    tra.rest()
    tra.photo("journey-inspection-8-proof")


def invited(keeper: Officer, until: date) -> None:
    """lan makes an account that ends by itself."""
    keeper.sign_in("lan")
    keeper.go(USERS)
    keeper.screen(UsersScreen)
    keeper.push("Mời người thanh tra…")
    keeper.until(lambda: keeper.at.startswith("Tên đăng nhập"))
    named = ("tra", "Hồ Thị Tra", "Thanh tra viên")
    for words in (*named, f"{until:%d/%m/%Y}", "Quyết định 12/QĐ-TTr (GIẢ LẬP)"):
        keeper.type(words)
        keeper.enter()
    keeper.type(GUEST_PASSWORD)
    keeper.rest()
    keeper.photo("journey-inspection-1-invite")
    keeper.enter()
    keeper.wait_for(f"vào sổ được đến hết ngày {until:%d/%m/%Y}")
    keeper.rest()
    keeper.photo("journey-inspection-2-invited")


def look_up_huong(tra: Officer) -> None:
    """From her name to all that was done with her, then to what one officer did."""
    tra.window.frames[0].go("inspection")
    page = tra.screen(InspectionScreen)
    tra.tab_to("Tên, số định danh, xã")
    tra.type("huong")
    tra.until(lambda: page.now.list.model.rowCount() == 1)
    tra.rest()
    tra.photo("journey-inspection-3-find")
    tra.press(Qt.Key.Key_Return)
    tra.until(lambda: page.now.list.view.hasFocus())
    tra.press(Qt.Key.Key_Return)
    log = tra.screen(InspectionLogScreen)
    tra.until(lambda: log.register.list.model.rowCount() > 3)
    tra.rest()
    assert tra.sees("Nguyễn Thị Hường") and tra.sees("Xem, in, xuất, đổi khóa chỉ được ghi")
    tra.photo("journey-inspection-4-log")
    tra.tab_to("Cán bộ, ngày, 01/03/2026 - 31/03/2026")
    tra.type("hoa")
    tra.until(lambda: {row.line.by for row in rows(log)} == {"hoa"})


def take_along(tra: Officer, file: Path) -> None:
    """The register of persons as a workbook under a password, after a weak one was refused."""
    tra.window.frames[0].go("inspection", "registers")
    page = tra.screen(InspectionScreen)
    tra.until(lambda: page.tabs.current == "registers" and page.now.list.model.rowCount() > 10)
    tra.rest()
    tra.photo("journey-inspection-5-registers")
    tra.until(lambda: page.now.list.view.hasFocus())
    tra.press(Qt.Key.Key_Return)
    register = tra.screen(InspectionRegisterScreen)
    tra.until(lambda: register.register.list.model.rowCount() == 1 and register.register.then)
    tra.rest()
    tra.photo("journey-inspection-6-persons")
    tra.push_and_name("Lưu tệp… (L)", file)
    tra.until(lambda: tra.at.startswith("Mật khẩu của tệp"))
    for words in ("ngan", "ngan"):
        tra.type(words)
        tra.enter()
    tra.wait_for("Mật khẩu phải có ít nhất")
    for _field in range(2):
        tra.rub_out()
        tra.type(FILE_PASSWORD)
        if not _field:
            tra.enter()
    tra.rest()
    tra.photo("journey-inspection-7-password")
    tra.enter()
    tra.wait_for("Đã ghi")
    tra.rest()


def rows(log: InspectionLogScreen) -> list[object]:
    model = log.register.list.model
    return [model.row(at) for at in range(model.rowCount())]


@pytest.mark.soak
def test_no_place_offers_an_inspector_anything_that_writes(
    sit_down: Sits, office: Desk, things: dict[str, str]
) -> None:
    guest(office)
    officer = sit_down(office.home)
    officer.sign_in("tra", GUEST_PASSWORD)
    frame = officer.window.frames[0]
    walked, offered = set(), []
    for place in places():
        if not place.open_to(frame.ws) or not (SOAK or place.name in OFTEN):
            continue
        frame.go(place.name, things.get(place.name, ""))
        officer.rest()
        page = frame.shown
        for shown in everything_of(officer, page):
            walked.add(f"{place.name} {shown}")
            offered += [f"{place.name} {shown}: {words}" for words in writing(page)]
    assert len(walked) > (60 if SOAK else 20)
    assert not offered, "\n".join(offered)
    closed = {"approval", "duplicates", "import", "backup", "printing", "papers", "reform"}
    assert closed <= {one.name for one in places() if not one.open_to(frame.ws)}


def everything_of(officer: Officer, page: QWidget) -> Iterator[str]:
    """The page as it is opened, then each of its tabs."""
    yield ""
    for tabs in page.findChildren(Tabs):
        for name in tabs.names():
            if tabs.isVisible():
                tabs.open(name)
                officer.rest()
                yield name


def writing(page: QWidget) -> Iterator[str]:
    """Buttons that would write, and fields of records that take typing."""
    for one in page.findChildren(QAbstractButton):
        words = one.accessibleName() or one.text()
        if one.isVisible() and one.isEnabled() and words not in READING and in_tabs(one) is None:
            if words.split(" ")[:1] and words.split(" ")[0].strip("…") in WRITING:
                yield words
    if not isinstance(page, ReportScreen | PasswordScreen):
        for field in page.findChildren(FieldEditor):
            if field.isVisible() and field.isEnabled() and not field.read_only:
                yield f"field {field.field.name}"


def in_tabs(one: QWidget) -> Tabs | None:
    """The strip of tabs a button is in, when it is one of its titles."""
    above = one.parentWidget()
    while above is not None and not isinstance(above, Tabs):
        above = above.parentWidget()
    return above if isinstance(above, Tabs) and one in above._buttons.values() else None
