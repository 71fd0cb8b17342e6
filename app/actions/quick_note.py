"""A note in ten seconds: to whom, what; it goes into her case, or without one to her alone."""

from __future__ import annotations

from app.actions import case_note, person
from app.values.care_case import NoteDraft
from app.workspace import Workspace
from data.records import care_case

DRAFT = "case_note:quick"
"""Under which key a note that was begun and not saved is kept."""


def write(ws: Workspace, person_id: str, draft: NoteDraft) -> str:
    """Write a note, visit or call about a person; answers the id of the case it went into, or "".

    Raises Refused: person_unknown, case_note_empty, date_in_future.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        person.found(session, person_id)
        case = care_case.live_of(session, person_id)
        if case is None:
            case_note.add_of_person(ws, session, person_id, draft)
            return ""
        case_note.add(ws, session, case, draft)
        return case.id
