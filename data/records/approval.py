"""Decisions on a person's record, and changes of an approved person that await one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels
from data.records import merger


class Approval(Travels, Base):
    """One decision: submitted, approved, returned, undone (an approval) or taken_back (a return).

    Written once, never changed.
    """

    __tablename__ = "approval"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)
    person_version: Mapped[int] = mapped_column(Integer)


class Amendment(Travels, Base):
    """A change of guarded fields of an approved person: what was, what is asked, what came of it.

    `changes` is a JSON object `{field: [old, new]}`; `state` is waiting, approved, returned or
    withdrawn; `decided_by` stays when a return is taken back. The person's own row keeps the
    approved values until the amendment is approved.
    """

    __tablename__ = "amendment"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    changes: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[str | None] = mapped_column(String(24))


Index("amendment_by_state", Amendment.state, Amendment.person_id)


def of_persons(session: Session, owners: Mapping[str, str]) -> dict[str, list[Approval]]:
    """The decisions on the records of many persons, oldest first.

    `owners` are the ids under which their rows may lie (`merger.owners`, at most 500 persons).
    """
    found = select(Approval).where(Approval.person_id.in_(owners), Approval.deleted_at.is_(None))
    grouped: dict[str, list[Approval]] = {}
    for row in session.scalars(found.order_by(Approval.created_at, Approval.id)):
        grouped.setdefault(owners[row.person_id], []).append(row)
    return grouped


def waiting_amendment(session: Session, person_id: str) -> Amendment | None:
    """The amendment of a person that awaits a decision; there is at most one."""
    return session.scalars(
        select(Amendment).where(Amendment.person_id == person_id, Amendment.state == "waiting")
    ).first()


def last_amendment(session: Session, person_id: str) -> Amendment | None:
    """The newest amendment of a person's own record, whatever became of it."""
    return session.scalars(
        select(Amendment)
        .where(Amendment.person_id == person_id)
        .order_by(Amendment.created_at.desc(), Amendment.id.desc())
        .limit(1)
    ).first()


def waiting_amendments(session: Session, person_ids: Sequence[str]) -> dict[str, str]:
    """Ids of the waiting amendments by person, for those of the persons who have one."""
    rows = session.execute(
        select(Amendment.person_id, Amendment.id).where(
            Amendment.person_id.in_(person_ids), Amendment.state == "waiting"
        )
    )
    return {person_id: amendment_id for person_id, amendment_id in rows}  # noqa: C416


def amendments_of(session: Session, person_id: str) -> list[Amendment]:
    """All amendments of a person, newest first."""
    return list(
        session.scalars(
            select(Amendment)
            .where(Amendment.person_id.in_(merger.everybody(session, person_id)))
            .order_by(Amendment.created_at.desc())
        )
    )


def decisions_of(session: Session, person_id: str, limit: int) -> list[Approval]:
    """The newest decisions on a person's record."""
    return list(
        session.scalars(
            select(Approval)
            .where(Approval.person_id.in_(merger.everybody(session, person_id)))
            .order_by(Approval.created_at.desc(), Approval.id.desc())
            .limit(limit)
        )
    )
