"""Papers of the council's procedure made from the records: one of a record, or empty ones.

The council's own forms carry a code that finds them again (decision 0038).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.orm import Session

from app.actions import (
    certificate_seal,
    council_decision,
    council_facts,
    council_form,
    council_letter,
    council_minutes,
    settings,
)
from app.actions import notice as notices
from app.actions.application_declared import FORM
from app.actions.case_file import Gathering
from app.actions.council_form import Print
from app.actions.council_paper_names import BLANK, COMPLAINT, FILE, HEARING, OF, REFERRAL, SESSION
from app.errors import Refused
from app.rules import dates, paper_code
from app.values.council import NoticeLine
from app.values.council_paper import Application, Hearing, Meeting, Notice, Subject
from app.values.council_request import CouncilRequest, CouncilSheet
from app.workspace import Workspace
from data import codes
from data.base import new_id
from data.records import attachment as attachments
from data.records import hearing as hearings
from data.records import merger
from data.records.application import Application as ApplicationRow
from data.records.certificate import Certificate
from data.records.complaint import Complaint
from data.records.council_session import CouncilSession
from data.records.hearing import Hearing as HearingRow
from data.records.medical_referral import MedicalReferral
from data.records.notice import DRAFT
from data.records.person import Person

SHEETS, PRINT = "sheets", "print"
COUNT_MAX = 200
REGISTER_MAX = 20_000
NOT_APPROVED = "BẢN DỰ THẢO: thủ trưởng chưa duyệt niêm yết"
Row = TypeVar("Row", ApplicationRow, HearingRow, Complaint, MedicalReferral, Certificate)


class CouncilGathering:
    """What all papers of one run share: letterhead, who prints, the moment; reads the records."""

    def __init__(self, ws: Workspace, right: str = SHEETS) -> None:
        self.ws = ws
        self.office = Gathering(ws, False, right=right)
        self.translate = self.office.translate
        self.compared = settings.current(ws).compared_papers

    def sheets(self, request: CouncilRequest) -> tuple[CouncilSheet, ...]:
        """The sheets of a request. Raises Refused: council_paper_unknown, council_paper_blank,
        council_paper_record, form_count."""
        if request.paper not in OF:
            raise Refused.one("council_paper_unknown", "paper", request.paper)
        if request.blank:
            return tuple(self._blank(request))
        if request.paper == "notice":
            return (self._notice(request.id),)
        with self.ws.paper().db.read() as session:
            return tuple(self._made(session, request))

    def how(self, paper: str, owner: str = "") -> Print:
        """What stands on every paper of this run."""
        office = self.office
        return Print(
            letterhead=office.letterhead,
            code=paper_code.made(paper, owner) if owner and paper in BLANK else "",
            printed_by=office.printed_by,
            printed_at=office.printed_at,
            demo=self.ws.office.demo,
            draft=paper not in self.compared,
        )

    def _blank(self, request: CouncilRequest) -> Iterator[CouncilSheet]:
        paper = request.paper
        if paper not in BLANK:
            raise Refused.one("council_paper_blank", "paper", paper)
        if not 1 <= request.count <= COUNT_MAX:
            raise Refused.one("form_count", "count", request.count, limit=COUNT_MAX)
        today = self.ws.today().isoformat()
        for _ in range(request.count):
            how = self.how(paper, new_id())
            if paper == "council-01":
                lines = council_facts.lines("03", today)
                yield council_form.application(Application(), lines, how)
            elif paper == "council-04":
                yield council_form.school(Application(), how)
            elif paper == "council-05":
                yield council_minutes.minutes(Hearing(), Meeting(), how)
            else:
                form = paper[-2:]
                empty = Hearing(form=form)
                yield council_form.sheet(empty, council_facts.lines(form, today), how)

    def _made(self, session: Session, request: CouncilRequest) -> Iterator[CouncilSheet]:
        paper, of = request.paper, OF[request.paper]
        if of == FILE:
            yield self._of_file(session, paper, request.id)
        elif of == HEARING:
            yield self._of_hearing(session, paper, request.id)
        elif of == SESSION:
            yield from self._of_session(session, paper, request.id)
        elif of == COMPLAINT:
            row, who = _found(session, Complaint, request.id)
            how = self.how(paper)
            yield council_letter.complaint_answer(council_facts.complaint(self.ws, row, who), how)
        elif of == REFERRAL:
            sent, whom = _found(session, MedicalReferral, request.id)
            told = council_facts.referral(self.ws, sent, whom)
            yield council_decision.referral(told, self.how(paper))
        else:
            kept, holder = _found(session, Certificate, request.id)
            revoked = council_facts.revocation(kept, holder)
            yield council_decision.revocation(revoked, self.how(paper))

    def _of_file(self, session: Session, paper: str, id_: str) -> CouncilSheet:
        row, person = _found(session, ApplicationRow, id_)
        told = council_facts.application(self.ws, row, person)
        kept = [one for one in attachments.of_application(session, row.id) if not one.sealed]
        told = replace(told, copies=tuple(one.title or _kind(one) for one in kept))
        how = self.how(paper, row.id)
        if paper == "council-01":
            day = row.received_on or self.ws.today().isoformat()
            lines = council_facts.lines(FORM, day)
            return council_form.application(told, lines, how)
        if paper == "council-04":
            return council_form.school(told, how)
        if paper == "missing":
            return council_letter.missing(told, how)
        return council_letter.receipt(
            told, how, certificate_seal.receipt_within(self.ws, session, id_)
        )

    def _of_hearing(self, session: Session, paper: str, id_: str) -> CouncilSheet:
        row, person = _found(session, HearingRow, id_)
        told = self._heard(session, row, person)
        if paper == "invitation":
            return council_letter.invite_person(
                told, self._meeting(session, row.session_id, row), self.how(paper)
            )
        if paper == "conclusion":
            if not told.found.conclusion or told.found.conclusion == "adjourned":
                raise Refused.one("council_paper_early", "paper", id_, name=person.name or "")
            meeting = self._meeting(session, row.session_id, row)
            return council_letter.conclusion(told, meeting, self.how(paper))
        if paper == "council-05":
            meeting = self._meeting(session, row.session_id, row)
            return council_minutes.minutes(told, meeting, self.how(paper, row.id))
        code = f"council-{told.form}"
        day = row.form_edition or row.heard_on or self.ws.today().isoformat()
        return council_form.sheet(told, council_facts.lines(told.form, day), self.how(code, row.id))

    def _of_session(self, session: Session, paper: str, id_: str) -> Iterator[CouncilSheet]:
        row = session.get(CouncilSession, id_)
        if row is None or row.deleted_at:
            raise Refused.one("council_paper_record", "id", id_)
        heard = hearings.of_session(session, id_)
        meeting = self._meeting(session, id_)
        for seat in meeting.seats:
            yield council_letter.invite_member(seat, meeting, len(heard), self.how(paper))

    def _notice(self, session_id: str) -> CouncilSheet:
        """What is posted, from the lines of the public list alone: nothing that was observed, said
        or noted can come onto it. Before the head approved it, it is a draft."""
        told = notices.of_session(self.ws, session_id)
        if told is None:
            raise Refused.one("notice_unknown", "id", session_id)
        listed = tuple(posted(one) for one in notices.public(told))
        made = council_decision.notice(
            Notice(
                number=told.number,
                posted_on=dates.show(told.posted_on),
                take_down_on=dates.show(told.take_down_on),
                place=told.place,
                hearings=listed,
            ),
            self.how("notice"),
        )
        if told.state == DRAFT:
            return replace(made, remark=NOT_APPROVED)
        return made

    def _heard(self, session: Session, row: HearingRow, person: Person) -> Hearing:
        file = session.get(ApplicationRow, row.application_id) if row.application_id else None
        return council_facts.hearing(self.ws, row, person, file)

    def _meeting(
        self, session: Session, session_id: str | None, one: HearingRow | None = None
    ) -> Meeting:
        row = session.get(CouncilSession, session_id) if session_id else None
        return council_facts.meeting(self.ws, session, row, one)


def posted(line: NoticeLine) -> Hearing:
    """A line as it may hang in public."""
    who = Subject(
        name=notices.shown_name(line),
        birth=dates.show(line.birth),
        hamlet=line.hamlet,
        person_id=line.person_id,
    )
    found = council_facts.finding(line.conclusion, " ".join(line.types), line.degree)
    return Hearing(subject=who, found=found)


def _kind(one: attachments.Attachment) -> str:
    return codes.label("attachment_kind", one.attachment_kind or "other")


def _found(session: Session, kind: type[Row], id_: str) -> tuple[Row, Person]:
    """A record of a person, with the person as she is kept now."""
    row = session.get(kind, id_)
    if row is None or row.deleted_at:
        raise Refused.one("council_paper_record", "id", id_)
    person = session.get(Person, merger.survivor(session, row.person_id))
    if person is None or person.deleted_at:
        raise Refused.one("council_paper_record", "id", id_)
    return row, person
