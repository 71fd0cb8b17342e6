"""Sync against its raw limits: the same rows inserted in bulk, and batches kept without a look."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import psutil
from sqlalchemy import MetaData, Table, select

from data.database import Author
from data.records.person import Person
from sync import client, comparing, state
from sync.client import RoundReport
from sync.server import census, store
from tests.benchmarks import invented_pcs
from tests.benchmarks.measure import Measure, seconds
from tests.benchmarks.plain_upload import persons_per_second
from tests.sync.parts import Central, Pc, central, pc
from tests.sync.postgres import fresh_database

PERSONS = {"small": 300, "full": 5_400, "large": 43_760}
ROUNDS = 7
NO_CHANGE_MS, NO_CHANGE_BYTES = 50.0, 2048.0
HALF = 0.5
EXTRA_MEMORY_MIB = 100.0


def run(size: str) -> list[Measure]:
    """Cold upload, no-change round, one per cent edited and cold download, on both stores."""
    persons = PERSONS.get(size, PERSONS["large"])
    found = _on("SQLite", "", persons)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found += _on("PostgreSQL", fresh_database(), persons)
    return found


def _on(name: str, database: str, persons: int) -> list[Measure]:
    with _folder() as folder, central(folder / "server", database) as server:
        with pc(folder / "a") as first, pc(folder / "b") as second:
            first.enrol(server)
            second.enrol(server)
            invented_pcs.enter(first, persons)
            return [
                *_upload(name, server, first, persons),
                *_nothing(name, first),
                *_compares(name, first, persons),
                *_edits(name, first),
                *_download(name, server, second, persons),
            ]


def _upload(name: str, server: Central, one: Pc, persons: int) -> list[Measure]:
    what = f"cold upload of {persons:,} persons, {name}"
    watched = _Watched(server)
    report = watched.round(one)
    rate, bare = persons / watched.sent_s, persons / _bare_insert_s(server)
    plain = persons_per_second(one, server.folder.parent / "plain")
    each = report.bytes_up / persons
    return [
        Measure(f"{what}, to durable", rate, "persons/s", bare, HALF),
        Measure(f"{what}: whole round", persons / watched.took_s, "persons/s"),
        Measure(f"{what}: beside plain batches into a ledger", rate, "persons/s", plain),
        Measure(f"{what}: bytes up a person", each, "bytes", more_is_better=False),
        *watched.measures(what, persons),
    ]


def _nothing(name: str, one: Pc) -> list[Measure]:
    reports: list[RoundReport] = []
    _compared_before(one, 0)
    times = [seconds(lambda: reports.append(one.sync())) * 1000 for _ in range(ROUNDS)]
    sizes = [report.bytes_up + report.bytes_down for report in reports]
    return [
        Measure(f"round without a change, {name}", statistics.median(times), "ms",
                NO_CHANGE_MS, 1.0, more_is_better=False),
        Measure(f"bytes of a round without a change, {name}", max(sizes), "bytes",
                NO_CHANGE_BYTES, 1.0, more_is_better=False),
    ]  # fmt: skip


def _compares(name: str, one: Pc, persons: int) -> list[Measure]:
    """The round in eight in which both sides look at all rows, when nothing differs."""
    _compared_before(one, comparing.EVERY_ROUNDS)
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    size = reports[0].bytes_up + reports[0].bytes_down
    return [
        Measure(f"round that compares {persons} persons, {name}", took_s * 1000, "ms",
                more_is_better=False),
        Measure(f"bytes of a round that compares, {name}", size, "bytes", more_is_better=False),
    ]  # fmt: skip


def _compared_before(one: Pc, rounds: int) -> None:
    """Say how many rounds ago both sides were compared."""
    with one.db.write(Author("")) as session:
        standing = state.row(session)
        if standing is not None:
            standing.uncompared = rounds


def _edits(name: str, one: Pc) -> list[Measure]:
    edited = edit_one_per_cent(one)
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    each = reports[0].bytes_up / edited
    return [
        Measure(f"{edited} edits, {name}", took_s * 1000, "ms", more_is_better=False),
        Measure(f"bytes up per edit, {name}", each, "bytes", more_is_better=False),
    ]


def edit_one_per_cent(one: Pc) -> int:
    """Give one of a hundred persons another telephone; how many."""
    with one.db.read() as session:
        ids = session.scalars(select(Person.id).order_by(Person.id)).all()
    edited = ids[::100]
    for number, person in enumerate(edited):
        one.edit(person, phone=f"0935{number * 7919 % 10**6:06d}")
    return len(edited)


def _download(name: str, server: Central, one: Pc, persons: int) -> list[Measure]:
    what = f"cold download of {persons:,} persons, {name}"
    watched = _Watched(server)
    report = watched.round(one)
    each = report.bytes_down / persons
    return [
        Measure(f"{what}", persons / watched.took_s, "persons/s"),
        Measure(f"{what}: bytes down a person", each, "bytes", more_is_better=False),
        *watched.measures(what, persons),
    ]


class _Watched:
    """What one round costs on both sides: seconds, processor and memory."""

    def __init__(self, server: Central) -> None:
        assert server.process is not None
        self.far, self.here = psutil.Process(server.process.pid), psutil.Process()
        self.took_s = self.sent_s = self.own_s = self.server_s = self.grown = 0.0

    def round(self, one: Pc) -> RoundReport:
        """One round, watched."""
        before, there = self.here.memory_info().rss, _processor(self.far)
        most = before
        began, own = time.perf_counter(), time.process_time()
        reports = []

        def look(step: str, *_numbers: int) -> None:
            nonlocal most
            most = max(most, self.here.memory_info().rss)
            if step == "send":  # the last answer is written down: all is kept on both sides
                self.sent_s = time.perf_counter() - began

        reports.append(client.run_round(one.db, look))
        self.took_s, self.own_s = time.perf_counter() - began, time.process_time() - own
        self.server_s = _processor(self.far) - there
        self.grown = (max(most, self.here.memory_info().rss) - before) / 2**20
        return reports[0]

    def measures(self, what: str, persons: int) -> list[Measure]:
        """As the table shows them."""
        here, there = (one / persons * 1e6 for one in (self.own_s, self.server_s))
        kept = self.far.memory_info().rss / 2**20
        return [
            Measure(f"{what}: processor of the PC", here, "ms/1000", more_is_better=False),
            Measure(f"{what}: processor of the server", there, "ms/1000", more_is_better=False),
            Measure(f"{what}: memory of the PC, more", self.grown, "MiB",
                    EXTRA_MEMORY_MIB, 1.0, more_is_better=False),
            Measure(f"{what}: memory of the server", kept, "MiB", more_is_better=False),
        ]  # fmt: skip


def _processor(one: psutil.Process) -> float:
    spent = one.cpu_times()
    return float(spent.user + spent.system)


def _bare_insert_s(server: Central) -> float:
    """The log and census rows that the upload made, inserted again into empty tables at once."""
    tables = [store.entry, store.row, *census.tables().values()]
    with server.opened() as opened:
        rows = {}
        with opened.read() as connection:
            for table in tables:
                lines = connection.execute(table.select()).mappings()
                rows[table.name] = [dict(line) for line in lines]
        bare = MetaData()
        copies = {
            table.name: table.to_metadata(bare, name=f"bare_{table.name}") for table in tables
        }
        for copy in copies.values():
            copy.indexes.clear()  # an index of the same name is there already
        with opened.write() as connection:
            bare.create_all(connection)

        def insert() -> None:
            with opened.write() as connection:
                for name, copy in copies.items():
                    _insert(connection, copy, rows[name])

        took_s = seconds(insert)
        with opened.write() as connection:
            bare.drop_all(connection)
    return took_s


def _insert(connection: store.Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bench-sync-"))
    os.chmod(folder, 0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
