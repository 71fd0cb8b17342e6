"""The case of a person under case management, and the notes written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class CareCase(Travels, Base):
    """One case of one person (TT 02/2020/TT-BLĐTBXH); a person may have several in time."""

    __tablename__ = "care_case"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        opened_on: Mapped[str | None]
        open_reason: Mapped[str | None]
        worker: Mapped[str | None]
        case_status: Mapped[str | None]
        case_number: Mapped[str | None]
        closed_on: Mapped[str | None]
        close_reason: Mapped[str | None]
        close_note: Mapped[str | None]


class CaseNote(Travels, Base):
    """A note, visit or call in a case; the confidential text is under the second key."""

    __tablename__ = "case_note"

    case_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        noted_on: Mapped[str | None]
        note_kind: Mapped[str | None]
        note_text: Mapped[str | None]
        confidential: Mapped[bool | None]
        confidential_text: Mapped[str | None]


add_dictionary_columns(CareCase, "care_case")
add_dictionary_columns(CaseNote, "case_note")
Index("care_case_by_status", CareCase.case_status, CareCase.opened_on)  # type: ignore[arg-type]
