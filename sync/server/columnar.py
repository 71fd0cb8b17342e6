"""The columnar copy: what reports count of a census on PostgreSQL, in a store made for counting.

One file in the server's folder (decision 0054). It follows the log: rows that entries have touched
since the last time are read again from the census, edits are added. Whoever lost or doubts it may
delete it; the next report makes it anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, Engine, case, create_engine, select
from sqlalchemy.exc import DBAPIError

from sync.moves import LEFT
from sync.server import columnar_shape as shape
from sync.server import store
from sync.server.home import ServerHome
from sync.server.store import StoreTrouble

FOLDER, FILE, LINES, SPILL = "counted", "counted.duckdb", "lines.csv", "spill"
TOUCHED_MAX = 50_000
"""After so many entries and more the whole copy is made anew, which is quicker."""
IDS_AT_ONCE = 5_000
WAIT_S, TRY_S = 120.0, 0.2
MEMORY_BYTES, DISK_BYTES = 2_000_000_000, 4_000_000_000
LINE_BYTES_MAX = 32_000_000
HELD_BY_OTHERS = ("lock on file", "already open in", "being used by another process")
NO_COPY = "not a valid duckdb"
"""What DuckDB says of a file that another program has open, and of one that is no store."""

Stands = Mapping[str, tuple[int, str]]
"""By scope how far its log was followed, and what tells its last entry from any other that a
restored log might have there."""


@dataclass(frozen=True, slots=True)
class Copying:
    """The copy, the census as one picture, the file that carries lines, the key of digests."""

    copy: Connection
    census: Connection
    lines: Path
    salt: str


@contextmanager
def counted(
    at: ServerHome, census: Connection, wait_s: float | None = None
) -> Iterator[Connection]:
    """The copy, brought to where the census stands in this picture, to count over.

    Raises StoreTrouble (`columnar_busy` after `wait_s`, usually `WAIT_S`; `columnar_unusable`).
    """
    folder = at.folder / FOLDER
    with _trouble_told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        engine = _open(folder, time.monotonic() + (WAIT_S if wait_s is None else wait_s))
    try:
        with engine.connect() as copy:
            salt = hashlib.blake2b(at.store_key, person=b"columnar copy").hexdigest()
            with _trouble_told(folder):
                shutil.rmtree(folder / SPILL, ignore_errors=True)
                _follow(Copying(copy, census, folder / LINES, salt))
                copy.commit()
            yield copy
    finally:
        engine.dispose()
        (folder / LINES).unlink(missing_ok=True)


@contextmanager
def _trouble_told(folder: Path) -> Iterator[None]:
    """Why the copy cannot be had, in words that say what to do."""
    try:
        yield
    except (DBAPIError, psycopg.Error, OSError) as error:
        reason = str(getattr(error, "orig", error))
        raise StoreTrouble("columnar_unusable", folder=str(folder), reason=reason) from error


def _open(folder: Path, deadline: float) -> Engine:
    """Only one program may hold the file: another one that counts is waited for. A file that is no
    store is made anew."""
    config = {
        "memory_limit": f"{min(MEMORY_BYTES, psutil.virtual_memory().total // 4)}B",
        "temp_directory": str(folder / SPILL),
        "max_temp_directory_size": f"{DISK_BYTES}B",
        "autoinstall_known_extensions": "false",
    }
    address = URL.create("duckdb", database=str(folder / FILE))
    while True:
        engine = create_engine(address, connect_args={"config": config}, hide_parameters=True)
        try:
            with engine.connect():
                return engine
        except DBAPIError as error:
            engine.dispose()
            told = str(error.orig).lower()
            if NO_COPY in told:
                (folder / FILE).unlink(missing_ok=True)
            elif not any(words in told for words in HELD_BY_OTHERS):
                raise
            elif time.monotonic() > deadline:
                raise StoreTrouble("columnar_busy", file=str(folder / FILE)) from error
            else:
                time.sleep(TRY_S)


def _follow(at: Copying) -> None:
    now, known = _stands(at.census), _known(at.copy)
    if known is None or not _continues(at.census, known, now):
        _anew(at)
    else:
        since = {one: known.get(one, (0, ""))[0] for one in now if known.get(one) != now[one]}
        if not since:
            return
        if sum(now[one][0] - seq for one, seq in since.items()) > TOUCHED_MAX:
            _anew(at)
        else:
            touched, left = _touched(at.census, since)
            for (entity, scope), ids in touched.items():
                _read_again(at, entity, scope, sorted(ids))
            _edits(at, since, left)
    _run(at.copy, "DELETE FROM stand")
    for one, (seq, sign) in now.items():
        _run(at.copy, "INSERT INTO stand VALUES (?, ?, ?)", one, seq, sign)


def _stands(census: Connection) -> Stands:
    """How far each scope's log goes."""
    scope, entry = store.scope.c, store.entry.c
    last = (entry.scope_id == scope.id) & (entry.seq == scope.seq)
    query = select(scope.id, scope.seq, *_told()).select_from(
        store.scope.outerjoin(store.entry, last)
    )
    return {line[0]: (line[1], _sign(line[2:])) for line in census.execute(query)}


def _told() -> tuple[Any, ...]:
    entry = store.entry.c
    return entry.device_id, entry.epoch, entry.change_seq, entry.row_id, entry.received_at


def _sign(told: Sequence[object]) -> str:
    return "/".join(str(part) for part in told)


def _known(copy: Connection) -> Stands | None:
    """What the copy stands at; None when there is none, or one of another program."""
    if "shape" not in _names(copy):
        return None
    if copy.exec_driver_sql("SELECT sign FROM shape").scalars().all() != [shape.sign()]:
        return None
    return {one: (seq, sign) for one, seq, sign in copy.exec_driver_sql("SELECT * FROM stand")}


def _names(copy: Connection) -> list[str]:
    words = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
    return list(copy.exec_driver_sql(words).scalars())


def _continues(census: Connection, known: Stands, now: Stands) -> bool:
    """Whether the log still has the entries that the copy was made from: a restored one may not."""
    entry = store.entry.c
    for one, (seq, sign) in known.items():
        if one not in now or now[one][0] < seq:
            return False
        last = select(*_told()).where(entry.scope_id == one, entry.seq == seq)
        told = census.execute(last).first() or (None,) * len(_told())
        if _sign(told) != sign:
            return False
    return True


def _anew(at: Copying) -> None:
    for name in _names(at.copy):
        _run(at.copy, f'DROP TABLE "{name}"')
    for words in shape.made():
        _run(at.copy, words)
    for entity in shape.ENTITIES:
        _bring(at, entity, shape.rows(entity, at.salt))
    _edits(at, {}, {})
    _run(at.copy, "INSERT INTO shape VALUES (?)", shape.sign())


def _touched(
    census: Connection, since: Mapping[str, int]
) -> tuple[dict[tuple[str, str], set[str]], dict[str, list[str]]]:
    """By entity and scope the rows that entries have made, changed or taken away; by scope those
    that went to another office, whose edits went along."""
    entry = store.entry.c
    found: dict[tuple[str, str], set[str]] = {}
    left: dict[str, list[str]] = {}
    for scope, seq in since.items():
        moved = case((entry.op == "X", entry.fields), else_="{}").label("moved")
        query = select(entry.entity, entry.row_id, moved)
        for line in census.execute(query.where(entry.scope_id == scope, entry.seq > seq)):
            gone = json.loads(line.moved).get(LEFT, ())
            for entity, row_id in ((line.entity, line.row_id), *gone):
                found.setdefault((entity, scope), set()).add(row_id)
            left.setdefault(scope, []).extend(row_id for _entity, row_id in gone)
    return {key: ids for key, ids in found.items() if key[0] in shape.ENTITIES}, left


def _read_again(at: Copying, entity: str, scope: str, ids: Sequence[str]) -> None:
    """Rows of a scope as the census has them now; those that it has no more are gone."""
    gone = f'DELETE FROM "{entity}" WHERE office_id = ? AND id IN (SELECT unnest(?::VARCHAR[]))'
    these = sql.SQL(" WHERE office_id = {} AND id = ANY({})")
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = list(ids[start : start + IDS_AT_ONCE])
        _run(at.copy, gone, scope, some)
        own = these.format(sql.Literal(scope), sql.Literal(some))
        _bring(at, entity, shape.rows(entity, at.salt) + own)


def _edits(at: Copying, since: Mapping[str, int], left: Mapping[str, Sequence[str]]) -> None:
    """Edits since entries by scope, all of them without any; those of rows that left are read
    again, for the log of their former office has them no more."""
    gone = (
        f"DELETE FROM {shape.EDITS} WHERE scope_id = ? AND row_id IN (SELECT unnest(?::VARCHAR[]))"
    )
    for scope, ids in left.items():
        _run(at.copy, gone, scope, list(ids))
    asked = shape.edits(at.salt)
    if since:
        one = sql.SQL("(scope_id = {} AND (seq > {} OR row_id = ANY({}::text[])))")
        each = [
            one.format(*map(sql.Literal, (scope, seq, list(left.get(scope, ())))))
            for scope, seq in since.items()
        ]
        asked += sql.SQL(" AND ({})").format(sql.SQL(" OR ").join(each))
    _bring(at, shape.EDITS, asked)


def _bring(at: Copying, into: str, asked: sql.Composable) -> None:
    """The lines that PostgreSQL answers into a table of the copy, as both do it quickest."""
    driver: Any = at.census.connection.driver_connection
    words = sql.SQL("COPY ({}) TO STDOUT (FORMAT csv, NULL '\\N', FORCE_QUOTE *)").format(asked)
    at.lines.touch(mode=0o600)
    with at.lines.open("wb") as out, driver.cursor().copy(words) as found:
        for part in found:
            out.write(part)
    if at.lines.stat().st_size:
        file = str(at.lines).replace("'", "''")
        how = (
            "FORMAT csv, NULL '\\N', ALLOW_QUOTED_NULLS false, HEADER false, QUOTE '\"', "
            f"ESCAPE '\"', AUTO_DETECT false, MAX_LINE_SIZE {LINE_BYTES_MAX}"
        )
        _run(at.copy, f"COPY \"{into}\" FROM '{file}' ({how})")


def _run(copy: Connection, words: str, *told: object) -> None:
    copy.exec_driver_sql(words, told or None)
