"""An exchange, a lost paper: the application (Mẫu 01) with its reason, then the certificate.

Both go from the stored file (TT 01/2019 Đ.4, Đ.9): what is asked for is the application alone.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import application, application_clock, application_moves, certificate, kept_rows
from app.actions.application_moves import Happened
from app.errors import Refused
from app.rules import application as steps
from app.rules import certificate as rules
from app.rules import dates
from app.values.application import ApplicationDraft
from app.values.certificate import CertificateDraft, KnownFile, Replacing
from app.wording import language, translate
from app.workspace import Workspace
from data import codes
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


def open_file(ws: Workspace, certificate_id: str, basis: str) -> KnownFile | None:
    """The application that is open already, from which the exchange would go; None without one.

    Raises Refused (`application_open`) where the open one is of another kind.
    """
    ws.demand("view")
    with ws.db.read() as session:
        who = merger.survivor(session, certificate.found(session, certificate_id).person_id)
        file = records.live_of(session, who)
        if file is None:
            return None
        if _open_file(session, who, Replacing(basis)) is None:
            application.refuse_second(session, who)
        return KnownFile(
            file.id, file.application_reason or "", file.reason_note or "", file.received_on or ""
        )


def told_before(ws: Workspace, certificate_id: str, basis: str) -> tuple[KnownFile | None, str]:
    """The open application with what is said of it, or why none can be taken in."""
    try:
        known = open_file(ws, certificate_id, basis)
    except Refused as refused:
        return None, refused.problems[0].message
    return known, known_words(known) if known is not None else ""


def known_words(known: KnownFile) -> str:
    """What is said of the application that is there already."""
    reason = codes.label("application_reason", known.reason, language()) if known.reason else "—"
    return translate(
        "Đơn đã nhận ngày {day} (lý do: {reason}) chưa xong: giấy mới viết từ đơn ấy, lý do và "
        "ngày nhận giữ nguyên.",
        day=dates.show(known.received_on, language()) or "—",
        reason=reason,
    )


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
