"""The bytes of photos and scans, kept once by their content: whole, or on their way in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Integer, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, instant_text, now_text
from data.changes import touch

PART_BYTES = 64 * 1024
UNFINISHED_DAYS = 30
ASKED_AT_ONCE = 500


class Blob(Base):
    """One content by the SHA-256 of its bytes: a photo, a scan, or the small picture of one.

    `kept` of its `size` bytes lie here; `sent` of them the server said it has. `asked_at`: somebody
    wants it carried over any line. `damaged` counts how often what lay here was not what its name
    says, so that it had to be asked for again; `seen_at` is when its last byte came.
    """

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Integer)
    kept: Mapped[int] = mapped_column(Integer, default=0)
    sent: Mapped[int] = mapped_column(Integer, default=0)
    damaged: Mapped[int] = mapped_column(Integer, default=0)
    asked_at: Mapped[str | None] = mapped_column(String(24))
    seen_at: Mapped[str] = mapped_column(String(24), default=now_text)

    @property
    def whole(self) -> bool:
        """Whether all of it lies here."""
        return self.kept == self.size


class BlobPart(Base):
    """Some bytes of a content, from the place `at` on; parts follow one another without a gap."""

    __tablename__ = "blob_part"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def put(session: Session, digest: str, content: bytes) -> None:
    """Keep bytes under their digest, once."""
    blob = known(session, digest, len(content))
    if blob.whole:
        return
    _drop_parts(session, digest)
    view = memoryview(content)
    for at in range(0, len(content), PART_BYTES):
        part = bytes(view[at : at + PART_BYTES])
        session.add(BlobPart(sha256=digest, at=at, content=part))
    blob.kept, blob.seen_at = blob.size, now_text()


def known(session: Session, digest: str, size: int) -> Blob:
    """The line of a content, made when this PC has heard of it for the first time."""
    blob = session.get(Blob, digest)
    if blob is None:
        blob = Blob(sha256=digest, size=size, kept=0, sent=0, damaged=0, seen_at=now_text())
        session.add(blob)
    return blob


def standing(session: Session, digests: Sequence[str]) -> dict[str, Blob]:
    """How contents stand here, of those that this PC has a line of."""
    found: dict[str, Blob] = {}
    for start in range(0, len(digests), ASKED_AT_ONCE):
        some = digests[start : start + ASKED_AT_ONCE]
        lines = session.scalars(select(Blob).where(Blob.sha256.in_(some)))
        found |= {one.sha256: one for one in lines}
    return found


def content(session: Session, digest: str) -> bytes | None:
    """The bytes of a content, None as long as they are not all here."""
    blob = session.get(Blob, digest)
    if blob is None or not blob.whole:
        return None
    return b"".join(_parts(session, digest))


def contents(session: Session, digests: Sequence[str]) -> dict[str, bytes]:
    """Several small contents at once, of those that are here whole."""
    whole = [digest for digest, blob in standing(session, digests).items() if blob.whole]
    found = dict.fromkeys(whole, b"")
    for start in range(0, len(whole), ASKED_AT_ONCE):
        some = whole[start : start + ASKED_AT_ONCE]
        query = select(BlobPart.sha256, BlobPart.content).where(BlobPart.sha256.in_(some))
        for digest, part in session.execute(query.order_by(BlobPart.sha256, BlobPart.at)):
            found[digest] += part
    return found


def piece(session: Session, digest: str, at: int, size: int) -> bytes:
    """Bytes of a content from a place on: at most so many, and no more than one part holds."""
    query = (
        select(BlobPart.at, BlobPart.content)
        .where(BlobPart.sha256 == digest, BlobPart.at <= at)
        .order_by(BlobPart.at.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return found.content[at - found.at : at - found.at + size] if found else b""


def add_piece(session: Session, blob: Blob, at: int, part: bytes) -> None:
    """Keep what is new of some bytes of a content; bytes after a gap are left."""
    news = part[blob.kept - at :] if at <= blob.kept else b""
    if not news or at + len(part) > blob.size:
        return
    session.add(BlobPart(sha256=blob.sha256, at=blob.kept, content=news))
    blob.kept += len(news)
    blob.seen_at = now_text()
    session.flush()


def finish(session: Session, blob: Blob) -> bool:
    """All bytes came: tell the pages that show it, or throw away what is not what its name says."""
    if is_sound(session, blob.sha256):
        touch(session, "attachment")
        return True
    discard(session, blob)
    return False


def is_sound(session: Session, digest: str) -> bool:
    """Whether the bytes that lie here are those that the name says, read part by part."""
    summed = hashlib.sha256()
    for part in _parts(session, digest):
        summed.update(part)
    return summed.hexdigest() == digest


def discard(session: Session, blob: Blob) -> None:
    """What lies here is not what its name says: it is gone and will be asked for again."""
    _drop_parts(session, blob.sha256)
    blob.kept = blob.sent = 0
    blob.damaged += 1
    touch(session, "attachment")


def forget(session: Session, digest: str) -> None:
    """Nothing here names this content any more."""
    _drop_parts(session, digest)
    session.execute(delete(Blob).where(Blob.sha256 == digest))


def sent_anew(session: Session, digests: Sequence[str] | None = None) -> None:
    """The server lost these contents, or (None) may have lost any: asked and sent once more."""
    lost = update(Blob).where(Blob.sent > 0).values(sent=0)
    if digests is not None:
        lost = lost.where(Blob.sha256.in_(digests))
    session.execute(lost, execution_options={"synchronize_session": False})


def forget_unfinished(session: Session, now: datetime | None = None) -> None:
    """Halves of contents that nothing was added to for thirty days make room."""
    oldest = instant_text((now or datetime.now(UTC)) - timedelta(days=UNFINISHED_DAYS))
    half = select(Blob.sha256).where(Blob.kept > 0, Blob.kept < Blob.size, Blob.seen_at < oldest)
    for digest in session.scalars(half).all():
        _drop_parts(session, digest)
        blob = session.get_one(Blob, digest)
        blob.kept = 0


def _parts(session: Session, digest: str) -> Iterator[bytes]:
    query = select(BlobPart.content).where(BlobPart.sha256 == digest).order_by(BlobPart.at)
    yield from session.scalars(query.execution_options(yield_per=4))


def _drop_parts(session: Session, digest: str) -> None:
    session.flush()
    gone = delete(BlobPart).where(BlobPart.sha256 == digest)
    session.execute(gone, execution_options={"synchronize_session": "fetch"})
