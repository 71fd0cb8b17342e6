"""How much each worker has: cases that go on by status, what is late, the latest contact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from data.records import coming
from data.records.care_case import CareCase
from data.records.coming_event import LIVE, Asked
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


def workers_of(session: Session, case_ids: Collection[str]) -> Mapping[str, str]:
    """Who works on each of some cases (at most 500) now."""
    rows = session.execute(select(CareCase.id, CareCase.worker).where(CareCase.id.in_(case_ids)))
    return {case_id: worker or "" for case_id, worker in rows}


def handed_on(session: Session, worker: str, since: str) -> list[tuple[str, str, str]]:
    """(case, who has it now, instant) of what a worker's cases became, since an instant.

    Of a case that went through several hands the last one counts.
    """
    found = (
        select(History.row_id, CareCase.worker, func.max(History.at))
        .join(CareCase, CareCase.id == History.row_id)
        .where(
            FROM_HAND_TO_HAND,
            History.source == f"{REASSIGNED}{worker}",
            History.entity == "care_case",
            History.at >= since,
            CareCase.deleted_at.is_(None),
            func.coalesce(CareCase.worker, "") != worker,
        )
        .group_by(History.row_id, CareCase.worker)
    )
    rows = session.execute(found.order_by(CareCase.worker, CareCase.case_number, History.row_id))
    return [(case_id, now or "", at) for case_id, now, at in rows]
