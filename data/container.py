"""One backup file: the encrypted store and its key slots, with a header that says what it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlcipher3 import dbapi2

from data import connect, disk, keyfile, migrate
from data.base import instant_text
from data.errors import DataError, KeysChanged, StoreDamaged

MAGIC = b"SASBK1\n"
LENGTH_BYTES = 4
HEADER_BYTES_MAX = 1_000_000
BLOCK_BYTES = 1_048_576
PREFIX, SUFFIX = "soansinh-", ".sasbk"
STAMP = "%Y%m%d-%H%M%S"
PERSONS = "SELECT count(*) FROM person WHERE deleted_at IS NULL"
LAST_CHANGE = "SELECT coalesce(max(seq), 0) FROM change"


@dataclass(frozen=True)
class Header:
    """What a backup says about itself without being opened; `made_at` is ISO UTC text.

    `last_change` is the number of the newest change in it.
    """

    store_id: str
    made_at: str
    revision: str
    persons: int
    last_change: int
    keys_bytes: int
    store_bytes: int
    store_sha256: str


@dataclass(frozen=True)
class Made:
    """A backup that was written and read back."""

    path: Path
    header: Header
    bytes: int


def write(source: dbapi2.Connection, home: Path, file_key: bytes, out_dir: Path) -> Made:
    """Copy the store behind a connection into a new backup file in `out_dir`, and read it back.

    Writers go on meanwhile: the copy is the picture of the moment it began.
    Raises DiskFull, NotAllowed (`place_not_writable`), StoreDamaged, KeysChanged (another program
    renewed the keys just now: ask again).
    """
    moment = datetime.now(UTC)
    keys = keyfile.path_in(home).read_bytes()  # before the copy: after it, they may be newer ones
    _refuse_other_keys(home, keyfile.parse(keys), file_key)
    with _aside(home) as copy:
        _copy(source, copy, file_key)
        header = Header(
            store_id=keyfile.parse(keys).store_id,
            made_at=instant_text(moment),
            revision=migrate.revision_of(copy, file_key) or "",
            persons=_number(copy, file_key, PERSONS),
            last_change=_number(copy, file_key, LAST_CHANGE),
            keys_bytes=len(keys),
            store_bytes=copy.stat().st_size,
            store_sha256=_sha256(copy),
        )
        with disk.told(out_dir):
            out_dir.mkdir(parents=True, exist_ok=True)
            target = _free_name(out_dir, moment)
            with open(copy, "rb") as store:
                made = _packed(target, header, keys, store)
            disk.put_in_place(made, target)
    verify(target)
    return Made(target, header, target.stat().st_size)


def read_header(path: Path) -> Header:
    """The header of a backup file. Raises StoreDamaged when it is none or begins damaged."""
    with _opened(path) as (header, _):
        return header


def read_keys(path: Path) -> keyfile.KeyFile:
    """The key slots inside a backup file. Raises StoreDamaged."""
    with _opened(path) as (header, file):
        return keyfile.parse(file.read(header.keys_bytes))


def verify(path: Path) -> Header:
    """Read a backup file to its end against its fingerprint. Raises StoreDamaged."""
    with _opened(path) as (header, file):
        keyfile.parse(file.read(header.keys_bytes))
        seen = hashlib.sha256()
        while block := file.read(BLOCK_BYTES):
            seen.update(block)
        if seen.hexdigest() != header.store_sha256:
            raise StoreDamaged(file=path.name)
        return header


def replace_keys(path: Path, keys: keyfile.KeyFile) -> None:
    """Put other key slots into a backup file, in one step. Raises DiskFull, NotAllowed."""
    written = keyfile.to_bytes(keys)
    with disk.told(path.parent):
        with _opened(path) as (header, file):
            file.seek(header.keys_bytes, os.SEEK_CUR)
            made = _packed(path, replace(header, keys_bytes=len(written)), written, file)
        disk.put_in_place(made, path)


def unpack(path: Path, folder: Path) -> Header:
    """Put store and key file of a backup into an existing folder that holds neither.

    Raises StoreDamaged (then the folder holds no store), DiskFull.
    """
    header = verify(path)
    store = folder / (connect.FILE_NAME + ".new")
    with disk.told(folder), _opened(path) as (_, file):
        keys = file.read(header.keys_bytes)
        with open(store, "wb", opener=disk.private) as out:
            shutil.copyfileobj(file, out, BLOCK_BYTES)
            out.flush()
            os.fsync(out.fileno())
    disk.write_whole(keyfile.path_in(folder), keys)
    disk.put_in_place(store, connect.path_in(folder))
    return header


def listed(folder: Path) -> tuple[tuple[Path, Header], ...]:
    """The readable backups in a folder with their headers, newest first."""
    found = []
    for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
        try:
            found.append((path, read_header(path)))
        except (DataError, OSError):
            continue
    return tuple(sorted(found, key=lambda pair: (pair[1].made_at, pair[0].name), reverse=True))


def _number(store: Path, file_key: bytes, question: str) -> int:
    """The one number that a store nobody has open answers."""
    with closing(connect.connect(store, file_key, "?immutable=1")) as connection:
        return int(connection.execute(question).fetchone()[0])


@contextmanager
def _aside(home: Path) -> Iterator[Path]:
    folder = home / "tmp"
    folder.mkdir(exist_ok=True)
    copy = folder / f"copy-{os.getpid()}-{os.urandom(4).hex()}.db"
    try:
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _copy(source: dbapi2.Connection, copy: Path, file_key: bytes) -> None:
    disk.begin_private(copy)
    with closing(connect.connect(copy, file_key)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        faults = target.execute("PRAGMA cipher_integrity_check").fetchall()
    if faults:
        raise StoreDamaged(file=copy.name, what=str(faults[0][0]))


def _free_name(out_dir: Path, moment: datetime) -> Path:
    stamp = moment.astimezone().strftime(STAMP)
    path, again = out_dir / f"{PREFIX}{stamp}{SUFFIX}", 1
    while path.exists():
        again += 1
        path = out_dir / f"{PREFIX}{stamp}-{again}{SUFFIX}"
    return path


def _refuse_other_keys(home: Path, keys: keyfile.KeyFile, file_key: bytes) -> None:
    """While a rotation is on its way either key opens the copy, and the slots give both."""
    if not keys.rotating and not keys.is_marked_by(file_key):
        raise KeysChanged(home=str(home))


def _packed(target: Path, header: Header, keys: bytes, store: BinaryIO) -> Path:
    """The whole backup beside its place, not yet under its name."""
    said = json.dumps(asdict(header), sort_keys=True).encode("ascii")
    beside = target.with_name(target.name + ".part")
    try:
        with open(beside, "wb", opener=disk.private) as out:
            out.write(MAGIC)
            out.write(len(said).to_bytes(LENGTH_BYTES, "big"))
            out.write(said)
            out.write(hashlib.sha256(said).digest())
            out.write(keys)
            shutil.copyfileobj(store, out, BLOCK_BYTES)
            out.flush()
            os.fsync(out.fileno())
            _forget_cached(out.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _forget_cached(handle: int) -> None:
    """Let the reading back come from the disk or stick itself, where the system can do that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Header, BinaryIO]]:
    """The file behind its header, standing at the first byte of the key slots."""
    if not path.is_file():
        raise DataError("backup_missing", file=path.name)
    with open(path, "rb") as file:
        yield _header(file, path), file


def _header(file: BinaryIO, path: Path) -> Header:
    damaged = StoreDamaged(file=path.name)
    if file.read(len(MAGIC)) != MAGIC:
        raise DataError("not_a_backup", file=path.name)
    length = int.from_bytes(file.read(LENGTH_BYTES), "big")
    if length > HEADER_BYTES_MAX:
        raise damaged
    said = file.read(length)
    if hashlib.sha256(said).digest() != file.read(hashlib.sha256().digest_size):
        raise damaged
    try:
        return Header(**json.loads(said))
    except (ValueError, TypeError):
        raise damaged from None
