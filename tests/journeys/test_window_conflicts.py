"""Two people changed one record at two PCs: the officer sees both values and decides by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import conflict, person
from app.values.person import PersonDraft
from sync import client
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.conflicts import ConflictsScreen
from ui.screens.person import PersonScreen
from ui.screens.sync import SyncScreen
from ui.screens.today import TodayScreen

Sits = Callable[[Path], Officer]
TODAY, SYNC = 1, 6


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The office's second PC."""
    opened = desk.at(tmp_path / "second")
    yield opened
    opened.close()


def quarrel(here: Desk, there: Desk, server: Central) -> str:
    """minh and hoa change phone and hamlet of one person at two PCs; there is sent first."""
    made = person.save(here.minh, typed(phone="0905000001", hamlet="Thôn Hội Vân")).id
    for one in (here, there):
        client.enrol(one.lan.db, server.url, server.code())
        client.run_round(one.lan.db)
    client.run_round(there.lan.db)
    person.save(here.minh, PersonDraft(made, {"phone": "0905000002", "hamlet": "Thôn Vĩnh Trường"}))
    person.save(there.hoa, PersonDraft(made, {"phone": "0905000003", "hamlet": "Thôn Chánh An"}))
    client.run_round(there.lan.db)
    return made


def test_two_values_are_compared_and_decided_with_a_key_each(
    sit_down: Sits, office: Desk, other: Desk, server: Central
) -> None:
    made = quarrel(office, other, server)
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.go(SYNC)
    page = officer.screen(SyncScreen)
    officer.until(lambda: page.attention.isVisible())
    officer.wait_for("Giá trị kia: 0905000002 (minh)")
    officer.photo("journey-conflict-1-sync-page")
    officer.go(TODAY)
    officer.screen(TodayScreen)
    officer.wait_for("2 mục hai người cùng sửa, chờ chọn")
    officer.photo("journey-conflict-2-today")
    officer.push("2 mục hai người cùng sửa, chờ chọn")
    screen = officer.screen(ConflictsScreen)
    officer.until(lambda: screen.sheet.conflict is not None)
    screen.stage.go("person", made)
    record = officer.screen(PersonScreen)
    officer.until(lambda: record.page is not None and record.page.conflicts)
    officer.wait_for("Hai người cùng sửa:")
    assert record.page is not None and record.page.card.sync == "conflict"
    officer.photo("journey-conflict-3-person")
    officer.push("Quyết định")
    screen = officer.screen(ConflictsScreen)
    officer.until(lambda: screen.list.total == 2 and screen.sheet.conflict is not None)
    officer.wait_for("Thôn Chánh An")
    officer.wait_for("Trần Thị Hoa")
    officer.photo("journey-conflict-4-card")
    first = screen.sheet.conflict
    assert first is not None and first.field == "hamlet"
    officer.press(Qt.Key.Key_4)
    officer.until(lambda: officer.at.startswith("Thôn"))
    officer.type("Thôn Mỹ Hội")
    officer.enter()
    officer.until(lambda: screen.list.total == 1 and screen.sheet.conflict not in (first, None))
    officer.wait_for("đã quyết định “Thôn Mỹ Hội”")
    officer.press(Qt.Key.Key_2)
    officer.wait_for("Không còn xung đột nào.")
    officer.photo("journey-conflict-5-decided")
    officer.press(Qt.Key.Key_Left, alt=True)
    officer.until(lambda: record.page is not None and not record.page.conflicts)
    officer.photo("journey-conflict-6-mark-turned")
    officer.go(SYNC)
    officer.until(lambda: page.send.isVisible())
    officer.push("Gửi ngay")
    officer.wait_for("Đã khớp với máy chủ")
    assert not page.attention.isVisible()
    client.run_round(other.lan.db)
    told = person.page(other.lan, made).fields
    assert (told["phone"], told["hamlet"]) == ("0905000002", "Thôn Mỹ Hội")
    assert conflict.cards(other.lan) == ()
