"""An office without a line turns green by a stick: over another office's PC, and at the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.actions import person
from sync import client
from sync.server import package_files
from tests import desk
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from tests.journeys.test_sync_cli import Home
from tests.journeys.test_window_sync import SYNC, light
from tests.sync.parts import Central, central, free_port
from ui.main import run_verb
from ui.screens.sync import SyncScreen

Sits = Callable[[Path], Officer]
NAMES = ("Nguyễn Thị Hường", "Đinh Văn Briu", "Trần Xuân Quân")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    """The central server, a process of its own."""
    with central(tmp_path / "server") as running:
        yield running


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick with somebody's report on it."""
    made = tmp_path / "USB của xã"
    made.mkdir()
    (made / "bao cao.docx").write_bytes(b"PK")
    return made


@pytest.fixture
def neighbour(tmp_path: Path, server: Central) -> Iterator[Desk]:
    """Another office, whose PC has a line."""
    made = desk.at(tmp_path / "bên cạnh")
    client.enrol(made.lan.db, server.url, server.code(f"{server.office} bên cạnh"))
    yield made
    made.close()


def at_usb(officer: Officer, login: str = "lan") -> SyncScreen:
    """At the sync page."""
    officer.sign_in(login)
    officer.go(SYNC)
    return officer.screen(SyncScreen)


def take_stick(officer: Officer, stick: Path) -> None:
    """Type where the stick is; the program remembers it from then on."""
    officer.tab_to("Thư mục trên USB")
    officer.rub_out()
    officer.type(str(stick))


def use(officer: Officer, name: str, words: str) -> None:
    """Press a button of the card and wait for what it says."""
    officer.push(name)
    officer.wait_for(words)
    officer.rest()
    work = officer.screen(SyncScreen).usb.work
    officer.until(lambda: not work.visibleRegion().isEmpty())  # nobody has to scroll to read it


def let_in(officer: Officer, server: Central, stick: Path) -> None:
    """The PC never had a line: asked by stick, answered at the server, read again."""
    officer.tab_to("Địa chỉ máy chủ")
    officer.rub_out()
    officer.type(f"http://127.0.0.1:{free_port()}")
    officer.tab_to("Mã đăng ký")
    officer.type(server.code())
    take_stick(officer, stick)
    use(officer, "Gửi bằng USB…", "Đã ghi tệp xin đăng ký SAD")
    officer.photo("journey-usb-1-asked")
    assert package_files.read(server.folder, [stick]).enrolled == 1
    officer.push("Đọc từ USB…")
    officer.until(lambda: not officer.screen(SyncScreen).enrol.isVisible())
    officer.rest()


def sync_marks(office: Desk) -> set[str]:
    """How the records are marked in the list."""
    cards = person.listing(office.lan.reopened(), person.PeopleFilter()).cards
    return {card.sync for card in cards}


def test_another_offices_pc_carries_the_stick_to_the_server(
    sit_down: Sits, office: Desk, neighbour: Desk, server: Central, stick: Path
) -> None:
    for name in NAMES:
        person.save(office.minh, typed(name=name))
    officer = sit_down(office.home)
    at_usb(officer)
    officer.rest()
    let_in(officer, server, stick)
    use(officer, "Gửi bằng USB…", "mang tới máy có mạng hoặc cho máy chủ")
    officer.photo("journey-usb-2-written")
    assert server.stats()["people"] == 0 and sync_marks(office) != {"confirmed"}

    carrier = sit_down(neighbour.home)
    at_usb(carrier)
    assert str(stick) in carrier.screen(SyncScreen).usb.folder.text()  # remembered on this PC
    use(carrier, "Đọc từ USB…", "Đã giao 1 gói của máy khác")
    carrier.photo("journey-usb-3-carried")
    assert server.stats()["people"] == 3
    assert person.total(neighbour.lan, person.PeopleFilter()) == 0

    officer.come_back()
    use(officer, "Đọc từ USB…", "còn chờ 0")
    officer.until(lambda: "Đã đồng bộ" in light(officer))
    officer.photo("journey-usb-4-green")
    assert sync_marks(office) == {"confirmed"}
    assert [path.name for path in stick.iterdir()] == ["bao cao.docx"]


def test_the_servers_own_command_reads_the_stick(
    sit_down: Sits, office: Desk, server: Central, stick: Path
) -> None:
    for name in NAMES:
        person.save(office.minh, typed(name=name))
    officer = sit_down(office.home)
    at_usb(officer)
    officer.rest()
    let_in(officer, server, stick)
    use(officer, "Gửi bằng USB…", "mang tới máy có mạng")
    (sent,) = stick.glob("SAG*")
    whole = sent.read_bytes()
    sent.write_bytes(whole[:-9])
    keeper = Home(server.folder)
    cut = keeper.call("server", "package", "read", str(stick), exit_code=1)
    assert {one["code"] for one in cut["problems"]} == {"usb_cut"}
    use(officer, "Đọc từ USB…", "Việc với USB chưa xong hết")
    assert officer.sees(f"Tệp {sent.name} bị cụt")
    officer.photo("journey-usb-5-cut")
    sent.write_bytes(whole)
    taken = keeper.call("server", "package", "read", str(sent))
    assert taken["packages"] == 1 and taken["answers"]
    use(officer, "Đọc từ USB…", "còn chờ 0")
    officer.until(lambda: "Đã đồng bộ" in light(officer))
    officer.photo("journey-usb-6-green")
    assert sync_marks(office) == {"confirmed"} and server.stats()["people"] == 3

    person.save(office.minh, typed(name="Lê Thị Sau"))
    pc = Home(office.home)
    made = pc.call("package", "write", "--out", str(stick), user="minh")
    assert made["changes"] > 0 and len(made["files"]) == 1
    keeper.call("server", "package", "read", str(stick / made["files"][0]))
    for answer in stick.glob("SAT*"):
        answer.unlink()
    answers = keeper.call("server", "package", "answer", "--out", str(stick))["answers"]
    read = pc.call("package", "read", *[str(stick / name) for name in answers], user="minh")
    assert (read["acknowledged"], read["pending"]) == (made["changes"], 0)
    missing = pc.call("package", "read", str(stick / "nowhere"), user="minh", exit_code=1)
    assert missing["problems"][0]["code"] == "usb_missing"


def test_the_help_of_the_verbs_is_there_in_both_languages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["package", "write"], ["package", "read"], ["server", "package", "answer"]):
        for language, word in (("vi", "trên USB"), ("en", "on the stick")):
            assert run_verb(["--lang", language, *words, "--help"]) == 0
            assert word in " ".join(capsys.readouterr().out.split())
