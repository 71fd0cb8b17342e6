"""An exchange, a lost paper: the application (Mẫu 01) with its reason, then the certificate.

Both go from the stored file (TT 01/2019 Đ.4, Đ.9): what is asked for is the application alone.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import application, application_clock, application_moves, certificate, kept_rows
from app.actions.application_moves import Happened
from app.rules import application as steps
from app.rules import certificate as rules
from app.values.application import ApplicationDraft
from app.values.certificate import CertificateDraft, Replacing
from app.workspace import Workspace
from data.records import application as records
from data.records import merger
from data.records.application import Application

FORM = (steps.FORM,)


def ask(ws: Workspace, certificate_id: str, told: Replacing) -> str:
    """Take the application in and write the certificate that replaces this one; answers its id.

    An application of this kind that is open already is the one it goes from. Raises Refused:
    certificate_not_valid, application_open, application_reason, and what `prepare` refuses.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        old = certificate.valid(session, certificate_id)
        who = merger.survivor(session, old.person_id)
        file = _open_file(session, who, told) or _taken_in(ws, session, who, told)
        if file.file_step in (steps.RECEIVED, steps.MISSING):
            day = told.received_on or ws.today().isoformat()
            done = Happened(day, {"completed_on": day, "papers_missing": None})
            application_moves.move(ws, session, file.id, "complete", done)
        draft = CertificateDraft(who, told.basis, replaces_id=old.id, application_id=file.id)
        return certificate.prepare_within(ws, session, draft)


def _open_file(session: Session, who: str, told: Replacing) -> Application | None:
    """The open application of this kind; what it does not say yet of why is added."""
    file = records.live_of(session, who)
    if file is None or application_clock.way(file) != steps.STORE:
        return None
    if (file.application_reason == rules.LOST) != (told.basis == rules.LOST):
        return None
    if told.note and not file.reason_note:
        kept_rows.put(session, file, {"reason_note": told.note})
    return file


def _taken_in(ws: Workspace, session: Session, who: str, told: Replacing) -> Application:
    lost = told.basis == rules.LOST
    said = {
        "application_kind": "reissue" if lost else "exchange",
        "application_reason": rules.LOST if lost else told.reason,
        "reason_note": told.note,
        "papers_shown": FORM,
    }
    if told.received_on:
        said["received_on"] = told.received_on
    made = application.write(ws, session, ApplicationDraft(who, said))
    return application_moves.found(session, made)
