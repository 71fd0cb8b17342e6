"""Processes are killed at random moments on a bad line; then every change is counted."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import select

from data.records.change import Change
from sync import client, state
from sync.errors import Unreachable
from sync.server import store
from tests import chance
from tests.journeys.simulation import processes
from tests.sync.conftest import KINDS, database_for
from tests.sync.line import Line, line
from tests.sync.parts import Central, Pc, central, dump, pc

KILLS = 150 if chance.SOAK else 4
ALIVE_S = 0.5 if chance.SOAK else 0.1
PATIENCE_S = 200
ROUNDS = 30
Log = Counter[tuple[str, str, str]]


@dataclass
class Living:
    """A process that is killed when it has come so far as to do its work, and begun again."""

    begin: Callable[[], BaseProcess]
    works: Callable[[], object]
    """What changes when it does its work."""
    process: BaseProcess | None = None

    def killed_and_begun_again(self, after_s: float) -> None:
        """kill -9 a while after its first deed, and the power comes back."""
        if self.process is not None:
            before = self.works()
            until(lambda: self.works() != before)
            time.sleep(after_s)
            self.end()
        self.process = self.begin()

    def end(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.join()
        assert self.process.exitcode == -signal.SIGKILL, self.process.exitcode


def until(met: Callable[[], object]) -> None:
    """Wait for something that is sure to come, however busy the machine is."""
    deadline = time.monotonic() + PATIENCE_S
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def until_all_agree(every: tuple[Pc, ...]) -> None:
    """Rounds on a sound line until nobody has anything new."""
    for _ in range(ROUNDS):
        try:
            done = [one.sync() for one in every]
        except Unreachable:
            time.sleep(0.05)
            continue
        if not any(one.pending or one.pulled or one.acknowledged for one in done):
            return
    raise AssertionError([client.status(one.db) for one in every])


def typed(one: Pc) -> Log:
    """Everything that this PC has committed and sent, by row, instant and hand."""
    with one.db.read() as session:
        columns = (Change.row_id, Change.at, Change.user, Change.verdict)
        lines = session.execute(select(*columns).where(Change.entity == "person")).all()
    assert {line.verdict for line in lines} <= {"accepted", "merged", "conflict"}
    return Counter((line.row_id, line.at, line.user) for line in lines)


def logged(server: Central, one: Pc) -> Log:
    """Everything of this PC in the server's log; a change in conflict may stand there twice, once
    for what was taken and once as a card."""
    with one.db.read() as session:
        device = state.device(session)
    assert device is not None
    entry = store.entry.c
    query = select(entry.row_id, entry.at, entry.user, entry.op).where(
        entry.device_id == device.device_id, entry.entity == "person"
    )
    with server.opened() as opened, opened.read() as connection:
        lines = connection.execute(query).all()
    found = Counter((line.row_id, line.at, line.user) for line in lines if line.op != "C")
    cards = Counter((line.row_id, line.at, line.user) for line in lines if line.op == "C")
    return found | cards


def bad_luck(server: Central, every: tuple[Pc, ...], bad: Line, seed: int) -> int:
    """Kill and begin again; how many PCs and servers died."""
    dice = chance.dice(seed)
    bad.resets, bad.delay_s, bad.up_bps = dice, 0.002, 4_000_000
    living = [
        Living(lambda: processes.serve(server.folder, server.port), lambda: bad.answers),
        *(Living(*_at_work(one, str(dice.random()))) for one in every),
    ]
    for one in living:
        one.killed_and_begun_again(0.0)
    for _ in range(KILLS):
        dice.choice(living).killed_and_begun_again(dice.uniform(0.0, ALIVE_S))
    for one in living:
        one.end()
    bad.resets, bad.delay_s, bad.up_bps = None, 0.0, 0
    return KILLS + len(living)


def _at_work(one: Pc, seed: str) -> tuple[Callable[[], BaseProcess], Callable[[], object]]:
    journal = one.db.home / processes.JOURNAL
    journal.touch()
    return lambda: processes.work(one.db.home, seed), lambda: journal.stat().st_size


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS if chance.SOAK else KINDS[1:])
def test_killed_processes_lose_and_double_nothing(tmp_path: Path, kind: str) -> None:
    with central(tmp_path / "server", database_for(kind)) as server, line(server.port) as bad:
        with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
            every = (a, b)
            for one in every:
                one.enrol(server, url=bad.url)
                one.close_file()
            server.stop()
            kills = bad_luck(server, every, bad, 1975)
            server.start()
            for one in every:
                one.reopen()
            until_all_agree(every)
            for one in every:
                said = set((one.db.home / processes.JOURNAL).read_text().split())
                done, there = typed(one), logged(server, one)
                assert said <= {row for row, _, _ in done}
                assert there == done, there - done or done - there
            assert dump(a.db) == dump(b.db) == dump(server)
            print(f"{kills} killed, {bad.cuts} lines cut, {sum(typed(a).values())} changes of a")
