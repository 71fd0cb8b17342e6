"""Connections to the encrypted file: its key, its pragmas, and what its errors mean."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoPlaceLeft
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from data import disk
from data.errors import DataError, DiskFull, KeysChanged, NotAllowed, Stale, StoreBusy, StoreDamaged

FILE_NAME = "store.db"
CIPHER_FORMAT = 4
"""The page format of SQLCipher 4, whatever a later library prefers; data.pages reads its seals."""

READERS_KEPT = 4
READERS_MAX = 12
READER_CACHE_KIB = 2_000
WRITER_CACHE_KIB = 48_000
READ_WAIT_S = 5.0
WRITE_WAIT_S = 20.0
POLL_S = 0.004
WAL_KEPT_BYTES = 16_000_000
WAL_PAGES = 4_000
"""Pages in the write-ahead log before a commit folds them into the file, as SQLite's
`wal_autocheckpoint` counts; a page that slices write again and again is folded in once."""

BUSY_CODES = frozenset({5, 6})
FULL_CODE = 13
IO_CODE = 10
READ_ONLY_CODE = 8
CANNOT_OPEN_CODE = 14
DAMAGED_CODES = frozenset({11, 26})

KeySource = Callable[[], bytes]


def path_in(home: Path) -> Path:
    """Where the store of this home lies."""
    return home / FILE_NAME


def connect(path: Path, file_key: bytes, uri_options: str = "") -> dbapi2.Connection:
    """One bare connection in autocommit mode with its key set; nothing is read yet."""
    address = _address(path) + uri_options
    connection = dbapi2.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{file_key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_compatibility = {CIPHER_FORMAT}")
    return connection


def _address(path: Path) -> str:
    """The file as SQLite's URI; a Windows share keeps its two slashes behind an empty authority."""
    posix = path.absolute().as_posix()
    return "file://" + quote(posix if posix.startswith("/") else f"/{posix}")


def _prepare(connection: dbapi2.Connection, cache_kib: int) -> None:
    connection.execute(f"PRAGMA busy_timeout = {int(READ_WAIT_S * 1000)}")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")


def reader_engine(home: Path, key: KeySource) -> Engine:
    """Connections that see a steady picture and cannot write."""

    def opened() -> dbapi2.Connection:
        connection = connect(path_in(home), key(), "?mode=rw")
        _prepare(connection, READER_CACHE_KIB)
        connection.execute("PRAGMA query_only = ON")
        return connection

    engine = _engine(opened, READERS_KEPT, READERS_MAX - READERS_KEPT)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def writer_engine(home: Path, key: KeySource) -> Engine:
    """The one connection that writes; each transaction takes the pen at its beginning."""

    def opened() -> dbapi2.Connection:
        connection = connect(path_in(home), key(), "?mode=rw")
        _prepare(connection, WRITER_CACHE_KIB)
        connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    engine = _engine(opened, 1, 0)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        dbapi = connection.connection.dbapi_connection
        assert dbapi is not None
        begin_immediate(dbapi, WRITE_WAIT_S)

    @event.listens_for(engine, "checkin")
    def checkin(dbapi: dbapi2.Connection | None, _record: object) -> None:
        # A commit that SQLite refuses (a parent that is missing) leaves the transaction open, and
        # SQLAlchemy does not roll it back: the pen would be kept from everybody.
        if dbapi is not None and dbapi.in_transaction:
            dbapi.rollback()

    return engine


def begin_immediate(connection: object, wait_s: float) -> None:
    """BEGIN IMMEDIATE, asked again often so that another program's slices leave gaps for us.

    Raises StoreBusy after `wait_s` seconds.
    """
    began = time.monotonic()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
            return
        except dbapi2.OperationalError as error:
            if _primary(error) not in BUSY_CODES:
                raise
            waited = time.monotonic() - began
            if waited >= wait_s:
                raise StoreBusy(waited_s=round(waited, 3), where="other_program") from error
        time.sleep(POLL_S)


def _engine(opened: Callable[[], dbapi2.Connection], kept: int, more: int) -> Engine:
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=opened,
        poolclass=QueuePool,
        pool_size=kept,
        max_overflow=more,
        pool_timeout=READ_WAIT_S,
        hide_parameters=True,  # an error's text must not carry a name into a log
    )


@contextmanager
def told(home: Path, keys_changed: Callable[[], bool]) -> Iterator[None]:
    """Errors of the file inside become the store's own: what happened, with facts."""
    try:
        yield
    except StaleDataError as error:
        raise Stale() from error
    except NoPlaceLeft as error:
        raise StoreBusy(waited_s=READ_WAIT_S, where="readers") from error
    except DBAPIError as error:
        meant = meaning(error.orig, home, keys_changed)
        if meant is None:
            raise
        raise meant from error
    except dbapi2.Error as error:
        meant = meaning(error, home, keys_changed)
        if meant is None:
            raise
        raise meant from error


def meaning(
    error: BaseException | None, home: Path, keys_changed: Callable[[], bool]
) -> DataError | None:
    """What an error of the file means to the store; None for a mistake in a statement."""
    code = _primary(error)
    if code in BUSY_CODES:
        return StoreBusy(waited_s=READ_WAIT_S, where="other_program")
    if code == FULL_CODE or (code == IO_CODE and not _grows(home)):
        return DiskFull(home=str(home), free_bytes=disk.free_bytes(home))
    # Under another key the first page reads as damaged, or as one that may not be written.
    if code in DAMAGED_CODES | {READ_ONLY_CODE, IO_CODE} and keys_changed():
        return KeysChanged(home=str(home))
    if code == READ_ONLY_CODE:
        return NotAllowed("store_read_only", home=str(home))
    if code in DAMAGED_CODES or code == IO_CODE:
        return StoreDamaged(file=FILE_NAME, what=getattr(error, "sqlite_errorname", ""))
    if code == CANNOT_OPEN_CODE:
        return NotAllowed("store_cannot_open", home=str(home))
    return None


def _grows(home: Path) -> bool:
    """A quota or a limit on file sizes shows as a plain input/output error: ask the disk again."""
    files = (path_in(home), path_in(home).with_name(FILE_NAME + "-wal"))
    longest = max((file.stat().st_size for file in files if file.exists()), default=0)
    return disk.takes_more(home, longest)


def _primary(error: BaseException | None) -> int:
    """The primary result code (the low byte of the extended one); 0 when there is none."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
