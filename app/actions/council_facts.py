"""What the council's papers say of a record, read once and put into words.

Restricted fields (HIV, confidential notes) are never read here, whoever prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.actions import (
    council_member,
    council_seats,
    field_values,
    form_person,
    hearing_cards,
    hearing_vote,
    paper_words,
)
from app.actions.council_form import ANSWERS, group_words
from app.rules import assessment as rules
from app.rules import dates
from app.values import council
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
from app.workspace import Workspace
from data import assessment_forms, codes, units
from data.base import Travels
from data.records import hearing as hearings
from data.records.application import Application as ApplicationRow
from data.records.certificate import Certificate
from data.records.complaint import Complaint as ComplaintRow
from data.records.council_session import CouncilSession
from data.records.hearing import Hearing as HearingRow
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

GROWN = rules.FROM_SIX
REASONS = ("findings", "disagreement", "evidence")
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
        commune=units.full_name(person.commune).split(",")[0] if person.commune else "",
        person_id=person.id,
    )


def application(ws: Workspace, row: ApplicationRow, person: Person) -> Application:
    """A file as Mẫu 01 and its receipt tell it."""

    def told(name: str) -> str:
        return paper_words.of(row, "application", name)

    reason = "; ".join(
        words for words in (told("application_reason"), told("reason_note")) if words
    )
    young = dates.reached(person.birth or "", rules.SIX, _day(row.received_on, ws.today())) is False
    return Application(
        kind=row.application_kind or "",
        reason=reason,
        subject=subject(person),
        representative=representative(row, person),
        declared=declared(row),
        under_six=young,
        received_on=told("received_on"),
        receipt_number=row.receipt_number or "",
        appointment_on=told("appointment_on"),
        papers_shown=_labels("application_paper", row.papers_shown),
        papers_missing=_labels("application_paper", row.papers_missing),
        missing_note=_read(ws, "application", row, "missing_note"),
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


def hearing(ws: Workspace, row: HearingRow, person: Person, file: ApplicationRow | None) -> Hearing:
    """One person before the council; a sheet nobody began has the form of the age on the day."""
    on = _day(row.heard_on, ws.today())
    form = row.assessment_form or rules.form_for(person.birth or "", on) or GROWN
    filled = row.assessment_form and not hearing_cards.bare(row)
    put_off = row.hearing_state == hearings.ADJOURNED  # the council found nothing
    proposal = hearing_cards.proposal(row, person) if filled and not put_off else None
    votes = (row.votes_types, row.votes_degree, row.votes_not_disabled, row.votes_no_conclusion)
    told = tuple("" if one is None else str(one) for one in votes)
    return Hearing(
        subject=subject(person, row.birth_used or ""),
        representative=representative(file, person),
        form=form,
        marks=_marks(row, proposal),
        proposal=_proposed(proposal),
        proposal_basis=proposal.article if proposal is not None and proposal.form else "",
        opinions=_opinions(ws, row),
        related=row.related_members or "",
        votes=(told[0], told[1], told[2], told[3]),
        found=finding(row.conclusion, row.types, row.degree),
        minutes_number=row.minutes_number or "",
        minutes_on=dates.show(row.minutes_on or ""),
        order=row.hearing_order or 0,
        starts=row.heard_at or "",
        hearing_id=row.id,
        minor=hearing_cards.minor(row, person),
    )


def finding(conclusion: str | None, types: str | None, degree: str | None) -> Finding:
    """A conclusion in words."""
    return Finding(
        conclusion or "",
        "; ".join(_labels("disability_type", types)),
        paper_words.label("degree", degree),
    )


def meeting(
    ws: Workspace, session: Session, row: CouncilSession | None, one: HearingRow | None = None
) -> Meeting:
    """A session with its members; of one that stayed at another office what the hearing says."""
    if row is None:
        return _remembered(one)
    members = council_member.of_day(ws, session, row.session_on or "", everybody=True)
    names = {member.id: member.name for member in members.members}
    seats = _seats(council_seats.seats(session, row.id, members), one)
    place = paper_words.label("session_place", row.place_kind)
    return Meeting(
        day=dates.show(row.session_on) if row.session_on else "",
        starts=row.session_starts or "",
        ends=row.session_ends or "",
        place=row.session_place or place,
        seats=seats,
        chair=(one.chaired_by or "" if one else "") or names.get(row.chair_id or "", ""),
        secretary=(one.minuted_by or "" if one else "") or names.get(row.secretary_id or "", ""),
    )


def referral(ws: Workspace, row: MedicalReferral, person: Person) -> Referral:
    """What is written to the medical board."""
    parts = (_read(ws, "medical_referral", row, name) for name in REASONS)
    told = "; ".join(words for words in parts if words)
    return Referral(
        subject=subject(person),
        number=row.number or "",
        sent_on=dates.show(row.sent_on or ""),
        board=row.board or "",
        findings=told,
        reason=row.medical_board_reason or "",
        enclosed=_labels("board_paper", row.papers_sent),
    )


def complaint(ws: Workspace, row: ComplaintRow, person: Person) -> Complaint:
    """A complaint and its answer."""
    return Complaint(
        subject=subject(person),
        complainant=row.complainant or "",
        received_on=dates.show(row.received_on or ""),
        about=_read(ws, "complaint", row, "about"),
        outcome=paper_words.label("complaint_outcome", row.complaint_outcome),
        answer=_read(ws, "complaint", row, "answer"),
    )


def revocation(row: Certificate, person: Person) -> Revocation:
    """A certificate that is taken back."""
    decided = row.revoked_on or ""
    return Revocation(
        subject=subject(person),
        certificate_number=row.certificate_number or "",
        issued_on=dates.show(row.issued_on or ""),
        types="; ".join(_labels("disability_type", row.types)),
        degree=paper_words.label("degree", row.degree),
        reason=row.revoke_reason or "",
        concluded_by=row.revoked_by or "",
        decision=row.revoke_decision or "",
        decided_on=decided if len(decided) == len("2026-01-01") else "",
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


def declared(row: ApplicationRow) -> Marks:
    """What a citizen declared, as `application_declared` keeps it: numbers of signs, and a mark
    for each activity in the order of the form."""
    signs = frozenset(hearing_cards.words(row.declared_signs))
    told = enumerate(hearing_cards.words(row.declared_abilities), 1)
    scores = {str(number): one for number, one in told if one in ANSWERS}
    return Marks(bool(signs), signs, scores=scores)


def _marks(row: HearingRow, proposal: rules.Proposal | None) -> Marks:
    if proposal is None:
        return Marks()
    form = hearing_cards.form_of(row)
    found = hearing_cards.scores_of(row, form)
    scored = {name: str(value) for name, value in found.items()}
    least, most = proposal.score_min, proposal.score_max
    total = "" if least is None else str(least)
    if least != most:
        unknown = sum(value == rules.NOT_KNOWN for value in scored.values())
        missing = len(form.activities if form else ()) - len(scored)
        told = (f"{unknown} mục X" if unknown else "", f"{missing} mục chưa ghi" if missing else "")
        total = f"{least} đến {most} (có {', '.join(words for words in told if words)})"
    return Marks(
        recorded=True,
        type_signs=frozenset(hearing_cards.words(row.type_signs)),
        degree_signs=frozenset(hearing_cards.words(row.degree_signs)),
        scores=scored,
        total=total,
    )


def _read(ws: Workspace, record: str, row: Travels, name: str) -> str:
    """Open words as this reader has them on the screen: a paper tells no more than that."""
    return str(field_values.named(ws, record, name, getattr(row, name)) or "")


def _opinions(ws: Workspace, row: HearingRow) -> str:
    """What members said, and why the council departs from the sheet's proposal."""
    why = _read(ws, "hearing", row, "departs_reason")
    departs = f"Lý do kết luận khác đề xuất của phiếu: {why}"
    chair = "Số phiếu ngang nhau: theo ý kiến của Chủ tịch Hội đồng."
    put_off = _read(ws, "hearing", row, "adjourn_reason")
    told = (
        f"Hoãn, chưa kết luận: {put_off}" if put_off else "",
        _read(ws, "hearing", row, "opinions"),
        departs if row.departs_reason else "",
        chair if row.chair_decided else "",
    )
    return "\n".join(words for words in told if words)


def _proposed(proposal: rules.Proposal | None) -> Finding:
    if proposal is None or proposal.form is None:
        return Finding()
    if proposal.degree in (rules.NOT_DISABLED, rules.INCONCLUSIVE):
        return Finding(proposal.degree)
    return finding("determined", " ".join(proposal.types), proposal.degree)


def _seats(noted: Sequence[council.Seat], one: HearingRow | None) -> tuple[Seat, ...]:
    """Who was there: as the hearing wrote it out when it was concluded, whoever came or left since
    (a member whose name was corrected stands as then); before that as the session has it now."""
    then = _written(one) if hearings.settled(one) else ()
    if not then:
        return tuple(_seat(each, each.present) for each in noted)
    known = {hearing_vote.named(each.member): each for each in noted}
    renamed = [Seat(name, "", "", True) for name in then if name not in known]
    found = [_seat(each, name in then) for name, each in known.items()
             if name in then or not (renamed and each.present)]  # fmt: skip
    return (*found, *renamed)


def _seat(seat: council.Seat, present: bool | None) -> Seat:
    member = seat.member
    return Seat(
        f"{member.name} (thay {seat.stands_for})" if seat.stands_for else member.name,
        member.position,
        "; ".join(codes.label("council_role", role) for role in member.roles),
        present,
    )


def _written(one: HearingRow | None) -> tuple[str, ...]:
    """Names with positions of those whom minutes tell as present."""
    present = ((one.members_present if one else "") or "").replace(";", "\n").splitlines()
    return tuple(name.strip() for name in present if name.strip())


def _remembered(one: HearingRow | None) -> Meeting:
    if one is None:
        return Meeting()
    return Meeting(
        day=dates.show(one.heard_on or ""),
        starts=one.heard_at or "",
        place=one.heard_place or "",
        seats=tuple(Seat(name, "", "", True) for name in _written(one)),
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
