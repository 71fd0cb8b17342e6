"""Sync over lines as communes have them: how many bytes, and how long with a line that cuts."""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, update

from data.database import Author
from data.records.sync import Batch, SyncState
from sync import client, sealing, state
from sync.errors import SyncError
from tests.benchmarks import invented_pcs
from tests.benchmarks.bench_sync import edit_one_per_cent
from tests.benchmarks.measure import Measure
from tests.sync.line import line
from tests.sync.parts import Central, Pc, central, pc

PERSONS = {"small": 300, "full": 5_400, "large": 43_760}
SEEDS = {"small": 1, "full": 4, "large": 20}
SLOW_BPS, ROUND_TRIP_S, MEAN_CUT = 64_000, 0.3, 50_000
ON_THE_LINE = 500
BYTES_A_PERSON, KB_OF_EDITS, SECONDS_MAX, WASTE_MAX = 280.0, 60.0, 25.0, 15.0
ROUNDS_MAX = 200


def run(size: str) -> list[Measure]:
    """The slow line's bytes, then a line of 64 kbit/s up that is reset again and again."""
    folder = Path(tempfile.mkdtemp(prefix="bench-lines-"))
    try:
        with central(folder / "server") as server:
            sealed = _sealed(folder, server, PERSONS.get(size, PERSONS["large"]))
            tries = [_bad_line(folder, server, seed) for seed in range(SEEDS.get(size, 20))]
        return [*sealed, *_told(tries)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sealed(folder: Path, server: Central, persons: int) -> list[Measure]:
    """How large everything is when it is sealed for a slow line, and one in a hundred edited."""
    with pc(folder / "sealing") as one:
        one.enrol(server)
        _known_slow(one)
        invented_pcs.enter(one, persons)
        first = _seal(one)
        edit_one_per_cent(one)
        edits = _seal(one) - first
    what = f"slow line, {persons:,} persons"
    aim = 1.0 if persons >= PERSONS["large"] else None
    return [
        Measure(f"{what}: bytes a person", first / persons, "bytes", BYTES_A_PERSON, 1.0, False),
        Measure(f"{what}: one in 100 edited", edits / 1000, "kB", KB_OF_EDITS, aim, False),
    ]


def _seal(one: Pc) -> int:
    """Seal what waits; bytes of all batches."""
    with one.db.read() as session:
        device = state.device(session)
    assert device is not None
    while sealing.seal_some(one.db, device, 1 << 20):
        pass
    with one.db.read() as session:
        return int(session.scalar(select(func.sum(func.length(Batch.sealed)))) or 0)


def _known_slow(one: Pc) -> None:
    with one.db.write(Author("lan")) as session:
        session.execute(update(SyncState).values(uplink_bps=SLOW_BPS))


@dataclass(frozen=True)
class _Try:
    seconds: float
    up: int
    useful: int
    cuts: int


def _bad_line(folder: Path, server: Central, seed: int) -> _Try:
    """500 persons over the bad line until everything is confirmed, rounds as they fall due."""
    with line(server.port) as bad, pc(folder / f"bad-{seed}") as one:
        one.enrol(server, url=bad.url)
        one.sync()
        invented_pcs.enter(one, ON_THE_LINE, seed)
        bad.up_bps, bad.round_trip_s, bad.reset_bytes = SLOW_BPS, ROUND_TRIP_S, MEAN_CUT
        bad.resets, before = random.Random(seed), bad.bytes_up
        began = time.perf_counter()
        _until_green(one)
        took_s = time.perf_counter() - began
        with one.db.read() as session:
            useful = int(session.scalar(select(func.sum(func.length(Batch.sealed)))) or 0)
        return _Try(took_s, bad.bytes_up - before, useful, bad.cuts)


def _until_green(one: Pc) -> None:
    for _ in range(ROUNDS_MAX):
        try:
            if client.run_round(one.db).pending == 0:
                return
        except SyncError:
            time.sleep(min(client.due_in_s(one.db) or 0.0, 2.0))
    raise AssertionError(client.status(one.db))


def _told(tries: list[_Try]) -> list[Measure]:
    took = [one.seconds for one in tries]
    waste = [100.0 * (one.up - one.useful) / one.useful for one in tries]
    what = f"bad line, {ON_THE_LINE} persons, {len(tries)} seeds"
    floor = max(one.useful for one in tries) * 8 / SLOW_BPS
    return [
        Measure(f"{what}: longest", max(took), "s", SECONDS_MAX, 1.0, False),
        Measure(f"{what}: median", statistics.median(took), "s", floor, None, False),
        Measure(f"{what}: most waste", max(waste), "%", WASTE_MAX, 1.0, False),
        Measure(f"{what}: median waste", statistics.median(waste), "%", None, None, False),
        Measure(f"{what}: cuts", sum(one.cuts for one in tries), "resets"),
    ]
