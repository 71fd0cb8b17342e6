"""Which papers of the council can be printed of one person now: of her latest file and hearing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.actions import person
from app.actions.council_paper import SHEETS
from app.actions.session_papers import CONCLUDED
from app.values.council_request import CouncilRequest
from app.workspace import Workspace
from data.records import application as files
from data.records import certificate as certificates
from data.records import complaint as complaints
from data.records import hearing as hearings
from data.records import medical_referral as referrals
from data.records.application import Application


def of_person(ws: Workspace, person_id: str) -> tuple[CouncilRequest, ...]:
    """The papers that have something to say, in the order in which they are needed.

    Raises Refused (not_allowed, person_unknown).
    """
    ws.demand(SHEETS)
    with ws.paper().db.read() as session:
        who = person.found(session, person_id)
        found = files.of_person(session, who.id)
        file = found[0] if found else None
        return (
            *(_of_file(file) if file is not None else ()),
            *_of_hearings(session, who.id),
            *_of_others(session, who.id, file),
        )


def _of_file(file: Application) -> Iterator[CouncilRequest]:
    yield CouncilRequest("council-01", file.id)
    yield CouncilRequest("receipt", file.id)
    if file.missing_asked_on:
        yield CouncilRequest("missing", file.id)
    if file.is_pupil:
        yield CouncilRequest("council-04", file.id)


def _of_hearings(session: Session, person_id: str) -> Iterator[CouncilRequest]:
    found = hearings.of_person(session, person_id)
    if not found:
        return
    latest = found[0]
    if latest.hearing_state == hearings.SCHEDULED:
        yield CouncilRequest("invitation", latest.id)
    yield CouncilRequest("sheet", latest.id)
    yield CouncilRequest("council-05", latest.id)
    if latest.conclusion in CONCLUDED:
        yield CouncilRequest("conclusion", latest.id)


def _of_others(
    session: Session, person_id: str, file: Application | None
) -> Iterator[CouncilRequest]:
    told = complaints.of_application(session, file.id) if file is not None else []
    sent = referrals.of_application(session, file.id) if file is not None else []
    if told:
        yield CouncilRequest("complaint", told[0].id)
    if sent:
        yield CouncilRequest("referral", sent[0].id)
    for one in certificates.of_person(session, person_id):
        if one.certificate_state == certificates.REVOKED:
            yield CouncilRequest("revocation", one.id)
            return
