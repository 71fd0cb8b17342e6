"""How much each worker has: cases that go on by status, what is late, the latest contact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from data.records import coming
from data.records.care_case import CareCase
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
    mine = (coming.LIVE, CareCase.person_id.not_in(coming.hidden()))
    cases = select(worker, CareCase.case_status, func.count()).where(*mine)
    for who, status, number in session.execute(cases.group_by(worker, CareCase.case_status)):
        found.setdefault(who, Load()).status[status or ""] = number
    latest = select(worker, func.max(CareCase.contact_on)).where(*mine).group_by(worker)
    for who, day in session.execute(latest):
        found[who].contact_on = day or ""
    for who, number in coming.by_worker(session, coming.Asked(today, yesterday)).items():
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
