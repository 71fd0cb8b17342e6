"""The log of who saw, printed or exported a person's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.workspace import Workspace
from data.base import now_text
from data.records import access

VIEW_AGAIN_AFTER_S = 300


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One entry: instant in ISO UTC text, login, kind view/print/export, and what exactly."""

    at: str
    by: str
    kind: str
    detail: str


def seen(ws: Workspace, person_id: str, kind: str, detail: str = "") -> None:
    """Write down that the user viewed, printed or exported a person.

    Looking at the same page again within five minutes is the same look.
    """
    if kind == "view":
        with ws.db.read() as session:
            if access.viewed_within(session, person_id, ws.user.login, VIEW_AGAIN_AFTER_S):
                return
    seen_many(ws, (person_id,), kind, detail)


def seen_many(ws: Workspace, ids: Sequence[str], kind: str, detail: str = "") -> None:
    """Write down one entry for each of many persons, in one transaction."""
    at = now_text()
    rows = [
        {"at": at, "by": ws.user.login, "kind": kind, "person_id": each, "detail": detail}
        for each in ids
    ]
    if rows:
        with ws.db.write(ws.author()) as session:
            access.write(session, rows)


def of_person(ws: Workspace, person_id: str, limit: int = 200) -> tuple[AccessLine, ...]:
    """Who saw this person, newest first. Needs the right to read logs."""
    ws.demand("logs")
    with ws.db.read() as session:
        rows = access.of_person(session, person_id, limit)
        return tuple(AccessLine(row.at, row.by, row.kind, row.detail) for row in rows)
