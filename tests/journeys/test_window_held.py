"""Too many removals and an incident on the sync page, decided with the keyboard only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.actions import incidents, person, removals
from data import capture
from data.database import Author
from data.records.person import Person
from sync import client, comparing, enrolment, state
from sync.server import census, store
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.person import PersonScreen
from ui.screens.sync import SyncScreen

Sits = Callable[[Path], Officer]
SYNC = 6
MANY = 51
FAMILY, GIVEN = ("Nguyễn", "Trần", "Đinh", "Lê", "Phạm"), ("Hường", "Briu", "Quân", "Ánh", "Đào")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.mark.logs("was otherwise than on the server")
def test_removals_are_agreed_to_and_an_incident_is_looked_at(
    sit_down: Sits, office: Desk, server: Central
) -> None:
    db = office.minh.db
    first = person.save(office.minh, typed(name="Đinh Văn Briu")).id
    with db.write(office.minh.author()) as session:
        session.add_all(
            Person(office_id=office.minh.office.id, commune="63:21871",
                   name=f"{FAMILY[n % 5]} Thị {GIVEN[n // 5 % 5]} {n}")
            for n in range(MANY)
        )  # fmt: skip
    enrolment.enrol(db, server.url, server.code(), "")
    client.run_round(db)
    with db.write(office.minh.author()) as session:
        for one in session.scalars(select(Person).where(Person.id != first)):
            one.deleted_at, one.deleted_reason = "2026-11-23T22:10:00.123Z", "Nhập nhầm"
    with db.write(Author("")) as session, capture.applying(session):
        old = session.get_one(Person, first)
        old.phone, old.server_version = "0905999999", 7
        standing = state.row(session)
        assert standing is not None
        standing.uncompared = comparing.EVERY_ROUNDS
    client.run_round(db)
    person.save(office.minh, typed(name="Trần Xuân Quân"))

    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.go(SYNC)
    officer.screen(SyncScreen)
    officer.wait_for("bản ghi bị gỡ ở máy này, chưa gửi đi")
    officer.wait_for("Máy chủ giữ bản cũ hơn máy này.")
    officer.photo("journey-held-1-asked")
    officer.push("Đã xem xong: Đinh Văn Briu")
    officer.until(lambda: incidents.count(office.hoa) == 0)
    officer.push("Đồng ý gỡ")
    officer.until(lambda: removals.count(office.hoa) == 0)
    officer.wait_for("Đã khớp với máy chủ")
    officer.until(lambda: client.status(db).waiting == 0)
    officer.photo("journey-held-2-agreed")
    assert server.stats()["people"] == 2


def test_who_is_unknown_to_the_server_is_sent_again_or_taken_off(
    sit_down: Sits, office: Desk, server: Central
) -> None:
    db, names = office.lan.db, ("Đinh Văn Briu", "Trần Xuân Quân", "Phan Văn Mới")
    ids = [person.save(office.minh, typed(name=name)).id for name in names]
    enrolment.enrol(db, server.url, server.code(), "")
    client.run_round(db)
    forgotten(server, ids[:2])
    person.save(office.minh, typed(name="Lê Thị Ánh"))
    client.run_round(db)
    assert client.status(db).attention == 2

    officer = sit_down(office.home)
    officer.sign_in("hoa")
    officer.go(SYNC)
    officer.screen(SyncScreen)
    for name in names[:2]:
        officer.wait_for(f"{name}: máy chủ không còn biết hồ sơ này")
    officer.photo("journey-held-4-unknown")
    officer.push(f"Gửi lại: {names[0]}")
    officer.until(lambda: client.status(db).attention == 1)
    officer.wait_for(f"{names[1]}: máy chủ không còn biết hồ sơ này")
    officer.push(f"Gỡ khỏi máy này: {names[1]}")
    officer.until(lambda: client.status(db).attention == 0)
    officer.push("Gửi ngay")
    officer.until(lambda: client.status(db).waiting == 0)
    officer.wait_for("Đã khớp với máy chủ")
    officer.photo("journey-held-5-known-again")
    assert server.stats()["people"] == 3
    with db.read() as session:
        assert session.get_one(Person, ids[1]).deleted_at


def forgotten(server: Central, ids: list[str]) -> None:
    """The server's log begins later now, and nobody there knows some rows any more."""
    scope, shown = store.scope.c, census.tables()["person"]
    with server.opened() as opened, opened.write() as connection:
        for table in (store.row, store.entry):
            connection.execute(table.delete().where(table.c.row_id.in_(ids)))
        connection.execute(shown.delete().where(shown.c.id.in_(ids)))
        connection.execute(update(store.scope).values(floor=scope.seq + 1))


def test_who_waits_is_named_and_opened(sit_down: Sits, office: Desk, server: Central) -> None:
    enrolment.enrol(office.lan.db, server.url, server.code(), "")
    client.run_round(office.lan.db)
    server.stop()
    person.save(office.minh, typed(name="Đinh Văn Briu"))
    officer = sit_down(office.home)
    officer.sign_in("minh")
    officer.go(SYNC)
    officer.screen(SyncScreen)
    officer.wait_for("Đinh Văn Briu · 1 thay đổi")
    officer.wait_for("Lượt tới gửi 1 bản ghi, khoảng 0,01 MB")
    officer.photo("journey-held-3-waiting")
    officer.push("Mở hồ sơ: Đinh Văn Briu")
    officer.screen(PersonScreen)
