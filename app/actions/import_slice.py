"""One transaction of an import: new people, changes of known ones, and what it must remember."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions import care_case, person
from app.actions.person import NewPerson, Taken
from app.errors import Refused
from app.values.care_case import CaseDraft
from app.values.person import Saved
from app.workspace import Workspace
from data.records import import_run

SLICE_ROWS = 500

Write = NewPerson | Taken


def write(ws: Workspace, run_id: str, writes: Sequence[Write]) -> list[Saved | Refused]:
    """Carry out at most SLICE_ROWS writes; one that cannot be done hinders no other.

    The stretch of history that they make is remembered for undoing. Raises data.errors.
    """
    if not writes:
        return []
    some = writes[:SLICE_ROWS]
    with ws.db.write(ws.author("import")) as session:
        before = import_run.last_seq(session)
        new = iter(
            person.create_many(ws, session, [each for each in some if isinstance(each, NewPerson)])
        )
        answers = [
            person.take(ws, session, each) if isinstance(each, Taken) else next(new)
            for each in some
        ]
        import_run.close_slice(session, run_id, before)
    return answers


def open_cases(
    ws: Workspace, run_id: str, drafts: Sequence[tuple[str, CaseDraft, str]]
) -> list[str | Refused]:
    """Open cases (person, draft, source) of a register; one that cannot be hinders no other."""
    if not drafts:
        return []
    answers: list[str | Refused] = []
    with ws.db.write(ws.author("import")) as session:
        before = import_run.last_seq(session)
        for person_id, draft, source in drafts:
            try:
                answers.append(care_case.open_within(ws, session, person_id, draft, source))
            except Refused as refused:
                answers.append(refused)
        import_run.close_slice(session, run_id, before)
    return answers
