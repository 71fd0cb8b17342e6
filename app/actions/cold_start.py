"""A book that is still coming from the server: what may be done meanwhile, and what must wait."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.errors import Refused
from app.values.outgoing import Coming
from app.workspace import Workspace
from data.records import cold_start


def coming(ws: Workspace) -> Coming | None:
    """How much of the book is here; None when all of it is."""
    with ws.db.read() as session:
        found = cold_start.underway(session)
        if found is None:
            return None
        if found.history == 0:
            return Coming("rows", found.done, max(found.total, found.done))
        return Coming("history", found.upto + 1 - found.history, found.upto)


def history_comes(ws: Workspace, person_id: str) -> bool:
    """Whether older entries of a person's history still come from the server."""
    with ws.db.read() as session:
        return bool(cold_start.without_history(session, "person", [person_id]))


def demand_rows(session: Session) -> None:
    """Work that looks at everybody waits until everybody is here. Raises Refused
    (`book_still_coming`)."""
    found = cold_start.underway(session)
    if found is not None and found.history == 0:
        raise Refused.one("book_still_coming", done=found.done, total=max(found.total, found.done))


def demand_history(session: Session, entity: str, row_id: str) -> None:
    """Work that asks who wrote what waits for the record's history. Raises Refused
    (`history_still_coming`)."""
    if cold_start.without_history(session, entity, [row_id]):
        raise Refused.one("history_still_coming", "id", row_id)
