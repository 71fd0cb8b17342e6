"""A flag on a person or a case: what everybody who comes near is to know, until a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class Flag(Travels, Base):
    """One flag with its reason; it holds until `until_on`, or until somebody takes it away."""

    __tablename__ = "flag"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        flag_kind: Mapped[str | None]
        flag_reason: Mapped[str | None]
        until_on: Mapped[str | None]


add_dictionary_columns(Flag, "flag")


def of_person(session: Session, person_id: str) -> list[Flag]:
    """All flags of a person that nobody took away, newest first."""
    theirs = Flag.person_id.in_(merger.everybody(session, person_id))
    found = select(Flag).where(theirs, Flag.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Flag.created_at.desc(), Flag.id)))


def standing(session: Session, owners: Mapping[str, str], day: str) -> dict[str, list[Flag]]:
    """The flags that hold on a day, by person, newest first.

    `owners` are the ids under which their rows may lie (`merger.owners`, at most 500 persons).
    """
    found = select(Flag).where(
        Flag.person_id.in_(owners),
        Flag.deleted_at.is_(None),
        or_(Flag.until_on.is_(None), Flag.until_on >= day),
    )
    grouped: dict[str, list[Flag]] = {}
    for row in session.scalars(found.order_by(Flag.created_at.desc(), Flag.id)):
        grouped.setdefault(owners[row.person_id], []).append(row)
    return grouped
