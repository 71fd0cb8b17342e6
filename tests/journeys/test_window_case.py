"""A case at the window: minh opens and follows it, hoa approves, it ends and is taken up again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import care_case, case_plan, drafts, person
from app.values.care_case import CaseDraft, CasesFilter
from app.values.case_plan import ActivityDraft
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.care_case import CareCaseScreen
from ui.screens.case_plan import CasePlanScreen
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]


@pytest.fixture
def huong(office: Desk) -> str:
    """Somebody who lives alone and is to be followed; her id."""
    return person.save(office.minh, typed(birth="1956", hamlet="Vĩnh Trường")).id


def at_case(officer: Officer) -> CareCaseScreen:
    """The page of the only case, opened from the list of cases with Enter."""
    officer.go(4)
    officer.rest()
    officer.enter()
    screen = officer.screen(CareCaseScreen)
    officer.until(lambda: screen.page is not None)
    officer.rest()
    return screen


def write_note(officer: Officer, kind: str, words: str) -> None:
    """Kind and words into the note, saved with Ctrl+S."""
    officer.tab_to("Loại ghi chép")
    officer.rub_out()
    officer.choose(kind)
    officer.tab_to("Nội dung")
    officer.type(words)
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu ghi chép.")
    officer.rest()


def status(office: Desk) -> str:
    """Where the only case stands."""
    return care_case.cases(office.lan, CasesFilter()).cards[0].status


def test_a_case_from_the_persons_page_to_submission(
    sit_down: Sits, office: Desk, huong: str
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    for _ in range(4):
        officer.press(Qt.Key.Key_PageDown, control=True)
    assert officer.at == "Quản lý ca"
    officer.push("Mở ca")
    officer.until(lambda: officer.at.startswith("Lý do mở"))
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Cần ghi lý do mở ca.")
    officer.photo("journey-case-1-reason-needed")
    officer.type("Sống một mình, cần người chăm sóc")
    officer.press(Qt.Key.Key_S, control=True)
    screen = officer.screen(CareCaseScreen)
    officer.wait_for("Lý do mở: Sống một mình, cần người chăm sóc")
    write_note(officer, "tham", "Đến nhà, chị đã có xe lăn cũ, bánh hỏng.")
    write_note(officer, "goi", "Gọi trạm y tế xã hẹn khám.")
    officer.photo("journey-case-2-notes")
    assert screen.page is not None
    assert [note.kind for note in screen.page.notes] == ["call", "visit"]
    assert not officer.sees("Mật")
    officer.push("Gửi duyệt")
    officer.wait_for("Kế hoạch chưa có mục tiêu cụ thể")
    assert status(office) == "open"


def test_a_note_begun_is_there_again(sit_down: Sits, office: Desk, huong: str) -> None:
    case = care_case.open(office.minh, huong, CaseDraft("Sống một mình"))
    officer = sit_down(office.home)
    officer.sign_in("minh")
    screen = at_case(officer)
    officer.tab_to("Nội dung")
    officer.type("Chị bảo tuần sau")
    officer.go(1)
    kept = drafts.find(office.minh, f"case_note:{case}")
    assert kept is not None and kept.payload == {"note_text": "Chị bảo tuần sau"}
    at_case(officer)
    officer.until(lambda: screen.note.form.value("note_text") == "Chị bảo tuần sau")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Đã lưu ghi chép.")
    officer.rest()
    assert drafts.find(office.minh, f"case_note:{case}") is None
    assert [one.text for one in care_case.page(office.lan, case).notes] == ["Chị bảo tuần sau"]


def test_confidential_words_are_for_lan_only(sit_down: Sits, office: Desk, huong: str) -> None:
    case = care_case.open(office.minh, huong, CaseDraft("Sống một mình"))
    officer = sit_down(office.home)
    officer.sign_in("lan")
    at_case(officer)
    officer.tab_to("Nội dung")
    officer.type("Bị chồng cũ đe dọa")
    officer.tab_to("Ghi chép mật: Có")
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Bị chồng cũ đe dọa")
    officer.photo("journey-case-3-confidential")
    note = care_case.page(office.minh, case).notes[0]
    assert note.hidden and note.text == ""


def test_hoa_approves_closes_and_reopens(sit_down: Sits, office: Desk, huong: str) -> None:
    case = care_case.open(office.minh, huong, CaseDraft("Sống một mình"))
    urgent = {"activity": "Đưa vào bệnh viện huyện", "due_on": "2026-03-01"}
    case_plan.save_activity(office.minh, ActivityDraft(case, urgent))
    desk.submitted(office.minh, case)
    officer = sit_down(office.home)
    officer.sign_in("hoa")
    at_case(officer)
    officer.push("Duyệt ca")
    officer.wait_for("Đã duyệt ca.")
    officer.rest()
    officer.push("Kết thúc…")
    officer.until(lambda: officer.at.startswith("Lý do kết thúc"))
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Chọn một trong mười hai lý do kết thúc")
    officer.choose("chet")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Hồ sơ người vẫn ghi đang sống")
    officer.photo("journey-case-4-closing")
    assert officer.at == "Đã biết, vẫn kết thúc" and status(office) == "approved"
    officer.press(Qt.Key.Key_Space)
    officer.wait_for("Ca đã kết thúc.")
    assert status(office) == "closed"
    officer.rest()
    officer.photo("journey-case-5-closed")
    officer.push("Mở lại…")
    officer.wait_for("Mở lại ca vì lý do gì?")
    officer.wait_for("chưa xong trở lại danh sách việc: Đưa vào bệnh viện huyện.")
    officer.enter()
    officer.wait_for("Cần ghi lý do.")
    officer.type("Ghi nhầm người")
    officer.enter()
    officer.until(lambda: status(office) == "open")
    officer.wait_for("Khẩn cấp, chưa xong: Đưa vào bệnh viện huyện.")
    officer.photo("journey-case-6-open-again")
    officer.push("Kế hoạch…")
    officer.screen(CasePlanScreen)
    officer.wait_for("Chưa xong khi ca được mở lại")
    officer.photo("journey-case-7-left-over")
    decisions = [one.decision for one in care_case.page(office.lan, case).decisions]
    assert decisions == ["reopened", "closed", "approved", "submitted"]


def test_a_slip_in_the_case_is_mended(sit_down: Sits, office: Desk, huong: str) -> None:
    care_case.open(office.minh, huong, CaseDraft("Sống mọt mình"))
    officer = sit_down(office.home)
    officer.sign_in("minh")
    at_case(officer)
    officer.push("Sửa…")
    officer.until(lambda: officer.at.startswith("Lý do mở"))
    officer.rub_out()
    officer.type("Sống một mình")
    officer.press(Qt.Key.Key_S, control=True)
    officer.wait_for("Lý do mở: Sống một mình")
