"""What a certificate rests on: minutes of the council, a medical board, or the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import application_clock, kept_rows
from app.actions import medical_referral as board_minutes
from app.errors import Refused
from app.rules import application as steps
from app.rules import certificate as rules
from app.rules import medical_board as board_rules
from app.values.certificate import CertificateDraft
from app.workspace import Workspace
from data.records import certificate as records
from data.records import hearing, medical_referral, merger
from data.records.application import Application
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

LOST, WRONG_DATA = "lost", "wrong_data"
DECIDED = (steps.CONCLUDED, steps.NOTICED, steps.BOARD_CONCLUDED, *steps.ENDED)
"""Steps at which what was concluded last in a file stands: at the others somebody is to hear the
person first, or again (TT 01/2019 Đ.6)."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Type and degree as they were decided; `number` and `on` are of the minutes."""

    kind: str
    types: str
    degree: str
    number: str
    on: str


def of(ws: Workspace, session: Session, one: Certificate | CertificateDraft) -> Basis:
    """What stands behind a certificate now, looked up anew.

    Raises Refused: certificate_no_basis, certificate_no_conclusion, certificate_no_minutes,
    certificate_no_degree, certificate_board_over, certificate_not_valid (the old one).
    """
    if one.hearing_id:
        return _council(session, one)
    if one.medical_referral_id:
        return _board(ws, session, one)
    if one.basis in rules.NEEDS_OLD and one.replaces_id:
        return _old(session, one)
    raise Refused.one("certificate_no_basis", "basis")


def draft_of(session: Session, row: Application) -> CertificateDraft:
    """What the certificate of a file rests on, as far as the file has come.

    Raises Refused: certificate_no_basis, certificate_no_old.
    """
    who = merger.survivor(session, row.person_id)
    if application_clock.way(row) == steps.STORE:
        old = records.in_force(session, who)
        if old is None:
            raise Refused.one("certificate_no_old", "replaces_id")
        kind = rules.LOST if row.application_reason == LOST else rules.EXCHANGE
        return CertificateDraft(who, kind, replaces_id=old.id, application_id=row.id)
    last = _last(session, row) if row.file_step in DECIDED else None
    if isinstance(last, MedicalReferral):
        return CertificateDraft(
            who, rules.BOARD, medical_referral_id=last.id, application_id=row.id
        )
    if last is not None:
        return CertificateDraft(who, rules.COUNCIL, hearing_id=last.id, application_id=row.id)
    raise Refused.one("certificate_no_basis", "basis")


def _last(session: Session, row: Application) -> Hearing | MedicalReferral | None:
    """What was concluded last in a file: by the medical board, which stands above the council
    (Luật 51/2010/QH12 Đ.15 k.4), else by the council."""
    for sent in medical_referral.of_application(session, row.id):
        if sent.received_on and sent.conclusion:
            return sent
    for heard in hearing.of_application(session, row.id):
        if heard.hearing_state == hearing.CONCLUDED:
            return heard
    return None


def _demand_last(session: Session, one: Hearing | MedicalReferral) -> None:
    """A conclusion that the file left behind is no basis any more, whoever wrote a draft on it."""
    row = session.get(Application, one.application_id) if one.application_id else None
    if row is None or row.deleted_at:
        return
    if row.file_step not in DECIDED:
        raise Refused.one("certificate_basis_open", "basis", one.minutes_number)
    last = _last(session, row)
    if last is not None and last.id != one.id:
        raise Refused.one("certificate_basis_newer", "basis", one.minutes_number)


def demand_file(session: Session, draft: CertificateDraft) -> None:
    """An exchange and a lost paper go from an application with its reason (Mẫu 01; Đ.4, Đ.9).

    Raises Refused: certificate_no_application, certificate_what_differs.
    """
    if draft.basis not in rules.NEEDS_OLD:
        return
    file = session.get(Application, draft.application_id) if draft.application_id else None
    if file is None or application_clock.way(file) != steps.STORE:
        raise Refused.one("certificate_no_application", "application_id")
    if file.application_reason == WRONG_DATA and not (file.reason_note or "").strip():
        raise Refused.one("certificate_what_differs", "reason_note")


def demand_theirs(session: Session, draft: CertificateDraft) -> None:
    """Raise Refused (`application_unknown`) where the file named is somebody else's."""
    file = session.get(Application, draft.application_id) if draft.application_id else None
    if draft.application_id and (
        file is None
        or merger.survivor(session, file.person_id) != merger.survivor(session, draft.person_id)
    ):
        raise Refused.one("application_unknown", "application_id", draft.application_id)


def _council(session: Session, one: Certificate | CertificateDraft) -> Basis:
    row = kept_rows.found(session, Hearing, one.hearing_id, "certificate_no_basis")
    _theirs(session, row.person_id, one.person_id)
    _demand_last(session, row)
    concluded = row.hearing_state == hearing.CONCLUDED
    said = (row.conclusion or "") if concluded else ""
    found = Basis(
        rules.COUNCIL,
        row.types or "",
        row.degree or "",
        row.minutes_number or "",
        row.minutes_on or "",
    )
    return _checked(found, said)


def _board(ws: Workspace, session: Session, one: Certificate | CertificateDraft) -> Basis:
    row = kept_rows.found(session, MedicalReferral, one.medical_referral_id, "certificate_no_basis")
    _theirs(session, row.person_id, one.person_id)
    _demand_last(session, row)
    _demand_in_time(ws, session, row)
    found = Basis(
        rules.BOARD,
        row.types or "",
        row.degree or "",
        row.minutes_number or "",
        row.minutes_on or "",
    )
    return _checked(found, row.conclusion or "")


def _demand_in_time(ws: Workspace, session: Session, row: MedicalReferral) -> None:
    """Minutes that hold no more, or nobody knows until when, are no basis, nor for longer than the
    circular lets them hold; conclusions from before the decree of 2012 hold without an end
    (NĐ 28/2012/NĐ-CP Đ.4 k.3)."""
    minutes_on = row.minutes_on or ""
    who = session.get_one(Person, merger.survivor(session, row.person_id))
    told = (row.valid_until, board_minutes.proposed_validity(who.birth or "", minutes_on))
    until = min((one for one in told if one), default="")
    if not until and not board_rules.is_old(minutes_on):
        raise Refused.one("certificate_board_until", "medical_referral_id", row.minutes_number)
    if until and until < ws.today().isoformat()[: len(until)]:
        raise Refused.one("certificate_board_over", "medical_referral_id", until)


def _old(session: Session, one: Certificate | CertificateDraft) -> Basis:
    row = kept_rows.found(session, Certificate, one.replaces_id, "certificate_no_old")
    _theirs(session, row.person_id, one.person_id)
    if row.certificate_state != records.VALID:
        raise Refused.one("certificate_not_valid", "replaces_id", row.certificate_number)
    found = Basis(
        one.basis or "",
        row.types or "",
        row.degree or "",
        row.basis_number or "",
        row.basis_on or "",
    )
    return _checked(found, "determined")


def _checked(found: Basis, conclusion: str) -> Basis:
    code = rules.lacks_basis(found.kind, conclusion, found.on, found.types.split(), found.degree)
    if code is not None:
        raise Refused.one(code, "basis")
    return found


def _theirs(session: Session, owner: str, person_id: str) -> None:
    """Minutes about somebody else are no basis."""
    if merger.survivor(session, owner) != merger.survivor(session, person_id):
        raise Refused.one("certificate_no_basis", "basis")
