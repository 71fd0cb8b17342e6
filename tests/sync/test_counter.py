"""Eight workers write on PostgreSQL while a PC reads: no number is ever missed."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sync import protocol
from sync.server import home, log, main
from tests.sync.conftest import database_for
from tests.sync.devices import Device, House, house, need, person, row_id

WRITERS, BATCHES, CHANGES = 8, 12, 5


def workers(folder: Path, first: House, count: int) -> list[House]:
    """More workers over the same database, as several processes would be."""
    made = []
    for _ in range(count):
        server = home.load(folder)
        opened = home.open_store(server)
        made.append(House(server, opened, main.logbook(opened)))
    return [first, *made]


def test_a_reader_beside_eight_writers_misses_no_entry(tmp_path: Path) -> None:
    url = database_for("postgresql")
    first = house(tmp_path / "server", url)
    every = workers(tmp_path / "server", first, 3)
    writers = [first.device() for _ in range(WRITERS)]
    for index, writer in enumerate(writers):
        writer.house = every[index % len(every)]
    reader = first.device()
    seen: list[int] = []
    done = threading.Event()

    def write(one: Device) -> None:
        for _ in range(BATCHES):
            parent = row_id()
            one.push(person(parent), *(need(row_id(), parent) for _ in range(CHANGES - 1)))

    def read() -> None:
        while True:
            last = done.is_set()
            request = protocol.PullRequest(
                reader.known.sender.office_id, seen[-1] if seen else 0, 50
            )
            entries = log.page(every[-1].book, reader.known.sender, request).entries
            seen.extend(entry.seq for entry in entries)
            if last and not entries:
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
