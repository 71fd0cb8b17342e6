"""What the council's papers say of a record, read once and put into words.

Restricted fields (HIV, confidential notes) are never read here, whoever prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.actions import assessment, form_person, paper_words
from app.actions.council_form import group_words
from app.rules import assessment as rules
from app.rules import consent as ages
from app.rules import dates
from app.values.council_paper import (
    Application,
    Complaint,
    Finding,
    Hearing,
    Marks,
    Meeting,
    Referral,
    RegisterLine,
    Representative,
    Revocation,
    Seat,
    SheetLine,
    SheetLines,
    Subject,
)
from data import assessment_forms, codes
from data.records import council_member, council_session
from data.records.application import Application as ApplicationRow
from data.records.certificate import Certificate
from data.records.complaint import Complaint as ComplaintRow
from data.records.council_session import CouncilSession
from data.records.hearing import Hearing as HearingRow
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

GROWN = rules.FROM_SIX
REPRESENTED = ("name", "relation", "id_number", "address", "phone")


def lines(form: str, day: str) -> SheetLines:
    """The lines of a form in the edition that holds on a day; the first one for a day before it."""
    known = assessment_forms.on(day) or assessment_forms.on("9999")
    here = [one for one in known if one.form == form]

    def part(name: str) -> tuple[SheetLine, ...]:
        return tuple(
            SheetLine(one.number, one.gives and group_words(one.gives, name == "degree"), one.vi)
            for one in here
            if one.part == name
        )

    return SheetLines(part("type"), part("degree"), part("activity"))


def subject(person: Person, birth: str = "") -> Subject:
    """Whom a paper is about; `birth` is the one an earlier decision was made by."""
    return Subject(
        name=person.name or "",
        birth=dates.show(birth or person.birth or ""),
        sex=paper_words.of(person, "person", "sex"),
        id_number=paper_words.of(person, "person", "id_number"),
        residence=_permanent(person) or form_person.address(person),
        lives_at=form_person.address(person),
        hamlet=person.hamlet or "",
        ethnicity=paper_words.of(person, "person", "ethnicity"),
        person_id=person.id,
    )


def application(row: ApplicationRow, person: Person, today: date) -> Application:
    """A file as Mẫu 01 and its receipt tell it."""

    def told(name: str) -> str:
        return paper_words.of(row, "application", name)

    reason = "; ".join(words for words in (told("application_reason"), told("reason_note")) if words)
    young = dates.reached(person.birth or "", rules.SIX, _day(row.received_on, today)) is False
    return Application(
        kind=row.application_kind or "",
        reason=reason,
        subject=subject(person),
        representative=representative(row, person),
        declared=Marks(
            recorded=bool(row.declared_signs or row.declared_abilities),
            type_signs=frozenset(numbers(row.declared_signs)),
            scores=scores(row.declared_abilities),
        ),
        under_six=young,
        received_on=told("received_on"),
        receipt_number=row.receipt_number or "",
        appointment_on=told("appointment_on"),
        papers_shown=_labels("application_paper", row.papers_shown),
        papers_missing=_labels("application_paper", row.papers_missing),
        missing_note=row.missing_note or "",
        school=row.school or paper_words.of(person, "person", "school"),
        application_id=row.id,
    )


def representative(row: ApplicationRow | None, person: Person) -> Representative:
    """Who speaks for somebody: as the file names one, else the person's record."""
    if row is not None and row.rep_name:
        return Representative(
            row.rep_name,
            row.rep_relation or "",
            row.rep_id_number or "",
            row.rep_residence or "",
            row.rep_address or "",
            paper_words.of(row, "application", "rep_phone"),
        )
    told = {name: paper_words.of(person, "person", f"rep_{name}") for name in REPRESENTED}
    return Representative(
        told["name"], told["relation"], told["id_number"], "", told["address"], told["phone"]
    )


def hearing(row: HearingRow, person: Person, file: ApplicationRow | None, today: date) -> Hearing:
    """One person before the council; the sheet is that of the edition the hearing was made by."""
    on = _day(row.heard_on, today)
    form = row.assessment_form or rules.form_for(person.birth or "", on) or GROWN
    marks = _marks(row)
    proposal = _proposal(row, form, on) if marks.recorded else None
    votes = (row.votes_types, row.votes_degree, row.votes_not_disabled, row.votes_no_conclusion)
    return Hearing(
        subject=subject(person, row.birth_used or ""),
        representative=representative(file, person),
        form=form,
        marks=marks if proposal is None else _with_total(marks, proposal),
        proposal=_proposed(proposal),
        proposal_basis=proposal.article if proposal is not None else "",
        opinions=row.opinions or "",
        related=row.related_members or "",
        votes=tuple("" if one is None else str(one) for one in votes),  # type: ignore[arg-type]
        found=finding(row.conclusion, row.types, row.degree),
        minutes_number=row.minutes_number or "",
        minutes_on=dates.show(row.minutes_on or ""),
        order=row.hearing_order or 0,
        starts=row.heard_at or "",
        hearing_id=row.id,
        minor=dates.reached(person.birth or "", ages.ADULT_YEARS, on) is not True,
    )


def finding(conclusion: str | None, types: str | None, degree: str | None) -> Finding:
    """A conclusion in words."""
    return Finding(
        conclusion or "",
        "; ".join(_labels("disability_type", types)),
        paper_words.label("degree", degree),
    )


def meeting(session: Session, row: CouncilSession | None, one: HearingRow | None = None) -> Meeting:
    """A session with its members; of one that stayed at another office what the hearing says."""
    if row is None:
        return _remembered(one)
    day = row.session_on or ""
    came = council_session.attendance(session, row.id)
    members = council_member.on(session, day) if day else council_member.all_of(session)
    names = {member.id: member.full_name or "" for member in members}
    seats = tuple(
        Seat(
            member.full_name or "",
            member.position or "",
            "; ".join(_labels("council_role", member.council_role)),
            came[member.id].present if member.id in came else None,
        )
        for member in members
    )
    kind = paper_words.label("session_place", row.place_kind)
    return Meeting(
        day=dates.show(day) if day else "",
        starts=row.session_starts or "",
        ends=row.session_ends or "",
        place=row.session_place or kind,
        seats=seats,
        chair=names.get(row.chair_id or "", one.chaired_by or "" if one is not None else ""),
        secretary=names.get(row.secretary_id or "", ""),
    )


def referral(row: MedicalReferral, person: Person) -> Referral:
    """What is written to the medical board."""
    told = "; ".join(
        words for words in (row.findings, row.disagreement, row.evidence) if words
    )
    return Referral(
        subject=subject(person),
        number=row.number or "",
        sent_on=dates.show(row.sent_on or ""),
        board=row.board or "",
        findings=told,
        reason=row.medical_board_reason or "",
        enclosed=_labels("board_paper", row.papers_sent),
    )


def complaint(row: ComplaintRow, person: Person) -> Complaint:
    """A complaint and its answer."""
    return Complaint(
        subject=subject(person),
        complainant=row.complainant or "",
        received_on=dates.show(row.received_on or ""),
        about=row.about or "",
        outcome=paper_words.label("complaint_outcome", row.complaint_outcome),
        answer=row.answer or "",
    )


def revocation(row: Certificate, person: Person) -> Revocation:
    """A certificate that is taken back."""
    who = " của ".join(words for words in (row.revoke_reason, row.revoked_by) if words)
    return Revocation(
        subject=subject(person),
        certificate_number=row.certificate_number or "",
        issued_on=dates.show(row.issued_on or ""),
        types="; ".join(_labels("disability_type", row.types)),
        degree=paper_words.label("degree", row.degree),
        reason=who,
        decision=row.revoke_decision or "",
        decided_on=dates.show(row.revoked_on or ""),
    )


def registered(row: Certificate, person: Person) -> RegisterLine:
    """One line of the register: what stands on the certificate, as it was when it was issued."""
    who = Subject(
        name=row.holder_name or person.name or "",
        birth=dates.show(row.holder_birth or person.birth or ""),
        sex=paper_words.label("sex", row.holder_sex or person.sex),
        residence=row.holder_address or form_person.address(person),
        person_id=person.id,
    )
    basis = paper_words.label("certificate_basis", row.basis)
    ended = dates.show(row.ended_on or "")
    return RegisterLine(
        number=row.certificate_number or "",
        serial=row.serial or "",
        issued_on=dates.show(row.issued_on or ""),
        subject=who,
        types="; ".join(_labels("disability_type", row.types)),
        degree=paper_words.label("degree", row.degree),
        basis="\n".join(words for words in (basis, row.basis_number or "") if words),
        signer=row.signer or "",
        state=paper_words.label("certificate_state", row.certificate_state),
        note=f"từ {ended}" if ended else "",
    )


def numbers(written: str | None) -> tuple[str, ...]:
    """The numbers of signs, however they are parted."""
    return tuple((written or "").replace(",", " ").split())


def scores(written: str | None) -> dict[str, str]:
    """Scores by activity: kept as JSON, or as `1:0 2:X`."""
    if not written:
        return {}
    if written.lstrip().startswith("{"):
        return {str(name): str(value) for name, value in json.loads(written).items()}
    pairs = (part.replace("=", ":").partition(":") for part in numbers(written))
    return {name: value for name, _, value in pairs if value}


def _marks(row: HearingRow) -> Marks:
    told = (row.type_signs, row.degree_signs, row.scores)
    recorded = any(told) or row.conclusion == rules.NOT_DISABLED
    return Marks(
        recorded=recorded,
        type_signs=frozenset(numbers(row.type_signs)),
        degree_signs=frozenset(numbers(row.degree_signs)),
        scores=scores(row.scores),
    )


def _proposal(row: HearingRow, number: str, on: date) -> rules.Proposal | None:
    """What the form proposes for what was recorded, by the edition of the hearing."""
    edition = row.form_edition or ""
    form = assessment.form_on(date.fromisoformat(edition) if len(edition) == 10 else on, number)
    if form is None:
        return None
    given = {
        name: int(value) if value.isdecimal() else value
        for name, value in scores(row.scores).items()
    }
    recorded = rules.Recorded(numbers(row.type_signs), numbers(row.degree_signs), given)
    return rules.propose(form, recorded)


def _with_total(marks: Marks, proposal: rules.Proposal) -> Marks:
    least, most = proposal.score_min, proposal.score_max
    if least is None:
        return marks
    unknown = sum(value == rules.NOT_KNOWN for value in marks.scores.values())
    total = str(least) if least == most else f"{least} đến {most} (có {unknown} mục X)"
    return Marks(True, marks.type_signs, marks.degree_signs, marks.scores, total)


def _proposed(proposal: rules.Proposal | None) -> Finding:
    if proposal is None or not proposal.degree:
        return Finding()
    if proposal.degree in (rules.NOT_DISABLED, rules.INCONCLUSIVE):
        return Finding(proposal.degree)
    return finding("determined", " ".join(proposal.types), proposal.degree)


def _remembered(one: HearingRow | None) -> Meeting:
    if one is None:
        return Meeting()
    present = (one.members_present or "").replace(";", "\n").splitlines()
    return Meeting(
        day=dates.show(one.heard_on or ""),
        starts=one.heard_at or "",
        place=one.heard_place or "",
        seats=tuple(Seat(name.strip(), "", "", True) for name in present if name.strip()),
        chair=one.chaired_by or "",
        secretary=one.minuted_by or "",
    )


def _permanent(person: Person) -> str:
    names = ("permanent_hamlet", "permanent_commune")
    told = [paper_words.of(person, "person", name) for name in names]
    said = ", ".join(words for words in told if words)
    return said or paper_words.of(person, "person", "permanent_text")


def _labels(list_name: str, written: str | None) -> tuple[str, ...]:
    return tuple(_in_words(list_name, (written or "").split()))


def _in_words(list_name: str, some: Sequence[str]) -> Iterator[str]:
    for code in some:
        yield codes.label(list_name, code)


def _day(iso: str | None, today: date) -> date:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else today
