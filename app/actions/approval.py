"""The approval desk: approve, return with a reason, take back; nobody decides on his own work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import amendment, field_values, person_checks
from app.actions.person import SLICE_ROWS_MAX, decide, found
from app.errors import Problem, Refused
from app.values.person import ApprovalResult, PeopleFilter
from app.workspace import Workspace
from data import history
from data.records import approval as records
from data.records import cold_start, people
from data.records.approval import Amendment
from data.records.person import Person

WAITING = PeopleFilter(pending=True)
"""Who stands at the desk: waiting persons, and approved ones with waiting changes."""


def approve(ws: Workspace, ids: Sequence[str], bulk: bool = False) -> ApprovalResult:
    """Approve waiting persons ("được duyệt tiếp nhận") and waiting changes of approved ones.

    Each person is decided alone: whoever cannot be approved is skipped and named with the reason.
    In bulk, persons with open warnings are skipped too; look at them one by one.
    Raises Refused (`not_allowed`) when the user may not approve at all.
    """
    ws.demand("approve")
    approved: list[str] = []
    received: list[str] = []
    skipped: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        some = ids[start : start + SLICE_ROWS_MAX]
        with ws.db.write(ws.author()) as session:
            rows = people.with_ids(session, some)
            waited = {one.id for one in rows if one.status == "waiting"}
            known = _known(session, rows)
            for person_id in some:
                problem = _approve_one(ws, session, person_id, known, bulk)
                if problem is not None:
                    skipped.append(problem)
                    continue
                approved.append(person_id)
                received += [person_id] if person_id in waited else []
    return ApprovalResult(tuple(approved), tuple(skipped), received=tuple(received))


def return_(ws: Workspace, ids: Sequence[str], reason: str) -> tuple[Problem, ...]:
    """Return waiting persons (or waiting changes) to who wrote them, with a reason."""
    ws.demand("approve")
    why = field_values.reason(reason)
    problems: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for person_id in ids[start : start + SLICE_ROWS_MAX]:
                problem = _return_one(ws, session, person_id, why)
                problems += [problem] if problem else []
    return tuple(problems)


def take_back(ws: Workspace, ids: Sequence[str]) -> tuple[Problem, ...]:
    """Take the return of persons (or of their changes) back: they wait at the desk again.

    Each is decided alone: what was written, sent or approved since is named and left.
    """
    ws.demand("approve")
    problems: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for person_id in ids[start : start + SLICE_ROWS_MAX]:
                problem = _take_back_one(ws, session, person_id)
                problems += [problem] if problem else []
    return tuple(problems)


def undo(ws: Workspace, person_id: str, reason: str) -> None:
    """Take an approval back, with a reason; the person waits at the desk again."""
    ws.demand("approve")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        _undo_one(ws, session, person_id, why)


def undo_many(ws: Workspace, ids: Sequence[str], reason: str) -> tuple[Problem, ...]:
    """Take the approval of many back with one reason (`ApprovalResult.received` of a bulk).

    Each is decided alone, as in `approve`: who is not approved any more is named and left.
    """
    ws.demand("approve")
    why = field_values.reason(reason)
    problems: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for person_id in ids[start : start + SLICE_ROWS_MAX]:
                try:
                    _undo_one(ws, session, person_id, why)
                except Refused as refused:
                    problems += refused.problems
    return tuple(problems)


def _undo_one(ws: Workspace, session: Session, person_id: str, why: str) -> None:
    person = found(session, person_id)
    if person.status != "approved":
        raise Refused.one("not_approved", "id", person_id, name=person.name)
    decide(ws, session, person, "undone", why)


def _return_one(ws: Workspace, session: Session, person_id: str, reason: str) -> Problem | None:
    person = session.get(Person, person_id)
    if person is None or person.deleted_at:
        return Problem.of("person_unknown", "id", person_id)
    waiting = records.waiting_amendment(session, person_id)
    if person.status == "waiting":
        decide(ws, session, person, "returned", reason)
    elif waiting is not None:
        amendment.settle(ws, session, waiting, "returned", reason)
    else:
        return Problem.of("not_waiting", "id", person_id, name=person.name)
    return None


def _take_back_one(ws: Workspace, session: Session, person_id: str) -> Problem | None:
    person = session.get(Person, person_id)
    if person is None or person.deleted_at:
        return Problem.of("person_unknown", "id", person_id)
    last = records.last_amendment(session, person_id)
    if person.status == "returned":
        decide(ws, session, person, "taken_back")
    elif person.status == "approved" and last is not None and last.state == "returned":
        amendment.wait_again(last)
    else:
        return Problem.of("not_returned", "id", person_id, name=person.name)
    return None


@dataclass(frozen=True, slots=True)
class _Known:
    """What deciding on many asks once: the waiting change of each, whose work it is, and whose
    history is not here yet."""

    asked: Mapping[str, str]
    authors: Mapping[str, frozenset[str]]
    coming: frozenset[str]


def _known(session: Session, rows: Sequence[Person]) -> _Known:
    """Of at most 500 persons."""
    approved = [one.id for one in rows if one.status == "approved"]
    asked = records.waiting_amendments(session, approved)
    own = [one.id for one in rows if one.id not in asked]
    coming = cold_start.without_history(session, "person", own)
    late = cold_start.without_history(session, "amendment", list(asked.values()))
    coming |= {person_id for person_id, amendment_id in asked.items() if amendment_id in late}
    by = authors(session, [(one.id, asked.get(one.id)) for one in rows])
    return _Known(asked, by, frozenset(coming))


def _approve_one(
    ws: Workspace, session: Session, person_id: str, known: _Known, bulk: bool
) -> Problem | None:
    person = session.get(Person, person_id)
    if person is None or person.deleted_at:
        return Problem.of("person_unknown", "id", person_id)
    asked = known.asked.get(person_id) if person.status == "approved" else None
    waiting = session.get(Amendment, asked) if asked else None
    if person.status != "waiting" and (waiting is None or waiting.state != "waiting"):
        return Problem.of("not_waiting", "id", person_id, name=person.name)
    if person_id in known.coming:
        return Problem.of("history_still_coming", "id", person_id, name=person.name)
    if ws.user.login in known.authors[person_id]:
        return Problem.of("approver_is_author", "id", person_id, name=person.name)
    if bulk:
        warnings = person_checks.warnings(session, person)
        if warnings:
            why = warnings[0].message
            return Problem.of("open_warning", "id", person_id, name=person.name, why=why)
    if waiting is not None:
        if amendment.outdated(waiting, person):
            return Problem.of("amendment_outdated", "id", person_id, name=person.name)
        amendment.settle(ws, session, waiting, "approved")
    else:
        decide(ws, session, person, "approved")
    return None


def authors(
    session: Session, waiting: Sequence[tuple[str, str | None]]
) -> dict[str, frozenset[str]]:
    """For each (person id, id of its waiting amendment or None) whose work it is.

    A record that waits is the work of who wrote its needs, accidents and files as well; of changes
    that wait of who asked for them.
    """
    persons = [person_id for person_id, amendment_id in waiting if amendment_id is None]
    asked = [amendment_id for _, amendment_id in waiting if amendment_id is not None]
    found = history.writers_of(session, "person", persons)
    found |= history.writers_of(session, "amendment", asked)
    return {
        person_id: found.get(amendment_id or person_id, frozenset())
        for person_id, amendment_id in waiting
    }
