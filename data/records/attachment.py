"""Photos and scans: the travelling record; its bytes are contents of their own (`blob`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import blob, merger
from data.records.transfer import Departed

PHOTO = "photo"


class Attachment(Travels, Base):
    """One photo or scan of a person, a case or an application, with the basis for keeping it.

    The record is sound without its bytes, which follow by themselves: `sha256` names the original,
    `small_sha256` its small picture. Of a confidential one both are locked with a key of its own;
    `sealed` holds that key and the title as a restricted value, so the server opens neither.
    """

    __tablename__ = "attachment"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(String(36))
    consent_id: Mapped[str | None] = mapped_column(String(36))
    application_id: Mapped[str | None] = mapped_column(String(36))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    small_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    small_size: Mapped[int | None] = mapped_column(Integer)
    sealed: Mapped[str | None] = mapped_column(Text)

    if TYPE_CHECKING:
        attachment_kind: Mapped[str | None]
        title: Mapped[str | None]
        legal_basis: Mapped[str | None]
        taken_on: Mapped[str | None]
        consent_on: Mapped[str | None]


add_dictionary_columns(Attachment, "attachment")
Index("attachment_by_application", Attachment.application_id)
Index("attachment_by_title", Attachment.title, sqlite_where=Attachment.deleted_at.is_(None))


def of_person(session: Session, person_id: str, removed: bool = False) -> list[Attachment]:
    """The files of a person that are kept (or those that were removed), oldest first."""
    gone = Attachment.deleted_at.is_not(None) if removed else Attachment.deleted_at.is_(None)
    theirs = Attachment.person_id.in_(merger.everybody(session, person_id))
    found = select(Attachment).where(theirs, gone)
    return list(session.scalars(found.order_by(Attachment.created_at, Attachment.id)))


def of_application(session: Session, application_id: str) -> list[Attachment]:
    """The kept copies of papers that were shown with an application, oldest first."""
    found = select(Attachment).where(
        Attachment.application_id == application_id, Attachment.deleted_at.is_(None)
    )
    return list(session.scalars(found.order_by(Attachment.created_at, Attachment.id)))


def portraits(session: Session, person_ids: Sequence[str]) -> dict[str, str]:
    """The small picture of the latest portrait photo of each person (at most 500) who has one;
    confidential ones are left out."""
    owners = merger.owners(session, person_ids)
    rows = session.execute(
        select(Attachment.person_id, Attachment.small_sha256)
        .where(
            Attachment.small_sha256.is_not(None),
            Attachment.sealed.is_(None),
            Attachment.person_id.in_(owners),
            Attachment.attachment_kind == PHOTO,
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.created_at, Attachment.id)
    )
    own = {person_id: digest for person_id, digest in rows if digest is not None}
    theirs = {owners[one]: digest for one, digest in own.items()}
    return theirs | {one: digest for one, digest in own.items() if owners[one] == one}


def drop_unused(session: Session, digests: Sequence[str]) -> None:
    """Forget the bytes of contents that no record here names any more, nor the copy that is kept
    of somebody else who left."""
    named = (Attachment.sha256, Attachment.small_sha256)
    used = {one for name in named for one in session.scalars(select(name).where(name.in_(digests)))}
    for digest in set(digests) - used:
        kept = select(Departed.person_id).where(Departed.content.contains(digest))
        if session.scalar(kept.limit(1)) is None:
            blob.forget(session, digest)
