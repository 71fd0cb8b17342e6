"""Complaints about a conclusion: received, answered in writing within the clock (Đ.6 k.1)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from app import working_days
from app.actions import access, application_clock, application_moves, kept_rows
from app.errors import Refused
from app.rules import application as rules
from app.values.application import ComplaintAnswer, ComplaintCard, ComplaintDraft
from app.workspace import Workspace
from data.records import complaint as records
from data.records import hearing, merger, notice
from data.records.complaint import Complaint
from data.records.person import Person

PAPER, HEARD_AGAIN = "paper", "heard_again"
CONCLUDED = (
    *(rules.CONCLUDED, rules.NOTICED, rules.MEDICAL_BOARD, rules.BOARD_CONCLUDED),
    *(rules.ISSUED, rules.NOT_DISABLED),
)
"""Steps at which there is a conclusion to complain about, while it is posted and after."""


def save(ws: Workspace, draft: ComplaintDraft) -> str:
    """Write a complaint down or correct it; answers its id.

    Raises Refused: application_unknown, complaint_unknown, complaint_early, complaint_by_answer,
    days_reversed, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        file = application_moves.found(session, draft.application_id)
        row = (
            kept_rows.found(session, Complaint, draft.id, "complaint_unknown") if draft.id else None
        )
        typed = dict(draft.fields)
        if row is None:
            typed.setdefault("received_on", ws.today().isoformat())
        wanted = ("received_on", "complainant", "about")
        values = kept_rows.checked(ws, "complaint", typed, row, wanted)
        made = row or Complaint(
            office_id=ws.office.id, person_id=file.person_id, application_id=file.id
        )
        from_paper = values.get("origin", made.origin) == PAPER
        if row is None and file.file_step not in CONCLUDED and not from_paper:
            raise Refused.one("complaint_early", "application_id", file.id)
        if not from_paper and values.keys() & {"answered_on", "complaint_outcome"}:
            raise Refused.one("complaint_by_answer", "answered_on", values.get("answered_on"))
        kept_rows.refuse_reversed("complaint", values, made, "received_on", "answered_on")
        kept_rows.put(session, made, values)
        since = made.received_on or ""
        whole = len(since) == len("2026-01-01")
        day = application_clock.due(("complaint",), since) if whole else None
        application_clock.set_due(made, day)
        session.flush()
        return made.id


def answer(ws: Workspace, complaint_id: str, draft: ComplaintAnswer) -> None:
    """The council's written answer. Where it looks again, the file is complete once more.

    Raises Refused: complaint_unknown, complaint_answered, application_not_now, days_reversed.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, Complaint, complaint_id, "complaint_unknown")
        if row.answered_on:
            raise Refused.one("complaint_answered", "answered_on", row.answered_on)
        typed = {
            "complaint_outcome": draft.outcome,
            "answer": draft.answer,
            "answer_number": draft.number,
            "answered_on": draft.on or ws.today().isoformat(),
        }
        wanted = ("complaint_outcome", "answer", "answered_on")
        values = kept_rows.checked(ws, "complaint", typed, row, wanted)
        kept_rows.refuse_reversed("complaint", values, row, "received_on", "answered_on")
        kept_rows.put(session, row, values)
        if values["complaint_outcome"] == HEARD_AGAIN:
            day = str(values["answered_on"])
            application_moves.hear_again(ws, session, row.application_id, day)


def remove(ws: Workspace, complaint_id: str, reason: str) -> None:
    """Take a complaint written by mistake off, with a reason."""
    kept_rows.withdraw(ws, Complaint, complaint_id, reason, "complaint_unknown")


def of_application(ws: Workspace, application_id: str) -> tuple[ComplaintCard, ...]:
    """The complaints about one file, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_application(session, application_id)
        cards = tuple(card(ws, session, row) for row in rows)
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def open_ones(ws: Workspace) -> tuple[ComplaintCard, ...]:
    """The complaints of everybody that nobody answered, what is due first."""
    ws.demand("view")
    with ws.db.read() as session:
        found = [card(ws, session, row) for row in records.open_ones(session)]
    cards = tuple(one for one in found if one.person_name)
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def card(ws: Workspace, session: Session, row: Complaint) -> ComplaintCard:
    """A complaint as a frozen value, under whom it belongs to now."""
    who = session.get_one(Person, merger.survivor(session, row.person_id))
    due = row.due_on if not row.answered_on else None
    late = working_days.passed(date.fromisoformat(due), ws.today()) if due else 0
    return ComplaintCard(
        id=row.id,
        application_id=row.application_id,
        person_id=who.id,
        person_name="" if who.deleted_at else who.name or "",
        fields=kept_rows.shown(ws, "complaint", row),
        late=late,
        by=row.updated_by,
        at=row.updated_at,
        posting=_posting(session, row),
    )


def _posting(session: Session, row: Complaint) -> str:
    """Whether a complaint came while the conclusion hung in public, or later."""
    heard = (one.session_id for one in hearing.of_application(session, row.application_id))
    hung = (notice.of_session(session, one) for one in heard if one)
    for one in hung:
        until = (one.taken_down_on or one.take_down_on or "") if one is not None else ""
        if one is not None and one.posted_on and until and row.received_on:
            if row.received_on >= one.posted_on:
                return "during" if row.received_on <= until else "after"
    return ""
