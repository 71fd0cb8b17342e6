"""An office with one of everything that people read."""

from __future__ import annotations

from app.actions import (
    accident,
    approval,
    assistive_device,
    blank,
    care_case,
    case_assessment,
    case_review,
    certificate,
    certificate_issue,
    certificate_opening,
    complaint,
    consent,
    council_session,
    drafts,
    entitlement,
    flag,
    gift_round,
    hazard,
    hearing,
    medical_referral,
    national_out,
    need,
    period,
    person,
    provider,
    referral,
    report_edition,
    screening,
    sharing,
    target,
    task,
    training,
)
from app.values.accident import AccidentDraft
from app.values.application import ComplaintDraft, MedicalDraft
from app.values.assistive_device import AidDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.case_plan import AssessmentDraft, ReviewDraft
from app.values.entitlement import AgreementDraft
from app.values.national import OutRequest
from app.values.need import NeedDraft
from app.values.period import PeriodDraft, TargetDraft
from app.values.provider import ProviderDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.values.report import ReportAsk
from app.values.screening import ScreeningDraft
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.support import RoundDraft
from app.values.task import FlagDraft, TaskDraft
from app.values.training import DelegateDraft, TrainingDraft
from tests import certified, desk
from tests.desk import Desk, typed

NUMBERS = {
    "id_number": "052071004321",
    "old_id_number": "215432198",
    "phone": "0905123987",
    "contact_phone": "0914555666",
    "rep_name": "Nguyễn Văn Bảo",
    "rep_phone": "0988777123",
}
"""Numbers of people, whole."""


def lived(at: Desk) -> dict[str, str]:
    """An office with one of everything that people read; answers the ids."""
    minh, who = at.minh, person.save(at.minh, typed(birth="1971-03-12", **NUMBERS)).id
    intake = {"criteria": "urgent", "reporter_kind": "hamlet", "emergency": "yes"}
    case = care_case.open(minh, who, CaseDraft("Ốm nặng", opened_on="2026-01-05", intake=intake))
    case_assessment.save(minh, AssessmentDraft(case, {"domain": "health", "situation": "Đau"}))
    desk.submitted(minh, case)
    care_case.approve(at.hoa, case)
    care_case.note(minh, case, NoteDraft("Đã đỡ", "visit", "2026-02-03"))
    case_review.add(minh, ReviewDraft(case, {"outcome": "Tốt", "verdict": "adjust"}))
    need.save(minh, NeedDraft(who, {"item": "medical.prosthesis", "declared_by": "self"}))
    offered = {"service_name": "Làm chân giả", "service_kind": "aids", "service_cost": "insured"}
    service = provider.save(minh, ProviderDraft(offered))
    sent = referral.save(minh, ReferralDraft(who, {"referral_reason": "Mất chân"}, None, service))
    referral.step(minh, sent, ReferralStep("sent", "2026-01-05", due_on="2026-01-20"))
    rice = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo"}
    round_ = gift_round.save(minh, RoundDraft(rice | {"round_on": "2026-02-10"}))
    gift_round.add(minh, round_, [who])
    gift_round.tick(minh, round_, [who], "received")
    leg = {"aid_kind": "prosthetic_leg", "fitted_on": "2024-03"}
    assistive_device.save(minh, AidDraft(who, leg))
    bus = {"firm": "Xe buýt", "benefit": "bus_free", "valid_until": "2090-12-31"}
    agreed = entitlement.save_agreement(minh, AgreementDraft(bus))
    entitlement.add(minh, agreed, [who])
    flag.add(minh, FlagDraft(who, "hard_to_reach", "Nhà vắng", "2090-01-01"))
    task.add(minh, TaskDraft("Gọi lại", "2026-02-01", person_id=who))
    drafts.keep(minh, "form:1", {"x": 1})
    drafts.keep(minh, "person:new", {"name": "Đang gõ"})
    blast = {"accident_on": "1983-05-14", "accident_commune": desk.CAT_TUONG, "killed": 1,
             "device": "cluster_bomblet"}  # fmt: skip
    harm = {"consequence": "injured", "injuries": ("eyes",)}
    hit = accident.save(minh, AccidentDraft(who, harm, blast)).accident_id
    found = {"hazard_commune": desk.CAT_TUONG, "hazard_place": "Bờ ao", "hazard_device": "shell"}
    hazard.save(minh, found)
    law = {"consent_purpose": "referral", "consent_basis": "law", "consent_source": "Luật"}
    consent.save(minh, ConsentDraft(who, law))
    sharing.request(minh, SharingDraft((who,), "referral", "BV Quy Nhơn", "Chuyển gửi"))
    person.submit(minh, [who])
    approval.approve(at.hoa, [who])
    handed = national_out.make(at.hoa, OutRequest(at.home.parent / "QG.xlsx", lacking=True))
    return {
        "PERSON": who,
        "cases show": case,
        "rounds show": round_,
        "agreements show": agreed,
        "accidents show": str(hit),
        "people show": who,
        "exchange show": handed.id,
        "LOGIN": "minh",
        **determined(at),
        **counted(at),
    }


def determined(at: Desk) -> dict[str, str]:
    """Two persons before the council, one with a certificate, one with a complaint and a board."""
    (who, file), (other, second) = certified.heard(at, "Mai Văn Cả", "Mai Thị Hai")
    session = council_session.listing(at.minh)[0].id
    heard = {"complainant": "người nhà", "about": "chưa đúng", "received_on": "2026-03-20"}
    complaint.save(at.minh, ComplaintDraft(second, heard))
    board = {"minutes_on": "2026-04-10", "conclusion": "determined", "types": "mobility",
             "degree": "severe", "medical_board_reason": "disagreement"}  # fmt: skip
    medical_referral.save(at.minh, MedicalDraft(other, board))
    blank.receive(at.minh, "A001", "A003")
    certificate.prepare_files(at.minh, [file])
    certificate_opening.say_opening(at.lan, {"first_number": 1237, "of_severe": 1})
    made = certificate.of_person(at.minh, who)[0].id
    certificate_issue.issue(at.hoa, made)
    on_paper = {"name": "Mai Văn Ba", "certificate_number": "07/2014", "certificate_on": "2014"}
    person.save(at.minh, typed(**on_paper))
    answers = {str(number): "2" for number in range(1, 7)}
    screening.save(at.minh, ScreeningDraft(other, "wg_ss", answers))
    return {
        "applications show": file,
        "complaints list --": f"--file {second}",
        "sessions show": session,
        "SESSION": session,
        "hearings list --": f"--session {session}",
        "hearings show": hearing.of_session(at.minh, session)[0].id,
        "medical list": other,
        "screenings list": other,
        "CODE": "wg_ss",
        "certificate show": made,
    }


def counted(at: Desk) -> dict[str, str]:
    """A period with a target, training, and an edition of a report."""
    days = {"code": "N1", "name": "Nửa năm", "starts_on": "15/12/2025", "ends_on": "14/6/2026"}
    period.save(at.hoa, PeriodDraft(days | {"due_on": "20/6/2026"}))
    wanted = {"figure": "approved", "unit": desk.DISTRICT, "period": "N1", "number": "40"}
    target.save(at.hoa, TargetDraft(wanted))
    held = {"name": "Lớp 1", "starts_on": "11/3/2019", "days": 3, "place": "Quy Nhơn"}
    first = training.save_round(at.minh, TrainingDraft({"name": "Đợt 1"}))
    one = training.save_class(at.minh, TrainingDraft(held, round_id=first))
    sits = {"full_name": "Võ Thị Lài", "sex": "nữ", "level": "xã", "unit": desk.CAT_HANH,
            "organisation": "Cộng tác viên"}  # fmt: skip
    training.save_delegate(at.minh, DelegateDraft(one, sits))
    training.save_workshop(at.minh, TrainingDraft(held))
    report_edition.freeze(at.hoa, ReportAsk("BC-01"))
    return {
        "NAME": "BC-01",
        "EDITION": report_edition.listing(at.hoa)[0].id,
        "training show": one,
        "target list --": "--period N1",
        "today --": "--all",
    }
