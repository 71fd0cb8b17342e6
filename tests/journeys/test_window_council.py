"""An afternoon of the council at the window: called, held, concluded, printed, hung up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from app.actions import application_desk, council_session, hearing, notice
from app.values.application import ApplicationsFilter
from tests import chance, sitting
from tests.desk import Desk
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_supports import find
from tests.papers import reading
from ui.screens.council import CouncilScreen
from ui.screens.council_notice import CouncilNoticeScreen
from ui.screens.council_papers import CouncilPapersScreen
from ui.screens.council_put import CouncilPutScreen
from ui.screens.council_session import CouncilSessionScreen
from ui.screens.person import PersonScreen
from ui.screens.screening import ScreeningScreen

Sits = Callable[[Path], Officer]
PERSONS = 40 if chance.SOAK else 3
"""As many as an afternoon has, where tests of endurance are to take long."""
GIVEN = "An Bình Cúc Dung Én Giang Hạnh Khánh Lan Mai Nga Oanh Phúc Quý Sen Tâm Uyên Vân Xuân Yến"


def files(office: Desk, count: int) -> None:
    """So many complete files; the last person is a child of four."""
    today = office.minh.today()
    names = GIVEN.split()
    for number in range(count):
        child = number == count - 1
        birth = f"{today.year - 4}-03-12" if child else f"19{50 + number % 40}"
        name = f"Võ {'Thị Bé' if child else 'Thị'} {names[number % 20]} {chr(65 + number // 20)}"
        sitting.complete_file(office.minh, name, today.isoformat(), birth=birth)


def write(officer: Officer, words: str) -> None:
    """Type into the field under the cursor, instead of what stands there."""
    if isinstance(QApplication.focusWidget(), QLineEdit):
        officer.rub_out()
    officer.type(words)


def push_shown(officer: Officer, name: str) -> None:
    """Wait until a button is there, then push it."""
    officer.wait_for(name)
    officer.push(name)


def call_session(officer: Officer, office: Desk, count: int) -> CouncilSessionScreen:
    """A session today with every file that waits."""
    officer.push("Lập phiên họp")
    officer.until(lambda: officer.at.startswith("Ngày họp"))
    write(officer, f"{office.minh.today():%d/%m/%Y}")
    officer.tab_to("Giờ bắt đầu")
    officer.type("13h30")
    officer.press(Qt.Key.Key_S, control=True)
    screen = officer.screen(CouncilSessionScreen)
    officer.wait_for("Chưa có ai trong phiên này.")
    push_shown(officer, "Đưa hồ sơ vào…")
    put = officer.screen(CouncilPutScreen)
    officer.until(lambda: put.list.total == count)
    put.list.view.setFocus()
    officer.press(Qt.Key.Key_A, control=True)
    officer.push("Đưa vào phiên")
    assert officer.screen(CouncilSessionScreen) is screen
    officer.wait_for(f"0 / {count} người đã xét")
    return screen


def hold(officer: Officer, screen: CouncilSessionScreen) -> None:
    """Too few first, then everybody."""
    push_shown(officer, "Bắt đầu họp…")
    officer.until(lambda: officer.at.startswith("Có mặt: Trần Văn Chủ"))
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("cần ít nhất 4 trong 6 người")
    officer.push("Tất cả có mặt")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("phiên đang họp")
    officer.until(lambda: screen.page is not None and screen.page.card.state == "held")
    officer.rest()


def hear(officer: Officer, screen: CouncilSessionScreen, photos: bool = False) -> None:
    """One person: a sign, ten scores (from six on), the vote, the next one: no mouse, few keys."""
    pane = screen.pane
    assert pane.card is not None
    mine, before = pane.card.id, pane.card.person_name
    fields = pane.sheet.entry.fields
    officer.until(lambda: officer.at == fields["type"].accessibleName())
    officer.type("1.4")
    if fields["activity"].isVisible():
        officer.enter(2)
        officer.type("1111111111")
    if photos:
        officer.photo("journey-council-2-sheet")
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: officer.at.startswith("Tất cả đồng ý"))
    officer.press(Qt.Key.Key_F9)
    if photos:
        officer.photo("journey-council-3-vote")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for(f"{before}: Xác định được dạng tật và mức độ.")
    officer.until(lambda: (pane.card is not None and pane.card.id != mine) or not waits(screen))
    officer.rest()


def waits(screen: CouncilSessionScreen) -> int:
    """How many still wait, as the page shows it."""
    assert screen.page is not None
    return sum(1 for one in screen.page.lines if one.state == "scheduled")


def afternoon(officer: Officer, office: Desk, count: int, out: Path) -> CouncilSessionScreen:
    """From the empty register to the printed session."""
    find(officer, "Phiên họp Hội đồng")
    officer.screen(CouncilScreen)
    screen = call_session(officer, office, count)
    officer.photo("journey-council-1-called")
    hold(officer, screen)
    screen.list.view.setFocus()
    officer.enter()
    for number in range(count):
        hear(officer, screen, number == 0)
    officer.photo("journey-council-4-heard")
    officer.wait_for(f"{count} / {count} người đã xét")
    push_shown(officer, "Kết thúc phiên")
    officer.wait_for("Đã kết thúc phiên họp.")
    officer.rest()
    push_shown(officer, "In giấy tờ của phiên…")
    print_into(officer, out)
    return screen


def print_into(officer: Officer, out: Path) -> None:
    """Everything that is chosen into one file."""
    page = officer.screen(CouncilPapersScreen)
    officer.until(lambda: page.start.isEnabled())
    officer.rest()
    officer.tab_to("Thư mục lưu")
    officer.rub_out()
    officer.type(str(out.parent))
    officer.tab_to("Tên tệp hoặc thư mục")
    officer.rub_out()
    officer.type(out.stem)
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: out.exists() and not page.work.running)


@pytest.mark.soak
def test_an_afternoon_of_the_council(sit_down: Sits, office: Desk, tmp_path: Path) -> None:
    sitting.set_up(office)
    files(office, PERSONS)
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    out = tmp_path / "phiên họp.pdf"
    screen = afternoon(officer, office, PERSONS, out)
    cards = hearing.of_session(office.lan, screen.key)
    assert [one.degree for one in cards] == ["severe"] * (PERSONS - 1) + ["mild"]
    assert {one.voting for one in cards} == {6}
    printed = reading.read(out.read_bytes())
    assert len(printed.pages) >= PERSONS * 4 and "BIÊN BẢN" in printed.text.upper()
    assert all(one.person_name in printed.text for one in cards)
    assert (
        application_desk.listing(office.lan, ApplicationsFilter(steps=("concluded",))).total
        == PERSONS
    )


def test_before_and_after_a_session(sit_down: Sits, office: Desk, tmp_path: Path) -> None:
    """The head sets a member; somebody is screened; a draft survives; the notice is decided for a
    minor, approved, hung up, printed."""
    sitting.set_up(office)
    files(office, 2)
    waiting = application_desk.listing(office.minh, ApplicationsFilter()).cards
    session = sitting.planned(office.minh, office.minh.today().isoformat(),
                              tuple(one.id for one in waiting))  # fmt: skip
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    find(officer, "Thành viên Hội đồng")
    officer.screen(CouncilScreen)
    officer.wait_for("họp được khi có ít nhất 4 người")
    officer.push("Thêm thành viên")
    officer.until(lambda: officer.at.startswith("Họ và tên thành viên"))
    officer.type("Tạ Thị Hội")
    officer.tab_to("Chức vụ")
    officer.type("Chi hội trưởng")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Cần có “Vai trong Hội đồng” để lưu.")
    officer.photo("journey-council-5-member")
    officer.push("Thôi")
    find(officer, "Phiên họp Hội đồng")
    register = officer.screen(CouncilScreen).registers["sessions"]
    officer.until(lambda: register.list.total == 1)
    officer.rest()
    officer.enter()
    screen = officer.screen(CouncilSessionScreen)
    officer.until(lambda: screen.pane.card is not None)
    officer.rest()
    screen.list.view.setFocus()
    officer.enter()
    officer.type("1.4 6.3")
    screen.pane.sheet.keep()
    officer.rest()
    officer.press(Qt.Key.Key_PageDown, control=True)
    officer.press(Qt.Key.Key_PageDown, control=True)
    push_shown(officer, "Hỏi sàng lọc…")
    asked = officer.screen(ScreeningScreen)
    officer.until(lambda: officer.at.startswith("1. Ông/bà có khó khăn khi nhìn"))
    for key in "111131":
        officer.type(key)
    officer.wait_for("Có khó khăn từ ngưỡng trở lên: Tự chăm sóc")
    officer.photo("journey-council-6-screening")
    officer.press(Qt.Key.Key_S, control=True)
    assert officer.screen(CouncilSessionScreen) is screen and not asked.isVisible()
    officer.wait_for("Sàng lọc: Có khó khăn từ ngưỡng trở lên: Tự chăm sóc")
    assert screen.pane.sheet.entry.signs("type") == ("1.4", "6.3"), "the draft came back"
    officer.photo("journey-council-7-back")
    hear_all(office, session)
    officer.press(Qt.Key.Key_F5)
    officer.until(lambda: screen.page is not None and screen.page.card.state == "closed")
    officer.rest()
    push_shown(officer, "Niêm yết…")
    officer.screen(CouncilNoticeScreen)
    post(officer, tmp_path)


def test_an_untouched_sheet_is_no_sheet_and_who_is_absent_is_put_off(
    sit_down: Sits, office: Desk
) -> None:
    """Ctrl+S saves no empty sheet and answers the box that asks; F9 says why there is nothing to
    agree to; a wrong score keeps its place; F8 goes on from anywhere."""
    today = office.minh.today().isoformat()
    named = ("Võ Thị Vắng", "Võ Thị Có", "Võ Thị Sau")
    held = sitting.held(office, today, tuple(
        sitting.complete_file(office.minh, name, today)[1] for name in named))  # fmt: skip
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "Phiên họp Hội đồng")
    register = officer.screen(CouncilScreen).registers["sessions"]
    officer.until(lambda: register.list.total == 1)
    officer.rest()
    officer.enter()
    screen = officer.screen(CouncilSessionScreen)
    shown = lambda: screen.pane.card.person_name if screen.pane.card is not None else ""  # noqa: E731
    begins = screen.pane.sheet.entry.fields["type"].accessibleName()
    officer.until(lambda: shown() == named[0])
    officer.rest()
    screen.list.view.setFocus()
    officer.enter()
    officer.until(lambda: officer.at == begins)
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Phiếu của Võ Thị Vắng chưa ghi gì nên chưa lưu.")
    officer.rest()
    officer.press(Qt.Key.Key_F9)
    officer.wait_for("chưa có đề xuất để đồng ý")
    push_shown(officer, "Hoãn người này…")
    officer.until(lambda: officer.at.startswith("Hoãn Võ Thị Vắng"))
    officer.type("Vắng mặt")
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: shown() == named[1] and officer.at == begins)
    officer.rest()
    absent = hearing.show(office.lan, held.hearings[0])
    assert (absent.state, absent.form, absent.conclusion) == ("adjourned", "", "adjourned")
    officer.enter(2)
    officer.type("1 2 3 1111111")
    officer.wait_for("Điểm chỉ là 0, 1, 2 hoặc X; xem lại hoạt động 3: 3")
    officer.photo("journey-council-11-scores")
    officer.press(Qt.Key.Key_K, control=True)
    officer.press(Qt.Key.Key_F8)
    officer.until(lambda: shown() == named[2] and officer.at == begins)
    push_shown(officer, "Người có mặt…")
    officer.until(lambda: officer.at.startswith("Có mặt: Trần Văn Chủ"))
    officer.photo("journey-council-12-seats")
    seats = [line for line in screen.seats.stands.values() if line.isVisible()]
    tall = {line.height() >= line.sizeHint().height() for line in seats}
    assert len(seats) == len(sitting.MEMBERS) and tall == {True}
    officer.push("Thôi")
    officer.until(lambda: screen.pane.isVisible())
    push_shown(officer, "Giấy tờ người này…")
    papers = officer.screen(CouncilPapersScreen)
    officer.wait_for("Đánh dấu giấy cần in ở dưới")
    assert not papers.start.isEnabled()
    officer.photo("journey-council-13-tick")


def hear_all(office: Desk, session: str) -> None:
    """Meanwhile, at another table, the session is held and closed and its notice written: who
    writes it does not approve it."""
    page = council_session.page(office.minh, session)
    present = dict.fromkeys((seat.member.id for seat in page.seats), "")
    council_session.hold(office.minh, session, present)
    for one in page.lines:
        sitting.severe(office.minh, one.id)
        sitting.all_for(office.minh, one.id)
    council_session.close(office.minh, session)
    notice.write(office.minh, session, number="7/TB-UBND")


def post(officer: Officer, tmp_path: Path) -> None:
    """The notice of a session with a child in it, from its approval on: who writes a word of it
    does not approve it."""
    push_shown(officer, "Sửa thông báo…")
    officer.until(lambda: officer.at.startswith("Số thông báo"))
    officer.push("Thôi")
    officer.rest()
    push_shown(officer, "Duyệt thông báo")
    officer.wait_for("1 người có thể chưa thành niên: Võ Thị Bé")
    officer.rest()  # the page is read anew after a refusal: what is chosen before that is lost
    screen = officer.screen(CouncilNoticeScreen)
    officer.photo("journey-council-8-notice")
    screen.list.view.setFocus()
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Space)
    officer.rest()
    push_shown(officer, "Chỉ chữ cái đầu")
    officer.wait_for("Đã ghi.")
    officer.rest()
    push_shown(officer, "Duyệt thông báo")
    officer.wait_for("Đã duyệt thông báo.")
    officer.rest()
    push_shown(officer, "Đã niêm yết…")
    officer.until(lambda: officer.at.startswith("Niêm yết từ ngày"))
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã ghi ngày niêm yết.")
    officer.rest()
    push_shown(officer, "In thông báo…")
    page = officer.screen(CouncilPapersScreen)
    officer.until(lambda: page.start.isEnabled())
    officer.rest()
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: page.panel.pdf is not None)
    officer.photo("journey-council-8-printer")
    assert not page.panel.save.isVisible() and not page.where.isVisible()  # a printer or nothing
    lies = page.panel.pdf
    assert lies is not None
    printed = reading.read(lies.read_bytes()).text
    assert "Võ Thị An A" in printed and "V. T. B." in printed and "Võ Thị Bé" not in printed
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.until(lambda: not lies.exists())


def test_minutes_of_paper_are_typed_as_they_stand(sit_down: Sits, office: Desk) -> None:
    who, _file = sitting.complete_file(office.minh, "Võ Thị Xưa", "2026-11-02")
    officer = sit_down(office.home)
    officer.sign_in("minh")
    find(officer, "Võ Thị Xưa")
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.tabs.tabs is not None)
    officer.rest()
    while page.tabs.tabs is not None and page.tabs.tabs.current != "applications":
        officer.press(Qt.Key.Key_PageDown, control=True)
    officer.wait_for("Nhập biên bản họp cũ")
    officer.rest()
    officer.push("Nhập biên bản họp cũ")
    officer.until(lambda: officer.at.startswith("Ngày họp xét"))
    officer.type("3/4/2019")
    officer.tab_to("Kết luận của Hội đồng")
    officer.choose("xac dinh")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Ghi mức độ khuyết tật mà Hội đồng kết luận")
    officer.tab_to("Mức độ khuyết tật kết luận")
    officer.choose("nang")
    officer.tab_to("Dạng khuyết tật kết luận: Vận động")
    officer.press(Qt.Key.Key_Right)
    officer.press(Qt.Key.Key_Right)
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_S, control=True)
    officer.until(lambda: hearing.of_person(office.lan, who))
    officer.photo("journey-council-9-paper")
    (card,) = hearing.of_person(office.lan, who)
    assert (card.on, card.types, card.origin) == ("2019-04-03", ("vision",), "paper")
    assert card.scores == {} and card.degree in ("profound", "severe")
