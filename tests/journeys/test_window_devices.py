"""A second PC comes to the office: lan compares its fingerprint and gives it the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import workspace
from app.actions import device, person
from app.actions import office as offices
from app.errors import Refused
from app.values.office import AdminDraft, OfficeDraft
from app.values.person import PersonDraft
from app.workspace import Workspace
from data.records.device import own_id
from data.sealing import Cost
from sync import client, enrolment
from sync.server import console
from tests.desk import DISTRICT, PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from tests.sync.parts import Central, central
from ui.screens.users import UsersScreen

Sits = Callable[[Path], Officer]
SYNC, USERS = 6, 8
WORDS = "Bà kể bị con trai đánh"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Workspace]:
    """The office's other PC, with a store and keys of its own; lan works there too."""
    home = tmp_path / "may-2"
    name = OfficeDraft("Phòng LĐ-TB&XH huyện Phù Cát", (DISTRICT,))
    offices.create(home, name, AdminDraft("lan", "Nguyễn Thị Lan", PASSWORD), cost=Cost.quick)
    lan = workspace.open(home, "lan", PASSWORD)
    yield lan
    lan.db.close()


def connected(ws: Workspace, server: Central) -> Workspace:
    """A PC that belongs to the office on the server and has met it."""
    enrolment.enrol(ws.db, server.url, server.code())
    client.run_round(ws.db)
    return ws.reopened()


def note(ws: Workspace, person_id: str) -> object:
    """What lan reads in the restricted field on a PC."""
    return person.page(ws, person_id).fields["violence_note"]


def test_lan_gives_a_second_pc_the_key(
    sit_down: Sits, office: Desk, second: Workspace, server: Central
) -> None:
    here = connected(office.lan, server)
    who = person.save(here, typed(violence_note=WORDS)).id
    client.run_round(here.db)
    there = connected(second, server)
    page = person.page(there, who)
    assert page.fields["violence_note"] is None
    assert [one.code for one in page.warnings if one.code.startswith("restricted")] == [
        "restricted_elsewhere"
    ]
    with pytest.raises(Refused) as refused:
        person.save(there, PersonDraft(who, {"violence_note": "đè lên"}))
    assert refused.value.problems[0].code == "restricted_elsewhere_kept"
    print_there = next(one for one in device.listing(there) if one.own).fingerprint
    print_here = next(one for one in device.listing(here) if one.own).fingerprint
    client.run_round(here.db)
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.go(USERS)
    officer.screen(UsersScreen)
    for _ in range(3):
        officer.press(Qt.Key.Key_PageDown, control=True)
    officer.wait_for("chờ cấp khóa thông tin mật")
    officer.photo("journey-devices-1-waits")
    officer.tab_to("Cấp khóa…")
    officer.press(Qt.Key.Key_Space)
    officer.wait_for(print_there)
    officer.photo("journey-devices-2-compare")
    assert officer.at == "Thôi"
    officer.push("Dấu đã trùng, cấp khóa")
    officer.wait_for("chờ người ở máy đó cũng so dấu")
    officer.until(lambda: not officer.sees("chờ cấp khóa thông tin mật"))
    officer.rest()
    officer.photo("journey-devices-3-given")
    client.run_round(there.db)
    assert note(there, who) is None, "nobody has decided at the second PC"
    other = next(one for one in device.listing(there) if not one.own)
    assert (other.state, other.fingerprint) == ("waiting", print_here)
    device.grant(there, other.id, print_here)
    client.run_round(there.db)
    assert note(there, who) == WORDS
    person.save(there, PersonDraft(who, {"violence_note": WORDS + ", nay đã yên"}))


def test_a_lost_pc_closes_its_book_and_says_why(
    sit_down: Sits, office: Desk, server: Central
) -> None:
    here = connected(office.lan, server)
    person.save(here, typed())
    client.run_round(here.db)
    officer = sit_down(office.home)
    officer.sign_in("lan")
    officer.go(SYNC)
    officer.wait_for("Đã khớp với máy chủ")
    officer.rest()
    with here.db.read() as session:
        console.close_device(server.folder, own_id(session), lost=True)
    officer.push("Gửi ngay")
    officer.wait_for("Đơn vị đã báo mất máy này")
    officer.photo("journey-devices-4-lost")
    assert not (office.home / "store.keys").exists()
    again = sit_down(office.home)
    again.wait_for("Đơn vị đã báo mất máy này")
    again.photo("journey-devices-5-lost-gate")
