"""One of every kind of help a person can have, and what of it stands with whom."""

from __future__ import annotations

from app.actions import (
    application,
    application_desk,
    assistive_device,
    complaint,
    consent,
    entitlement,
    gift_round,
    hearing,
    hearing_paper,
    medical_referral,
    need,
    referral,
    screening,
    sharing,
    support,
)
from app.values.application import ApplicationDraft, ComplaintDraft, MedicalDraft
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.council import PaperHearing
from app.values.entitlement import AgreementDraft
from app.values.need import NeedStepDraft
from app.values.referral import ReferralDraft
from app.values.screening import ScreeningDraft
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.support import RoundDraft
from app.workspace import Workspace
from tests.desk import Desk


def help_for(ws: Workspace, who: str, need_id: str) -> dict[str, str]:
    """A referral, a gift, a repaired device, a benefit, a step of a need; ids by kind."""
    need.step(ws, need_id, NeedStepDraft("connecting"))
    sent = referral.save(ws, ReferralDraft(who, {"referred_to": "Trạm y tế"}, need_id=need_id))
    told = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo", "donor": "Hội CTĐ"}
    made = gift_round.save(ws, RoundDraft(told))
    gift_round.add(ws, made, (who,))
    aid = assistive_device.save(ws, AidDraft(who, {"aid_kind": "crutches", "fitted_on": "2025"}))
    assistive_device.repair(ws, aid, RepairDraft({"repair_what": "Thay đầu nạng"}))
    firm = AgreementDraft({"firm": "Xe buýt", "benefit": "bus_free"})
    entitlement.add(ws, entitlement.save_agreement(ws, firm), (who,))
    file_for(ws, who)
    heard_for(ws, who)
    return help_of(ws, who) | {"referral": sent, "aid": aid}


def file_for(ws: Workspace, who: str) -> str:
    """An open file of paper with a complaint, and board minutes of earlier years; the file's id."""
    paper = {
        "application_kind": "new", "origin": "paper", "paper_step": "noticed",
        "received_on": "2026-05-04", "concluded_on": "2026-05-25",
    }  # fmt: skip
    file = application.save(ws, ApplicationDraft(who, paper))
    said = {"complainant": "người nhà", "about": "chưa đúng"}
    complaint.save(ws, ComplaintDraft(file, said))
    medical_referral.save(ws, MedicalDraft(who, {"minutes_on": "2011", "loss_percent": 70}))
    return file


def heard_for(ws: Workspace, who: str) -> str:
    """Minutes of paper and what a screening said beside them; the hearing's id."""
    told = {"heard_on": "2019-04-03", "conclusion": "not_disabled", "minutes_number": f"7/{who}"}
    made = hearing_paper.save(ws, PaperHearing(who, told))
    screening.save(ws, ScreeningDraft(who, "wg_ss", {"1": "3"}, hearing_id=made))
    return made


def may_leave(office: Desk, who: str, recipient: str, purpose: str = "referral") -> None:
    """She agreed that her data go there, and so did the head."""
    heard = {
        "consent_purpose": purpose, "consent_basis": "consent", "consenter": "self",
        "consent_form": "spoken", "consent_witness": "Bà Tư", "consented_on": "2026-11-01",
    }  # fmt: skip
    consent.save(office.minh, ConsentDraft(who, heard))
    asked, lacking = sharing.request(
        office.minh, SharingDraft((who,), purpose, recipient, "Chuyển gửi")
    )
    assert lacking == () and sharing.approve(office.hoa, asked) == ()


def help_of(ws: Workspace, who: str) -> dict[str, str]:
    """Ids by kind of what stands with a person; empty for none."""
    files = [one.id for one in application_desk.of_person(ws, who)]
    return {
        "file": " ".join(files),
        "complaint": " ".join(
            one.id for file in files for one in complaint.of_application(ws, file)
        ),
        "hearing": " ".join(one.id for one in hearing.of_person(ws, who)),
        "screening": " ".join(one.id for one in screening.of_person(ws, who)),
        "board": " ".join(one.id for one in medical_referral.of_person(ws, who)),
        "referral": " ".join(one.id for one in referral.of_person(ws, who)),
        "support": " ".join(one.id for one in support.of_person(ws, who)),
        "aid": " ".join(one.id for one in assistive_device.of_person(ws, who)),
        "repair": " ".join(
            one.id for aid in assistive_device.of_person(ws, who) for one in aid.repairs
        ),
        "benefit": " ".join(one.id for one in entitlement.of_person(ws, who)),
    }
