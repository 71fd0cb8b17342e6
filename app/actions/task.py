"""Tasks: written by hand, or the answer to a coming event; done, taken back, put off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from app.actions import case_moves, field_values, person, worker
from app.actions.coming import BY_HAND
from app.errors import Problem, Refused
from app.values.coming import Ref
from app.values.task import TaskCard, TaskDraft
from app.workspace import Workspace
from data.base import instant_text, new_id
from data.records import caseload, coming, merger
from data.records import task as records
from data.records.coming_event import Asked
from data.records.task import DONE, OPEN, Task

WHOLE_DAY = 10
AHEAD = "9999-12-31"
BY_RECORD = coming.BY_RECORD


def add(ws: Workspace, draft: TaskDraft) -> str:
    """Write a task; answers its id. Raises Refused: task_title_needed, task_day_whole,
    person_unknown, case_unknown, or a problem for each value that cannot be taken."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        values = _values(ws, session, draft)
        values["worker"] = worker.working(session, draft.worker or ws.user.login)
        owner = draft.person_id
        if draft.case_id:
            owner = case_moves.found(session, draft.case_id).person_id
        elif owner:
            person.found(session, owner)
        row = Task(id=new_id(), office_id=ws.office.id, task_status=OPEN, **values)
        row.person_id, row.case_id = owner or None, draft.case_id or None
        session.add(row)
        return row.id


def edit(ws: Workspace, task_id: str, draft: TaskDraft) -> None:
    """Write a task by hand anew: title, day, worker, note."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = found(session, task_id)
        if worker.login_of(session, draft.worker) not in ("", row.worker):
            worker.working(session, draft.worker)
        for name, value in _values(ws, session, draft).items():
            setattr(row, name, value)


def remove(ws: Workspace, task_id: str, reason: str) -> None:
    """Take a task by hand away, with a reason."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = found(session, task_id)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def finish(ws: Workspace, ref: Ref) -> None:
    """Say that a task or a coming event is done.

    Raises Refused: event_gone, event_by_record (a note, a review or an answer says so).
    """
    ws.demand("enter")
    if ref.kind in BY_RECORD:
        raise Refused.one("event_by_record", "kind", ref.kind)
    with ws.db.write(ws.author()) as session:
        row = _answered(ws, session, ref)
        row.task_status, row.done_on = DONE, ws.today().isoformat()


def reopen(ws: Workspace, ref: Ref) -> None:
    """It is not done, after all."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = found(session, _id_of(ref))
        row.task_status, row.done_on = OPEN, None


def put_off(ws: Workspace, ref: Ref, typed: str) -> str:
    """Put a task or a coming event off to a day, or by a number of days; answers the day.

    Raises Refused: task_day_whole, task_day_past, event_gone.
    """
    ws.demand("enter")
    day = _day(ws, typed)
    with ws.db.write(ws.author()) as session:
        _answered(ws, session, ref).due_on = day
    return day


def put_back(ws: Workspace, ref: Ref, day: str) -> None:
    """It is due when it was before it was put off."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        found(session, _id_of(ref)).due_on = day


def of_person(ws: Workspace, person_id: str) -> tuple[TaskCard, ...]:
    """The tasks by hand about a person, open ones first."""
    ws.demand("view")
    with ws.db.read() as session:
        names = worker.names(session)
        return tuple(card(ws, row, names) for row in records.of_person(session, person_id))


def reassign(ws: Workspace, ids: Sequence[str], to: str) -> tuple[Problem, ...]:
    """Give tasks by hand (at most 500) to a user who works now; answers which could not be given.

    Raises Refused (`worker_unknown`).
    """
    ws.demand("enter")
    problems: list[Problem] = []
    with ws.db.write(ws.author()) as session:
        login = worker.working(session, to)
        for task_id in ids:
            try:
                caseload.give(session, found(session, task_id), login)
            except Refused as refused:
                problems += refused.problems
    return tuple(problems)


def card(ws: Workspace, row: Task, names: dict[str, str]) -> TaskCard:
    """A task by hand as a frozen value, with the words this user may read."""

    def told(name: str, value: str | None) -> str:
        return str(field_values.named(ws, "task", name, value) or "")

    return TaskCard(
        row.id,
        told("title", row.title),
        row.due_on or "",
        worker.shown(names, row.worker),
        row.worker or "",
        row.task_status == DONE,
        row.done_on or "",
        told("task_note", row.task_note),
        row.person_id or "",
        row.case_id or "",
        row.created_by,
        row.created_at,
    )


def found(session: Session, task_id: str) -> Task:
    """The task's row; Refused (`task_unknown`) when absent or removed."""
    row = session.get(Task, task_id)
    if row is None or row.deleted_at:
        raise Refused.one("task_unknown", "id", task_id)
    return row


def _id_of(ref: Ref) -> str:
    if ref.kind == BY_HAND:
        return ref.ref_id
    return records.id_by_rule(ref.kind, ref.ref_id, ref.ref_on)


def _answered(ws: Workspace, session: Session, ref: Ref) -> Task:
    """The row that says what became of an event; for one by rule it may be a new one."""
    if ref.kind == BY_HAND:
        return found(session, ref.ref_id)
    people = tuple(merger.everybody(session, ref.person_id)) if ref.person_id else ()
    asked = Asked(ws.today().isoformat(), AHEAD, person_ids=people)
    event = coming.find(session, asked, (ref.kind, ref.ref_id, ref.ref_on))
    if event is None:
        raise Refused.one("event_gone", "id", ref.ref_id)
    row = session.get(Task, _id_of(ref))
    if row is None:
        row = Task(id=_id_of(ref), office_id=ws.office.id, task_status=OPEN)
        row.rule, row.ref_id, row.ref_on = ref.kind, ref.ref_id, ref.ref_on
        row.person_id, row.case_id = event.person_id, event.case_id
        row.worker, row.due_on = event.worker or None, event.due_on
        session.add(row)
    return row


def _values(ws: Workspace, session: Session, draft: TaskDraft) -> dict[str, object]:
    typed = {
        "title": draft.title,
        "due_on": draft.due_on or ws.today().isoformat(),
        "worker": worker.login_of(session, draft.worker or ws.user.login),
        "task_note": draft.note,
    }
    cleaned = field_values.clean(ws, "task", typed)
    problems = list(cleaned.problems)
    if not draft.title.strip():
        problems.append(Problem.of("task_title_needed", "title"))
    day = str(cleaned.values.get("due_on") or "")
    if day and len(day) < WHOLE_DAY:
        problems.append(Problem.of("task_day_whole", "due_on", draft.due_on))
    if problems:
        raise Refused(problems)
    return cleaned.values


def _day(ws: Workspace, typed: str) -> str:
    """A whole day from today on, typed as a day or as a number of days from today."""
    words = typed.strip()
    if words.isascii() and words.isdigit() and len(words) <= 3:
        return _ahead(ws, int(words))
    cleaned = field_values.clean(ws, "task", {"due_on": words})
    if cleaned.problems:
        raise Refused(cleaned.problems)
    day = str(cleaned.values["due_on"] or "")
    if len(day) < WHOLE_DAY:
        raise Refused.one("task_day_whole", "due_on", typed)
    if day < ws.today().isoformat():
        raise Refused.one("task_day_past", "due_on", typed)
    return day


def _ahead(ws: Workspace, number: int) -> str:
    return (ws.today() + timedelta(days=number)).isoformat()
