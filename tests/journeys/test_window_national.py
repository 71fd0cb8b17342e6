"""The national system at the window: who waits, the file, its answer, and a list from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import approval, national_file, national_pending, person, settings
from app.imports.writing import Page, write_xlsx
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_mine import find
from ui.screens.import_list import ImportScreen
from ui.screens.national import NationalScreen
from ui.screens.national_file import NationalFileScreen
from ui.widgets.record_list import RecordList

Sits = Callable[[Path], Officer]
FULL = {"sex": "female", "birth": "1971-03-12", "types": "vision", "degree": "severe"}


@pytest.fixture
def people(office: Desk) -> None:
    for name, number in (("Lê Thị Lan", "052171000123"), ("Võ Thị Chín", "052171000456")):
        person.save(office.minh, typed(**FULL, name=name, id_number=number))
    person.save(office.minh, typed(name="Hồ Thị Ba", birth="1960", sex="female"))
    every = person.ids(office.hoa, person.PeopleFilter())
    person.submit(office.minh, every)
    approval.approve(office.hoa, every)


def shown(records: RecordList) -> str:
    """What the cells of a list say."""
    model = records.model
    places = ((r, c) for r in range(model.rowCount()) for c in range(model.columnCount()))
    return " | ".join(model.cell_at(place).words for place in places)


def test_a_file_goes_out_is_answered_and_a_list_comes_back(
    sit_down: Sits, office: Desk, people: None, tmp_path: Path
) -> None:
    settings.change(office.lan, {"file_passwords": "must"})
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    hand_over(officer, tmp_path / "nop.xlsx")
    assert [one.name for one in national_pending.pending(office.hoa)] == ["Hồ Thị Ba"]
    answered(officer, tmp_path / "tra-ve.xlsx")
    (card,) = national_file.listing(office.hoa)
    assert card.answers == {"accepted": 1, "refused": 1}
    take_in(officer, tmp_path / "quoc-gia.xlsx")
    officer.until(lambda: len(national_file.listing(office.hoa)) == 2)
    officer.rest()
    find(officer, "nộp cơ sở dữ liệu quốc gia")
    pending = officer.screen(NationalScreen).registers["pending"].list
    officer.until(lambda: "Đặc biệt nặng (1) → Nặng (2)" in shown(pending))
    officer.photo("journey-national-5-kept-ours")


def hand_over(officer: Officer, out: Path) -> None:
    find(officer, "nộp cơ sở dữ liệu quốc gia")
    pending = officer.screen(NationalScreen).registers["pending"].list
    officer.until(lambda: "Võ Thị Chín" in shown(pending))
    lacks = "thiếu: Số CCCD/định danh, Dạng khuyết tật, Mức độ khuyết tật"
    assert lacks in shown(pending)
    assert officer.sees("3 dòng") and pending.model.source.total is None, "read once"
    officer.photo("journey-national-1-waits")
    officer.push("Lập tệp nộp…")
    officer.until(lambda: officer.at == "Tệp nộp")
    assert officer.sees("Cơ quan đòi mật khẩu cho mọi tệp. Khác các tệp khác, tệp này không có")
    offered = Path(officer.screen(NationalScreen).registers["pending"].making.file.text())
    assert offered.name == f"nộp hệ thống quốc gia {date.today()}.xlsx"
    officer.photo("journey-national-1-open-file")
    officer.rub_out()
    officer.type(str(out))
    officer.push("Lập tệp")
    officer.until(lambda: officer.sees("Thêm mới: 2") and out.exists())
    officer.photo("journey-national-2-made")


def answered(officer: Officer, back: Path) -> None:
    screen = officer.screen(NationalScreen)
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.until(lambda: "QG-" in shown(screen.now.list))
    screen.now.list.view.setFocus()
    officer.enter()
    file = officer.screen(NationalFileScreen)
    officer.until(lambda: "Lê Thị Lan" in shown(file.lines.list))
    officer.push("Đã nộp…")
    officer.until(lambda: officer.at == "Nộp ngày nào?")
    officer.enter()
    officer.until(lambda: file.every.isVisible())
    rows = [
        ("Họ và tên", "Ngày sinh", "Mã đối tượng", "Kết quả", "Lý do"),
        ("Lê Thị Lan", "12/03/1971", "NKT-0001", "Đã nhận", ""),
        ("Võ Thị Chín", "12/03/1971", "", "Từ chối", "Sai số định danh"),
        ("Không Ai", "1950", "", "Đã nhận", ""),
    ]
    write_xlsx(back, [Page("Kết quả", rows, 1)])
    officer.push_and_name("Đọc trả lời từ tệp…", back)
    officer.until(lambda: "Sai số định danh" in shown(file.lines.list))
    officer.until(file.result.isVisible)
    officer.photo("journey-national-3-answered")


def take_in(officer: Officer, theirs: Path) -> None:
    heads = ("Mã đối tượng", "Họ và tên", "Ngày sinh", "Xã, phường", "Huyện", "Mức độ khuyết tật")
    rows = [heads, ("NKT-0001", "Lê Thị Lan", "12/03/1971", "Cát Hanh", "Phù Cát", "1")]
    write_xlsx(theirs, [Page("DS", rows, 1)])
    find(officer, "các lần trao đổi")
    screen = officer.screen(NationalScreen)
    officer.until(lambda: "QG-" in shown(screen.now.list))
    officer.push("Nhận tệp của hệ thống quốc gia…")
    taking = officer.screen(ImportScreen)
    officer.until(lambda: taking.choose.kind.startswith("nkt-"))
    officer.tab_to("Đường dẫn tới danh sách")
    officer.type(str(theirs))
    officer.enter()
    officer.until(lambda: taking.step == 1)
    assert not officer.sees("Mức độ khuyết tật: 1")
    officer.photo("journey-national-4-looked-at")
    officer.press(Qt.Key.Key_Return, control=True)
