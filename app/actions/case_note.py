"""Notes of a case: notes, visits and calls, and the steps in its life with their reasons."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import case_opening, field_values, handing_over
from app.errors import Problem, Refused
from app.rules import care_case as rules
from app.values.care_case import NoteCard, NoteDraft
from app.workspace import Workspace
from data import confidential
from data.base import instant_text
from data.errors import NotAllowed
from data.records.care_case import CONTACT_KINDS, CareCase, CaseNote
from data.records.case_plan import PlanActivity

DECISION_OF = {
    "submit": "submitted",
    "approve": "approved",
    "return": "returned",
    "review": "reviewed",
    "resume": "resumed",
    "propose": "proposed",
    "decline": "declined",
    "close": "closed",
    "refuse": "refused",
    "cancel": "cancelled",
    "reopen": "reopened",
}
"""Under which kind of note a move stands beside its case; who begins a step says nothing."""


def add(ws: Workspace, session: Session, case: CareCase, draft: NoteDraft) -> str:
    """Write a note into a case that has not ended; answers its id.

    Raises Refused: case_ended, case_note_empty, date_in_future, no_right_restricted,
    activity_unknown.
    """
    if case.case_status in rules.ENDED:
        raise Refused.one("case_ended", "id", case.id)
    return _written(ws, session, (case.id, case.person_id), draft)


def add_of_person(ws: Workspace, session: Session, person_id: str, draft: NoteDraft) -> str:
    """Write a note about somebody who has no case that goes on; answers its id."""
    return _written(ws, session, (None, person_id), replace(draft, activity_id=""))


def correct(ws: Workspace, note_id: str, draft: NoteDraft) -> None:
    """Rewrite one's own note; the history keeps the former words.

    Of a note that becomes confidential the former words are sealed there too.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        note = _own(ws, session, note_id)
        values = field_values.settled(ws, "case_note", note, _values(ws, draft))
        if note.case_id:
            case = session.get_one(CareCase, note.case_id)
            case_opening.refuse_before(case, "case_note", values)
        for name, value in values.items():
            setattr(note, name, value)
        note.activity_id = _activity(session, note.case_id, draft)
        if note.confidential and ws.restricted is not None:
            confidential.seal_past(session, note.id, ws.restricted)


def withdraw(ws: Workspace, note_id: str, reason: str) -> None:
    """Take one's own note out of the case, with a reason; nothing is erased."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        note = _own(ws, session, note_id)
        note.deleted_at = instant_text(ws.clock())
        note.deleted_reason = why


def decided(ws: Workspace, session: Session, case: CareCase, move: str, reason: str) -> None:
    """Write a step in the life of a case beside it, so that it travels with its reason."""
    session.add(
        CaseNote(
            office_id=ws.office.id,
            case_id=case.id,
            person_id=case.person_id,
            noted_on=ws.today().isoformat(),
            note_kind=DECISION_OF[move],
            note_text=reason or None,
            confidential=False,
        )
    )


def card(ws: Workspace, note: CaseNote) -> NoteCard:
    """A note as the signed-in user may read it."""
    words = note.note_text or ""
    hidden = False
    if note.confidential:
        opened = _opened(ws, note.confidential_text)
        hidden = opened is None
        words = opened or ""
    return NoteCard(
        id=note.id,
        case_id=note.case_id or "",
        kind=note.note_kind or "note",
        noted_on=note.noted_on or "",
        text=words,
        confidential=bool(note.confidential),
        hidden=hidden,
        by=note.created_by,
        at=note.created_at,
        corrected=note.version > 1,
        help_kinds=tuple((note.help_kinds or "").split()),
        activity_id=note.activity_id or "",
    )


def _written(
    ws: Workspace, session: Session, whose: tuple[str | None, str], draft: NoteDraft
) -> str:
    case_id, person_id = whose
    values = _values(ws, draft)
    if case_id is not None:
        case = session.get_one(CareCase, case_id)
        case_opening.refuse_before(case, "case_note", values)
    note = CaseNote(office_id=ws.office.id, case_id=case_id, person_id=person_id, **values)
    note.activity_id = _activity(session, case_id, draft)
    session.add(note)
    session.flush()
    return note.id


def _values(ws: Workspace, draft: NoteDraft) -> dict[str, object]:
    """The note's values as columns hold them, a confidential text sealed."""
    typed: dict[str, object] = {
        "noted_on": draft.noted_on or ws.today().isoformat(),
        "note_kind": draft.kind,
        "confidential": draft.confidential,
        "help_kinds": draft.help_kinds,
        "confidential_text" if draft.confidential else "note_text": draft.text,
    }
    cleaned = field_values.clean(ws, "case_note", typed)
    values, problems = cleaned.values, list(cleaned.problems)
    if values.get("note_kind") not in CONTACT_KINDS and not problems:
        problems.append(Problem.of("case_note_kind", "note_kind", draft.kind))
    if not draft.text.strip():
        problems.append(Problem.of("case_note_empty", "note_text"))
    if problems:
        raise Refused(problems)
    return {"note_text": None, "confidential_text": None} | values


def _activity(session: Session, case_id: str | None, draft: NoteDraft) -> str | None:
    """The activity of the case that a note is about. Raises Refused (`activity_unknown`)."""
    if not draft.activity_id:
        return None
    activity = session.get(PlanActivity, draft.activity_id)
    if activity is None or activity.deleted_at or activity.case_id != case_id:
        raise Refused.one("activity_unknown", "activity_id", draft.activity_id)
    return activity.id


def _own(ws: Workspace, session: Session, note_id: str) -> CaseNote:
    """A note of the signed-in user in a case that has not ended."""
    note = session.get(CaseNote, note_id)
    if note is None or note.deleted_at or note.note_kind not in CONTACT_KINDS:
        raise Refused.one("case_note_unknown", "id", note_id)
    if note.created_by != ws.user.login:
        raise Refused.one("case_note_of_other", "id", note_id, by=note.created_by)
    if note.case_id and session.get_one(CareCase, note.case_id).case_status in rules.ENDED:
        raise Refused.one("case_ended", "id", note.case_id)
    return note


def _opened(ws: Workspace, sealed: str | None) -> str | None:
    """The confidential words, or None for who was not granted their key."""
    box = ws.restricted
    if box is None or sealed is None:
        return None
    try:
        return box.open(sealed)
    except NotAllowed:
        return handing_over.opened(ws, sealed)
