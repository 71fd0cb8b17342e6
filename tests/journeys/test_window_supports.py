"""Help at the window: a service found, a person referred, a round of gifts signed and ticked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import gift_round, need, person, provider, referral, support
from app.forms import folded
from app.values.need import NeedDraft
from app.values.provider import ProvidersFilter
from app.values.support import SupportDraft
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_finding import look_for, step_to
from tests.papers import reading
from ui.screens.gift_round import GiftRoundScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.supports import SupportsScreen

Sits = Callable[[Path], Officer]


@pytest.fixture
def huong(office: Desk) -> str:
    """Somebody who needs a prosthesis since last year, and is to be asked again."""
    who = person.save(office.minh, typed(birth="1956", hamlet="Vĩnh Trường", degree="severe")).id
    wanted = {"item": "medical.prosthesis", "declared_on": "2025", "review_on": "6/2026"}
    need.save(office.minh, NeedDraft(who, wanted))
    return who


def find(officer: Officer, title: str) -> None:
    """Ctrl+K, the title without marks, Enter on it."""
    look_for(officer, folded(title))
    step_to(officer, title)
    officer.enter()


def refer(officer: Officer) -> None:
    """Write a referral to the only service and send it; the day of the answer is mended once."""
    officer.push("Viết chuyển gửi")
    officer.until(lambda: officer.at.startswith("Chọn trong danh bạ"))
    officer.choose("chan gia")
    officer.tab_to("Cho nhu cầu")
    officer.choose("chinh hinh")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Bệnh viện Chỉnh hình Quy Nhơn · Đã viết, chưa gửi")
    officer.rest()
    officer.push("Gửi…")
    officer.until(lambda: officer.at.startswith("Ngày"))
    officer.tab_to("Hẹn trả lời trước ngày")
    officer.type("1/2/2026")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("không thể trước “Ngày gửi”")
    officer.tab_to("Hẹn trả lời trước ngày")
    officer.rub_out()
    officer.type("1/2/2090")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("hẹn trả lời 01/02/2090")
    officer.photo("journey-supports-3-referred")


def test_from_the_directory_to_a_referral_and_a_need_that_is_met(
    sit_down: Sits, office: Desk, huong: str
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "Danh bạ dịch vụ")
    officer.screen(SupportsScreen)
    officer.push("Thêm dịch vụ")
    officer.until(lambda: officer.at.startswith("Dịch vụ"))
    officer.type("Làm chân giả")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Cần có “Loại dịch vụ” để lưu.")
    officer.choose("dung cu")
    officer.tab_to("Nơi cung cấp")
    officer.type("Bệnh viện Chỉnh hình Quy Nhơn")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu.")
    officer.photo("journey-supports-1-directory")
    assert [one.name for one in provider.listing(office.lan, ProvidersFilter("quy nhon"))] == [
        "Làm chân giả · Bệnh viện Chỉnh hình Quy Nhơn"
    ]
    find(officer, "Nhu cầu đến hạn hỏi lại")
    officer.until(lambda: officer.sees("1 lượt nhu cầu của 1 người"))
    officer.photo("journey-supports-2-due-needs")
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.tabs.tabs is not None and page.tabs.tabs.current == "needs")
    officer.wait_for("ĐẾN HẠN hỏi lại 06/2026")
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.press(Qt.Key.Key_PageDown, control=True)
    assert officer.at == "Hỗ trợ"
    refer(officer)
    assert referral.of_person(office.lan, huong)[0].status == "sent"
    asked = need.of_person(office.lan, huong)[0]
    assert asked.proposed == "connecting"
    given = {"support_what": "Chân giả", "support_kind": "goods", "donor": "Hội Chữ thập đỏ"}
    support.save(office.lan, SupportDraft(huong, given, need_id=asked.id))
    find(officer, "Nhu cầu của mọi người")
    officer.until(lambda: officer.sees("1 lượt nhu cầu của 1 người"))
    officer.rest()
    officer.enter()
    officer.wait_for("bấm “Ghi tình trạng…”: Đã đáp ứng")
    assert need.of_person(office.lan, huong)[0].status == "new", "help closes no need by itself"
    officer.rest()
    officer.push("Ghi tình trạng…")
    officer.until(lambda: officer.at.startswith("Tình trạng"))
    officer.tab_to("Vì sao")
    officer.type("Đã lắp chân giả, đi lại được")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lắp chân giả, đi lại được")
    officer.photo("journey-supports-4-need-met")
    card = need.of_person(office.lan, huong)[0]
    assert (card.status, card.proposed, card.review_on) == ("met", "", None)


def test_a_round_of_gifts_from_the_list_to_the_ticks(
    sit_down: Sits, office: Desk, huong: str, tmp_path: Path
) -> None:
    person.save(office.minh, typed(name="Lê Văn Tám", birth="1970", hamlet="Mỹ Hóa"))
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 2)
    people.list.view.setFocus()
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("Thêm vào danh sách…")
    officer.wait_for("Đang thêm 2 người")
    officer.push("Lập đợt mới")
    officer.until(lambda: officer.at.startswith("Tên đợt"))
    officer.type("Quà Tết")
    officer.tab_to("Hình thức hỗ trợ")
    officer.choose("hien vat")
    officer.tab_to("Mỗi người nhận gì")
    officer.type("gạo")
    officer.tab_to("Trị giá mỗi người")
    officer.type("150000")
    officer.press(Qt.Key.Key_S, control=True)
    screen = officer.screen(GiftRoundScreen)
    officer.wait_for("2 người: 0 đã nhận, 0 vắng, 2 chưa nhận")
    officer.photo("journey-supports-5-round")
    out = tmp_path / "ký nhận.pdf"
    officer.push_and_name("Lưu danh sách ký nhận…", out)
    officer.until(out.is_file)
    assert "300.000 đồng" in reading.read(out.read_bytes()).text
    officer.rest()
    screen.list.view.setFocus()
    officer.press(Qt.Key.Key_Home)
    officer.press(Qt.Key.Key_Space)
    officer.push("Đã nhận")
    officer.wait_for("2 người: 1 đã nhận, 0 vắng, 1 chưa nhận")
    officer.rest()
    officer.push("Kết thúc đợt")
    officer.wait_for("Còn 1 người chưa đánh dấu")
    screen.list.view.setFocus()
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Space)
    officer.push("Vắng")
    officer.wait_for("2 người: 1 đã nhận, 1 vắng, 0 chưa nhận")
    officer.photo("journey-supports-6-ticked")
    officer.rest()
    officer.push("Kết thúc đợt")
    officer.wait_for("Đã kết thúc đợt.")
    told = gift_round.listing(office.lan)[0]
    assert (told.counts, told.fields["round_status"]) == ({"received": 1, "absent": 1}, "closed")
