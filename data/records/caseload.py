"""How much each worker has: cases that go on by status, what is late, the latest contact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select, text
from sqlalchemy.orm import Session

from data.records import coming
from data.records.care_case import CareCase
from data.records.coming_event import LIVE, Asked
from data.records.task import OPEN, Task
from data.records.trace import History

REASSIGNED = "reassigned:"
"""How the source of an edit begins that gives a case of one worker to another."""
FROM_HAND_TO_HAND = text("source GLOB 'reassigned:*'")


@dataclass(slots=True)
class Load:
    """Of one worker: cases by status, how many events are late, the day of the latest contact."""

    status: dict[str, int] = field(default_factory=dict)
    late: int = 0
    contact_on: str = ""


def of_everybody(session: Session, today: str, yesterday: str) -> dict[str, Load]:
    """The load of every worker who has a case that goes on or something late; "" is nobody."""
    found: dict[str, Load] = {}
    worker = func.coalesce(CareCase.worker, "")
    gone, latest = coming.hidden(), func.max(func.coalesce(CareCase.contact_on, ""))
    cases = select(worker, CareCase.case_status, func.count(), latest).where(LIVE)
    cases = cases.outerjoin(gone, gone.c.id == CareCase.person_id).where(gone.c.id.is_(None))
    for who, status, number, day in session.execute(cases.group_by(worker, CareCase.case_status)):
        load = found.setdefault(who, Load())
        load.status[status or ""] = number
        load.contact_on = max(load.contact_on, day)
    for who, number in coming.by_worker(session, Asked(today, yesterday)).items():
        found.setdefault(who, Load()).late = number
    return found


def has_work(session: Session, worker: str) -> bool:
    """Whether a case or a task, also an old one, stands in this name."""
    named = (
        select(kind.id).where(kind.worker == worker, kind.deleted_at.is_(None)).limit(1)
        for kind in (CareCase, Task)
    )
    return any(session.scalar(one) is not None for one in named)


def workers_of(session: Session, case_ids: Collection[str]) -> Mapping[str, str]:
    """Who works on each of some cases (at most 500) now."""
    rows = session.execute(select(CareCase.id, CareCase.worker).where(CareCase.id.in_(case_ids)))
    return {case_id: worker or "" for case_id, worker in rows}


def give(session: Session, row: CareCase | Task, worker: str) -> None:
    """Let somebody else do the work; the history says out of whose hands it came."""
    if (row.worker or "") != worker:
        session.info.setdefault("sources", {})[row.id] = f"{REASSIGNED}{row.worker or ''}"
        row.worker = worker


def handed_on(session: Session, worker: str, since: str) -> list[tuple[str, str]]:
    """(case, who has it now) of what a worker's cases became, since an instant.

    Of a case that went through several hands the last one counts.
    """
    found = _handed(CareCase, worker, since)
    rows = session.execute(found.order_by(CareCase.worker, CareCase.case_number, CareCase.id))
    return [(case_id, now or "") for case_id, now in rows]


def tasks_handed_on(session: Session, worker: str, since: str) -> list[Task]:
    """The tasks by hand that went out of a worker's hands since an instant, by day."""
    ids = [task_id for task_id, _now in session.execute(_handed(Task, worker, since))]
    found = select(Task).where(Task.id.in_(ids), Task.task_status == OPEN)
    return list(session.scalars(found.order_by(Task.worker, Task.due_on, Task.id)))


def _handed(
    kind: type[CareCase] | type[Task], worker: str, since: str
) -> Select[tuple[str, str | None]]:
    return (
        select(kind.id, kind.worker)
        .join(History, History.row_id == kind.id)
        .where(
            FROM_HAND_TO_HAND,
            History.source == f"{REASSIGNED}{worker}",
            History.entity == kind.__tablename__,
            History.at >= since,
            kind.deleted_at.is_(None),
            func.coalesce(kind.worker, "") != worker,
        )
        .distinct()
    )
