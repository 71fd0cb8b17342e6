"""The clock of a file in working days: day n of how many, due when, how late, or why it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app import working_days
from app.rules import application as rules
from app.rules.application import Stands
from app.values.application import Clock
from app.workspace import Workspace
from data import deadlines, file_moves
from data.records import certificate, medical_referral, merger
from data.records.application import Application
from data.records.complaint import Complaint
from data.records.medical_referral import MedicalReferral


def way(row: Application) -> str:
    """Through the council or from the stored file; what names no reason goes to the council."""
    kind, reason = row.application_kind or "", row.application_reason or ""
    found = file_moves.path(kind, reason, row.received_on or "9999")
    return found.path if found is not None else file_moves.COUNCIL


def edition(row: Application) -> str:
    """The day whose rules a file goes by: when its application came in."""
    return row.received_on or row.created_at[:10]


def due(whats: Sequence[str], since: str) -> str:
    """The ISO day on which spans of working days are over that begin on a whole day."""
    end = working_days.due(date.fromisoformat(since), _total(whats, since))
    return end.due.isoformat()


def settle(session: Session, row: Application) -> None:
    """Write down when the step is due, by which lists and today's work are asked."""
    span = rules.span(_stands(session, row))
    set_due(row, due(span.whats, span.since) if span is not None else None)


def set_due(row: Application | Complaint | MedicalReferral, day: str | None) -> None:
    """Write a due day down where it is another than it was: nothing said again is an edit."""
    if row.due_on != day:
        row.due_on = day


def clock(ws: Workspace, session: Session, row: Application) -> Clock:
    """How the file stands today."""
    stands = _stands(session, row)
    span = rules.span(stands)
    if span is None:
        stopped = "missing" if stands.step == rules.MISSING else ""
        return Clock(stopped=stopped)
    today = ws.today()
    since, total = date.fromisoformat(span.since), _total(span.whats, span.since)
    end = working_days.due(since, total).due
    return Clock(
        whats=span.whats,
        since=span.since,
        due=end.isoformat(),
        day=working_days.passed(since, today),
        total=total,
        late=working_days.passed(end, today),
        sources=tuple(deadlines.working_days(one, span.since).source for one in span.whats),
    )


def _stands(session: Session, row: Application) -> Stands:
    step = row.file_step or rules.RECEIVED
    sent = ""
    if step == rules.MEDICAL_BOARD:
        waiting = medical_referral.of_application(session, row.id)
        sent = next((one.sent_on or "" for one in waiting if not one.received_on), "")
    return Stands(
        step,
        way(row),
        row.received_on or "",
        row.missing_asked_on or "",
        row.completed_on or "",
        row.concluded_on or "",
        row.step_on or "",
        sent,
        step == rules.NOT_DISABLED
        and certificate.in_force(session, _whose(session, row)) is not None,
    )


def _whose(session: Session, row: Application) -> str:
    return merger.survivor(session, row.person_id)


def _total(whats: Sequence[str], since: str) -> int:
    return sum(deadlines.working_days(one, since).amount for one in whats)
