"""Photos and scans: the travelling record, and the bytes kept by their content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger

PHOTO = "photo"


class Attachment(Travels, Base):
    """One photo or scan of a person or a case, with the basis for keeping it."""

    __tablename__ = "attachment"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(String(36))
    consent_id: Mapped[str | None] = mapped_column(String(36))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)

    if TYPE_CHECKING:
        attachment_kind: Mapped[str | None]
        title: Mapped[str | None]
        legal_basis: Mapped[str | None]
        taken_on: Mapped[str | None]
        consent_on: Mapped[str | None]


class Blob(Base):
    """The bytes of an attachment, addressed by the SHA-256 of their content."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)


add_dictionary_columns(Attachment, "attachment")
Index("attachment_by_title", Attachment.title, sqlite_where=Attachment.deleted_at.is_(None))


def of_person(session: Session, person_id: str, removed: bool = False) -> list[Attachment]:
    """The files of a person that are kept (or those that were removed), oldest first."""
    gone = Attachment.deleted_at.is_not(None) if removed else Attachment.deleted_at.is_(None)
    theirs = Attachment.person_id.in_(merger.everybody(session, person_id))
    found = select(Attachment).where(theirs, gone)
    return list(session.scalars(found.order_by(Attachment.created_at, Attachment.id)))


def blobs_here(session: Session, digests: Sequence[str]) -> set[str]:
    """Those of the contents whose bytes are on this PC."""
    return set(session.scalars(select(Blob.sha256).where(Blob.sha256.in_(digests))))


def thumbnails(session: Session, digests: Sequence[str]) -> dict[str, bytes]:
    """Small pictures by content, of those whose bytes are on this PC."""
    rows = session.execute(
        select(Blob.sha256, Blob.thumbnail).where(
            Blob.sha256.in_(digests), Blob.thumbnail.is_not(None)
        )
    )
    return {digest: small for digest, small in rows if small is not None}


def portraits(session: Session, person_ids: Sequence[str]) -> dict[str, str]:
    """The content of the latest portrait photo of each person (at most 500) who has one."""
    owners = merger.owners(session, person_ids)
    rows = session.execute(
        select(Attachment.person_id, Attachment.sha256)
        .where(
            Attachment.person_id.in_(owners),
            Attachment.attachment_kind == PHOTO,
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.created_at, Attachment.id)
    )
    own = dict(row.tuple() for row in rows)
    theirs = {owners[one]: digest for one, digest in own.items()}
    return theirs | {one: digest for one, digest in own.items() if owners[one] == one}


def put_blob(session: Session, digest: str, content: bytes, thumbnail: bytes | None) -> None:
    """Keep bytes under their digest, once."""
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, content=content, thumbnail=thumbnail))


def drop_unused(session: Session, digests: Sequence[str]) -> None:
    """Forget the bytes of contents that no record here names any more."""
    used = set(session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(digests))))
    for digest in set(digests) - used:
        blob = session.get(Blob, digest)
        if blob is not None:
            session.delete(blob)
