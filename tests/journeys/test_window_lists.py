"""Lists on their whole way, with the keyboard: handed over, sent out and back, remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app import workspace
from app.actions import import_register, list_template, person
from app.values.person import PeopleFilter, PersonDraft
from app.workspace import Workspace
from tests.app.imports import lists
from tests.app.test_import_register import CERTIFICATES
from tests.desk import PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from tests.papers import reading
from ui.screens.import_list import CHOOSE, DONE, LOOK, ImportScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]
KEPT = {"birth": "1950-03-12", "sex": "female", "hamlet": "Tân Hòa", "phone": "0905111222"}


@pytest.fixture
def hoa(sit_down: Sits, office: Desk, home: Path) -> Officer:
    """hoa at the page of lists, with one woman in the book."""
    person.save(office.minh, typed(name="Lê Thị Hoa", **KEPT))
    office.close()
    officer = sit_down(home)
    officer.sign_in("hoa")
    officer.go(5)
    officer.screen(ImportScreen)
    return officer


def look_at(officer: Officer, path: Path) -> ImportScreen:
    screen = officer.screen(ImportScreen)
    officer.tab_to("Đường dẫn tới danh sách")
    officer.rub_out()
    officer.type(str(path))
    officer.enter()
    officer.until(lambda: screen.step == LOOK and not screen.reading.running)
    officer.rest()
    return screen


def bring_in(officer: Officer) -> ImportScreen:
    screen = officer.screen(ImportScreen)
    officer.press(Qt.Key.Key_Return, control=True)
    officer.until(lambda: screen.step == DONE)
    officer.rest()
    return screen


def to_the_last_import(officer: Officer, screen: ImportScreen, count: int) -> None:
    officer.push("Nhập danh sách khác")
    officer.until(lambda: screen.step == CHOOSE)
    past = screen.choose.past
    officer.until(lambda: past.list.model.rowCount() == count)
    officer.tab_to("Các lượt đã nhập")
    officer.press(Qt.Key.Key_Home)
    officer.until(lambda: past.card is not None and past.card.id == past.list.model.row(0).id)


def seen_by_lan(home: Path) -> Workspace:
    return workspace.open(home, "lan", PASSWORD)


def test_a_register_is_taken_over_its_minute_printed_and_confirmed(
    hoa: Officer, home: Path, tmp_path: Path
) -> None:
    screen = hoa.screen(ImportScreen)
    hoa.tab_to("Tệp này là")
    hoa.rub_out()
    hoa.choose("sổ giấy")
    look_at(hoa, lists.xlsx(tmp_path / "so.xlsx", CERTIFICATES))
    hoa.photo("journey-register-1-look")
    bring_in(hoa)
    to_the_last_import(hoa, screen, 1)
    minute = tmp_path / "bien-ban.pdf"
    hoa.push_and_name("Lưu biên bản bàn giao", minute)
    hoa.wait_for("Số liệu còn chênh lệch")
    hoa.photo("journey-register-2-minute")
    words = " ".join(reading.read(minute.read_bytes()).text.split())
    assert "Bàn giao sổ cấp giấy xác nhận" in words and "ĐẠI DIỆN BÊN GIAO" in words
    hoa.push("Xác nhận biên bản đã ký")
    hoa.until(lambda: hoa.at.startswith("Số liệu của danh sách và của sổ chưa khớp"))
    hoa.type("Một người chưa được cấp giấy")
    hoa.enter()
    hoa.wait_for("Đã xác nhận biên bản bàn giao")
    hoa.photo("journey-register-3-confirmed")
    past = screen.choose.past.list.model
    hoa.until(lambda: past.rowCount() and past.row(0).confirmed_at)
    assert screen.choose.kind == "list"
    lan = seen_by_lan(home)
    card = past.row(0)
    held = import_register.compare(lan, card.id)
    assert (held.confirmed_by, held.confirmed_note) == ("hoa", "Một người chưa được cấp giấy")
    found = person.listing(lan, PeopleFilter()).cards
    lan.db.close()
    assert {one.name for one in found} == {"Lê Thị Hoa", "Trần Văn Nam"}
    screen.stage.go("person", next(one.id for one in found if one.name == "Lê Thị Hoa"))
    page = hoa.screen(PersonScreen)
    hoa.until(lambda: page.page is not None)
    assert page.page is not None and page.page.fields["certificate_by"] == "UBND xã Cát Hanh"


def as_the_commune_fills_it(file: Path) -> None:
    """A number corrected, somebody new, and somebody whose day of birth never was."""
    book = openpyxl.load_workbook(file)
    page = book["Cát Hanh"]
    place = {cell.value: cell.column for cell in page[list_template.HEADINGS]}
    first = list_template.HEADINGS + 1
    page.cell(first, place["Điện thoại"], "0905999888")
    for row, name, birth in (
        (first + 1, "Đinh Văn Mới", "1999"),
        (first + 2, "Võ Ba", "31/2/1960"),
    ):
        for head, value in (("Họ và tên", name), ("Ngày sinh", birth), ("Giới tính", "Nam")):
            page.cell(row, place[head], value)
    book.save(file)


def undo_chosen(officer: Officer) -> None:
    officer.push("Hoàn tác cả lượt")
    officer.until(lambda: officer.at.startswith("Hoàn tác cả lượt nhập"))
    officer.type("Xã gửi nhầm")
    officer.enter()


def who_hinders_is_named_and_opened(officer: Officer, screen: ImportScreen, name: str) -> None:
    """The import before the last is not undone: Enter opens whom somebody worked on since."""
    past = screen.choose.past
    officer.press(Qt.Key.Key_Down)
    officer.until(lambda: past.card is not None and past.card.id == past.list.model.row(1).id)
    undo_chosen(officer)
    officer.until(lambda: officer.at == "Người đã có người làm tiếp")
    assert officer.sees("đã có người làm tiếp với 1 người của lượt này")
    told = past.touched.lines.item(0)
    assert told is not None and told.text().startswith(f"{name}: Nguyễn Thị Lan đã làm tiếp lúc")
    officer.photo("journey-lists-4-touched")
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None and page.page.card.name == name)
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.screen(ImportScreen)
    officer.rest()
    officer.tab_to("Các lượt đã nhập")
    officer.press(Qt.Key.Key_Home)
    officer.until(lambda: past.card is not None and past.card.id == past.list.model.row(0).id)


def test_a_list_goes_out_comes_back_is_corrected_in_place_and_undone(
    hoa: Officer, home: Path, tmp_path: Path
) -> None:
    sent = tmp_path / "mau.xlsx"
    hoa.push_and_name("Lưu danh sách mẫu cho xã", sent)
    hoa.wait_for("Đã ghi danh sách mẫu")
    as_the_commune_fills_it(sent)
    screen = look_at(hoa, sent)
    assert screen.look.preview is not None and screen.look.preview.fates["refused"] == 1
    bring_in(hoa)
    back = tmp_path / "tra-lai.xlsx"
    hoa.push_and_name("Lưu các dòng cần sửa", back)
    hoa.wait_for("Đã lưu 1 dòng cần sửa")
    hoa.photo("journey-lists-1-handback")
    rows = list(openpyxl.load_workbook(back).active.iter_rows(values_only=True))
    told = next(row for row in rows if "Võ Ba" in row)
    assert any("không có ngày 31" in str(cell) for cell in told)
    hoa.push("Nhập danh sách khác")
    look_at(hoa, back)
    hoa.photo("journey-lists-2-returned")
    hoa.push("Chỉ ghi năm 1960")
    hoa.until(lambda: not screen.reading.running and screen.look.act.isEnabled())
    hoa.rest()
    bring_in(hoa)
    hoa.photo("journey-lists-3-corrected")
    lan = seen_by_lan(home)
    cards = {one.name: one for one in person.listing(lan, PeopleFilter()).cards}
    assert {name: one.birth for name, one in cards.items()} == {
        "Lê Thị Hoa": "1950-03-12", "Đinh Văn Mới": "1999", "Võ Ba": "1960",
    }  # fmt: skip
    fields = person.page(lan, cards["Lê Thị Hoa"].id).fields
    assert {name: fields[name] for name in KEPT} == KEPT | {"phone": "0905999888"}
    to_the_last_import(hoa, screen, 2)
    person.save(lan, PersonDraft(cards["Đinh Văn Mới"].id, {"phone": "0905111333"}))
    who_hinders_is_named_and_opened(hoa, screen, "Đinh Văn Mới")
    undo_chosen(hoa)
    hoa.wait_for("Đã hoàn tác")
    hoa.photo("journey-lists-5-undone")
    left = {one.name for one in person.listing(lan, PeopleFilter()).cards}
    lan.db.close()
    assert left == {"Lê Thị Hoa", "Đinh Văn Mới"}


def of_the_commune(folder: Path, name: str, who: str) -> Path:
    """A list of Cát Hanh whose last heading says nothing."""
    rows = [("Họ và tên", "Năm sinh", "Xã", "Khác"), (who, "1950", "Cát Hanh", "Vĩnh Trường")]
    return lists.csv(folder / name, rows)


def take_last_column_for(officer: Officer, screen: ImportScreen, typed: str) -> None:
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.tab_to("Cột D hiểu là")
    officer.rub_out()
    officer.choose(typed)
    officer.until(lambda: not screen.reading.running and screen.mapping)
    officer.rest()


def at_what_is_remembered(officer: Officer, screen: ImportScreen, count: int) -> str:
    """Two tabs on: what is remembered, in words."""
    for _ in range(2):
        officer.press(Qt.Key.Key_PageDown, control=True)
    kept = screen.look.memory.list.model
    officer.until(lambda: screen.look.memory.isVisible() and kept.rowCount() == count)
    officer.rest()
    return kept.cell(kept.index(0, 1)).words if count else ""


def test_how_columns_were_taken_is_remembered_changed_and_forgotten(
    hoa: Officer, tmp_path: Path
) -> None:
    screen = look_at(hoa, of_the_commune(tmp_path, "mot.csv", "Trần Văn Một"))
    take_last_column_for(hoa, screen, "thon")
    bring_in(hoa)
    hoa.push("Nhập danh sách khác")
    look_at(hoa, of_the_commune(tmp_path, "hai.csv", "Trần Văn Hai"))
    assert hoa.sees("Các cột được hiểu như lần nhập trước")
    assert "D “Khác” → Thôn" in at_what_is_remembered(hoa, screen, 1)
    hoa.photo("journey-remembered-1-seen")
    for _ in range(2):
        hoa.press(Qt.Key.Key_PageUp, control=True)
    take_last_column_for(hoa, screen, "ghi chu")
    bring_in(hoa)
    hoa.push("Nhập danh sách khác")
    look_at(hoa, of_the_commune(tmp_path, "ba.csv", "Trần Văn Ba"))
    assert "D “Khác” → Ghi chú" in at_what_is_remembered(hoa, screen, 1)
    hoa.photo("journey-remembered-2-changed")
    hoa.push("Quên cách hiểu này")
    hoa.wait_for("Đã quên")
    hoa.until(lambda: not screen.reading.running and not screen.look.memory.list.model.rowCount())
    hoa.rest()
    hoa.photo("journey-remembered-3-forgotten")
    assert not hoa.sees("Các cột được hiểu như lần nhập trước")
    preview = screen.look.preview
    assert preview is not None and preview.sheets[0].columns[3].field == ""
