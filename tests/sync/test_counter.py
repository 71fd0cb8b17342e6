"""Eight workers write on PostgreSQL while a PC reads: no number is ever missed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from sync import protocol
from sync.server import home, log, main, store
from tests import chance
from tests.sync.conftest import database_for
from tests.sync.devices import Device, House, house, need, person, row_id

WRITERS, CHANGES = 8, 5
BATCHES = 400 if chance.SOAK else 12
WAIT_S = 60
CALLERS = 40


def workers(folder: Path, first: House, count: int) -> list[House]:
    """More workers over the same database, as several processes would be."""
    made = []
    for _ in range(count):
        server = home.load(folder)
        opened = home.open_store(server)
        made.append(House(server, opened, main.logbook(opened)))
    return [first, *made]


@pytest.mark.soak
def test_a_reader_beside_eight_writers_misses_no_entry(tmp_path: Path) -> None:
    url = database_for("postgresql")
    first = house(tmp_path / "server", url)
    every = workers(tmp_path / "server", first, 3)
    writers = [first.device() for _ in range(WRITERS)]
    for index, writer in enumerate(writers):
        writer.house = every[index % len(every)]
    reader = first.device()
    reader.house = every[-1]
    seen: list[int] = []
    done = threading.Event()

    def write(one: Device) -> None:
        for _ in range(BATCHES):
            parent = row_id()
            one.push(person(parent), *(need(row_id(), parent) for _ in range(CHANGES - 1)))

    def read() -> None:
        while True:
            last = done.is_set()
            if not read_on(reader, seen) and last:
                return
            time.sleep(0.002)

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(read)
        for writing in [threads.submit(write, one) for one in writers]:
            writing.result()
        done.set()
        reading.result()
    assert seen == list(range(1, WRITERS * BATCHES * CHANGES + 1))
    for one in every:
        one.close()


def read_on(reader: Device, seen: list[int]) -> int:
    """Pull what comes after the last number seen; how many entries came."""
    request = protocol.PullRequest(reader.known.sender.office_id, seen[-1] if seen else 0, 50)
    entries = log.page(reader.house.book, reader.known.sender, request).entries
    seen.extend(entry.seq for entry in entries)
    return len(entries)


def test_numbers_handed_out_before_the_commit_are_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mistake of a plain sequence: a later number may be read before an earlier one is there.

    One writer has his number and is about to commit while the other one writes and is read.
    """
    first = house(tmp_path / "server", database_for("postgresql"))
    slow, quick, reader = first.device(), first.device(), first.device()
    numbered, go_on = threading.Event(), threading.Event()

    def at_once(_connection: Any, scope_id: str) -> int:
        scope = store.scope.c
        taken = update(store.scope).where(scope.id == scope_id).values(seq=scope.seq + 1)
        with first.store.write() as another:
            number = another.execute(taken.returning(scope.seq)).scalar_one() - 1
        if not numbered.is_set():
            numbered.set()
            go_on.wait(WAIT_S)
        return int(number)

    monkeypatch.setattr(log, "lock_scope", at_once)
    seen: list[int] = []
    with ThreadPoolExecutor(1) as threads:
        late = threads.submit(slow.push, person(row_id()))
        assert numbered.wait(WAIT_S)
        quick.push(person(row_id()))
        read_on(reader, seen)
        go_on.set()
        late.result()
    read_on(reader, seen)
    assert seen == [2]
    first.close()


def test_more_callers_than_kept_connections_disturb_nobody(tmp_path: Path) -> None:
    """Each of many workers has its own view of an SQLite store, and nobody closes it under him."""
    rooms = house(tmp_path / "server")
    everybody = threading.Barrier(CALLERS)

    def ask(_number: int) -> int:
        with rooms.store.read() as connection:
            before = len(connection.execute(select(store.info)).all())
            everybody.wait(WAIT_S)
            return before - len(connection.execute(select(store.info)).all())

    with ThreadPoolExecutor(CALLERS) as threads:
        assert set(threads.map(ask, range(CALLERS))) == {0}
    rooms.close()


def test_the_same_batch_at_two_workers_at_once_is_taken_once(tmp_path: Path) -> None:
    first = house(tmp_path / "server", database_for("postgresql"))
    every = workers(tmp_path / "server", first, 3)
    one = first.device()
    for _ in range(10):
        content = one.seal([person(row_id()) for _ in range(5)])
        copies = [Device(worker, one.pair, one.known) for worker in every]
        with ThreadPoolExecutor(len(copies)) as threads:
            answers = list(threads.map(Device.deliver, copies, [content] * len(copies)))
        assert all(answer == answers[0] for answer in answers)
    assert [entry.seq for entry in one.pull().entries] == list(range(1, 51))
    for house_ in every:
        house_.close()
