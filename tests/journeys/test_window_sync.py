"""A district's PC goes up to a real server: enrol, send, the light, and a day without a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.actions import person
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.sync import SyncScreen

Sits = Callable[[Path], Officer]

SYNC = 6


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


def light(officer: Officer) -> str:
    """The words of the light in the top bar."""
    assert officer.window.frame is not None
    return officer.window.frame.top.light.accessibleName()


def at_sync(officer: Officer) -> SyncScreen:
    """lan on the sync page."""
    officer.sign_in("lan")
    officer.go(SYNC)
    return officer.screen(SyncScreen)


def enrol(officer: Officer, server: Central, code: str) -> None:
    """Address, code, Enter."""
    officer.tab_to("Địa chỉ máy chủ")
    officer.rub_out()
    officer.type(server.url)
    officer.enter()
    assert officer.at.startswith("Mã đăng ký")
    officer.rub_out()
    officer.type(code)
    officer.enter()


def test_from_enrolment_to_a_green_light(sit_down: Sits, office: Desk, server: Central) -> None:
    for name in ("Nguyễn Thị Hường", "Đinh Văn Briu", "Trần Xuân Quân"):
        person.save(office.minh, typed(name=name))
    officer = sit_down(office.home)
    at_sync(officer)
    officer.wait_for("Chưa nối máy chủ")
    officer.photo("journey-sync-1-not-enrolled")
    enrol(officer, server, "SAIMA-SAIMA")
    officer.until(lambda: officer.screen(SyncScreen).problem.isVisible())
    officer.photo("journey-sync-2-wrong-code")
    assert officer.at.startswith("Mã đăng ký")
    officer.rub_out()
    officer.type(server.code())
    officer.enter()
    officer.until(lambda: "Đã đồng bộ" in light(officer))
    officer.wait_for("Đã khớp với máy chủ")
    officer.rest()
    officer.photo("journey-sync-3-up-to-date")
    assert server.stats()["people"] == 3
    assert {card.sync for card in person.listing(office.lan, person.PeopleFilter()).cards} == {
        "confirmed"
    }


def test_a_day_without_a_line_loses_nothing(sit_down: Sits, office: Desk, server: Central) -> None:
    person.save(office.minh, typed())
    officer = sit_down(office.home)
    at_sync(officer)
    officer.rest()
    enrol(officer, server, server.code())
    officer.until(lambda: "Đã đồng bộ" in light(officer))
    officer.rest()
    server.stop()
    assert officer.window.frame is not None
    person.save(officer.window.frame.ws, typed(name="Đinh Văn Briu"))
    officer.until(lambda: "Đã đồng bộ" not in light(officer))
    officer.rest()
    officer.tab_to("Gửi ngay")
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: "Ngoại tuyến · 1 thay đổi chờ gửi" in light(officer))
    officer.wait_for("Mọi thay đổi vẫn được giữ trên máy này")
    officer.wait_for("1 thay đổi của 1 hồ sơ")
    officer.rest()
    officer.photo("journey-sync-4-offline")
    assert person.total(officer.window.frame.ws, person.PeopleFilter()) == 2
    server.start()
    officer.until(lambda: officer.screen(SyncScreen).send.isVisible())
    officer.push("Gửi ngay")
    officer.until(lambda: "Đã đồng bộ" in light(officer))
    assert server.stats()["people"] == 2
