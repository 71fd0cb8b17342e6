"""Lines that cut, answers that get lost, servers that are killed: every change arrives once."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import update

from data.base import now_text
from data.database import Author
from data.records.sync import Batch, SyncState
from sync import client
from sync.errors import Unreachable
from sync.server import census
from tests.sync.line import line
from tests.sync.parts import Central, Pc, dump, pc


def until_green(one: Pc, tries: int = 20) -> None:
    """Rounds as the window would run them, until everything is confirmed."""
    for _ in range(tries):
        try:
            if one.sync().pending == 0:
                return
        except Unreachable:
            time.sleep(0.05)
    raise AssertionError(client.status(one.db))


@pytest.mark.parametrize("either_server", ["postgresql"], indirect=True)
def test_a_lost_answer_is_told_again_and_nothing_is_doubled(
    tmp_path: Path, either_server: Central
) -> None:
    with line(either_server.port) as bad, pc(tmp_path / "a") as a:
        a.enrol(either_server, url=bad.url)
        a.enter_many(40)
        a.sync()
        a.enter_many(40)

        def lose_the_answer_to_the_push() -> bool:
            """Asked whether to stop, last of all before a push leaves."""
            bad.answers_lost = 0 if bad.cuts else 1
            return False

        told = client.run_round(a.db, lambda *_step: None, lose_the_answer_to_the_push)
        assert bad.cuts == 1
        assert told.pushed == told.acknowledged > 0
        bad.answers_lost = 0
        until_green(a)
        assert a.verdicts() == {"accepted": 163}
        assert len(either_server.census()["person"]) == 80
        assert dump(a.db) == dump(either_server)


def test_what_came_through_before_the_cut_is_not_sent_again(
    tmp_path: Path, server: Central
) -> None:
    with line(server.port) as bad, pc(tmp_path / "a") as a:
        a.enrol(server, url=bad.url)
        a.enter_many(400)
        bad.bytes_up = 0
        bad.cut_up_after = 20_000
        until_green(a)
        with a.db.read() as session:
            payload = sum(len(batch.sealed) for batch in session.query(Batch))
        assert bad.cuts >= 1
        assert bad.bytes_up < payload * 1.6 + bad.cuts * 3_000
        assert dump(a.db) == dump(server)


@pytest.mark.parametrize("own_server", ["postgresql"], indirect=True)
def test_the_server_killed_between_commit_and_answer_doubles_nothing(
    tmp_path: Path, own_server: Central
) -> None:
    with line(own_server.port) as bad, pc(tmp_path / "a") as a:
        a.enrol(own_server, url=bad.url)
        a.enter_many(50)
        killed = threading.Event()

        def kill() -> None:
            own_server.stop(signal.SIGKILL)
            killed.set()

        def arm(step: str, _done: int, _total: int) -> None:
            if step == "send" and not killed.is_set():
                bad.on_answer, bad.answers_lost = kill, 1

        a.enter_many(200)
        with pytest.raises(Unreachable):
            client.run_round(a.db, arm)
        assert killed.is_set()
        with own_server.opened() as opened:
            with opened.read() as connection:
                there = census.people(connection)
        own_server.start()
        until_green(a)
        assert there > 0
        assert a.verdicts() == {"accepted": 503}
        assert own_server.stats()["people"] == 250
        assert dump(a.db) == dump(own_server)


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_without_a_server_the_light_says_offline_and_the_next_try_waits(
    tmp_path: Path, own_server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        assert client.status(a.db).state == "not_enrolled"
        a.enrol(own_server)
        a.enter()
        assert client.status(a.db).state == "waiting"
        own_server.stop()
        for _ in range(3):
            with pytest.raises(Unreachable):
                a.sync()
        standing = client.status(a.db)
        assert (standing.state, standing.error_code, standing.waiting) == (
            "offline",
            "server_unreachable",
            4,
        )
        assert 0 < (client.due_in_s(a.db) or 0) <= 8
        own_server.start()
        assert a.sync().pending == 0
        standing = client.status(a.db)
        assert (standing.state, standing.waiting, standing.error_code) == ("up_to_date", 0, "")
        assert standing.since is not None
        assert [round_.outcome for round_ in client.rounds(a.db)][:2] == [
            "ok",
            "server_unreachable",
        ]


def test_each_pc_has_a_moment_of_its_own_and_a_clock_set_right_makes_nobody_wait(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(server)
            one.sync()
        standing = {"confirmed_at": now_text(), "next_try_at": None}
        for one in (a, b):
            stood(one, **standing)
        asked = [[client.due_in_s(one.db) or 0.0 for _ in range(50)] for one in (a, b)]
        assert all(times == sorted(times, reverse=True) for times in asked)
        for wrong in ({"next_try_at": "2036-11-26T07:30:00.000Z"},
                      {"confirmed_at": "2036-11-26T07:30:00.000Z"}):  # fmt: skip
            stood(a, **(standing | wrong))
            assert client.due_in_s(a.db) == 0.0


def stood(one: Pc, **values: object) -> None:
    """What an earlier round left in the store."""
    with one.db.write(Author("lan")) as session:
        session.execute(update(SyncState).values(values))


def test_cancelling_keeps_what_was_confirmed(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter_many(1500)
        steps: list[str] = []

        def note(step: str, _done: int, _total: int) -> None:
            steps.append(step)

        report = client.run_round(a.db, note, lambda: "send" in steps)
        assert 0 < report.acknowledged < 3003
        assert client.status(a.db).state == "waiting"
        until_green(a)
        assert dump(a.db) == dump(server)
