"""Photos and scans on a stick: which go with an envelope, and what came back with an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.database import Database
from data.records import blob, blob_waiting
from data.records.blob_waiting import Line
from sync import blob as words
from sync import photos_kept
from sync.blob import FetchAnswer, KeptAnswer, Part
from sync.photos_kept import Came, Noted
from sync.state import Device

WANTED_MAX = 2000
"""So many names fit into the question; the next stick asks for more."""

PART_EXTRA_BYTES = 1024
ROOM_LEFT_BYTES = 256 * 1024
"""For the answer, which comes back on the same stick."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Contents that go (small pictures first), how many had no room, and what is wanted back."""

    lines: tuple[Line, ...]
    left: int
    wanted: tuple[str, ...]

    @property
    def parts(self) -> int:
        """How many frames they make."""
        return sum(_parts_of(size) for _digest, size in self.lines)


def chosen(database: Database, room: int) -> Chosen:
    """As many contents that the server does not have as the stick has room for."""
    with database.read() as session:
        waiting = blob_waiting.to_send(session, "small") + blob_waiting.to_send(session, "all")
        lacking = blob_waiting.to_fetch(session, "small") + blob_waiting.to_fetch(session, "all")
    room -= ROOM_LEFT_BYTES
    fits: list[Line] = []
    for digest, size in waiting:
        room -= size + _parts_of(size) * PART_EXTRA_BYTES
        if room < 0:
            break
        fits.append((digest, size))
    wanted = tuple(digest for digest, _size in lacking[:WANTED_MAX])
    return Chosen(tuple(fits), len(waiting) - len(fits), wanted)


def parts(database: Database, photos: Chosen) -> Iterator[Part]:
    """Their bytes, part by part: whatever the server has already does no harm."""
    for digest, size in photos.lines:
        at = 0
        while at < size:
            with database.read() as session:
                content = blob.piece(session, digest, at, words.CHUNK_BYTES_MAX)
            if not content:
                break  # damaged: a round over the line finds that out and asks for it again
            yield Part(digest, size, at, content)
            at += len(content)


def noted(database: Database, device: Device, answer: KeptAnswer) -> Noted:
    """The server told what it has of the contents that were sent."""
    with database.write(device.author) as session:
        return photos_kept.note(session, answer.kept)


def came(database: Database, device: Device, answer: FetchAnswer) -> Came:
    """Parts came on a stick; those of contents that nobody wants here are left."""
    with database.write(device.author) as session:
        lines = blob_waiting.to_fetch(session, "small") + blob_waiting.to_fetch(session, "all")
        return photos_kept.keep(session, dict(lines), answer.parts)


def _parts_of(size: int) -> int:
    return -(-size // words.CHUNK_BYTES_MAX)
