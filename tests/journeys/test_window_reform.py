"""lan and the reform of 2025 with the keyboard: a divided commune answered, applied, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import person
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.people import PeopleScreen
from ui.screens.reform import ReformScreen

Sits = Callable[[Path], Officer]
AN_NGHIA, AN_HOA, AN_TAN = "63:21634", "34:21628", "63:21625"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    """The office of huyện An Lão, of which one commune was divided."""
    made = desk.at(home, "63:542")
    yield made
    made.close()


@pytest.fixture
def asked(office: Desk) -> str:
    """Two persons; where one of them lives now only the hamlet tells."""
    person.save(office.minh, typed(commune=AN_TAN, name="Đinh Văn Lía"))
    return person.save(office.minh, typed(commune=AN_NGHIA, hamlet="Thôn 3")).id


def at_the_reform(officer: Officer) -> ReformScreen:
    officer.go(8)
    officer.push("Đơn vị từ 01/7/2025")
    screen = officer.screen(ReformScreen)
    officer.until(lambda: screen.list.model.rowCount() > 0 and bool(screen.totals.text()))
    officer.rest()
    return screen


def begin_answer(officer: Officer, screen: ReformScreen) -> None:
    """Enter on the first line, which asks."""
    officer.tab_to("Xã cũ và xã mới")
    officer.press(Qt.Key.Key_Home)
    officer.enter()
    officer.until(screen.box.isVisible)
    officer.until(lambda: officer.at.startswith("Nay thuộc"))


def test_a_divided_commune_is_answered_applied_and_taken_back(
    sit_down: Sits, office: Desk, asked: str
) -> None:
    officer = sit_down(office.home)
    officer.sign_in("lan")
    screen = at_the_reform(officer)
    assert "Trước 2 người; sau: 1 đã rõ, 1 còn hỏi" in screen.totals.text()
    assert "Tổng số khớp." in screen.totals.text() and not screen.apply.isEnabled()
    first = screen.list.model.row(0)
    assert (first.old, first.hamlet, first.how) == (AN_NGHIA, "Thôn 3", "ask")
    officer.photo("journey-reform-1-plan")
    officer.press(Qt.Key.Key_U)
    officer.wait_for("Không có gì để rút lại")
    begin_answer(officer, screen)
    officer.push("Người của xã cũ này")
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.screen(ReformScreen)
    officer.rest()
    begin_answer(officer, screen)
    officer.choose("an hoa")
    officer.photo("journey-reform-2-answer")
    officer.push("Lưu")
    officer.wait_for("Đã ghi. Bấm Áp dụng để chuyển người.")
    officer.until(lambda: screen.apply.isEnabled() and not screen.box.isVisible())
    officer.rest()
    assert officer.at == "Xã cũ và xã mới"
    officer.photo("journey-reform-3-waits")
    officer.press(Qt.Key.Key_A)
    officer.wait_for("Đã chuyển 1 người.")
    officer.until(lambda: "2 đã rõ, 0 còn hỏi" in screen.totals.text())
    assert "Trước 2 người" in screen.totals.text() and "Tổng số khớp." in screen.totals.text()
    assert person.page(office.minh, asked).card.current_commune == AN_HOA
    officer.photo("journey-reform-4-applied")
    officer.press(Qt.Key.Key_U)
    officer.until(lambda: officer.at.startswith("Rút lại việc chuyển"))
    officer.photo("journey-reform-5-sure")
    officer.press(Qt.Key.Key_Escape)
    assert not screen.sure.isVisible() and officer.at == "Xã cũ và xã mới"
    assert person.page(office.minh, asked).card.current_commune == AN_HOA
    officer.press(Qt.Key.Key_U)
    officer.enter()
    officer.wait_for("Đã rút lại cho 1 người.")
    assert person.page(office.minh, asked).card.current_commune is None
