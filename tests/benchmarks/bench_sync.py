"""Sync against its raw limit: the same rows inserted in bulk, without protocol or answers."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import MetaData, Table, func, select

from data.database import Author
from data.records.person import Person
from data.records.sync import Batch
from sync import comparing, sealing, state
from sync.client import RoundReport
from sync.server import census, store
from sync.state import Device
from tests.benchmarks.measure import Measure, seconds
from tests.sync.parts import Central, Pc, central, pc
from tests.sync.postgres import fresh_database

PERSONS = {"small": 300, "full": 5_400, "large": 43_760}
ROUNDS = 7
NO_CHANGE_MS, NO_CHANGE_BYTES = 50.0, 2048.0
SLOW_BPS, SLOW_BYTES = 64_000, 280.0


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
            first.enter_many(persons)
            return [
                *_upload(name, server, first, persons),
                *_nothing(name, first),
                *_compares(name, first, persons),
                *_edits(name, first, persons),
                *_download(name, second, persons),
                *_slow(name, first, persons),
            ]


def _upload(name: str, server: Central, one: Pc, persons: int) -> list[Measure]:
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    bare_s = _bare_insert_s(server)
    rate, bare = persons / took_s, persons / bare_s
    each = reports[0].bytes_up / persons
    return [
        Measure(f"cold upload of {persons} persons, {name}", rate, "persons/s", bare),
        Measure(f"bytes up per person and need, {name}", each, "bytes", more_is_better=False),
    ]


def _nothing(name: str, one: Pc) -> list[Measure]:
    reports: list[RoundReport] = []
    _rounds_since(one, 0)
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
    _rounds_since(one, comparing.EVERY_ROUNDS)
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    size = reports[0].bytes_up + reports[0].bytes_down
    return [
        Measure(f"round that compares {persons} persons, {name}", took_s * 1000, "ms",
                more_is_better=False),
        Measure(f"bytes of a round that compares, {name}", size, "bytes", more_is_better=False),
    ]  # fmt: skip


def _rounds_since(one: Pc, count: int) -> None:
    """Say that both sides were compared so many rounds ago."""
    with one.db.write(Author("")) as session:
        standing = state.row(session)
        if standing is not None:
            standing.uncompared = count


def _edits(name: str, one: Pc, persons: int) -> list[Measure]:
    with one.db.read() as session:
        ids = session.scalars(select(Person.id).order_by(Person.id)).all()
    edited = ids[::100]
    for number, person in enumerate(edited):
        one.edit(person, phone=f"0935{number:06d}")
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    return [
        Measure(f"{len(edited)} edits, {name}", took_s * 1000, "ms", more_is_better=False),
        Measure(
            f"bytes up per edit, {name}",
            reports[0].bytes_up / len(edited),
            "bytes",
            more_is_better=False,
        ),
    ]


def _slow(name: str, one: Pc, persons: int) -> list[Measure]:
    """The slow line's profile: what is sealed when the line was measured to be slow."""
    with one.db.write(Author("")) as session:
        standing = state.row(session)
        if standing is not None:
            standing.uplink_bps = SLOW_BPS
    one.enter_many(persons)
    began = one.count(Batch)
    sealing.seal_some(one.db, _device(one), 2**40)
    with one.db.read() as session:
        size, count = session.execute(
            select(func.sum(func.length(Batch.sealed)), func.count()).where(Batch.batch_no > began)
        ).one()
    return [
        Measure(f"sealed bytes per person and need on a slow line, {name}", size / persons,
                "bytes", SLOW_BYTES, 1.0, more_is_better=False),
        Measure(f"bytes of a batch on a slow line, {name}", size / count, "bytes",
                more_is_better=False),
    ]  # fmt: skip


def _device(one: Pc) -> Device:
    with one.db.read() as session:
        device = state.device(session)
    if device is None:
        raise LookupError("not enrolled")
    return device


def _download(name: str, one: Pc, persons: int) -> list[Measure]:
    reports: list[RoundReport] = []
    took_s = seconds(lambda: reports.append(one.sync()))
    return [
        Measure(f"cold download of {persons} persons, {name}", persons / took_s, "persons/s"),
        Measure(
            f"bytes down per person and need, {name}",
            reports[0].bytes_down / persons,
            "bytes",
            more_is_better=False,
        ),
    ]


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
            copy.indexes.clear()  # their names are taken, and the bare insert is to be bare
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
