"""The main job's last leg at the command line: a server, two PCs of one office, nothing lost."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sync.parts import central, free_port
from tests.sync.test_not_our_server import stranger
from ui.main import run_verb

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Mat-khau-1945"
OFFICE = ("--office-name", "Phòng LĐ-TB&XH huyện Phù Cát", "--unit", "63:548")
START_S = 30


@dataclass
class Home:
    """One folder and the program called on it: in this process, or `apart` in one of its own."""

    folder: Path
    apart: bool = False

    def call(self, *words: str, user: str = "", exit_code: int = 0) -> Any:
        """Call the program; the JSON it answers."""
        return json.loads(self._answer(*words, user=user, exit_code=exit_code))

    def read(self, *words: str, user: str = "") -> str:
        """Call the program; the sentences it answers."""
        return self._answer(*words, "--text", user=user)

    def _answer(self, *words: str, user: str = "", exit_code: int = 0) -> str:
        who = ("--user", user) if user else ()
        called = ["--home", str(self.folder), *who, *words]
        if not self.apart:
            said, problems = io.StringIO(), io.StringIO()
            with (
                redirect_stdout(said),
                redirect_stderr(problems),
                pytest.MonkeyPatch.context() as script,
            ):
                script.setenv("SOANSINH_PASSWORD", PASSWORD)
                code = run_verb(called)
            assert code == exit_code, said.getvalue() + problems.getvalue()
            return said.getvalue()
        done = subprocess.run(
            [sys.executable, "-m", "ui.main", *called],
            env=os.environ | {"SOANSINH_PASSWORD": PASSWORD},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done.stdout


@dataclass
class Served:
    """A running server and its folder."""

    home: Home
    url: str

    def code(self) -> str:
        """A one-time code."""
        return str(self.home.call("server", "code", *OFFICE)["code"])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server that runs already."""
    with central(tmp_path / "server") as running:
        yield Served(Home(running.folder), running.url)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Served]:
    """The server as its keeper starts it."""
    home = Home(tmp_path / "server")
    home.call("server", "init")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.main", "--home", str(home.folder), "server", "run"]
        + ["--listen", f"127.0.0.1:{port}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/v1/alive", trust_env=False)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield Served(home, url)
    process.send_signal(signal.SIGTERM)
    told, _ = process.communicate(timeout=START_S)
    assert (process.returncode, json.loads(told)) == (0, {"stopped": True})


def office(folder: Path) -> Home:
    """A PC with lan (admin), hoa (approver) and minh (surveyor)."""
    home = Home(folder)
    home.call("init", *OFFICE, "--admin", "lan")
    home.call("user", "add", "hoa", "--role", "approver", user="lan")
    home.call("user", "add", "minh", "--role", "surveyor", user="lan")
    return home


def fields(**values: str) -> list[str]:
    """Words `--set NAME=VALUE` for each field."""
    return [word for name, value in values.items() for word in ("--set", f"{name}={value}")]


def test_two_pcs_of_an_office_work_through_one_server(tmp_path: Path, started: Served) -> None:
    """The first PC joins, enters a person and sends it in processes of their own."""
    served = started
    first, second = office(tmp_path / "first"), office(tmp_path / "second")
    alone = replace(first, apart=True)
    before = first.call("sync", user="lan", exit_code=1)
    assert before["problems"][0]["code"] == "not_enrolled"
    code = served.code()
    alone.call("enrol", "--server", served.url, "--code", code, user="lan")
    used = second.call("enrol", "--server", served.url, "--code", code, user="lan", exit_code=1)
    assert used["problems"][0]["code"] == "code_used"
    second.call("enrol", "--server", served.url, "--code", served.code(), user="lan")

    person = fields(name="Nguyễn Thị Hường", commune="63:21871", sex="female", birth="1950")
    made = alone.call("people", "add", *person, user="minh")
    first.call("people", "submit", "--all", user="minh")
    first.call("people", "approve", "--all", user="hoa")
    report = alone.call("sync", user="minh")
    assert report["pending"] == 0 and report["pushed"] == report["acknowledged"] > 0
    assert served.home.call("server", "stats") == {
        "offices": 1,
        "devices": 2,
        "people": 1,
        "errands_set_aside": 0,
        "changes": report["acknowledged"],
    }

    assert second.call("sync", user="lan")["pulled"] >= report["pushed"]
    listed = second.call("people", "list", user="lan")
    assert (listed["total"], listed["people"][0]["status"]) == (1, "approved")
    shown = second.call("people", "show", listed["people"][0]["id"], user="lan")
    assert shown["name"] == "Nguyễn Thị Hường" and shown["history"]
    second.call(
        "people", "edit", listed["people"][0]["id"], *fields(phone="0905123456"), user="lan"
    )
    assert second.call("sync", user="lan")["acknowledged"] == 1
    assert first.call("sync", user="lan")["pulled"] == 1
    again = first.call("people", "show", listed["people"][0]["id"], user="lan")
    assert again["phone"] == "0905123456" and made
    told = first.read("sync", user="lan")
    assert "Đã gửi 0 thay đổi, máy chủ ký nhận 0; nhận về 0." in told
    assert "Máy chủ có 1 đơn vị, 2 máy, 1 người" in served.home.read("server", "stats")
    nothing = first.call("sync", user="lan")
    assert (nothing["pushed"], nothing["pulled"], nothing["pending"]) == (0, 0, 0)
    assert nothing["bytes_up"] + nothing["bytes_down"] < 2048
    give_the_key_and_close(first, second, served)


def give_the_key_and_close(first: Home, second: Home, served: Served) -> None:
    """The second PC gets the key of restricted fields; later the keeper closes it."""
    there = next(one for one in second.call("device", "list", user="lan")["devices"] if one["own"])
    grant = ("device", "grant", there["id"], "--fingerprint")
    wrong = first.call(*grant, "AAAA-AAAA-AAAA-AAAA", user="lan", exit_code=1)
    assert wrong["problems"][0]["code"] == "fingerprint_differs"
    first.call(*grant, there["fingerprint"].lower(), user="lan")
    first.call("sync", user="lan")

    def state() -> str:
        known = first.call("device", "list", user="lan")["devices"]
        return str({one["id"]: one["state"] for one in known}[there["id"]])

    assert state() == "one_sided"
    here = next(one for one in first.call("device", "list", user="lan")["devices"] if one["own"])
    second.call("sync", user="lan")
    second.call("device", "grant", here["id"], "--fingerprint", here["fingerprint"], user="lan")
    second.call("sync", user="lan")
    first.call("sync", user="lan")
    assert state() == "holds"
    listed = served.home.call("server", "device", "list")["devices"]
    assert [(one["epoch"], one["lost"]) for one in listed] == [(1, False), (1, False)]
    served.home.call("server", "device", "revoke", there["id"])
    closed = second.call("sync", user="lan", exit_code=1)
    assert closed["problems"][0]["code"] == "device_revoked"
    unknown = served.home.call("server", "device", "lost", "nobody", exit_code=1)
    assert unknown["problems"][0]["code"] == "device_not_found"


def test_two_values_of_one_field_are_listed_and_decided(tmp_path: Path, served: Served) -> None:
    first, second = office(tmp_path / "first"), office(tmp_path / "second")
    person = fields(name="Nguyễn Thị Hường", commune="63:21871", phone="0905000001")
    made = first.call("people", "add", *person, user="minh")["id"]
    for pc in (first, second):
        pc.call("enrol", "--server", served.url, "--code", served.code(), user="lan")
        assert pc.call("sync", "--once", user="lan")["green"]
    for pc, phone in ((first, "0905000002"), (second, "0905000003")):
        pc.call("people", "edit", made, *fields(phone=phone), user="minh")
    would = second.call("sync", "--dry-run", user="minh")
    assert (would["dry_run"], would["pending"], would["by_record"]) == (True, 1, {"person": 1})
    first.call("sync", user="minh")
    report = second.call("sync", user="minh")
    counts = {"conflicts": 1, "needs_attention": 1, "green": False, "pending": 0}
    counts |= {"merged": 0, "deferred": 0, "rejected": 0, "incidents": 0}
    assert {name: report[name] for name in counts} == counts
    (card,) = second.call("conflicts", "list", user="minh")["conflicts"]
    asked = {name: card[name] for name in ("person", "field", "base", "mine", "theirs", "by")}
    assert asked == {
        "person": made,
        "field": "phone",
        "base": "0905000001",
        "mine": "0905000003",
        "theirs": "0905000002",
        "by": "minh",
    }
    assert card["device"] and card["at"]
    words = ("conflicts", "resolve", card["id"], "--take")
    refused = second.call(*words, "chưa biết", user="minh", exit_code=1)
    assert refused["problems"][0]["field"] == "phone"
    done = second.call(*words, "mine", user="minh")
    assert (done["words"], done["pending"]) == ("0905000003", False)
    again = second.call(*words, "base", user="lan", exit_code=1)
    assert again["problems"][0]["code"] == "conflict_decided"
    assert second.call("sync", user="minh")["green"]
    assert first.call("sync", user="minh")["needs_attention"] == 0
    assert first.call("people", "show", made, user="minh")["phone"] == "0905000003"


def test_the_server_says_what_is_wrong(tmp_path: Path) -> None:
    home = Home(tmp_path / "server")
    refused = home.call("server", "stats", exit_code=1)
    assert refused["problems"][0]["code"] == "server_not_initialised"
    home.call("server", "init")
    for words, code in (
        (("server", "run", "--listen", "0.0.0.0:8745"), "tls_needed"),
        (("server", "run", "--listen", "here"), "listen_unreadable"),
        (("server", "code", "--office-name", "Phòng B"), "office_units_missing"),
        (("server", "code", "--office-name", "Phòng B", "--unit", "63:0"), "unit_not_known"),
        (("server", "init", "--database", "mysql://x"), "database_url_unknown"),
    ):
        refused = home.call(*words, exit_code=1)
        assert refused["problems"][0]["code"] == code and refused["problems"][0]["message"]


def test_a_login_page_in_between_is_told_and_the_code_is_not_used_up(
    tmp_path: Path, served: Served
) -> None:
    pc, code = office(tmp_path / "first"), served.code()
    page = "<html>Đăng nhập Wi-Fi khách sạn</html>".encode()
    with stranger(200, {"Content-Type": "text/html"}, page) as url:
        told = pc.call("enrol", "--server", url, "--code", code, user="lan", exit_code=1)
    (problem,) = told["problems"]
    assert problem["code"] == "login_page"
    assert "mở trình duyệt và đăng nhập mạng" in problem["message"]
    pc.call("enrol", "--server", served.url, "--code", code, user="lan")
    assert pc.call("sync", user="lan")["pending"] == 0


def test_the_keeper_backs_up_and_puts_back(tmp_path: Path) -> None:
    server = Home(tmp_path / "server")
    server.call("server", "init")
    code = server.call("server", "code", *OFFICE)["code"]
    made = server.call("server", "backup", "--out", str(tmp_path / "safe"))
    wrong = server.call("server", "restore", made["file"], "--code", code, exit_code=1)
    assert wrong["problems"][0]["code"] == "backup_code_wrong"
    fresh = Home(tmp_path / "fresh")
    said = fresh.read("server", "restore", made["file"], "--code", made["code"])
    assert said.startswith("Đã dựng lại máy chủ: 0 người.")
    assert fresh.call("server", "stats")["offices"] == 1
