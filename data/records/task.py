"""A task: what somebody is to do on a day, written by hand or the answer to a coming event."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger

TASK_NAMESPACE = UUID("2f1d6c0a-93b7-4c55-8a3e-6d0e7b1f5a42")
OPEN, DONE = "open", "done"


class Task(Travels, Base):
    """A task of the office, of a person or of a case.

    One by hand has a title. One by rule says only what became of a coming event (`rule`, `ref_id`,
    `ref_on` are its kind, the record it follows from and its computed day): done, or put off until
    `due_on`. It counts as long as the event itself does.
    """

    __tablename__ = "task"

    person_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    case_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    rule: Mapped[str | None] = mapped_column(String(24))
    ref_id: Mapped[str | None] = mapped_column(String(36))
    ref_on: Mapped[str | None] = mapped_column(String(10))

    if TYPE_CHECKING:
        title: Mapped[str | None]
        due_on: Mapped[str | None]
        worker: Mapped[str | None]
        task_status: Mapped[str | None]
        done_on: Mapped[str | None]
        task_note: Mapped[str | None]


add_dictionary_columns(Task, "task")
Index("task_by_day", Task.task_status, Task.due_on)  # type: ignore[arg-type]
Index("task_by_event", Task.ref_id, Task.rule, Task.ref_on)


def id_by_rule(rule: str, ref_id: str, ref_on: str) -> str:
    """The id of what became of a coming event: the same on every PC that answers it."""
    return str(uuid5(TASK_NAMESPACE, f"{rule}/{ref_id}/{ref_on}"))


def of_person(session: Session, person_id: str) -> list[Task]:
    """The tasks by hand about a person, open ones first, by day."""
    theirs = Task.person_id.in_(merger.everybody(session, person_id))
    found = select(Task).where(theirs, Task.deleted_at.is_(None), Task.rule.is_(None))
    ordered = found.order_by(Task.task_status.desc(), Task.due_on, Task.id)
    return list(session.scalars(ordered))


def open_of(session: Session, worker: str) -> list[Task]:
    """The open tasks by hand of one worker, by day."""
    found = select(Task).where(
        Task.worker == worker,
        Task.task_status == OPEN,
        Task.deleted_at.is_(None),
        Task.rule.is_(None),
    )
    return list(session.scalars(found.order_by(Task.due_on, Task.id)))


def count_overdue(session: Session, case_id: str, person_id: str, today: str) -> int:
    """How many open tasks by hand of a case, or of its person alone, were due before a day."""
    theirs = (Task.person_id.in_(merger.everybody(session, person_id)), Task.case_id.is_(None))
    found = select(func.count()).where(
        or_(Task.case_id == case_id, and_(*theirs)),
        Task.task_status == OPEN,
        Task.due_on < today,  # type: ignore[operator]
        Task.deleted_at.is_(None),
        Task.rule.is_(None),
    )
    return session.scalar(found.select_from(Task)) or 0
