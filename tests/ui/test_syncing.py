"""The light tells the truth: green only after a signed answer, red never for a mere cut line."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from app.errors import Refused
from app.workspace import Workspace
from tests.desk import Desk
from tests.ui.conftest import grab, settle, until
from ui.syncing import Syncing
from ui.tasks import Tasks, Watch
from ui.widgets.top_bar import SyncLight, sync_words
from ui.wire import SyncRound, SyncStatus, WirePort


class Server:
    """A server's manners, as the wire's callables show them."""

    def __init__(self) -> None:
        self.status = SyncStatus("waiting", 214)
        self.due_s: float | None = 60.0
        self.gate = threading.Event()
        self.gate.set()
        self.rounds = 0
        self.steps = [(1, 1, "")]

    def port(self) -> WirePort:
        return WirePort(
            status=lambda _ws: self.status,
            due_in_s=lambda _ws: self.due_s,
            rounds=lambda _ws: (),
            round=self.round,
            enrol=lambda _ws, _server, _code: None,
        )

    def round(self, _ws: Workspace, watch: Watch) -> SyncRound:
        self.rounds += 1
        self.gate.wait(10)
        for step in self.steps:
            watch(*step)
        self.status = SyncStatus("up_to_date", 0, "2026-11-23T22:10:00.123Z")
        return SyncRound(pushed=214, acknowledged=214)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def syncing(tasks: Tasks, server: Server) -> Iterator[Syncing]:
    made = Syncing(tasks, server.port())
    yield made
    made.end()


def test_a_due_round_runs_by_itself_and_the_light_follows(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    seen: list[str] = []
    syncing.status.connect(lambda status: seen.append(status.state))
    server.due_s = 0.0
    server.gate.clear()
    syncing.begin(office.minh)
    until(lambda: "sending" in seen)
    server.due_s = 60.0
    server.gate.set()
    until(lambda: seen[-1] == "up_to_date")
    assert server.rounds == 1


def test_nothing_is_sent_before_it_is_due_but_a_press_sends_at_once(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    ended: list[SyncRound] = []
    syncing.ended.connect(ended.append)
    syncing.begin(office.minh)
    settle(tasks)
    assert server.rounds == 0
    syncing.now()
    until(lambda: ended)
    assert ended[0].acknowledged == 214


def test_a_press_during_a_round_begins_another_one_after_it(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    server.gate.clear()
    syncing.begin(office.minh)
    syncing.now()
    until(lambda: server.rounds == 1)
    syncing.now()
    server.gate.set()
    until(lambda: server.rounds == 2 and not syncing.sending)
    settle(tasks)
    assert server.rounds == 2


def test_while_photos_move_the_light_says_that_the_records_are_settled(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    seen: list[str] = []
    syncing.status.connect(lambda status: seen.append(status.state))
    server.steps = [(1, 1, ""), (9, 9, "photos")]
    syncing.begin(office.minh)
    settle(tasks)
    syncing.now()
    until(lambda: seen[-1] == "up_to_date")
    assert seen[-3:] == ["sending", "photos", "up_to_date"]


def test_who_may_not_sync_starts_no_round(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    viewer = Workspace(
        office.lan.db,
        office.lan.home,
        office.lan.office,
        type(office.lan.user)("xem", "Người Xem", "", "viewer", True, False),
    )
    syncing.begin(viewer)
    syncing.now()
    settle(tasks)
    assert server.rounds == 0


def test_a_trouble_is_told_and_the_next_look_goes_on(
    syncing: Syncing, server: Server, office: Desk, tasks: Tasks
) -> None:
    def refused(_ws: Workspace, _watch: Watch) -> SyncRound:
        raise Refused.one("reason_needed")

    port = server.port()
    broken = Syncing(tasks, WirePort(port.status, port.due_in_s, port.rounds, refused, port.enrol))
    failures: list[object] = []
    broken.failed.connect(failures.append)
    broken.begin(office.minh)
    broken.now()
    until(lambda: failures)
    until(lambda: broken.last.state == "waiting")
    broken.end()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (SyncStatus("not_enrolled"), "Chưa nối máy chủ"),
        (SyncStatus("offline", 1214), "Ngoại tuyến · 1.214 thay đổi chờ gửi"),
        (SyncStatus("offline"), "Ngoại tuyến · không có gì chờ gửi"),
        (SyncStatus("waiting", 3), "3 thay đổi chờ gửi"),
        (SyncStatus("sending", 3), "Đang gửi · còn 3 thay đổi"),
        (SyncStatus("photos"), "Hồ sơ đã gửi xong · đang chuyển ảnh"),
        (SyncStatus("attention", 3), "Đồng bộ cần xem · 3 thay đổi chờ gửi"),
    ],
)
def test_the_light_speaks_in_words(application: object, status: SyncStatus, words: str) -> None:
    light = SyncLight()
    light.show_status(status)
    assert sync_words(status) == words
    assert words in light.accessibleName()
    grab(light, f"light-{status.state}")
