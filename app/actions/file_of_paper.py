"""An open file that lies on paper and its minutes belong together, whichever was entered first."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import application_moves
from app.rules import application as steps
from app.rules import dates
from app.workspace import Workspace
from data.records import application, hearing, medical_referral, merger
from data.records.application import Application

PAPER = "paper"
AT_BOARD = (steps.MEDICAL_BOARD, steps.BOARD_CONCLUDED)
AT_COUNCIL = (steps.SCHEDULED, steps.HEARD)
BEFORE_COUNCIL = (steps.RECEIVED, steps.MISSING, steps.COMPLETE)


def of_person(session: Session, person_id: str) -> Application | None:
    """The person's file from paper that has not ended."""
    row = application.live_of(session, merger.survivor(session, person_id))
    return row if row is not None and row.origin == PAPER else None


def tie(ws: Workspace, session: Session, person_id: str) -> None:
    """Give the person's open file of paper the minutes of paper that came after it was taken in;
    where it waits for the council or for a board, their minutes move it on."""
    file = of_person(session, person_id)
    if file is None:
        return
    since = file.received_on or ""
    if file.file_step not in BEFORE_COUNCIL and not hearing.of_application(session, file.id):
        for heard in hearing.loose(session, person_id):
            if heard.hearing_origin == PAPER and not dates.before(heard.heard_on or "", since):
                heard.application_id = file.id
                session.flush()
                if file.file_step in AT_COUNCIL:
                    day = heard.minutes_on or heard.heard_on or ""
                    application_moves.conclude(ws, session, file.id, day)
                break
    if file.file_step in AT_BOARD and not medical_referral.of_application(session, file.id):
        for sent in medical_referral.loose(session, person_id):
            day = sent.minutes_on or sent.sent_on or ""
            if sent.origin == PAPER and not dates.before(day, since):
                sent.application_id = file.id
                if file.file_step == steps.MEDICAL_BOARD and sent.received_on and sent.conclusion:
                    application_moves.board_concludes(ws, session, file.id, sent.received_on)
                break
    session.flush()
