"""What a person says is needed, one row a need, with its state in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger


class Need(Travels, Base):
    """One need of one person; assistance is recorded apart and closes nothing by itself."""

    __tablename__ = "need"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        need_group: Mapped[str | None]
        item: Mapped[str | None]
        priority: Mapped[int | None]
        quantity: Mapped[int | None]
        declared_on: Mapped[str | None]
        declared_by: Mapped[str | None]
        need_note: Mapped[str | None]
        need_status: Mapped[str | None]
        review_on: Mapped[str | None]


add_dictionary_columns(Need, "need")
Index(
    "need_to_review",
    Need.review_on,  # type: ignore[arg-type]
    sqlite_where=Need.review_on.is_not(None),  # type: ignore[union-attr]
)


def of_person(session: Session, person_id: str) -> list[Need]:
    """The needs of a person that were not withdrawn, the most pressing first."""
    return of_persons(session, merger.owners(session, (person_id,))).get(person_id, [])


def of_persons(session: Session, owners: Mapping[str, str]) -> dict[str, list[Need]]:
    """The needs of each of many persons, as `of_person` has them.

    `owners` are the ids under which their rows may lie (`merger.owners`, at most 500 persons).
    """
    found = select(Need).where(Need.person_id.in_(owners), Need.deleted_at.is_(None))
    pressing = func.coalesce(Need.priority, 9)
    grouped: dict[str, list[Need]] = {}
    for row in session.scalars(found.order_by(pressing, Need.created_at, Need.id)):
        grouped.setdefault(owners[row.person_id], []).append(row)
    return grouped
