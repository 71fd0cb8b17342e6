"""What a person says is needed, one row a need, with its state in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger, search_words
from data.records.person import Person


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


class NeedStep(Travels, Base):
    """How a need stood from a day on, and why: one row for each change of its status."""

    __tablename__ = "need_step"

    need_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("need.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        step_status: Mapped[str | None]
        step_on: Mapped[str | None]
        step_reason: Mapped[str | None]


add_dictionary_columns(Need, "need")
add_dictionary_columns(NeedStep, "need_step")
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


def steps_of(session: Session, need_ids: Sequence[str]) -> dict[str, list[NeedStep]]:
    """How needs (at most 500) stood in time, by need, the first first."""
    found = select(NeedStep).where(NeedStep.need_id.in_(need_ids), NeedStep.deleted_at.is_(None))
    grouped: dict[str, list[NeedStep]] = {}
    for row in session.scalars(found.order_by(NeedStep.created_at, NeedStep.id)):
        grouped.setdefault(row.need_id, []).append(row)
    return grouped


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on needs; empty ones do not count. `due_by` is an ISO day."""

    groups: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    query: str = ""
    due_by: str = ""


def page(
    session: Session, wanted: Wanted, limit: int, offset: int = 0
) -> list[tuple[Need, Person]]:
    """Needs that fit with their persons, the most pressing first; a due one by its day."""
    pressing = func.coalesce(Need.priority, 9)
    order = (Need.review_on, pressing) if wanted.due_by else (pressing, Need.declared_on)
    found = _fitting(session, select(Need, Person), wanted).order_by(*order, Need.id)
    return [(need, who) for need, who in session.execute(found.limit(limit).offset(offset))]


def count(session: Session, wanted: Wanted) -> tuple[int, int]:
    """How many needs fit, and of how many persons: a report prints both (lượt, người)."""
    found = _fitting(session, select(func.count(), func.count(func.distinct(Person.id))), wanted)
    needs, persons = session.execute(found).one()
    return needs, persons


def _fitting(session: Session, rows: Select[Any], wanted: Wanted) -> Select[Any]:
    rows = merger.with_person(rows.select_from(Need), Need.person_id)
    rows = rows.where(Need.deleted_at.is_(None), Person.deleted_at.is_(None))
    for column, values in (
        (Need.need_group, wanted.groups),
        (Need.item, wanted.items),
        (Need.need_status, wanted.statuses),
    ):
        if values:
            rows = rows.where(column.in_(values))  # type: ignore[union-attr]
    if wanted.communes:
        places = (Person.commune, Person.current_commune)
        rows = rows.where(or_(*(place.in_(wanted.communes) for place in places)))
    rows = rows.where(*search_words.of_person(session, wanted.query))
    if wanted.due_by:
        rows = rows.where(Need.review_on <= wanted.due_by)
    return rows
