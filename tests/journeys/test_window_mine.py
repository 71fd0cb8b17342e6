"""Mine action and sharing at the window: an accident with its dead, a shell seen, a yes of two."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import accident_list, consent, hazard, person, printing, settings, sharing
from app.errors import Refused
from app.values.papers import PrintRequest
from app.values.victim import AccidentsFilter
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.accident import AccidentScreen
from ui.screens.hazard import HazardScreen
from ui.screens.mine_action import MineActionScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.sharing import SharingScreen

Sits = Callable[[Path], Officer]
WHERE = "Hội Chữ thập đỏ tỉnh"


@pytest.fixture
def huong(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1971", hamlet="Vĩnh Trường")).id


def find(officer: Officer, words: str) -> None:
    """Go where the one search leads for these words."""
    officer.press(Qt.Key.Key_K, control=True)
    officer.rub_out()
    officer.type(words)
    officer.rest()
    officer.enter()
    officer.rest()


def save(officer: Officer, said: str) -> None:
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for(said)
    officer.rest()


def test_an_accident_with_a_dead_man_nobody_registered_and_one_who_is(
    sit_down: Sits, office: Desk, huong: str, tmp_path: Path
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    find(officer, "ghi vụ tai nạn")
    officer.screen(MineActionScreen)
    officer.press(Qt.Key.Key_N)
    officer.screen(AccidentScreen)
    officer.until(lambda: officer.at.startswith("Ngày xảy ra tai nạn"))
    officer.type("14/5/1983")
    officer.tab_to("Xã nơi xảy ra")
    officer.choose("cat tuong")
    officer.tab_to("Loại vật nổ")
    officer.choose("bom bi")
    officer.tab_to("Số người chết")
    officer.type("1")
    officer.photo("journey-mine-1-typed")
    save(officer, "Đã lưu vụ tai nạn.")
    officer.until(lambda: officer.at == "Thêm nạn nhân chưa đăng ký")
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: officer.at.startswith("Họ tên nạn nhân"))
    officer.type("Hồ Văn Nhã")
    officer.tab_to("Hậu quả")
    officer.choose("chet")
    officer.photo("journey-mine-2-killed")
    save(officer, "Đã lưu nạn nhân.")
    officer.wait_for("1. Hồ Văn Nhã")
    officer.push("Thêm người đã đăng ký")
    officer.until(lambda: officer.at == "Tìm người đã đăng ký")
    officer.type("huong")
    officer.until(lambda: officer.sees("Nguyễn Thị Hường · 1971"))
    officer.push("Nguyễn Thị Hường")
    officer.wait_for("2. Nguyễn Thị Hường")
    officer.rest()
    officer.photo("journey-mine-3-page")
    line = accident_list.listing(office.lan, AccidentsFilter()).lines[0]
    page = accident_list.page(office.lan, line.id)
    assert [(one.name, one.person_id) for one in page.victims] == [
        ("Hồ Văn Nhã", ""), ("Nguyễn Thị Hường", huong)]  # fmt: skip
    find(officer, "xuất báo cáo")
    screen = officer.screen(MineActionScreen)
    officer.until(lambda: officer.at.startswith("Không tên"))
    officer.press(Qt.Key.Key_Down)
    officer.tab_to("Nơi nhận")
    officer.type(WHERE)
    officer.push("Xin chia sẻ tên mọi nạn nhân")
    officer.until(lambda: "chưa ghi đồng ý" in screen.export.told.text())
    officer.photo("journey-mine-4-names-asked")
    find(officer, "xuất báo cáo")
    officer.until(lambda: officer.at.startswith("Không tên"))
    officer.tab_to("Thư mục lưu")
    officer.rub_out()
    officer.type(str(tmp_path / "ra"))
    export_openly(officer)
    officer.until(lambda: "Đã xuất" in screen.export.told.text())
    officer.photo("journey-mine-4-exported")
    with (tmp_path / "ra" / "victims.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [one["vi_name"] for one in csv.DictReader(lines)] == ["", ""]


def export_openly(officer: Officer) -> None:
    """No name is in it: no password this time."""
    officer.push("Xuất")
    officer.until(lambda: officer.at.startswith("Mật khẩu của tệp"))
    officer.push("Ghi không mật khẩu")


def test_a_shell_by_the_pond_is_taken_down_and_passed_on(sit_down: Sits, office: Desk) -> None:
    settings.change(office.lan, {"hotline": "0256 000 000"})
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "báo vật nghi là bom mìn")
    officer.press(Qt.Key.Key_B)
    officer.screen(HazardScreen)
    officer.wait_for("Báo ngay: 0256 000 000.")
    officer.until(lambda: officer.at.startswith("Xã có vật"))
    officer.choose("cat tuong")
    save(officer, "để người đến xử lý tìm được")
    officer.tab_to("Ở chỗ nào")
    officer.type("Bờ ao sau trường")
    officer.photo("journey-hazard-1-typed")
    save(officer, "Đã ghi tin báo số")
    officer.push("Đã báo cơ quan xử lý")
    officer.wait_for("Đã báo cho ai?")
    officer.type("Ban CHQS xã Cát Tường")
    officer.enter()
    officer.wait_for("Đã ghi tình trạng tin báo.")
    officer.rest()
    officer.photo("journey-hazard-2-passed-on")
    card = hazard.listing(office.lan).cards[0]
    assert (card.state, card.fields["hazard_commune"]) == ("passed_on", "34:21892")


def test_old_accidents_come_in_by_sheet(sit_down: Sits, office: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "cu.csv"
    sheet.write_text(
        "Ngày xảy ra tai nạn,Xã nơi xảy ra,Họ tên nạn nhân,Hậu quả\n"
        "1983,Cát Tường,Hồ Văn Nhã,Chết\n31/2/1990,Cát Tường,Hồ Thị Lá,Chết\n",
        "utf-8-sig",
    )
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "nhập từ bảng tính")
    screen = officer.screen(MineActionScreen)
    officer.until(lambda: officer.at == "Chọn bảng tính…")
    officer.push_and_name("Chọn bảng tính…", sheet)
    officer.until(lambda: "Sẽ nhập 1 nạn nhân" in screen.taking.told.text())
    assert "!3: " in screen.taking.told.text()
    officer.photo("journey-mine-5-sheet")
    assert accident_list.listing(office.lan, AccidentsFilter()).total == 0
    officer.until(lambda: officer.at == "Nhập")
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: "Đã nhập 1 nạn nhân" in screen.taking.told.text())
    assert accident_list.listing(office.lan, AccidentsFilter()).lines[0].victims == 1


def test_two_say_yes_before_anything_leaves(
    sit_down: Sits, office: Desk, huong: str, tmp_path: Path
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    to_the_tab(officer)
    officer.push("Ghi đồng ý")
    officer.until(lambda: officer.at.startswith("Đồng ý cho việc gì"))
    officer.choose("dua ban ho so")
    officer.tab_to("Đồng ý bằng cách nào")
    officer.choose("noi mieng")
    save(officer, "cần ghi người chứng kiến")
    officer.photo("journey-sharing-1-lacks")
    officer.push("Sửa")
    officer.tab_to("Người chứng kiến")
    officer.type("Bà Tư")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("có hiệu lực")
    officer.rest()
    officer.push("Xin chia sẻ")
    officer.until(lambda: officer.at.startswith("Chia sẻ cho việc gì"))
    officer.choose("dua ban ho so")
    officer.tab_to("Nơi nhận")
    officer.type(WHERE)
    officer.tab_to("Vì sao cần chia sẻ")
    officer.type("Xin xe lăn")
    officer.push("Gửi thủ trưởng")
    officer.wait_for("Đã gửi thủ trưởng duyệt chia sẻ.")
    officer.rest()
    officer.photo("journey-sharing-2-asked")
    request = PrintRequest((huong,), tmp_path / "ngoai.pdf", recipient=WHERE)
    with pytest.raises(Refused, match="đang chờ thủ trưởng"):
        printing.case_files(office.hoa, request)
    head = sit_down(office.home)
    head.sign_in("hoa")
    find(head, "đồng ý cho chia sẻ")
    head.screen(SharingScreen)
    head.wait_for("1 lần xin chia sẻ chờ duyệt")
    head.rest()
    head.photo("journey-sharing-3-desk")
    head.press(Qt.Key.Key_D)
    head.wait_for("Đã đồng ý cho chia sẻ.")
    assert printing.case_files(office.hoa, request).printed == (huong,)
    to_the_tab(officer)
    officer.wait_for("Đã đưa ra ngoài")
    officer.push("Rút đồng ý")
    officer.wait_for("Ai rút đồng ý này, rút thế nào?")
    officer.type("Bà nói thôi")
    officer.enter()
    officer.wait_for("báo cho các nơi nhận")
    officer.rest()
    officer.photo("journey-sharing-4-withdrawn")
    assert consent.of_person(office.lan, huong)[0].lacks == ("consent_withdrawn",)
    assert [one.state for one in sharing.of_person(office.lan, huong)] == ["shared", "ended"]


def to_the_tab(officer: Officer) -> None:
    """The only person's part about consent, by keyboard."""
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    for _ in range(20):
        if officer.at.startswith("Đồng ý và chia sẻ"):
            break
        officer.press(Qt.Key.Key_PageDown, control=True)
    officer.rest()
