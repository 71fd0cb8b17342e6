"""A note in ten seconds: to whom, what; it goes into her case, or without one to her alone."""

from __future__ import annotations

from app.actions import case_note, person
from app.values.care_case import NoteDraft
from app.workspace import Workspace
from data.records import care_case, merger
from data.records.person import Person

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


def about(ws: Workspace, place: str, key: str) -> tuple[str, str]:
    """(id, name) of the person whose page, or whose case's page, is shown; empty texts for none."""
    with ws.db.read() as session:
        if place == "care_case":
            case = session.get(care_case.CareCase, key)
            key = case.person_id if case is not None else ""
        who = session.get(Person, merger.survivor(session, key)) if key else None
        if who is None or who.deleted_at:
            return "", ""
        return who.id, who.name or ""
