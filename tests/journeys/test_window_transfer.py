"""A person is handed from one office to another, at the windows of both, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import (
    approval,
    national_answer,
    national_out,
    national_pending,
    need,
    person,
)
from app.imports.writing import Page, write_xlsx
from app.values.national import OutRequest
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from sync import client
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_mine import find
from tests.journeys.test_window_national import shown
from tests.sync.parts import Central, central
from ui.screens.national import NationalScreen
from ui.screens.national_file import NationalFileScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.today import TodayScreen
from ui.screens.transfer import TransferScreen

Sits = Callable[[Path], Officer]
TODAY, PEOPLE = 1, 2
HERE, THERE = "Phòng LĐ-TB&XH huyện Phù Cát", "Phòng LĐ-TB&XH huyện Hoài Ân"
NAME = "Nguyễn Thị Hường"
WHY = "Chuyển nhà theo con trai"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The other office's PC."""
    opened = desk.at(tmp_path / "other", "63:543")
    yield opened
    opened.close()


def rounds(*desks: Desk) -> None:
    """Both PCs meet the server until nothing is left to tell."""
    for _ in range(2):
        for one in desks:
            client.run_round(one.lan.db)


def enrolled(here: Desk, there: Desk, server: Central) -> None:
    client.enrol(here.lan.db, server.url, server.code(HERE))
    client.enrol(there.lan.db, server.url, server.code(THERE, "63:543"))
    rounds(here, there)


def test_a_person_is_asked_for_let_go_accepted_and_a_late_edit_is_decided(
    sit_down: Sits, office: Desk, other: Desk, server: Central, tmp_path: Path
) -> None:
    made = person.save(office.minh, typed(birth="1950-03-12", phone="0905123456")).id
    file = handed_over_nationally(office, made, tmp_path / "nop.xlsx")
    need.save(office.minh, NeedDraft(made, {"item": "medical.wheelchair"}))
    enrolled(office, other, server)
    ask_at_the_page(sit_down(office.home), made)
    let_go(sit_down(office.home))
    rounds(office, other)
    accept(sit_down(other.home))
    person.save(office.minh, PersonDraft(made, {"note": "gặp bác sĩ ngày 3"}))
    rounds(other, office)
    rounds(office, other)
    decide_the_late_edit(sit_down(other.home), made)
    assert person.page(other.hoa, made).fields["note"] == "gặp bác sĩ ngày 3"
    back = tmp_path / "tra-ve.xlsx"
    heads = ("Họ và tên", "Ngày sinh", "Kết quả", "Lý do")
    row = (NAME, "12/03/1950", "Từ chối", "Sai ngày sinh")
    write_xlsx(back, [Page("Kết quả", [heads, row], 1)])
    where_the_national_answer_goes(read_what_is_left(sit_down(office.home)), file, back)
    the_national_answer_is_written(sit_down(other.home), file, back)
    assert [one.id for one in national_pending.pending(other.hoa)] == [made]


def handed_over_nationally(office: Desk, made: str, out: Path) -> str:
    """The old office hands her over to the national system before she moves; the file's id."""
    person.submit(office.minh, [made])
    approval.approve(office.hoa, [made])
    file = national_out.make(office.hoa, OutRequest(out, lacking=True)).id
    national_answer.submit(office.hoa, file, office.hoa.today().isoformat())
    return file


def ask_at_the_page(officer: Officer, made: str) -> None:
    """minh asks at the person's page."""
    officer.sign_in("minh")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    people.stage.go("person", made)
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    officer.push("Chuyển…")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.box.isVisible())
    officer.choose("hoài ân")
    officer.tab_to("Lý do chuyển")
    officer.type(WHY)
    officer.photo("journey-transfer-1-asking")
    officer.push("Gửi đề nghị chuyển")
    officer.wait_for("Đã đề nghị chuyển 1 người; chờ người duyệt.")
    officer.wait_for(f"Lý do: {WHY}")
    officer.photo("journey-transfer-2-asked")
    screen.stage.go("person", made)
    officer.wait_for("Đang xin chuyển đi")
    officer.photo("journey-transfer-3-mark")


def let_go(officer: Officer) -> None:
    """hoa agrees to let her go."""
    officer.sign_in("hoa")
    officer.go(TODAY)
    officer.screen(TodayScreen)
    officer.wait_for("1 việc chuyển cơ quan chờ quyết định")
    officer.push("1 việc chuyển cơ quan chờ quyết định")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: "outgoing" in screen.parts and screen.parts["outgoing"].current())
    officer.photo("journey-transfer-4-to-let-go")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Đã đồng ý cho đi; cơ quan nhận thấy sau lượt đồng bộ tới.")
    officer.until(lambda: screen.parts["outgoing"].current().state == "sent")


def accept(officer: Officer) -> None:
    """hoa of the other office sees who is asked for and why, and accepts."""
    officer.sign_in("hoa")
    officer.go(TODAY)
    officer.wait_for("1 việc chuyển cơ quan chờ quyết định")
    officer.push("1 việc chuyển cơ quan chờ quyết định")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["incoming"].current())
    officer.wait_for(f"Lý do: {WHY}")
    officer.photo("journey-transfer-5-incoming")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Đã nhận; hồ sơ về đây sau lượt đồng bộ tới.")
    officer.photo("journey-transfer-6-accepted")


def decide_the_late_edit(officer: Officer, made: str) -> None:
    """minh of the other office finds the record with all that belongs to it, and takes the edit."""
    officer.sign_in("minh")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    people.stage.go("person", made)
    officer.wait_for("Từ cơ quan khác")
    officer.photo("journey-transfer-7-arrived")
    people.stage.go("transfer", "late")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["late"].current())
    officer.wait_for("gặp bác sĩ ngày 3")
    officer.photo("journey-transfer-8-late-edit")
    officer.press(Qt.Key.Key_D)
    officer.wait_for("Không có sửa muộn nào chờ quyết định.")


def read_what_is_left(officer: Officer) -> Officer:
    """In the old office nobody counts her; what was there can be read."""
    officer.sign_in("hoa")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 0)
    people.stage.go("transfer", "departed")
    screen = officer.screen(TransferScreen)
    officer.until(lambda: screen.parts["departed"].current())
    officer.enter()
    officer.wait_for("Điện thoại: 0905123456")
    officer.photo("journey-transfer-9-departed")
    return officer


def to_the_exchange(officer: Officer) -> NationalFileScreen:
    """By the search to the exchanges, and into the only one."""
    find(officer, "các lần trao đổi")
    screen = officer.screen(NationalScreen)
    officer.until(lambda: screen.now.list.total == 1)
    screen.now.list.view.setFocus()
    officer.enter()
    return officer.screen(NationalFileScreen)


def where_the_national_answer_goes(officer: Officer, file: str, back: Path) -> None:
    """The answer comes to the office that handed her over: the page says who writes it now."""
    page = to_the_exchange(officer)
    officer.until(lambda: page.reading.isVisible() and page.lines.key == file)
    officer.push_and_name("Đọc trả lời từ tệp…", back)
    officer.until(page.result.isVisible)
    told = page.result.lines.item(0).text()
    assert f"đã chuyển sang {THERE}" in told and "ghi vào cùng số lần nộp" in told
    officer.photo("journey-transfer-10-national-answer-of-who-moved")


def the_national_answer_is_written(officer: Officer, file: str, back: Path) -> None:
    """In her new office the same exchange takes it, and she waits to be handed over again."""
    officer.sign_in("hoa")
    page = to_the_exchange(officer)
    officer.wait_for("do cơ quan cũ nộp")
    officer.until(lambda: page.reading.isVisible() and page.lines.key == file)
    officer.push_and_name("Đọc trả lời từ tệp…", back)
    officer.wait_for("Được nhận 0, không được nhận 1.")
    officer.until(lambda: "Sai ngày sinh" in shown(page.lines.list))
    officer.photo("journey-transfer-11-national-answer-written")
