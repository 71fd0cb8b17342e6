"""A scan goes from one PC to the other: its small picture by itself, its original when asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.actions import attachment, person
from app.values.attachment import AttachmentDraft
from sync import client
from tests.desk import PASSWORD, Desk, at, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_window_sync import SYNC
from tests.sync.parts import Central, central
from ui.main import run_verb
from ui.screens.people import PeopleScreen
from ui.screens.person import PersonScreen
from ui.screens.sync import SyncScreen

Sits = Callable[[Path], Officer]
LINE = "Đường truyền ở đây không tính tiền"
SCAN = AttachmentDraft("certificate", "Giấy xác nhận", "law")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def second(tmp_path: Path, server: Central) -> Iterator[Desk]:
    """The office's other PC, which belongs to the server already."""
    made = at(tmp_path / "máy hai")
    client.enrol(made.lan.db, server.url, server.code())
    yield made
    made.close()


def picture() -> bytes:
    """An invented scan, as noisy as a real one."""
    out = BytesIO()
    Image.effect_noise((900, 1300), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def send(officer: Officer) -> SyncScreen:
    """At the sync page, everything that may go goes."""
    officer.go(SYNC)
    screen = officer.screen(SyncScreen)
    officer.rest()
    officer.push("Gửi ngay")
    officer.rest()
    return screen


def at_files(officer: Officer) -> PersonScreen:
    """The papers of the only person."""
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == 1)
    officer.enter()
    page = officer.screen(PersonScreen)
    officer.until(lambda: page.page is not None)
    officer.rest()
    for _ in range(8):  # the page stays at the tab where it was left
        if not officer.sees("Thêm ảnh, bản chụp…"):
            officer.press(Qt.Key.Key_PageDown, control=True)
            officer.rest()
    return page


def test_a_scan_reaches_the_other_pc_small_first_and_whole_when_asked(
    sit_down: Sits, office: Desk, second: Desk, server: Central
) -> None:
    client.enrol(office.lan.db, server.url, server.code())
    who = person.save(office.minh, typed()).id
    kept = attachment.add(office.minh, who, picture(), SCAN)
    first = sit_down(office.home)
    first.sign_in("lan")
    send(first)
    first.wait_for("Chờ gửi: 1 ảnh gốc, bản chụp")
    first.photo("journey-photos-1-small-sent")

    there = sit_down(second.home)
    there.sign_in("lan")
    send(there)
    there.wait_for("Chờ nhận: 1 ảnh gốc, bản chụp")
    at_files(there)
    there.wait_for("mới có ảnh nhỏ")
    there.photo("journey-photos-2-small-here")
    there.push("Tải ảnh gốc: Giấy xác nhận")
    there.wait_for("đã xin ảnh gốc, về khi máy chủ có")
    there.rest()
    there.photo("journey-photos-3-asked")

    first.come_back()
    first.tab_to(LINE)
    first.press(Qt.Key.Key_Space)
    first.wait_for("Không còn ảnh chờ gửi.")
    first.rest()
    first.photo("journey-photos-4-originals-sent")

    there.come_back()
    send(there)
    there.wait_for("về máy này 1 ảnh")
    at_files(there)
    there.push("Xem: Giấy xác nhận")
    files = there.screen(PersonScreen).tabs.lists["files"]
    there.until(lambda: files.view.isVisible())  # type: ignore[attr-defined]
    there.photo("journey-photos-5-original-here")
    assert attachment.content(second.hoa, kept.id) == attachment.content(office.hoa, kept.id)


def test_what_the_window_does_the_command_line_does_too(
    office: Desk,
    second: Desk,
    server: Central,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    client.enrol(office.lan.db, server.url, server.code())
    who = person.save(office.minh, typed()).id
    attachment.add(office.minh, who, picture(), SCAN)
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)

    def call(where: Desk, *words: str) -> Any:
        capsys.readouterr()
        assert run_verb(["--home", str(where.home), "--user", "minh", "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    ahead = call(office, "sync", "--dry-run")["attachments"]
    assert (ahead["choice"], ahead["waiting"]["small_up"]["count"]) == ("thumbnails", 1)
    done = call(office, "sync", "--line", "unmetered")["attachments"]
    assert (done["choice"], done["sent"], done["problem"]) == ("all", 2, "")
    none = call(second, "sync", "--attachments", "none")["attachments"]
    assert (none["fetched"], none["waiting"]["down"]["count"]) == (0, 1)
    assert call(second, "files", "fetch", who) == {"asked": 1}
    assert call(second, "sync")["attachments"]["fetched"] == 2
    (card,) = attachment.of_person(second.hoa, who)
    assert (card.state, card.arrived) == ("here", card.size)
