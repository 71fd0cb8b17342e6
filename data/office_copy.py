"""Copies of other offices' books on a PC that may read them: a store of its own for each office.

Nothing of them lies in the office's own store but the key: whoever takes the key away has taken the
copy away. Backups leave them out, for the server gives them again. Only what comes from the server
is written into one.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import Session

from data import connect, database, disk, migrate
from data.database import FROM_SERVER, Author, Database
from data.errors import NotAllowed
from data.keyring import OpenKeys
from data.open_file import OpenFile
from data.records.office import Office

FOLDER = "offices"
KEY_BYTES = 32
GONE = "copy_gone"
READ_ONLY = "other_office_read_only"


class OfficeCopy(Database):
    """The book of another office, as somebody of this one reads it."""

    def __init__(self, book: Database, store: OpenFile) -> None:
        super().__init__(store, OpenKeys("", store.file_key, None, b""))
        self._book = book

    @contextmanager
    def read(self) -> Iterator[Session]:
        """As Database.read. Raises NotAllowed (`copy_gone`) when the copy was taken away."""
        if not connect.path_in(self.home).exists():
            raise NotAllowed(GONE)
        with super().read() as session:
            yield session

    @contextmanager
    def write(self, author: Author) -> Iterator[Session]:
        """As Database.write, for what comes from the server. Raises NotAllowed
        (`other_office_read_only`) for everybody else: no action gets past this."""
        if not author.source.startswith(FROM_SERVER):
            raise NotAllowed(READ_ONLY)
        with super().write(author) as session:
            yield session

    def signed_in(self, login: str, password: str) -> Database:
        """One more person signs in to the office's own store."""
        return self._book.signed_in(login, password)

    def still_opens(self, password: str) -> bool:
        """The password is that of the office's own store."""
        return self._book.still_opens(password)

    def _follow(self) -> None:
        """A copy has no key file: its key lies in the office's own store and never changes."""


def folder(book: Database, scope: str) -> Path:
    """Where the copy of an office lies."""
    return book.home / FOLDER / str(uuid.UUID(scope))


def exists(book: Database, scope: str) -> bool:
    """Whether there is a copy of this office."""
    return connect.path_in(folder(book, scope)).exists()


def begin(book: Database, office: Office) -> bytes:
    """Make an empty copy of an office, in the place of a former one; its new key."""
    remove(book, office.id)
    key, place = os.urandom(KEY_BYTES), folder(book, office.id)
    with disk.told(place):
        place.mkdir(parents=True)
        disk.keep_private(place)
    database.make_file(place, OpenKeys("", key, None, b""))
    with opened(book, office.id, key).write(Author("", FROM_SERVER)) as session:
        session.add(office)
    return key


def opened(book: Database, scope: str, key: bytes) -> OfficeCopy:
    """The copy of an office, open as long as the office's own store is. Raises StoreDamaged."""
    copies = book.store.copies
    with book.store.copies_guard:
        if scope not in copies:
            place = folder(book, scope)
            store = OpenFile(place, key, 0)
            try:
                with connect.told(place, lambda: False):
                    migrate.upgrade(store.writers)
            except BaseException:
                store.close()
                raise
            copies[scope] = store
        return OfficeCopy(book, copies[scope])


def remove(book: Database, scope: str) -> None:
    """Take a copy from this PC: it is closed and its files go."""
    with book.store.copies_guard:
        store = book.store.copies.pop(scope, None)
    if store is not None:
        store.close()
    place = folder(book, scope)
    if place.exists():
        with disk.told(place):
            shutil.rmtree(place)
