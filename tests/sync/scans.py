"""Photos and scans for sync's stories: bytes that nobody can shrink, with a small picture each."""

from __future__ import annotations

import hashlib
from random import Random

from sqlalchemy import select

from data.database import Author
from data.records import blob
from data.records.attachment import Attachment
from data.records.blob import Blob
from sync.server import store
from tests.sync.parts import Central, Pc

KB = 1024


def noise(seed: int, size: int) -> bytes:
    """Bytes as a camera would make them, the same for a seed."""
    return Random(seed).randbytes(size)


def scan(pc: Pc, person_id: str, content: bytes, small: bytes | None = None) -> str:
    """minh keeps a scan of a person; the id of its record."""
    little = noise(len(content), 6 * KB) if small is None else small
    digest, tiny = (hashlib.sha256(one).hexdigest() for one in (content, little))
    with pc.db.write(Author("minh")) as session:
        blob.put(session, digest, content)
        blob.put(session, tiny, little)
        row = Attachment(
            office_id=pc.office_id,
            person_id=person_id,
            sha256=digest,
            small_sha256=tiny,
            small_size=len(little),
            mime="image/jpeg",
            width=40,
            height=30,
            size=len(content),
        )
        session.add(row)
        session.flush()
        return row.id


def here(pc: Pc, row_id: str) -> tuple[bytes | None, bytes | None]:
    """The original and the small picture of a scan, as far as they are on this PC."""
    with pc.db.read() as session:
        row = session.get(Attachment, row_id)
        if row is None:
            return None, None
        return blob.content(session, row.sha256), blob.content(session, row.small_sha256 or "")


def line_of(pc: Pc, content: bytes) -> Blob | None:
    """How a content stands on a PC."""
    with pc.db.read() as session:
        return session.get(Blob, hashlib.sha256(content).hexdigest())


def on_server(server: Central) -> dict[str, int]:
    """Bytes that the server has of each content of the office, by name."""
    with server.opened() as opened, opened.read() as connection:
        office = select(store.office.c.id).where(store.office.c.name == server.office)
        own = store.blob.c.office_id == connection.scalar(office)
        lines = connection.execute(select(store.blob).where(own))
        return {line.sha256: line.kept for line in lines}
