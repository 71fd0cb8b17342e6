"""A backup of the server: one file with its keys and a copy of every table, opened and counted."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.exc import DBAPIError

from data import recovery, sealing
from data.errors import WrongPassword
from sync.server import census, home, store
from sync.server.home import ServerHome
from sync.server.log import now_text
from sync.server.store import Store, StoreTrouble

MAGIC = b"SASRV1\n"
LENGTH_BYTES, HEADER_BYTES_MAX = 4, 256 * 1024
ROWS_AT_ONCE = 2000
LARGE_ROWS_AT_ONCE = 50
"""Of rows that hold parts of photos: a backup never has more of them in memory."""
SUFFIX = ".sassv"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was opened again and counted; `code` opens it on the worst day."""

    file: Path
    made_at: str
    rows: int
    people: int
    batches: int
    code: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A server put back: of which day, what it holds, where the former files lie."""

    made_at: str
    rows: int
    people: int
    generation: str
    aside: str


def make(folder: Path, out: Path, database: str = "") -> Made:
    """Copy everything in one read while PCs go on; only then tell the PCs what is safe.

    Raises StoreTrouble `backup_not_sound`, `backup_not_written` among others.
    """
    server = home.with_code(home.remember(home.load(folder), database))
    opened = home.open_store(server)
    try:
        with opened.write() as connection:
            census.prepare(connection)
        out.mkdir(parents=True, exist_ok=True)
        made_at = now_text()
        target = _free_name(out)
        counts = _written(server, opened, target, made_at)
        check(target, server.recovery, counts)
        covered = _cover(opened, target, server)
    except OSError as error:
        raise StoreTrouble("backup_not_written", folder=str(out), reason=error.strerror) from error
    finally:
        opened.close()
    people = counts.get("person", 0)
    return Made(target, made_at, sum(counts.values()), people, covered, server.recovery)


def restore(folder: Path, file: Path, code: str, database: str = "") -> Restored:
    """Put a backup into the home as a new generation; what was there is moved aside.

    Raises StoreTrouble `backup_not_ours`, `backup_not_sound`, `backup_code_wrong`,
    `server_running`, `database_not_empty`.
    """
    header, content = _opened(file, code)
    counts = check(file, code)
    if not database and json.loads(content)["database"]:
        raise StoreTrouble("restore_database_missing")
    aside = _aside(folder)
    server = home.from_bytes(folder, content, database)
    copy = _unpacked(file, folder)
    try:
        generation = _filled(server, copy, header)
    except BaseException:
        (folder / home.KEYS_FILE).unlink()
        raise
    finally:
        copy.unlink(missing_ok=True)
    people = counts.get("person", 0)
    return Restored(header["made_at"], sum(counts.values()), people, generation, aside)


def check(file: Path, code: str, expected: dict[str, int] | None = None) -> dict[str, int]:
    """Open a backup as a restore would and count its rows by table. Raises StoreTrouble."""
    header, content = _opened(file, code)
    copy = _unpacked(file, file.parent)
    key = bytes.fromhex(json.loads(content)["store_key"])
    try:
        with closing(_door(copy, key)) as door, door.read() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            counts = {table.name: _count(connection, table) for table in tables()}
    except DBAPIError as error:
        raise StoreTrouble("backup_not_sound", file=str(file)) from error
    finally:
        _remove(copy)
    if not sound or counts != (expected or header["rows"]):
        raise StoreTrouble("backup_not_sound", file=str(file))
    return counts


def tables() -> tuple[Table, ...]:
    """Every table of the server, in an order in which they can be filled."""
    return (*store.metadata.sorted_tables, *census.tables().values())


def _written(server: ServerHome, opened: Store, target: Path, made_at: str) -> dict[str, int]:
    copy = target.with_suffix(".new")
    try:
        with closing(_door(copy, server.store_key)) as door:
            counts = _copied(opened, door)
        # the last connection that closes brings its write-ahead log into the file
        salt = sealing.new_salt()
        wrapped = sealing.wrap(_key(server.recovery, salt), home.as_bytes(server))
        header = {
            "made_at": made_at,
            "server_id": server.server_id,
            "salt": salt.hex(),
            "keys": wrapped.hex(),
            "rows": counts,
        }
        _pack(target, json.dumps(header).encode(), copy)
    finally:
        _remove(copy)
    return counts


def _copied(source: Store, target: Store) -> dict[str, int]:
    """All tables as they stood at one instant."""
    counts = {}
    with source.read() as here, target.write() as there:
        store.metadata.create_all(there)
        census.prepare(there)
        for table in tables():
            counts[table.name] = 0
            for lines in _parts(here, table):
                store.insert_many(there, table, lines)
                counts[table.name] += len(lines)
    return counts


def _parts(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    at_once = LARGE_ROWS_AT_ONCE if table is store.blob_part else ROWS_AT_ONCE
    lines = connection.execution_options(yield_per=at_once).execute(select(table))
    for part in lines.mappings().partitions():
        yield [dict(line) for line in part]


def _cover(opened: Store, target: Path, server: ServerHome) -> int:
    """Write down per device up to which batch it is inside the backup; how many batches are."""
    copy = _unpacked(target, target.parent)
    ledger, device = store.ledger.c, store.device.c
    try:
        with closing(_door(copy, server.store_key)) as door, door.read() as connection:
            last = func.max(ledger.batch_no).label("no")
            group = (ledger.device_id, ledger.epoch)
            ends = connection.execute(select(*group, last).group_by(*group)).all()
            batches = _count(connection, store.ledger)
    finally:
        _remove(copy)
    with opened.write() as connection:
        for line in sorted(ends, key=lambda line: (line.device_id, line.epoch)):
            own = update(store.device).where(device.id == line.device_id)
            own = own.where(device.backup_epoch <= line.epoch)
            connection.execute(own.values(backup_epoch=line.epoch, backed_up=line.no))
    return batches


def _filled(server: ServerHome, copy: Path, header: dict[str, Any]) -> str:
    generation = str(uuid.uuid4())
    opened = home.open_store(server)
    try:
        with opened.read() as connection:
            if _count(connection, store.office) or _count(connection, store.ledger):
                raise StoreTrouble("database_not_empty")
        with opened.write() as connection:
            connection.execute(store.info.delete())
            census.prepare(connection)
        with closing(_door(copy, server.store_key)) as source:
            _copied(source, opened)
        with opened.write() as connection:
            _new_generation(connection, generation, header["made_at"])
    finally:
        opened.close()
    return generation


def _new_generation(connection: Connection, generation: str, backup_at: str) -> None:
    """From here on the log may go another way than PCs saw it go."""
    own = store.info.c.key == "generation"
    before = connection.scalars(select(store.info.c.value).where(own)).one()
    connection.execute(update(store.info).where(own).values(value=generation))
    line = {"id": generation, "before": before, "backup_at": backup_at, "restored_at": now_text()}
    for scope in connection.execute(select(store.scope)).all():
        values = line | {"scope_id": scope.id, "base": scope.seq}
        connection.execute(store.generation.insert().values(values))


def _aside(folder: Path) -> str:
    """Move the files of a server that was there; a running one is refused."""
    names = (home.KEYS_FILE, home.STORE_FILE)
    there = [folder / name for name in names if (folder / name).exists()]
    if not there:
        return ""
    if folder / home.STORE_FILE in there and folder / home.KEYS_FILE in there:
        _refuse_running(home.load(folder))
    aside = folder / f"before-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    aside.mkdir(mode=0o700)
    for path in there:
        for part in folder.glob(path.name + "*"):
            os.replace(part, aside / part.name)
    return str(aside)


def _refuse_running(server: ServerHome) -> None:
    """Only who is alone with an SQLite file may leave its write-ahead mode."""
    door = sqlcipher.connect(str(server.folder / home.STORE_FILE), timeout=0.5)
    try:
        door.execute(f"PRAGMA key = \"x'{server.store_key.hex()}'\"")
        door.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlcipher.OperationalError as error:
        raise StoreTrouble("server_running", home=str(server.folder)) from error
    except sqlcipher.DatabaseError:
        return  # damaged: that is why it is restored
    finally:
        door.close()


def _opened(file: Path, code: str) -> tuple[dict[str, Any], bytes]:
    """The header of a backup and the key file inside it. Raises StoreTrouble."""
    try:
        with file.open("rb") as content:
            header, _ = _header(content.read(HEADER_BYTES_MAX))
        key = _key(recovery.shown(recovery.normal(code)), bytes.fromhex(header["salt"]))
        keys = sealing.unwrap(key, bytes.fromhex(header["keys"]))
    except WrongPassword:
        keys = None
    except OSError as error:
        reason = error.strerror or ""
        raise StoreTrouble("backup_not_readable", file=str(file), reason=reason) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreTrouble("backup_not_ours", file=str(file)) from error
    if keys is None:
        raise StoreTrouble("backup_code_wrong")
    return header, keys


def _header(start: bytes) -> tuple[dict[str, Any], int]:
    if not start.startswith(MAGIC):
        raise ValueError("magic")
    after = len(MAGIC) + LENGTH_BYTES
    end = after + int.from_bytes(start[len(MAGIC) : after], "big")
    header: dict[str, Any] = json.loads(start[after:end])
    return header, end


def _pack(target: Path, header: bytes, copy: Path) -> None:
    """The file gets its name when it is whole on the disk."""
    aside = target.with_suffix(".part")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out, copy.open("rb") as content:
        out.write(MAGIC + len(header).to_bytes(LENGTH_BYTES, "big") + header)
        shutil.copyfileobj(content, out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, target)


def _unpacked(file: Path, folder: Path) -> Path:
    copy = folder / f"{uuid.uuid4().hex}.tmp"
    with file.open("rb") as content:
        _, end = _header(content.read(HEADER_BYTES_MAX))
        content.seek(end)
        with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            shutil.copyfileobj(content, out)
    return copy


def _door(path: Path, key: bytes) -> Store:
    return store.open_sqlite(path, key)


def _key(code: str, salt: bytes) -> bytes:
    """Of 145 random bits: no guess needs to be made slow."""
    return hashlib.blake2b(code.encode(), key=salt, digest_size=32).digest()


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _remove(path: Path) -> None:
    for part in path.parent.glob(path.name + "*"):
        part.unlink()


def _free_name(out: Path) -> Path:
    return out / f"soansinh-server-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{SUFFIX}"
