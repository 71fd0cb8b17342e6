"""A new PC of the office: its book comes, people work meanwhile, and the page says how far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.actions import person
from data.records.sync import ColdStart
from sync import client, enrolment, snapshot
from tests.desk import Desk
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central, pc
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen

Sits = Callable[[Path], Officer]
PEOPLE, SYNC = 2, 6


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own, which another PC has filled."""
    with central(tmp_path / "server") as running:
        with pc(tmp_path / "first") as first:
            first.enrol(running)
            first.enter_many(60)
            first.enter("Phan Văn Mới")
            first.sync()
        yield running


def test_people_work_while_the_book_comes(
    sit_down: Sits, office: Desk, server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LOG_SHORT", 40)
    enrolment.enrol(office.lan.db, server.url, server.code())

    def rows_came() -> bool:
        with office.lan.db.read() as session:
            start = session.scalars(select(ColdStart)).first()
            return start is not None and start.done >= 50

    client.run_round(office.lan.db, cancelled=rows_came)
    server.stop()
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.go(SYNC)
    officer.wait_for("Sổ của đơn vị đang về máy này")
    officer.photo("journey-cold-start-1-sync-page")
    officer.go(PEOPLE)
    people = officer.screen(PeopleScreen)
    officer.press(Qt.Key.Key_K, control=True)
    officer.type("Phan Văn Mới")
    officer.enter()
    officer.until(lambda: people.list.total == 1)
    officer.rest()
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    officer.press(Qt.Key.Key_PageUp, control=True)  # the last tab is the history
    officer.wait_for("đang về từ máy chủ, mới nhất trước")
    officer.photo("journey-cold-start-2-history")
    server.start()
    officer.go(SYNC)
    officer.push("Gửi ngay")
    officer.until(lambda: person.total(office.lan, person.PeopleFilter()) == 61)
    officer.wait_for("Đã khớp với máy chủ")
    officer.until(lambda: not officer.sees("Sổ của đơn vị đang về máy này"))
    officer.photo("journey-cold-start-3-whole")
