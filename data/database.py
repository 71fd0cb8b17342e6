"""The store: one encrypted file with a door for reading and a door for writing."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from data import (
    changes,
    connect,
    container,
    disk,
    keyfile,
    keyring,
    migrate,
    pages,
    restoring,
    rotation,
)
from data.changes import Changes as Changes
from data.changes import Listener
from data.errors import StoreBusy, StoreDamaged, StoreExists, StoreMissing
from data.keyring import NewUser, OpenKeys
from data.open_file import OpenFile
from data.reader import READER, Reader
from data.records import person, search_words
from data.sealing import Cost
from data.twin import twin

FOLDERS = ("backups", "tmp", "log")
LOOK_AT_PAGES_S = 0.05
LEFTOVERS = ("new-*", "copy-*", "drill-*", "restore-*")
LEFTOVER_AGE_S = 3600.0
FROM_SERVER = "sync:"
"""How the source of an author begins who writes what the server sent."""
RING = "SELECT sealed FROM restricted_key ORDER BY term DESC, key_id"


@dataclass(frozen=True)
class Author:
    """Who writes, and from where: "", "import:FILE:SHEET:ROW" or "sync:DEVICE".

    `at` is the instant (ISO UTC text) that history tells, where it is not this PC's now.
    """

    login: str
    source: str = ""
    at: str = ""


class Database:
    """An open store as one signed-in person sees it."""

    def __init__(self, store: OpenFile, keys: OpenKeys) -> None:
        self._store = store
        self.keys = keys
        self._ring_seen = keyfile.UNSEEN
        self._reader: Reader | None = None

    def seen_by(self, login: str, granted: bool, numbers: bool = True) -> Database:
        """The same store as the eyes of one reader: what a row says beyond the grant is blotted,
        numbers of people are masked where `numbers` is False."""
        return self._for(Reader(login, granted, numbers))

    @property
    def whole(self) -> Database:
        """The same store as it lies, for the wire, which carries every word and shows none."""
        return self._for(None)

    @property
    def home(self) -> Path:
        """The folder of the store, its key file, backups, tmp and log."""
        return self._store.home

    @property
    def store(self) -> OpenFile:
        """The open file, which everybody signed in on it shares."""
        return self._store

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A read-only session that sees one steady picture and never waits for a writer.

        Raises StoreDamaged, KeysChanged, StoreBusy (all readers' places taken for 5 s).
        """
        passing = self._store.gate.passing(connect.READ_WAIT_S)
        with self._told(), passing:
            self._follow()
            info = self._info() | {READER: self._reader}
            with self._store.read_sessions(info=info) as session:
                yield session

    @contextmanager
    def read_twice(self) -> Iterator[tuple[Session, Connection | None]]:
        """As `read`, with a second connection that sees the same picture, for another thread; None
        where there is none. What the second one reads is not blotted: it counts."""
        with self.read() as session, twin(self._store.readers, session) as other:
            yield session, other

    @contextmanager
    def write(self, author: Author) -> Iterator[Session]:
        """The one writing session: commits at the end, undoes everything on any error.

        Writers come in the order of asking; after the commit listeners hear what was touched.
        Raises StoreBusy, DiskFull, Stale, StoreDamaged, KeysChanged. A thread that already
        writes gets RuntimeError instead of waiting for itself.
        """
        if self._store.queue.mine:
            raise RuntimeError("this thread already writes: pass its session on instead")
        with self._store.queue.turn(connect.WRITE_WAIT_S), self._told():
            self._follow()
            info = self._info() | {"author": author, "at": author.at}
            with self._store.write_sessions(info=info) as session:
                session.connection()
                yield session
                session.commit()
                told = changes.touched(session, author.source)
        if told is not None:
            self._store.announce(told)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Call back after each commit, on the committing thread; returns the unsubscribing."""
        self._store.subscribe(callback)
        return lambda: self._store.unsubscribe(callback)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the pen against every other thread and program, without writing a record.

        Inside write() of the same thread the pen is already held.
        """
        if self._store.queue.mine:
            yield
            return
        with self._store.queue.turn(connect.WRITE_WAIT_S), self._told():
            self._follow()
            with self._store.writers.begin():
                yield

    def signed_in(self, login: str, password: str) -> Database:
        """The same open store for one more person: no file is opened again.

        Raises WrongPassword, KeyFileMissing, StoreDamaged.
        """
        return Database(self._store, keyring.unlock(self.home, login, password))

    def still_opens(self, password: str) -> bool:
        """True when this is the signed-in person's password (for unlocking the screen)."""
        try:
            keyring.unlock(self.home, self.keys.login, password)
        except keyring.WrongPassword:
            return False
        return True

    def check(self) -> tuple[str, ...]:
        """Look at every page and index of the file; () when all is well. Slow: off the screen."""
        with self.copying() as connection:
            seals = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
            found = connection.exec_driver_sql("PRAGMA quick_check(20)").scalars().all()
        return tuple(str(line) for line in (*seals, *found) if line != "ok")

    @contextmanager
    def copying(self) -> Iterator[Connection]:
        """A reading connection to the whole file, for checks and the online copy of a backup."""
        with self._told(), self._store.gate.passing(connect.READ_WAIT_S):
            self._follow()
            with self._store.readers.connect() as connection:
                yield connection

    @property
    def file_key(self) -> bytes:
        """The key that the file lies under now."""
        return self._store.file_key

    def rebuild_search(self) -> None:
        """Build the search indexes anew; needed after a copy, which may renumber rows."""
        with self.write(Author("")) as session:
            for statement in (person.SEARCH_REBUILD, *search_words.REBUILD):
                session.execute(text(statement))

    def rotate(self, leaving: str) -> None:
        """Take a person's slot away and bring the store under new keys; see data.rotation.

        Holds back readers and writers of this program meanwhile; other programs follow by
        themselves. Raises NotAllowed (`slot_missing`, `own_slot`, `keys_rotating`), StoreBusy:
        then the slot is gone already and the rest is done when the store is next opened.
        """
        if self._store.queue.mine:
            raise RuntimeError("this thread writes: end the transaction before new keys")
        with self.alone():
            rotation.begin(self.home, self.keys, leaving)
        self._follow()
        self.finish_rotation()

    def finish_rotation(self) -> None:
        """Bring a begun rotation to its end; nothing to do when none was begun."""
        store = self._store
        with store.queue.turn(connect.WRITE_WAIT_S), store.gate.closed(connect.WRITE_WAIT_S):
            store.dispose()
            store.seen = keyfile.UNSEEN  # until it has ended, everybody looks which key holds
            with connect.told(self.home, lambda: False):
                self.keys = rotation.finish(self.home, self.keys)
            self._follow()

    def close(self) -> None:
        """Give the file back; the last one out folds the write-ahead log into it."""
        self._store.close()

    def _follow(self) -> None:
        """Take up new keys when the key file changed since this program last looked."""
        store = self._store
        now = keyfile.fingerprint(self.home)
        if now == store.seen == self._ring_seen and self.keys.generation == store.generation:
            return
        keys = keyring.followed(self.home, self.keys)
        key = rotation.key_in_use(connect.path_in(self.home), keys)
        if key != store.file_key:
            store.file_key = key
            store.dispose()
        self.keys = self._with_ring(keys)
        self._ring_seen = now
        store.generation = self.keys.generation
        if self.keys.next_file_key is None:
            store.seen = now  # else another program is at it: look again next time

    def _with_ring(self, keys: OpenKeys) -> OpenKeys:
        """The keys with the office's other restricted keys, which lie sealed in the store."""
        if keys.restricted is None:
            return keys
        with self._store.readers.connect() as connection:
            rows = connection.exec_driver_sql(RING).scalars().all()
        return replace(keys, restricted=keys.restricted.with_ring(rows)) if rows else keys

    def _info(self) -> dict[str, object]:
        return {"keys": self.keys, "restricted": self.keys.restricted}

    def _for(self, reader: Reader | None) -> Database:
        other = copy(self)
        other._reader = reader
        return other

    def _told(self) -> AbstractContextManager[None]:
        return connect.told(self.home, self._store.keys_changed)


def exists(home: Path) -> bool:
    """True when the home holds a store (readable or not)."""
    return connect.path_in(home).exists()


def create(
    home: Path,
    first: NewUser,
    restricted: bool = True,
    cost: Cost = Cost.standard,
    begin: Callable[[Database], None] | None = None,
) -> tuple[Database, str]:
    """Make a store with its first person; gives it open, and the recovery code to print.

    It is made aside and put in place as the last step, so a power cut leaves no half store;
    `begin` writes the first records while it still lies aside.
    Raises StoreExists, DiskFull, NotAllowed (`place_not_writable`).
    """
    restoring.finish(home)
    if exists(home):
        raise StoreExists(home=str(home))
    keys, code = keyring.begin(str(uuid.uuid4()), first, restricted, cost)
    opened = keyring.open_slot(keys, first.login, first.password)
    with disk.told(home):
        for name in FOLDERS:
            (home / name).mkdir(parents=True, exist_ok=True)
        disk.keep_private(home)
        made = home / "tmp" / f"new-{keys.store_id}"
        made.mkdir()
    make_file(made, opened)
    if begin is not None:
        with closing(_opened(made, opened, opened.file_key)) as fresh:
            begin(fresh)
    keyfile.set_aside(home)
    keyfile.save(home, keys)
    disk.put_in_place(connect.path_in(made), connect.path_in(home))
    shutil.rmtree(made)
    return _opened(home, opened, opened.file_key), code


def open_store(home: Path, login: str, password: str) -> Database:
    """Open the store as this person, bring its tables up to date, finish what was broken off.

    Raises StoreMissing, KeyFileMissing, WrongPassword, StoreDamaged, NewerVersion; then no file
    was changed. StoreBusy while another program migrates it.
    """
    _look(home)
    return _checked(home, keyring.unlock(home, login, password))


def open_with_recovery(home: Path, code: str) -> Database:
    """Open the store with the printed recovery code. Raises as open_store does."""
    _look(home)
    return _checked(home, keyring.unlock_with_recovery(home, code))


def _look(home: Path) -> None:
    restoring.finish(home)
    if not exists(home):
        raise StoreMissing(home=str(home))
    keyfile.load(home)


def make_file(folder: Path, keys: OpenKeys) -> None:
    """An empty store with its tables, in a folder that is there."""
    store = OpenFile(folder, keys.file_key, keys.generation)
    try:
        with connect.told(folder, lambda: False):
            disk.begin_private(connect.path_in(folder))
            connect.connect(connect.path_in(folder), keys.file_key).close()
            migrate.upgrade(store.writers)
    finally:
        store.close()
    disk.sync_file(connect.path_in(folder))


def _checked(home: Path, keys: OpenKeys) -> Database:
    path = connect.path_in(home)
    with connect.told(home, lambda: False):
        key = rotation.key_in_use(path, keys) if keys.next_file_key else keys.file_key
        if not pages.log_in_use(path):
            found = pages.damaged_sample(path, key, LOOK_AT_PAGES_S)
            if found:
                raise StoreDamaged(file=connect.FILE_NAME, pages=found)
        if migrate.behind(path, key):
            with closing(connect.connect(path, key, "?mode=rw")) as before:
                container.write(before, home, key, home / "backups")
    return _opened(home, keys, key)


def _opened(home: Path, keys: OpenKeys, key: bytes) -> Database:
    for name in FOLDERS:
        (home / name).mkdir(exist_ok=True)
    disk.clear_leftovers(home / "tmp", LEFTOVERS, LEFTOVER_AGE_S)
    database = Database(OpenFile(home, key, keys.generation), keys)
    try:
        with connect.told(home, lambda: False):
            migrate.upgrade(database._store.writers)
        if keys.next_file_key is not None:
            with suppress(StoreBusy):  # somebody reads the old pages: the next start ends it
                database.finish_rotation()
    except BaseException:
        database.close()
        raise
    return database
