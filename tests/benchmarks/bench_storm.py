"""Half past seven: every PC of a province is switched on and wants the one server at once.

Each simulated PC does what a real one does in a round (hello, push, pull, all signed and sealed),
but has no store: two hundred of those would measure this machine's disk. A PC that hears 503 comes
back after the time told, with the jitter of a real one.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sync import client, protocol, transport
from sync.errors import Busy, Unreachable
from sync.protocol import Hello, HelloAnswer, PullAnswer, PullRequest, PushAnswer
from sync.server import home, main, store
from sync.state import Device as Enrolled
from tests.benchmarks.measure import Measure
from tests.sync.devices import Device, House, need, person, row_id
from tests.sync.parts import Central, central
from tests.sync.postgres import fresh_database

DEVICES = {"small": 20, "full": 200, "large": 200}
OFFICES, PERSONS = 20, 20
WITHIN_S = {"at one stroke": 0.0, "within a minute": 60.0}
TRIES = 8


@dataclass
class Simulated:
    """One PC in the storm: its sealed morning's work, and how its round went."""

    known: Enrolled
    content: bytes
    digest: str
    took_s: float = 0.0
    busy: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    pulled: int = 0


def run(size: str) -> list[Measure]:
    """All at one stroke and spread over a minute, on both stores."""
    found: list[Measure] = []
    for name, database in (("SQLite", ""), ("PostgreSQL", fresh_database())):
        with TemporaryDirectory(prefix="storm-") as folder:
            with central(Path(folder) / "server", database) as server:
                for when, within_s in WITHIN_S.items():
                    every = _seated(server, DEVICES.get(size, 200), f"{when} ")
                    found += _storm(f"{when}, {name}", every, within_s)
    return found


def _seated(server: Central, count: int, word: str) -> list[Simulated]:
    """Enrolled PCs of twenty offices, each with twenty persons typed and sealed."""
    known = home.load(server.folder)
    opened = home.open_store(known)
    house = House(known, opened, main.logbook(opened))
    generation = store.fact(opened, "generation")
    try:
        made = [house.device(f"Phòng {word}{number % OFFICES}") for number in range(count)]
    finally:
        house.close()
    return [_simulated(server, one, generation) for one in made]


def _simulated(server: Central, one: Device, generation: str) -> Simulated:
    rows = [row_id() for _ in range(PERSONS)]
    work = [person(row, phone=f"0905{number:06d}") for number, row in enumerate(rows)]
    content = one.seal([*work, *(need(row_id(), row, need_group="medical") for row in rows)])
    pair, sender = one.house.server.pair, one.known.sender
    enrolled = Enrolled(
        url=server.url,
        trust="",
        server_id=one.house.server.server_id,
        generation=generation,
        server_verify_key=pair.verify_bytes,
        server_box_key=pair.box_bytes,
        device_id=sender.device_id,
        epoch=1,
        scope=sender.office_id,
        pair=one.pair,
        clock_offset_ms=0,
        request_bytes=0,
        uplink_bps=0,
    )
    return Simulated(enrolled, content, one.digest)


def _storm(name: str, every: list[Simulated], within_s: float) -> list[Measure]:
    dice = random.Random(730)
    waits = [dice.uniform(0.0, within_s) for _ in every]
    began = time.perf_counter()
    with ThreadPoolExecutor(len(every)) as threads:
        list(threads.map(_morning, every, waits))
    whole_s = time.perf_counter() - began
    times = sorted(one.took_s for one in every)
    failed = sum((one.errors for one in every), Counter[str]())
    lost = sum(one.pulled < PERSONS for one in every)
    count = len(every)
    return [
        _seconds(f"{count} PCs {name}: median round", statistics.median(times)),
        _seconds(f"{count} PCs {name}: 95 of 100 rounds", times[int(0.95 * (count - 1))]),
        _seconds(f"{count} PCs {name}: longest round", times[-1]),
        _seconds(f"{count} PCs {name}: until the last was done", whole_s),
        _count(f"{count} PCs {name}: told to come later", sum(one.busy for one in every)),
        _count(f"{count} PCs {name}: lines that broke", sum(failed.values())),
        _count(f"{count} PCs {name}: PCs that were not served", lost),
    ]


def _seconds(name: str, value: float) -> Measure:
    return Measure(name, value, "s", more_is_better=False)


def _count(name: str, value: int) -> Measure:
    return Measure(name, value, "times", more_is_better=False)


def _morning(one: Simulated, wait_s: float) -> None:
    """Switched on after a while; a round, and again when it broke off or was put off."""
    time.sleep(wait_s)
    began = time.perf_counter()
    for failures in range(TRIES):
        try:
            _round(one)
            break
        except Busy as error:
            one.busy += 1
            told_s = float(str(error.facts.get("retry_after_s", 0)))
            time.sleep(told_s + client.backoff_s(failures))
        except Unreachable as error:
            one.errors[error.code] += 1
            time.sleep(client.backoff_s(failures))
    one.took_s = time.perf_counter() - began


def _round(one: Simulated) -> None:
    wire = transport.connect(one.known.url)
    try:
        hello = Hello(epoch=1, last_batch_no=0, last_digest="", sealed_upto=1,
                      cursors={}, clock=client.now_text())  # fmt: skip
        said = _asked(one, wire, "hello", hello, HelloAnswer)
        if not said.results:
            heard = wire.post("/v1/push", iter([one.content]))
            _sound(transport.read_answer(one.known, heard, one.digest, PushAnswer))
        one.pulled, after = 0, 0
        while True:
            request = PullRequest(one.known.scope, after, protocol.PULL_ROWS_MAX)
            page = _asked(one, wire, "pull", request, PullAnswer)
            one.pulled, after = one.pulled + len(page.entries), after + len(page.entries)
            if after >= page.head or not page.entries:
                return
    finally:
        wire.close()


def _asked(one: Simulated, wire: transport.Wire, kind: str, words: Any, shape: Any) -> Any:
    content, nonce = transport.signed_request(one.known, kind, words)
    return _sound(transport.read_answer(one.known, wire.post(f"/v1/{kind}", content), nonce, shape))


def _sound(answer: Any) -> Any:
    if isinstance(answer, protocol.Problem):
        raise Unreachable(answer.code)
    return answer
