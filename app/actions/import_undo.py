"""Take an import back as a whole, while nobody has worked on what it brought."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import history_words, likeness
from app.errors import Problem, Refused
from app.values.imports import ImportCard, Undone
from app.workspace import Workspace
from data import history, schema
from data.base import Base, instant_text
from data.database import Author
from data.records import import_run, office, people
from data.records.approval import Amendment
from data.records.import_run import ImportRun, ImportSlice, Touch
from data.records.trace import History

LISTED_MAX = 200
NAMED_MAX = 50
WITHDRAWN = "withdrawn"
REASON = "Hoàn tác lượt nhập {file}"
"""Kept with the record, so in Vietnamese whatever the program's language."""


def imports(ws: Workspace, limit: int = LISTED_MAX) -> tuple[ImportCard, ...]:
    """The imports made on this PC, newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        runs = import_run.latest(session, limit)
        return tuple(_card(ws, run) for run in runs)


def touched(ws: Workspace, run_id: str) -> tuple[Problem, ...]:
    """The people of an import on whom somebody has worked since, so that it cannot be undone."""
    with ws.db.read() as session:
        found: dict[str, Touch] = {}
        for part in import_run.slices(session, run_id):
            found |= _touched(session, run_id, part)
        return _told(session, found)


def undo(ws: Workspace, run_id: str, why: str = "") -> Undone:
    """Remove whom an import added and put back what it changed, newest first.

    Nothing is erased: who was added is removed with the reason, every field gets its earlier value
    by an ordinary edit that travels. One transaction for each of the import's own; an interrupted
    undoing goes on when it is asked again. Raises Refused: import_unknown, import_undone, or
    import_touched for everybody on whom work was done since.
    """
    ws.demand("import")
    with ws.db.read() as session:
        run = session.get(ImportRun, run_id)
        if run is None:
            raise Refused.one("import_unknown", "id", run_id)
        if run.undone_at:
            raise Refused.one("import_undone", "id", run_id, file=run.file_name)
        parts = import_run.slices(session, run_id)
    problems = touched(ws, run_id)
    if problems:
        raise Refused(problems)
    removed = restored = 0
    reason = REASON.format(file=run.file_name)
    reason = f"{reason}: {why.strip()}" if why.strip() else reason
    for part in reversed(parts):
        gone, back = _undo_slice(ws, part, reason)
        removed, restored = removed + gone, restored + back
    with ws.db.write(_author(ws, run_id)) as session:
        kept = session.get_one(ImportRun, run_id)
        kept.undone_at, kept.undone_by = instant_text(ws.clock()), ws.user.login
    return Undone(run_id, removed, restored)


def _undo_slice(ws: Workspace, part: ImportSlice, reason: str) -> tuple[int, int]:
    """Undo one transaction; answers how many records it removed and fields it put back."""
    kinds = schema.travelling()
    removed = restored = 0
    with ws.db.write(_author(ws, part.run_id)) as session:
        found = _touched(session, part.run_id, part)
        if found:
            raise Refused(_told(session, found))
        lines = import_run.written(session, part)
        for line in reversed(lines):
            record = session.get(kinds[line.entity], line.row_id)
            if record is None:
                continue
            if line.op == "create":
                removed += _remove(ws, record, reason)
            elif line.field is not None:
                restored += _put_back(record, line)
        session.flush()
        likeness.settle_some(session, sorted({line.person_id for line in lines if line.person_id}))
    return removed, restored


def _remove(ws: Workspace, record: Base, reason: str) -> int:
    if isinstance(record, Amendment):
        record.state = WITHDRAWN
        return 0
    if getattr(record, "deleted_at", None):
        return 0
    record.deleted_at = instant_text(ws.clock())  # type: ignore[attr-defined]
    record.deleted_reason = reason  # type: ignore[attr-defined]
    return 1


def _put_back(record: Base, line: History) -> int:
    """Give a field the value it had before the import wrote it."""
    assert line.field is not None
    old = history.from_text(type(record), line.field, line.old)
    if getattr(record, line.field) == old:
        return 0
    setattr(record, line.field, old)
    return 1


def _author(ws: Workspace, run_id: str) -> Author:
    return ws.author(f"{import_run.UNDO}{run_id}")


def _touched(session: Session, run_id: str, part: ImportSlice) -> dict[str, Touch]:
    lines = import_run.written(session, part)
    persons = sorted({line.person_id for line in lines if line.person_id})
    return import_run.touched_since(session, run_id, part.last_seq, persons)


def _told(session: Session, found: dict[str, Touch]) -> tuple[Problem, ...]:
    """Who was worked on, by whom and when: the latest first, and how many more."""
    some: Sequence[str] = sorted(found, key=lambda one: (found[one].at, one), reverse=True)
    some = some[:NAMED_MAX]
    names = people.names(session, some)
    logins = {one.login: one.full_name or one.login for one in office.users(session)}
    told = []
    for id_ in some:
        by, at = found[id_].by, history_words.when(found[id_].at)
        name, who = names.get(id_, id_), logins.get(by, by)
        told.append(Problem.of("import_touched", "person", id_, name=name, by=who, at=at))
    if len(found) > len(some):
        told.append(Problem.of("import_touched_more", "", len(found) - len(some)))
    return tuple(told)


def _card(ws: Workspace, run: ImportRun) -> ImportCard:
    counts: dict[str, int] = json.loads(run.counts)
    return ImportCard(
        run.id,
        run.file_name,
        run.kind,
        run.by,
        run.started_at,
        run.finished_at,
        counts,
        run.undone_at,
        run.undone_by,
        run.undone_at is None and ws.can("import"),
        run.confirmed_at,
    )
