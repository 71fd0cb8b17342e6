"""Photos and scans: the travelling record, and the bytes kept by their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class Attachment(Travels, Base):
    """One photo or scan of a person or a case, with the basis for keeping it."""

    __tablename__ = "attachment"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(String(36))
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


class Blob(Base):
    """The bytes of an attachment, addressed by the SHA-256 of their content."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)


add_dictionary_columns(Attachment, "attachment")
