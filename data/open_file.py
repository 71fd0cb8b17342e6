"""What all people signed in on one open store share: connections, queue, gate, listeners."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy.orm import sessionmaker

from data import capture, changes, connect, in_use, keyfile, telling
from data.changes import Changes, Listener
from data.errors import KeyFileMissing, StoreDamaged
from data.turns import Gate, WriterQueue


class OpenFile:
    """One store file, open; `file_key` and `generation` change when the keys are rotated."""

    def __init__(self, home: Path, file_key: bytes, generation: int) -> None:
        self.home = home
        self.file_key = file_key
        self.generation = generation
        self.queue = WriterQueue()
        self.gate = Gate()
        self.seen = keyfile.fingerprint(home)
        self.listeners: list[Listener] = []
        self.listeners_guard = threading.Lock()
        self.readers = connect.reader_engine(home, lambda: self.file_key)
        self.writers = connect.writer_engine(home, lambda: self.file_key)
        self.read_sessions = sessionmaker(self.readers, expire_on_commit=False)
        self.write_sessions = sessionmaker(self.writers, expire_on_commit=False)
        telling.attach(self.read_sessions)
        capture.attach(self.write_sessions)
        changes.note(self.write_sessions)
        self.copies: dict[str, OpenFile] = {}
        """Copies of other offices' books that were opened through this store; see office_copy."""
        self.copies_guard = threading.Lock()
        self.closed = False
        in_use.opened(home)

    def keys_changed(self) -> bool:
        """True when the key file says that the keys were or are being changed elsewhere."""
        try:
            keys = keyfile.load(self.home)
            return keys.rotating or keys.generation != self.generation
        except (KeyFileMissing, StoreDamaged):
            return False

    def dispose(self) -> None:
        """Close the connections that nobody uses; the next use opens new ones."""
        self.readers.dispose()
        self.writers.dispose()

    def close(self) -> None:
        """Give the file back; closing twice is closing once."""
        with self.copies_guard:
            copies, self.copies = self.copies, {}
        for copy in copies.values():
            copy.close()
        self.dispose()
        if not self.closed:
            self.closed = True
            in_use.closed(self.home)

    def announce(self, told: Changes) -> None:
        """Tell every listener, on this thread."""
        with self.listeners_guard:
            listeners = tuple(self.listeners)
        for listener in listeners:
            listener(told)

    def subscribe(self, callback: Listener) -> None:
        """Add a listener."""
        with self.listeners_guard:
            self.listeners.append(callback)

    def unsubscribe(self, callback: Listener) -> None:
        """Take a listener away; doing it twice is doing it once."""
        with self.listeners_guard:
            if callback in self.listeners:
                self.listeners.remove(callback)
