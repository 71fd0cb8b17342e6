"""How much each worker has, and giving cases of one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.actions import worker
from app.errors import Problem
from app.values.caseload import Caseload
from app.workspace import Workspace
from data.records import care_case, office
from data.records import caseload as records
from data.records.care_case import CareCase

AT_ONCE = 500


def loads(ws: Workspace) -> tuple[Caseload, ...]:
    """What every worker has, who has most first; users who have nothing stand below."""
    ws.demand("view")
    today = ws.today()
    with ws.db.read() as session:
        users = {user.login: user for user in office.users(session)}
        found = records.of_everybody(
            session, today.isoformat(), (today - timedelta(days=1)).isoformat()
        )
    working = {one.login for one in users.values() if one.active and worker.may_write(one.role)}
    for login in working:
        found.setdefault(login, records.Load())
    lines = [
        Caseload(
            login,
            users[login].full_name if login in users else login,
            login in working,
            load.status,
            load.late,
            load.contact_on,
        )
        for login, load in found.items()
    ]
    return tuple(sorted(lines, key=lambda one: (-one.cases, one.name)))


def reassign(ws: Workspace, ids: Sequence[str], to: str) -> tuple[Problem, ...]:
    """Give cases that go on (at most 500) to a user who works now; answers which could not go.

    Raises Refused (`worker_unknown`).
    """
    ws.demand("enter")
    problems: list[Problem] = []
    with ws.db.write(ws.author()) as session:
        login = worker.working(session, to)
        for case_id in ids[:AT_ONCE]:
            case = session.get(CareCase, case_id)
            if case is None or case.deleted_at:
                problems.append(Problem.of("case_unknown", "id", case_id))
            elif case.case_status in care_case.ENDED:
                problems.append(Problem.of("case_ended", "id", case_id))
            else:
                records.give(session, case, login)
    return tuple(problems)


def workers_of(ws: Workspace, ids: Sequence[str]) -> Mapping[str, str]:
    """Who works on each of some cases (at most 500) now: what taking back needs to know."""
    ws.demand("view")
    with ws.db.read() as session:
        return records.workers_of(session, ids)


def give_back(ws: Workspace, before: Mapping[str, str]) -> tuple[Problem, ...]:
    """Let cases (at most 500) be worked on by whom they were before, by case."""
    ws.demand("enter")
    problems: list[Problem] = []
    with ws.db.write(ws.author()) as session:
        for case_id, login in before.items():
            case = session.get(CareCase, case_id)
            if case is None or case.deleted_at:
                problems.append(Problem.of("case_unknown", "id", case_id))
            else:
                case.worker = login or None
    return tuple(problems)
