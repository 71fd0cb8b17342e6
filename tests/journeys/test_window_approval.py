"""hoa at the approval desk with the keyboard: approve, return, approve many; minh calls her in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from app import workspace
from app.actions import approval, person
from app.values.person import PeopleFilter
from tests.desk import PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.approval import ApprovalScreen
from ui.screens.second import SecondPage

Sits = Callable[[Path], Officer]
NAMES = ("Đinh Văn Briu", "Lê Đức Cường", "Mai Thị Diễm", "Nguyễn Thị Hường", "Trần Xuân Quân")


def waiting(office: Desk) -> list[str]:
    """Five people of minh's at the desk, one of them with a number that does not fit."""
    for number, name in enumerate(NAMES):
        draft = typed(name=name, birth=f"19{50 + number}", sex="female", hamlet="Vĩnh Trường",
                      types=("mobility",), degree="severe")  # fmt: skip
        made = person.save(office.minh, draft).id
        if name == "Trần Xuân Quân":
            person.save(office.minh, person.PersonDraft(made, {"id_number": "052056004451"}))
        person.submit(office.minh, [made])
    ids = list(person.ids(office.minh, approval.WAITING))
    office.close()
    return ids


def status(home: Path) -> dict[str, str]:
    ws = workspace.open(home, "lan", PASSWORD)
    cards = person.listing(ws, PeopleFilter()).cards
    ws.db.close()
    return {card.name: card.status for card in cards}


def at_the_desk(officer: Officer) -> ApprovalScreen:
    officer.go(3)
    screen = officer.screen(ApprovalScreen)
    officer.until(lambda: screen.review is not None)
    return screen


def test_hoa_decides_one_by_one_and_then_many(sit_down: Sits, office: Desk, home: Path) -> None:
    keys = waiting(office)
    officer = sit_down(home)
    officer.sign_in("hoa")
    screen = at_the_desk(officer)
    officer.photo("journey-approval-1-desk")
    officer.press(Qt.Key.Key_A)
    officer.until(lambda: screen.review is not None and screen.review.page.card.id == keys[1])
    officer.photo("journey-approval-2-approved")
    officer.press(Qt.Key.Key_R)
    officer.until(lambda: officer.at.startswith("Trả lại"))
    officer.type("Thiếu giấy xác nhận")
    officer.photo("journey-approval-3-reason")
    officer.enter()
    officer.until(lambda: screen.review is not None and screen.review.page.card.id == keys[2])
    officer.rest()
    officer.press(Qt.Key.Key_A, control=True)
    officer.until(lambda: len(screen.list.model.ticked) == 3)
    officer.rest()
    officer.push("Duyệt các hồ sơ đã chọn")
    officer.until(lambda: screen.result.isVisible())
    officer.until(lambda: screen.list.total == 1)
    officer.until(lambda: screen.review is not None and screen.review.page.card.id == keys[4])
    officer.photo("journey-approval-4-many")
    assert officer.sees("Đã duyệt 2 hồ sơ.")
    assert status(home) == {
        "Đinh Văn Briu": "approved",
        "Lê Đức Cường": "returned",
        "Mai Thị Diễm": "approved",
        "Nguyễn Thị Hường": "approved",
        "Trần Xuân Quân": "waiting",
    }


def test_many_decided_by_mistake_are_taken_back_as_a_whole(
    sit_down: Sits, office: Desk, home: Path
) -> None:
    waiting(office)
    officer = sit_down(home)
    officer.sign_in("hoa")
    screen = at_the_desk(officer)
    officer.press(Qt.Key.Key_A, control=True)
    officer.until(lambda: len(screen.list.model.ticked) == 5)
    officer.press(Qt.Key.Key_A, shift=True)
    officer.until(lambda: screen.list.total == 1)
    officer.wait_for("Đã duyệt 4 hồ sơ.")
    officer.push("Hoàn tác…")
    officer.until(lambda: officer.at.startswith("Hủy duyệt 4 hồ sơ"))
    officer.type("Duyệt nhầm xã")
    officer.photo("journey-approval-7-undo-many")
    officer.enter()
    officer.wait_for("Đã hủy duyệt 4 hồ sơ; các hồ sơ ấy chờ duyệt lại.")
    officer.until(lambda: screen.list.total == 5)
    officer.rest()
    assert set(status(home).values()) == {"waiting"}
    officer.press(Qt.Key.Key_A, control=True)
    officer.until(lambda: len(screen.list.model.ticked) == 5)
    officer.rest()
    officer.push("Trả lại…")
    officer.until(lambda: officer.at.startswith("Trả lại 5 hồ sơ"))
    officer.type("Thiếu giấy xác nhận")
    officer.enter()
    officer.wait_for("Đã trả lại 5 hồ sơ.")
    officer.until(lambda: screen.list.total == 0)
    officer.photo("journey-approval-8-returned-many")
    assert set(status(home).values()) == {"returned"}
    officer.press(Qt.Key.Key_U)
    officer.wait_for("5 hồ sơ chờ duyệt như trước")
    officer.until(lambda: screen.list.total == 5)
    officer.rest()
    assert set(status(home).values()) == {"waiting"}


def test_minh_calls_hoa_who_approves_in_front_of_his_work(
    sit_down: Sits, office: Desk, home: Path
) -> None:
    keys = waiting(office)
    officer = sit_down(home)
    officer.sign_in("minh")
    officer.go(3)
    officer.screen(ApprovalScreen)
    officer.photo("journey-approval-5-not-allowed")
    officer.push("Người khác vào nhanh")
    page = officer.window.gate
    assert isinstance(page, SecondPage)
    officer.until(lambda: page.who is not None)
    officer.rest()
    assert page.who is not None and page.who.value() == "hoa"
    page.password.setFocus()
    officer.type(PASSWORD)
    officer.enter()
    officer.until(lambda: len(officer.window.frames) == 2)
    screen = officer.screen(ApprovalScreen)
    officer.until(lambda: screen.review is not None and screen.review.page.card.id == keys[0])
    officer.photo("journey-approval-6-second")
    officer.press(Qt.Key.Key_A)
    officer.until(lambda: screen.review is not None and screen.review.page.card.id == keys[1])
    officer.push("Trả máy cho Lê Văn Minh")
    officer.until(lambda: len(officer.window.frames) == 1)
    assert status(home)["Đinh Văn Briu"] == "approved"
