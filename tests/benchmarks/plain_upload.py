"""The simplest upload there could be, as a raw limit: packed batches that a server writes down.

No signature, no verdicts, no merge, no census: each batch is one request, unpacked and inserted
into one table, and committed before the answer. Run as a module, this is that server.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import httpx
import zstandard
from fastapi import FastAPI, Request
from sqlalchemy import func, select
from uvicorn import run

from data.records.change import Change
from data.records.person import Person
from tests.sync.parts import ROOT, START_S, Pc, free_port

BATCH = 500
LEVEL = 3


def persons_per_second(one: Pc, folder: Path) -> float:
    """How many persons (all their changes) a second the PC gets to such a server."""
    folder.mkdir()
    port = free_port()
    words = [sys.executable, "-m", __name__, str(folder / "plain.db"), str(port)]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as wire:
                _wait(wire)
                began = time.perf_counter()
                _send(one, wire)
                took_s = time.perf_counter() - began
        finally:
            server.terminate()
    with one.db.read() as session:
        return (session.scalar(select(func.count()).select_from(Person)) or 0) / took_s


def _wait(wire: httpx.Client) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        try:
            wire.get("/")
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError


def _send(one: Pc, wire: httpx.Client) -> None:
    pack = zstandard.ZstdCompressor(LEVEL)
    changes = _changes(one)
    while group := list(islice(changes, BATCH)):
        packed = pack.compress(json.dumps(group, ensure_ascii=False).encode())
        wire.post("/", content=packed).raise_for_status()


def _changes(one: Pc) -> Iterator[list[str]]:
    columns = (Change.entity, Change.row_id, Change.op, Change.at, Change.user, Change.fields)
    with one.db.read() as session:
        query = select(*columns).order_by(Change.seq).execution_options(yield_per=BATCH)
        for line in session.execute(query):
            yield list(line)


def server_on(path: Path) -> FastAPI:
    """A ledger of one table."""
    app = FastAPI()
    ledger = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("PRAGMA synchronous = FULL")
    ledger.execute(
        "CREATE TABLE entry (seq INTEGER PRIMARY KEY, entity, row_id, op, at, user, fields)"
    )
    unpack = zstandard.ZstdDecompressor()

    @app.get("/")
    def alive() -> str:
        return "ok"

    @app.post("/")
    async def take(request: Request) -> int:
        group = json.loads(unpack.decompress(await request.body()))
        ledger.execute("BEGIN")
        ledger.executemany("INSERT INTO entry VALUES (NULL, ?, ?, ?, ?, ?, ?)", group)
        ledger.execute("COMMIT")
        return len(group)

    return app


if __name__ == "__main__":
    run(server_on(Path(sys.argv[1])), port=int(sys.argv[2]), log_level="critical")
